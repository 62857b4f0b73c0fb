"""Importing exports into a store: what is new, the same, edited, joined and gone, and what becomes of the files."""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Configured
from exports import (
    NAME,
    NUMBER,
    POSTS,
    PROFILE,
    T,
    a_link,
    a_photo,
    a_post,
    a_table,
    page_export,
    profile,
    unpacked,
    zipped,
)
from handed_in import SOURCE, export, items, take
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.errors import FetchError, StoreError
from aggregator.storage import Storage, open_storage

DAY = timedelta(days=1)


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(SOURCE)


def test_what_is_imported_is_kept_tagged_and_reported(config: Config, tmp_path: Path) -> None:
    done = take(config, export(tmp_path, a_post(T, "Marknad i Götene"), a_post(T - 1, "", a_link(""))))
    assert (done.new, done.changed, done.gone, done.problems) == (1, 0, 0, {})
    assert (done.tally.records, done.tally.shells) == (2, 1)
    item = items(config)["Marknad i Götene"]
    assert item.codes == {"1471"}
    assert (item.date, item.source) == (datetime.fromtimestamp(T, UTC), "prov/facebook")
    assert item.public_id.startswith("tag:prov.example,2026:prov/")


def test_the_same_post_in_a_later_export_is_the_same_item_whatever_it_looks_like(
    config: Config, tmp_path: Path
) -> None:
    take(config, export(tmp_path, a_post(T, "Vi sår", a_photo(1)), a_post(T - 50, "Hej")))
    later = a_post(T, "", a_photo(1), data=[{}, {"post": "Vi sår"}, {}], title="Provköping added a photo")
    files = {f"facebook-x/{name}": told for name, told in page_export([a_post(T - 50, "Hej"), later]).items()}
    done = take(config, zipped(tmp_path / "later.zip", files), now=NOON + DAY)
    assert (done.new, done.changed, len(items(config))) == (0, 0, 2)


def test_an_edit_changes_the_item_and_keeps_its_id(config: Config, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T, "Kl. 18")))
    before = items(config)["Kl. 18"]
    edited = a_post(T, data=[{"post": "Kl. 19"}, {"update_timestamp": T + 900}])
    done = take(config, export(tmp_path, edited, name="b.zip"), now=NOON + DAY)
    after = items(config)["Kl. 19"]
    assert (done.new, done.changed, after.public_id) == (0, 1, before.public_id)
    assert after.corrected
    assert after.corrected.replace(microsecond=0) == NOON + DAY
    older = take(config, export(tmp_path, a_post(T, "Kl. 18"), name="c.zip"), now=NOON + 2 * DAY)
    assert (older.changed, list(items(config))) == (0, ["Kl. 19"]), "an older export knows nothing newer"


def test_a_page_that_changes_its_name_keeps_its_items(config: Config, configured: Configured, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T, "Hej")))
    renamed = configured(SOURCE.replace("facebook.com/ProvkopingStallerOm", "facebook.com/NyaProvkoping"))
    files = {POSTS: [a_post(T, "Hej")], PROFILE: profile("Nya Provköping", "NyaProvkoping")}
    done = take(renamed, zipped(tmp_path / "b.zip", files), now=NOON + DAY)
    assert (done.new, len(items(config))) == (0, 1)


def test_what_is_missing_from_an_export_is_kept_unless_it_is_declared_full(config: Config, tmp_path: Path) -> None:
    posts = [a_post(T - 100, "Först"), a_post(T, "Borttaget"), a_post(T + 100, "Sist"), a_post(T + 999, "Senare")]
    take(config, export(tmp_path, *posts))
    window = export(tmp_path, posts[0], posts[2], name="b.zip")
    assert take(config, window, now=NOON + DAY).gone == 0
    done = take(config, window, now=NOON + DAY, full=True, again=True)
    assert done.gone == 1
    assert set(items(config)) == {"Först", "Sist", "Senare"}, "what is outside of its period is not judged"


def test_what_is_removed_is_news_to_publishing(config: Config, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T - 1, "A"), a_post(T, "B"), a_post(T + 1, "C")))
    with open_storage(config.store) as storage:
        before = storage.stories.version()
    take(config, export(tmp_path, a_post(T - 1, "A"), a_post(T + 1, "C"), name="b.zip"), full=True)
    with open_storage(config.store) as storage:
        assert storage.stories.version() > before


