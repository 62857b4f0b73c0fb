"""Digests by mail: each once, whatever the server says and whenever we are interrupted."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from made import an_entry, an_item

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Alarm, Letter
from aggregator.storage import Storage, open_storage

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)

MAIL = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"

[area.mariestad]
municipality = "Mariestad"
content = "extended"

[mail]
smtp = "smtp://127.0.0.1:{port}"

[mail.digest."vastra-gotaland/mariestad"]
weekly = ["redaktion@tidningen.example", "anslagstavlan@biblioteket.example"]
"""


class Postbox:
    """A real mail server on this machine; what it answers is asked of `says`, address by address."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.says: Callable[[str], str] = lambda address: "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        answer = self.says(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append((envelope.rcpt_tos[0], content.decode()))
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def config(postbox: tuple[Postbox, int], configured: Callable[[str], Config]) -> Config:
    return configured(MAIL.format(port=postbox[1]))


@pytest.fixture
def storage(config: Config) -> Iterator[Storage]:
    with open_storage(config.store) as opened:
        opened.keep_items([an_item(entry=an_entry(title="Ny cykelbana"), entered=TUESDAY)])
        yield opened


def addresses(box: Postbox) -> list[str]:
    return sorted(address for address, _ in box.letters)


BOTH = ["anslagstavlan@biblioteket.example", "redaktion@tidningen.example"]


def test_the_digest_of_last_week_goes_to_each_address_once(
    postbox: tuple[Postbox, int], config: Config, storage: Storage
) -> None:
    box, _ = postbox
    assert jobs.mail_digests(config, storage, NEXT_MONDAY).sent == 2
    for hours in range(1, 48):
        assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(hours=hours)).sent == 0
    assert addresses(box) == BOTH
    assert all("Mariestad: vecka 48, 2026" in letter and "X-Unsent" not in letter for _, letter in box.letters)


def test_nothing_is_sent_before_people_are_up_nor_of_a_week_without_news(
    postbox: tuple[Postbox, int], config: Config, storage: Storage
) -> None:
    assert jobs.mail_digests(config, storage, NEXT_MONDAY - timedelta(hours=2)).sent == 0
    assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(weeks=1)).sent == 0
    assert postbox[0].letters == []


def test_a_server_is_not_asked_for_anything_when_there_is_nothing_to_send(
    postbox: tuple[Postbox, int], configured: Callable[[str], Config], storage: Storage
) -> None:
    nobody = configured(MAIL.format(port=9))
    assert jobs.mail_digests(nobody, storage, NEXT_MONDAY + timedelta(weeks=1)) == jobs.Mailed()


def test_who_is_refused_for_good_is_named_and_not_tried_again(
    postbox: tuple[Postbox, int], config: Config, storage: Storage
) -> None:
    box, _ = postbox
    box.says = lambda address: "550 No such mailbox" if address.startswith("redaktion") else "250 OK"
    mailed = jobs.mail_digests(config, storage, NEXT_MONDAY)
    assert (mailed.sent, mailed.problems) == (1, ("redaktion@tidningen.example: 550 No such mailbox",))
    assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(minutes=1)) == jobs.Mailed()


def test_who_is_refused_for_now_is_tried_again_in_the_next_round(
    postbox: tuple[Postbox, int], config: Config, storage: Storage
) -> None:
    box, _ = postbox
    box.says = lambda address: "451 Try again later" if address.startswith("redaktion") else "250 OK"
    assert jobs.mail_digests(config, storage, NEXT_MONDAY).sent == 1
    box.says = lambda address: "250 OK"
    assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(minutes=1)).sent == 1
    assert addresses(box) == BOTH


def test_a_letter_that_was_on_its_way_when_we_were_killed_is_not_sent_again_and_the_others_are(
    postbox: tuple[Postbox, int], config: Config, storage: Storage
) -> None:
    storage.letters.keep(Letter("vastra-gotaland/mariestad/", "2026/v48", BOTH[1], begun=NEXT_MONDAY))
    assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(minutes=5)).sent == 1
    assert addresses(postbox[0]) == [BOTH[0]]


def test_a_server_that_is_not_there_is_named_without_its_password_and_tried_again(
    postbox: tuple[Postbox, int], configured: Callable[[str], Config], storage: Storage
) -> None:
    nobody = configured(
        MAIL.format(port=postbox[1]).replace("smtp://", "smtp://flode:hemligt@", 1).replace(str(postbox[1]), "9")
    )
    [problem] = jobs.mail_digests(nobody, storage, NEXT_MONDAY).problems
    assert problem.startswith("smtp://127.0.0.1:9 takes no letters now")
    assert "hemligt" not in problem
    config = configured(MAIL.format(port=postbox[1]))
    assert jobs.mail_digests(config, storage, NEXT_MONDAY + timedelta(minutes=1)).sent == 2


def test_a_round_sends_what_it_published(postbox: tuple[Postbox, int], config: Config, storage: Storage) -> None:
    jobs.publish(config, storage, NEXT_MONDAY)
    published = (config.output / "vastra-gotaland/mariestad/2026/v48/brev.txt").read_text(encoding="utf-8")
    assert "* Ny cykelbana" in published
    assert jobs.mail_digests(config, storage, NEXT_MONDAY).sent == 2


OPERATORS = MAIL.partition("[mail.digest")[0] + 'status = ["drift@prov.example"]\n'
SILENT = Alarm("cykel/feed", "silent", "has had no news since 2026-09-01", TUESDAY)
MOVED = Alarm("cykel/feed", "moved", "https://anna:hemligt@cykel.example/ has moved", TUESDAY)


@pytest.fixture
def drift(configured: Any, postbox: tuple[Postbox, int]) -> Config:
    made: Config = configured(OPERATORS.format(port=postbox[1]))
    return made


def subjects(box: Postbox) -> list[str]:
    return [str(message_from_string(text, policy=default)["Subject"]) for _, text in box.letters]


def test_operators_are_told_what_began_to_look_wrong_and_what_is_well_again(
    drift: Config, postbox: tuple[Postbox, int]
) -> None:
    box, _ = postbox
    with open_storage(drift.store) as storage:
        assert jobs.mail_status(drift, storage, TUESDAY).sent == 0
        storage.keep_alarms([SILENT, MOVED])
        assert jobs.mail_status(drift, storage, TUESDAY).sent == 1
        storage.keep_alarms([SILENT.over(TUESDAY + timedelta(hours=1))])
        assert jobs.mail_status(drift, storage, TUESDAY + timedelta(hours=2)).sent == 0
        assert jobs.mail_status(drift, storage, TUESDAY + timedelta(days=1)).sent == 1
        assert jobs.mail_status(drift, storage, TUESDAY + timedelta(days=2)).sent == 0
    assert subjects(box) == ["Nyheter på prov: 2 nya larm, 0 återställda", "Nyheter på prov: 0 nya larm, 1 återställda"]
    first = message_from_string(box.letters[0][1], policy=default)
    text = first.get_content()
    assert "has had no news since 2026-09-01" in text
    assert "hemligt" not in text
    assert first["To"] == "drift@prov.example"


def test_a_letter_to_operators_that_is_not_taken_is_tried_again_and_one_that_is_refused_tomorrow(
    drift: Config, postbox: tuple[Postbox, int]
) -> None:
    box, _ = postbox
    box.says = lambda address: "550 no such mailbox"
    with open_storage(drift.store) as storage:
        storage.keep_alarms([SILENT])
        assert jobs.mail_status(drift, storage, TUESDAY).problems == ("drift@prov.example: 550 no such mailbox",)
        assert jobs.mail_status(drift, storage, TUESDAY + timedelta(hours=1)).problems == ()
        box.says = lambda address: "250 OK"
        assert jobs.mail_status(drift, storage, TUESDAY + timedelta(days=1)).sent == 1
