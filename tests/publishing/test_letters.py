"""Digests: what came in on a day or in a week, as a page, as text, and as a letter that is ready to send."""

import email
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from awkward import ARTICLES
from bs4 import BeautifulSoup
from made import MARIESTAD, NOON, SITE, an_article

from aggregator.model import Credit, Digest, Event, Site
from aggregator.publishing import digest_publications
from aggregator.publishing.edition import digest_of, periods_of
from aggregator.publishing.letters import letter, letter_text, letter_to

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
FEAST = an_article(
    20,
    title="Cykelfest på torget",
    event=Event(datetime(2026, 12, 5, 12, tzinfo=UTC), datetime(2026, 12, 5, 14, tzinfo=UTC), "Nya torget"),
)
TOLD_TWICE = an_article(21, title="Solparken fyller ett år", also=(Credit("Matkassen", "", "https://mat.example/1"),))


def digest(site: Site = SITE, first: date = MONDAY, last: date = SUNDAY) -> Digest:
    return digest_of(site, MARIESTAD, first, last, [*ARTICLES, FEAST, TOLD_TWICE], [FEAST])


def read(content: bytes) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(content, policy=default))


@pytest.mark.parametrize(
    "contact", ["https://social.example/@koso", "Redaktionen <red@koso.example>", "åsa@koso.example"]
)
def test_a_contact_that_is_no_plain_address_of_mail_makes_a_draft_without_a_sender(contact: str) -> None:
    drafted = read(letter(digest(replace(SITE, contact=contact))))
    assert drafted["From"] is None
    assert contact in " ".join(part(drafted, "plain").split())


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_digest_has_what_came_in_within_its_days_and_the_events_that_follow() -> None:
    day = MONDAY + timedelta(days=1)
    late = an_article(2, entered=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    known_later = replace(FEAST, entered=NOON + timedelta(days=1))
    long_after = an_article(3, event=Event(date(2026, 12, 24)), entered=NOON)
    made = digest_of(SITE, MARIESTAD, day, day, [an_article(1), late], [FEAST, known_later, long_after])
    assert [article.id[-1] for article in made.articles] == ["1"]
    assert made.coming == (FEAST,)


def test_an_event_that_came_in_and_follows_is_told_once() -> None:
    assert (
        letter_text(digest()).decode().count("* Cykelfest på torget\nlördag 5 december 2026 kl. 13–15, Nya torget\n")
        == 1
    )


def test_a_day_and_a_week_get_a_digest_when_they_are_over_and_anything_came_in() -> None:
    came = {datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 22, 23, 30, tzinfo=UTC)}
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert list(periods_of(came, (), "2026-11", date(2026, 11, 25))) == [(monday, monday), (tuesday, tuesday)]
    assert (MONDAY, SUNDAY) in list(periods_of(came, (), "2026-11", date(2026, 11, 30)))


def test_a_digest_that_was_published_is_made_again_although_nothing_is_left_in_it() -> None:
    known = ["2026/v48", "2026/11-24"]
    day = date(2026, 11, 24)
    assert list(periods_of((), known, "2026-11", date(2026, 12, 1))) == [(day, day), (MONDAY, SUNDAY)]


def test_a_digest_lives_below_its_newsfeed_by_day_or_iso_week() -> None:
    week = {publication.path for publication in digest_publications(digest())}
    assert week == {f"vastra-gotaland/mariestad/2026/v48/{name}" for name in ("index.html", "brev.txt", "brev.eml")}
    assert digest(first=MONDAY, last=MONDAY).path == "vastra-gotaland/mariestad/2026/11-23/"
    assert digest(first=date(2026, 12, 28), last=date(2027, 1, 3)).path == "vastra-gotaland/mariestad/2026/v53/"


def test_the_text_can_be_pasted_and_read_anywhere() -> None:
    text = letter_text(digest()).decode()
    assert "Mariestad, vecka 48, 2026" in text
    assert "* Cykelfest på torget\nlördag 5 december 2026 kl. 13–15, Nya torget" in text
    assert "Cykelvännerna: https://cykel.example/20" in text
    assert "Även hos Matkassen: https://mat.example/1" in text
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 76
    assert "https://prov.example/flode/vastra-gotaland/mariestad/2026/v48/" in text
    assert "<em>" not in text