def test_what_is_gone_stays_gone_until_a_full_export_has_it_again(config: Config, tmp_path: Path) -> None:
    posts = [a_post(T - 100, "Först"), a_post(T, "Borttaget"), a_post(T + 100, "Sist")]
    take(config, export(tmp_path, *posts))
    id = items(config)["Borttaget"].public_id
    take(config, export(tmp_path, posts[0], posts[2], name="b.zip"), full=True)
    old = export(tmp_path, *posts)
    assert take(config, old, again=True).new == 0
    assert take(config, old, again=True, full=True).new == 1
    assert items(config)["Borttaget"].public_id == id
    assert take(config, old, again=True).changed == 0


def test_what_was_taken_down_stays_down_even_when_a_full_export_has_it(config: Config, tmp_path: Path) -> None:
    posts = [a_post(T - 100, "Först"), a_post(T, "Borttaget"), a_post(T + 100, "Sist")]
    all_of_it = export(tmp_path, *posts)
    take(config, all_of_it)
    with open_storage(config.store) as storage:
        jobs.take_down(config, storage, items(config)["Borttaget"].public_id, "asked for", "eva", NOON)
    assert take(config, all_of_it, again=True, full=True).new == 0
    take(config, export(tmp_path, posts[0], posts[2], name="b.zip"), full=True)
    assert take(config, all_of_it, again=True, full=True).new == 0
    assert items(config).keys() == {"Först", "Sist"}


def test_a_source_may_say_that_all_its_exports_are_full(configured: Configured, tmp_path: Path) -> None:
    config = configured(SOURCE + "full = true\n")
    take(config, export(tmp_path, a_post(T - 1, "A"), a_post(T, "B"), a_post(T + 1, "C")))
    assert take(config, export(tmp_path, a_post(T - 1, "A"), a_post(T + 1, "C"), name="b.zip")).gone == 1


def test_nothing_is_removed_when_a_part_could_not_be_read(config: Config, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T - 1, "A"), a_post(T, "B"), a_post(T + 1, "C")))
    (tmp_path / "part2.zip").write_bytes(b"PK\x03\x04 cut short")
    part = export(tmp_path, a_post(T - 1, "A"), a_post(T + 1, "C"), name="b.zip")
    done = take(config, part, tmp_path / "part2.zip", full=True)
    assert (done.gone, list(done.problems)) == (0, [str(tmp_path / "part2.zip")])


def test_a_table_gives_known_posts_their_addresses_without_changing_ids(config: Config, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T + 20, "Höstmarknad på torget!\nMed alla bilder", a_photo(1))))
    before = items(config)["Höstmarknad på torget!"]
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Höstmarknad på torget!"})}) / "a.csv"
    done = take(config, table, now=NOON + DAY)
    after = items(config)["Höstmarknad på torget!"]
    assert (done.new, done.changed) == (0, 1)
    assert after.entry.url == "https://www.facebook.com/122158/posts/1"
    assert replace(after.entry, url="") == before.entry
    assert (after.public_id, before.aliases < after.aliases) == (before.public_id, True)
    again = take(
        config, export(tmp_path, a_post(T + 20, "Höstmarknad på torget!\nMed alla bilder", a_photo(1)), name="c.zip")
    )
    assert (again.new, again.changed) == (0, 0), "a ZIP without addresses takes none away"


def test_a_post_that_a_table_told_first_is_told_whole_by_the_zip(config: Config, tmp_path: Path) -> None:
    take(config, unpacked(tmp_path, {"a.csv": a_table({"Titel": "Höstmarknad"})}) / "a.csv")
    before = items(config)["Höstmarknad"]
    done = take(config, export(tmp_path, a_post(T + 20, "Höstmarknad på torget")), now=NOON + DAY)
    after = items(config)["Höstmarknad på torget"]
    assert (done.new, done.changed, after.public_id) == (0, 1, before.public_id)
    assert after.entry.url == before.entry.url


def test_a_dump_and_a_zip_tell_of_the_same_post_by_its_second(config: Config, tmp_path: Path) -> None:
    told = f'[{{"id": "{NUMBER}_9", "created_time": "2025-09-06T10:00:00+0000", "message": "Hej"}}]'
    take(config, unpacked(tmp_path, {"feed.json": told}) / "feed.json")
    assert take(config, export(tmp_path, a_post(T, "Hej"))).new == 0


