"""What is written by hand, from the folder to the newsfeeds: kept as long as it lies there, and corrected with it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import HEAD, Configured

from aggregator import jobs
from aggregator.config import Config
from aggregator.jobs import Call
from aggregator.model import Item
from aggregator.storage import open_storage

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = timedelta(minutes=30)

TABLES = """
[network.skagernbladet]
title = "Skagernbladet"
municipalities = ["Mariestad", "Töreboda"]

[area.mariestad]
municipality = "Mariestad"
content = "extended"

[actor.redaktionen]
name = "Redaktionen"
area = "Västra Götalands län"
homepage = "https://red.example/"
inbox = "inbox/"

[actor.kafeet]
name = "Lagningskaféet"
area = "Götene"
homepage = "https://kafeet.example/"
"""


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(TABLES)


@pytest.fixture
def inbox(config: Config) -> Path:
    folder = Path(config.sources["redaktionen/inbox"].location)
    folder.mkdir()
    return folder


def look(config: Config, now: datetime = NOON) -> Call:
    with open_storage(config.store) as storage:
        [call] = asyncio.run(jobs.collect(config, storage, now, list(config.sources.values())))
    return call


def items(config: Config) -> dict[str, Item]:
    with open_storage(config.store) as storage:
        return {item.entry.title: item for item in storage.items()}


def carried(config: Config, title: str) -> set[str]:
    with open_storage(config.store) as storage:
        [explained] = jobs.explain(config, storage, title)
    return {channel.path for channel in explained.carried_by}


def note(folder: Path, name: str, title: str = "Kafé", head: str = "", text: str = "Kom!") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"+++\nrubrik = {title}\n{head}\n+++\n{text}\n", encoding="utf-8")
    return path


def test_the_folder_is_made_the_first_time_and_missed_when_it_is_lost(config: Config) -> None:
    folder = Path(config.sources["redaktionen/inbox"].location)
    assert not look(config).problem
    assert folder.is_dir()
    note(folder, "kafe.md")
    assert look(config).new == 1
    folder.rename(folder.with_name("borta"))
    call = look(config, NOON + LATER)
    assert "there is no such folder" in call.problem
    assert "Kafé" in items(config)


@pytest.mark.parametrize(
    ("to", "paths"),
    [
        ("Sverige", {"sverige/"}),
        ("Västra Götalands län", {"vastra-gotaland/"}),
        ("natverk/skagernbladet", {"natverk/skagernbladet/", "vastra-gotaland/"}),
        ("Mariestad", {"vastra-gotaland/mariestad/", "vastra-gotaland/", "natverk/skagernbladet/"}),
        ("Skåne län, Sverige", {"skane/", "sverige/"}),
    ],
)
def test_an_item_comes_into_the_newsfeeds_that_its_writer_names_whatever_its_words_name(
    config: Config, inbox: Path, to: str, paths: set[str]
) -> None:
    note(inbox, "kafe.md", head=f"till = {to}", text="Det händer i Lidköping.")
    assert look(config).new == 1
    assert carried(config, "Kafé") == paths
    [item] = items(config).values()
    assert {finding.rule for finding in item.findings if not finding.rejected} == {"told by hand"}
    with open_storage(config.store) as storage:
        assert not jobs.retag(config, storage, NOON).moves


def test_every_store_keeps_what_a_writer_named_and_takes_back(configured: Configured, store: str) -> None:
    config = configured(TABLES, store=store)
    path = note(
        Path(config.sources["redaktionen/inbox"].location), "kafe.md", head="till = natverk/skagernbladet, 1493"
    )
    look(config)
    assert items(config)["Kafé"].entry.places == ("natverk/skagernbladet", "1493")
    path.unlink()
    look(config, NOON + LATER)
    assert not items(config)


def test_without_a_word_the_text_and_the_actor_decide(config: Config, inbox: Path) -> None:
    note(inbox, "a.md", title="Kafé i Lidköping")
    note(inbox, "b.md", title="Vi ses")
    look(config)
    assert items(config)["Kafé i Lidköping"].codes == {"1494"}
    assert items(config)["Vi ses"].codes == {"14"}


def test_an_edited_file_corrects_its_item_under_the_same_id(config: Config, inbox: Path) -> None:
    note(inbox, "kafe.md", head="till = Mariestad")
    look(config)
    before = items(config)["Kafé"]
    assert (look(config, NOON + LATER).new, look(config, NOON + LATER).changed) == (0, 0)
    note(inbox, "kafe.md", title="Kafé klockan tre", head="till = Götene")
    call = look(config, NOON + 2 * LATER)
    assert (call.new, call.changed) == (0, 1)
    [after] = items(config).values()
    assert (after.public_id, after.codes) == (before.public_id, {"1471"})
    assert after.corrected is not None
    assert after.date == before.date
    note(inbox, "kafe.md", head="till = Mariestad")
    assert look(config, NOON + 3 * LATER).changed == 1, "what is undone is a correction, too"
    assert items(config)["Kafé"].codes == {"1493"}


def test_a_deleted_file_takes_its_item_back_and_a_restored_one_brings_the_same(config: Config, inbox: Path) -> None:
    path = note(inbox, "kafe.md")
    note(inbox, "te.md", title="Te")
    look(config)
    before = items(config)["Kafé"]
    text = path.read_text(encoding="utf-8")
    path.unlink()
    look(config, NOON + LATER)
    assert set(items(config)) == {"Te"}
    path.write_text(text, encoding="utf-8")
    assert look(config, NOON + 2 * LATER).new == 1
    assert items(config)["Kafé"].public_id == before.public_id


def test_the_last_file_may_be_deleted_but_an_emptied_folder_takes_nothing_back(config: Config, inbox: Path) -> None:
    paths = [note(inbox, "kafe.md"), note(inbox, "te.md", title="Te")]
    look(config)
    for path in paths:
        path.unlink()
    assert "is empty, but 2 items came from it" in look(config, NOON + LATER).problem
    assert len(items(config)) == 2
    note(inbox, "te.md", title="Te")
    assert not look(config, NOON + 2 * LATER).problem
    (inbox / "te.md").unlink()
    look(config, NOON + 3 * LATER)
    assert not items(config)


@pytest.mark.parametrize("head", ["utkast = ja", "datum = 2026-11-25", "datum = 2026-11-24 14:00"])
def test_drafts_and_what_is_for_a_day_to_come_wait(config: Config, inbox: Path, head: str) -> None:
    note(inbox, "kafe.md", head=head)
    call = look(config)
    assert (call.new, call.problem) == (0, "")
    assert any("kafe.md" in said for said in call.notes)
    is_draft = head.startswith("utkast")
    assert look(config, NOON + timedelta(days=1)).new == (0 if is_draft else 1)


def test_what_is_called_a_draft_after_it_was_published_is_taken_back(config: Config, inbox: Path) -> None:
    note(inbox, "kafe.md")
    look(config)
    note(inbox, "kafe.md", head="utkast = ja")
    look(config, NOON + LATER)
    assert not items(config)


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "utkast-kafe.md",
        "Utkast kafe.md",
        "kafe.draft.md",
        "kafe.md.part",
        "~$kafe.md",
        "kafe.md~",
        ".kafe.md",
        "README.md",
        "LÄSMIG.txt",
        "Thumbs.db",
        "_kafe.md",
    ],
)
def test_drafts_by_name_and_what_programs_leave_behind_are_passed_over_in_silence(
    config: Config, inbox: Path, name: str
) -> None:
    note(inbox, name)
    call = look(config)
    assert (call.new, call.problem, call.notes) == (0, "", ())


def test_what_is_no_note_is_told_and_left(config: Config, inbox: Path) -> None:
    (inbox / "bild.jpg").write_bytes(b"\xff\xd8")
    (inbox / "tom.md").write_bytes(b"")
    call = look(config)
    assert call.problem == ""
    assert [said.split()[0] for said in call.notes] == ["bild.jpg", "tom.md"]


def test_a_bad_file_costs_only_itself_and_is_named_with_its_line_in_the_status_and_beside_it(
    config: Config, inbox: Path
) -> None:
    note(inbox, "bra.md", title="Bra")
    note(inbox, "kafe.md")
    look(config)
    note(inbox, "kafe.md", head="till = Mariesta")
    note(inbox, "annat.md", head="till = natverk/skagernblade")
    note(inbox, "aktor.md", head="aktör = kafet")
    (inbox / "stor.md").write_bytes(b"a" * 300_000)
    note(inbox, "ny.md", title="Ny")
    call = look(config, NOON + LATER)
    assert call.new == 1
    assert 'kafe.md line 3: no municipality or county is called "Mariesta"; did you mean "Mariestad"' in call.problem
    assert 'annat.md says that it is for "natverk/skagernblade", but no network is called so' in call.problem
    assert 'did you mean "natverk/skagernbladet"' in call.problem
    assert 'did you mean "kafeet"' in call.problem
    assert "stor.md is larger than 250 kB" in call.problem
    assert set(items(config)) == {"Bra", "Kafé", "Ny"}, "what was published of a file stays until it can be read"
    assert "line 3" in (inbox / "kafe.md.problem.txt").read_text(encoding="utf-8")
    with open_storage(config.store) as storage:
        assert "kafe.md" in storage.visits()["redaktionen/inbox"].problem
    for name in ("kafe.md", "annat.md", "aktor.md"):
        note(inbox, name, title=name)
    (inbox / "stor.md").unlink()
    assert not look(config, NOON + 2 * LATER).problem
    assert not list(inbox.glob("*.problem.txt"))


def test_links_are_not_followed(config: Config, inbox: Path, tmp_path: Path) -> None:
    secret = note(tmp_path / "annat", "hemligt.md", title="Hemligt")
    (inbox / "lank.md").symlink_to(secret)
    (inbox / "mapp").symlink_to(secret.parent)
    call = look(config)
    assert call.new == 0
    assert len(call.notes) == 2


def test_folders_within_are_read_and_names_may_be_written_in_any_way(config: Config, inbox: Path) -> None:
    note(inbox / "november", "kafé.md", title="Ett")  # é as one sign
    look(config)
    (inbox / "november" / "kafé.md").unlink()
    note(inbox / "november", "kafe\u0301.md", title="Ett")  # and as two, as after a Mac
    call = look(config, NOON + LATER)
    assert (call.new, call.changed, len(items(config))) == (0, 0, 1)


def test_what_is_written_in_the_name_of_another_actor_is_that_actors(config: Config, inbox: Path) -> None:
    note(inbox, "kafe.md", head="aktör = kafeet")
    look(config)
    item = items(config)["Kafé"]
    assert (item.actor, item.source, item.codes) == ("kafeet", "redaktionen/inbox", {"1471"})


def test_a_saved_mail_with_pictures_becomes_an_item(config: Config, inbox: Path) -> None:
    head = (
        "From: Lisa Hemlig <lisa@privat.example>\nSubject: VB: Kafé på torget i Götene\n"
        "Date: Mon, 23 Nov 2026 10:00:00 +0100\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain; charset=utf-8\n\nVi ses på torget.\n\n"
        "--x\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
    )
    (inbox / "brev.eml").write_text(head + ("A" * 76 + "\n") * 140_000, encoding="utf-8")
    assert look(config).new == 1
    item = items(config)["Kafé på torget i Götene"]
    assert (item.entry.body, item.codes) == ("Vi ses på torget.", {"1471"})
    assert item.date == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_many_at_once_are_no_flood(config: Config, inbox: Path) -> None:
    look(config)
    for number in range(40):
        note(inbox, f"{number}.md", title=f"Kafé {number}")
    call = look(config, NOON + LATER)
    assert (call.new, call.held) == (40, 0)


def test_try_shows_what_a_note_a_mail_and_a_folder_would_become(config: Config, inbox: Path) -> None:
    note(inbox, "kafe.md", head="till = Mariestad\ndatum = 2026-12-01")
    note(inbox, "fel.md", head="till = Mariesta")
    one = asyncio.run(jobs.try_out(str(inbox / "kafe.md"), config.manners))
    assert (one.kind, [entry.title for entry in one.entries]) == ("inbox", ["Kafé"])
    assert "kafe.md is for Mariestad" in one.warnings
    assert "kafe.md would be published from 2026-12-01 00:00" in one.warnings
    both = asyncio.run(jobs.try_out(str(inbox), config.manners))
    assert len(both.entries) == 1
    assert any(warning.startswith("fel.md: line 3:") for warning in both.warnings)


def test_an_inbox_may_be_a_table_of_its_own(configured: Configured, tmp_path: Path) -> None:
    table = (
        TABLES.replace('inbox = "inbox/"', "") + '[actor.redaktionen.source.post]\ninbox = "post/"\npublish = "full"\n'
    )
    config = configured(table, head=HEAD)
    assert config.sources["redaktionen/post"].location == str(tmp_path / "post")


def test_what_was_taken_down_stays_down_while_its_file_lies_there_and_when_it_is_edited(
    config: Config, inbox: Path
) -> None:
    note(inbox, "kafe.md")
    note(inbox, "cykel.md", "Cykel")
    look(config)
    with open_storage(config.store) as storage:
        jobs.take_down(config, storage, items(config)["Kafé"].public_id, "asked for", "eva", NOON)
    assert look(config, NOON + LATER).notes == ("kafe.md was taken down, and is not read any more; delete it",)
    note(inbox, "kafe.md", "Ett annat kafé")
    look(config, NOON + 2 * LATER)
    assert items(config).keys() == {"Cykel"}