def test_the_letter_is_a_draft_in_two_forms_that_any_mail_program_opens() -> None:
    message = read(letter(digest()))
    assert message["Subject"] == "Mariestad: vecka 48, 2026"
    assert message["From"].addresses[0].addr_spec == "redaktion@prov.example"
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["Message-ID"] == "<2026.v48.vastra-gotaland.mariestad@prov.example>"
    assert message["List-Id"] == "<vastra-gotaland.mariestad.prov.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [kind.get_content_type() for kind in message.iter_parts()] == ["text/plain", "text/html"]
    assert {kind["Content-Transfer-Encoding"] for kind in message.iter_parts()} == {"quoted-printable"}
    assert part(message, "plain").replace("\r\n", "\n") == letter_text(digest()).decode()


def test_a_letter_fetches_nothing_and_runs_nothing() -> None:
    page = BeautifulSoup(part(read(letter(digest())), "html"), "lxml")
    assert not page.find_all(["script", "img", "link", "iframe", "form", "object"])
    assert "alert(1)" in page.get_text()
    assert all(str(link["href"]).startswith(("https://", "mailto:")) for link in page.find_all("a"))


def test_a_letter_looks_right_where_styles_in_the_head_are_thrown_away() -> None:
    page = BeautifulSoup(part(read(letter(digest())), "html"), "lxml")
    assert all("font-size" in str(heading.get("style")) for heading in page.find_all(["h1", "h2", "h3"]))
    assert "prefers-color-scheme: dark" in str(page.style)


def test_the_same_digest_makes_the_same_bytes() -> None:
    assert letter(digest()) == letter(digest())


def test_lines_of_a_letter_are_as_short_as_mail_wants_them() -> None:
    content = letter(digest())
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()


def test_one_click_stops_the_letters_where_there_is_an_address_for_it() -> None:
    assert read(letter(digest()))["List-Unsubscribe"] is None
    by_web = read(letter(digest(replace(SITE, unsubscribe="https://prov.example/sluta"))))
    assert by_web["List-Unsubscribe"] == "<https://prov.example/sluta>"
    assert by_web["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    by_mail = read(letter(digest(replace(SITE, unsubscribe="mailto:sluta@prov.example"))))
    assert by_mail["List-Unsubscribe"] == "<mailto:sluta@prov.example>"
    assert by_mail["List-Unsubscribe-Post"] is None
    assert "sluta@prov.example" in part(by_mail, "plain")


def test_letters_to_two_addresses_have_two_ids_that_tell_no_address() -> None:
    one, other = (letter_to(digest(), f"{name}@tidningen.example")["Message-ID"] for name in ("anna", "bo"))
    assert one != other
    assert "anna" not in one
    assert letter_to(digest(), "anna@tidningen.example", "flode@prov.example")["From"].addresses[0].username == "flode"


def test_a_quiet_period_says_so() -> None:
    quiet = digest_of(SITE, MARIESTAD, MONDAY, MONDAY, [], [])
    assert "Inget nytt kom in." in letter_text(quiet).decode()
    assert "Inget nytt kom in." in part(read(letter(quiet)), "html")


def test_a_digest_of_a_municipality_leads_back_to_its_county() -> None:
    pages = {each.path: each.content for each in digest_publications(digest())}
    page = next(content for path, content in pages.items() if path.endswith("index.html"))
    trail = BeautifulSoup(page, "html.parser").select(".trail a")
    assert [link.get_text() for link in trail] == ["Sverige", "Västra Götalands län", "Mariestad"]


def test_a_link_is_named_once_although_several_told_of_it() -> None:
    also = tuple(Credit(name, "", an_article(22).url) for name in ("Matkassen", "Fixarna"))
    shared = an_article(22, also=(*also, Credit("Bladet", "", "https://bladet.example/1")))
    made = digest_of(SITE, MARIESTAD, MONDAY, SUNDAY, [shared], [])
    text = letter_text(made).decode()
    assert text.count(shared.url) == 1
    assert "Även hos Bladet: https://bladet.example/1\nÄven hos Matkassen och Fixarna" in text
    html = BeautifulSoup(part(read(letter(made)), "html"), "html.parser")
    assert len(html.find_all("a", href=shared.url)) == 1
    assert "även hos Matkassen, Fixarna, Bladet" in " ".join(html.get_text(" ").split()).replace(" ,", ",")