def test_two_posts_of_the_same_minute_and_beginning_stay_two(config: Config, tmp_path: Path) -> None:
    take(config, export(tmp_path, a_post(T, "Välkomna till träffen")))
    done = take(config, export(tmp_path, a_post(T + 9, "Välkomna till marknaden"), name="b.zip"))
    assert (done.new, len(items(config))) == (1, 2)


def test_a_file_is_read_once_per_content(config: Config, tmp_path: Path) -> None:
    path = export(tmp_path, a_post(T, "Hej"))
    take(config, path)
    path.rename(tmp_path / "another-name.zip")
    done = take(config, tmp_path / "another-name.zip", now=NOON + DAY)
    assert (done.read, done.known) == ((), (str(tmp_path / "another-name.zip"),))
    assert take(config, tmp_path / "another-name.zip", again=True).read


def test_one_bad_file_does_not_keep_the_others_out(config: Config, tmp_path: Path) -> None:
    other = {POSTS: [a_post(T - 1, "Annans")], PROFILE: profile("Annanby", "Annanby")}
    broken = zipped(tmp_path / "broken.zip", {POSTS: '[{"timestamp"', PROFILE: profile()})
    done = take(config, export(tmp_path, a_post(T, "Vår")), zipped(tmp_path / "other.zip", other), broken)
    assert list(items(config)) == ["Vår"]
    assert {Path(path).name: problem.split(":")[0] for path, problem in done.problems.items()} == {
        "broken.zip": f"{POSTS} is not the JSON that it should be",
        "other.zip": "is of the page Annanby, and this source is for ProvkopingStallerOm; "
        "if both are the same, set page_name",
    }


def test_our_own_fault_costs_these_files_and_is_called_so(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["aggregator.jobs.importing"], "judged", lambda *_: 1 / 0)
    [problem] = take(config, export(tmp_path, a_post(T, "Hej"))).problems.values()
    assert "which is our own fault: ZeroDivisionError" in problem
    assert items(config) == {}


def inbox(config: Config) -> Path:
    [source] = jobs.export_sources(config)
    return Path(source.export)


def collect(config: Config, now: datetime = NOON) -> jobs.Call:
    with open_storage(config.store) as storage:
        [call] = asyncio.run(jobs.collect(config, storage, now))
    return call


def test_run_watches_the_inbox_reads_what_comes_and_moves_it_away(config: Config) -> None:
    assert collect(config) == jobs.Call("prov/facebook")
    export(inbox(config), a_post(T, "Hej"))
    unpacked(inbox(config) / "unpacked", page_export([a_post(T - 9, "Hopp")]))
    for name in ("half.zip.crdownload", ".hidden.zip"):
        (inbox(config) / name).write_bytes(b"")
    call = collect(config, NOON + DAY)
    assert (call.new, call.problem) == (2, "")
    assert sorted(path.name for path in (inbox(config) / "done").iterdir()) == ["facebook.zip", "unpacked"]
    assert sorted(path.name for path in inbox(config).iterdir()) == [".hidden.zip", "done", "half.zip.crdownload"]
    export(inbox(config), a_post(T + 9, "Hej igen"))
    collect(config, NOON + 2 * DAY)
    assert (inbox(config) / "done" / "facebook-2.zip").exists()


def test_what_fails_stays_with_its_problem_beside_it_until_it_is_well(config: Config) -> None:
    bad = inbox(config) / "facebook.zip"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"PK\x03\x04 cut short")
    call = collect(config)
    note = bad.with_name("facebook.zip.problem.txt")
    assert "facebook.zip is no whole ZIP" in call.problem
    assert note.read_text(encoding="utf-8").startswith("facebook.zip is no whole ZIP")
    with open_storage(config.store) as storage:
        assert storage.visits()["prov/facebook"].failures == 1
    export(inbox(config), a_post(T, "Hej"))
    assert collect(config, NOON + DAY).problem == ""
    assert sorted(path.name for path in inbox(config).iterdir()) == ["done"]


def test_an_inbox_that_is_a_file_is_named(config: Config) -> None:
    inbox(config).parent.mkdir()
    inbox(config).write_text("")
    assert collect(config).problem.endswith("inbox/prov: cannot be used as an inbox: File exists")


def test_whose_an_export_is_follows_from_where_it_lies_else_from_its_profile(
    configured: Configured, tmp_path: Path
) -> None:
    other = SOURCE.replace("prov", "annan").replace("Prov", "Annan")
    config = configured(SOURCE + other)
    path = export(tmp_path, a_post(T, "Hej"))
    assert jobs.source_of(config, path).id == "prov/facebook"
    assert jobs.source_of(config, tmp_path / "inbox/annan/x.zip").id == "annan/facebook"
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Hej"})}) / "a.csv"
    with pytest.raises(
        FetchError, match="does not say whose it is; add --source and one of prov/facebook, annan/facebook"
    ):
        jobs.source_of(config, table)
    assert jobs.source_of(configured(SOURCE), table).id == "prov/facebook"
    with pytest.raises(FetchError, match="no actor has a source with export"):
        jobs.source_of(configured(""), table)


def test_names_of_pages_meet_in_one_report(config: Config, tmp_path: Path) -> None:
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Hej"})}) / "a.csv"
    done = take(config, export(tmp_path, a_post(T, "Hej")), table)
    assert done.tally.pages == (f"{NAME} (ProvkopingStallerOm, {NUMBER})",)


def test_an_unpacked_export_is_read_without_opening_what_is_private(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = {"messages/inbox/kim_1/message_1.json": b"[]", "security_and_login_information/logins.json": b"[]"}
    folder = unpacked(tmp_path / "export", page_export([a_post(T, "Hej")]) | private)
    opened: list[str] = []
    really = Path.open

    def noted(path: Path, *how: Any, **keys: Any) -> Any:
        opened.append(path.name)
        return really(path, *how, **keys)

    with open_storage(config.store):
        monkeypatch.setattr(Path, "open", noted)
    assert take(config, folder).new == 1
    assert set(opened) == {"profile_posts_1.json", "profile_information.json"}


def test_one_bad_file_does_not_make_others_wait(config: Config) -> None:
    inbox(config).mkdir(parents=True)
    (inbox(config) / "recept.txt").write_text("Vispa")
    for round in range(5):
        collect(config, NOON + round * timedelta(hours=1))
    with open_storage(config.store) as storage:
        visit = storage.visits()["prov/facebook"]
    assert (visit.failures, visit.due) == (5, NOON + timedelta(hours=4, minutes=15))


def test_a_link_post_and_the_article_that_it_leads_to_are_one_piece_of_news(
    configured: Configured, tmp_path: Path
) -> None:
    feed = """<rss version="2.0"><channel><title>P</title><link>https://prov.example/</link><item><title>Vi bygger
    cykelbanor</title><link>https://prov.example/cykel</link><guid>1</guid>
    <pubDate>Sat, 06 Sep 2025 09:00:00 +0000</pubDate></item></channel></rss>"""
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    declared = '[area.mariestad]\nmunicipality = "Mariestad"\ncontent = "extended"\n'
    config = configured(declared + SOURCE.replace("[actor.prov.source", 'feed = "feed.xml"\n[actor.prov.source'))
    with open_storage(config.store) as storage:
        asyncio.run(jobs.collect(config, storage, NOON))
        link = a_link("https://prov.example/cykel?fbclid=IwAR0", name="Vi bygger cykelbanor")
        [source] = jobs.export_sources(config)
        jobs.import_paths(
            config, storage, source, [export(tmp_path, a_post(T, "Läs om cykelbanorna", link))], NOON + DAY
        )
        jobs.publish(config, storage, NOON + DAY)
    assert len(items(config)) == 2
    published = (config.output / "vastra-gotaland/mariestad/rss.xml").read_text(encoding="utf-8")
    assert published.count("<item>") == 1


def test_a_store_that_fails_is_no_fault_of_the_files(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise StoreError("the store is full")

    monkeypatch.setattr(Storage, "known", fails)
    with pytest.raises(StoreError, match="the store is full"):
        take(config, export(tmp_path, a_post(T, "Hej")))


def test_an_inbox_that_cannot_be_tidied_is_named_and_nothing_is_read_twice(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(inbox(config), a_post(T, "Hej"))
    (inbox(config) / "done").write_text("a file where a folder should be")
    assert "cannot be tidied after reading" in collect(config).problem
    (inbox(config) / "done").unlink()
    assert collect(config, NOON + DAY) == jobs.Call("prov/facebook")
    assert (inbox(config) / "done" / "facebook.zip").exists()
