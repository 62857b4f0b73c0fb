"""Takedown: what is taken down is nowhere any more, and nothing that is told later brings it back."""

import asyncio
import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from conftest import Configured, Site
from made import AREA, NOON, an_entry, an_item, cykel

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Entry, Image, Item, Visit
from aggregator.storage import Storage, open_storage

DAY = timedelta(days=1)
WORDS = "Hemligheten"

KLIMAT = """
[actor.klimat]
name = "Klimatvännerna"
area = "Mariestad"
homepage = "https://klimat.example/"
feed = "https://klimat.example/feed"
"""


def a_feed(guid: str = "1", title: str = f"{WORDS} om Anna") -> str:
    return f"""<rss version="2.0"><channel><title>Cykel</title>
<item><title>{title}</title><guid>{guid}</guid><link>https://cykel.example/1</link>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>{WORDS} står här</description></item>
<item><title>Nytt i Mariestad</title><guid>2</guid><link>https://cykel.example/2</link>
<pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


def told_too(first: Item, entry: Entry) -> Item:
    """The same story as FIRST, told by another actor."""
    theirs = {"public_id": "tag:prov.example,2026:klimat/2", "source": "klimat/feed", "actor": "klimat"}
    return an_item(2, entry=entry, story=first.public_id, **theirs)


@pytest.fixture
def config(configured: Configured, site: Site, store: str) -> Config:
    return configured(AREA + cykel(site.says("/feed", a_feed())) + KLIMAT, store=store)


def a_round(config: Config, storage: Storage, days: int = 0) -> None:
    chosen = [config.sources["cykel/feed"]]
    asyncio.run(jobs.collect(config, storage, NOON + days * DAY, chosen))
    jobs.publish(config, storage, NOON + days * DAY)


def take_down(config: Config, storage: Storage, name: str, whole_story: bool = False, days: int = 2) -> jobs.TakenDown:
    return jobs.take_down(config, storage, name, "asked for", "eva", NOON + days * DAY, whole_story)


def holding(folder: Path, words: str = WORDS) -> list[Path]:
    """The files below FOLDER that hold WORDS, compressed ones too."""
    unpacked = {".gz": gzip.decompress, ".br": brotli.decompress}
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if words.encode() in unpacked.get(path.suffix, bytes)(path.read_bytes())]


def test_what_is_taken_down_leaves_no_trace_in_what_is_published_nor_in_the_store(
    config: Config, store: str, tmp_path: Path
) -> None:
    with open_storage(store) as storage:
        a_round(config, storage)
        a_round(config, storage, days=1)
        a_round(config, storage, days=8)
        assert len(holding(config.output)) > 8
        found = config.output / "sok/pagefind/fragment/of-it"
        found.parent.mkdir(parents=True, exist_ok=True)
        found.write_text(WORDS)
        take_down(config, storage, "https://cykel.example/1", days=8)
        assert holding(tmp_path) == []
        assert not [item for item in storage.items() if WORDS in item.entry.title]
    assert holding(config.output, "Nytt i Mariestad")


def test_the_page_says_that_it_is_withdrawn_and_a_mark_beside_it_lets_a_server_say_so(config: Config) -> None:
    with open_storage(config.store) as storage:
        a_round(config, storage)
        [page] = {path.parent for path in holding(config.output / "nyhet")}
        address = f"{config.site.url}{page.relative_to(config.output)}/"
        take_down(config, storage, address)
    assert {path.name for path in page.iterdir()} >= {"index.html", ".gone"}
    assert (page / ".gone").read_bytes() == b""
    assert "Den här nyheten är borttagen" in (page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "told_again",
    [a_feed(), a_feed(title="Ny rubrik"), a_feed(guid="new"), a_feed(guid="new", title="Ny rubrik")],
    ids=["as it was", "with another title", "under another id", "with another title under another id"],
)
def test_no_refetch_brings_it_back(config: Config, site: Site, told_again: str) -> None:
    with open_storage(config.store) as storage:
        a_round(config, storage)
        take_down(config, storage, "https://cykel.example/1")
        site.says("/feed", told_again + " ")
        a_round(config, storage, days=3)
        assert [item.entry.url for item in storage.items()] == ["https://cykel.example/2"]
    assert holding(config.output) == []


def test_the_copies_of_the_store_that_were_made_by_themselves_hold_it_no_more(
    configured: Configured, site: Site, tmp_path: Path
) -> None:
    config = configured(AREA + cykel(site.says("/feed", a_feed())) + KLIMAT)
    with open_storage(config.store) as storage:
        a_round(config, storage)
        storage.back_up_daily(NOON.date(), 7)
        assert holding(tmp_path / "backups")
        take_down(config, storage, "https://cykel.example/1")
    assert holding(tmp_path) == []
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["news-2026-11-26.db"]


def test_who_took_it_down_when_and_why_is_kept_without_its_words(config: Config) -> None:
    with open_storage(config.store) as storage:
        a_round(config, storage)
        done = take_down(config, storage, "https://cykel.example/1")
        [gone] = storage.taken_down()
    assert (gone.public_id, gone.by, gone.reason) == (done.items[0].public_id, "eva", "asked for")
    assert gone.removed == NOON + 2 * DAY


def test_the_next_who_told_the_story_leads_it_then_and_is_named(config: Config) -> None:
    first = an_item(1, entry=an_entry(title=f"{WORDS} om Anna"))
    second = told_too(first, an_entry(title="Anna cyklar", url="https://klimat.example/2"))
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [first])
        storage.keep("klimat/feed", Visit(), [second])
        jobs.publish(config, storage, NOON)
        assert not (config.output / "nyhet/2/index.html").exists()
        done = take_down(config, storage, first.public_id)
        assert [other.public_id for other in done.others] == [second.public_id]
        assert holding(config.output) == []
        assert holding(config.output / "nyhet/2", "Anna cyklar")
        take_down(config, storage, second.public_id, whole_story=True)
        assert holding(config.output, "Anna cyklar") == []


def test_the_page_of_who_leads_names_it_no_more(config: Config) -> None:
    first = an_item(1, entry=an_entry(title="Anna cyklar"))
    second = told_too(first, an_entry(title=WORDS, url=f"https://klimat.example/{WORDS}"))
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [first])
        storage.keep("klimat/feed", Visit(), [second])
        jobs.publish(config, storage, NOON)
        assert holding(config.output / "nyhet/1")
        take_down(config, storage, second.public_id)
        assert holding(config.output) == []
        assert holding(config.output / "nyhet/1", "Anna cyklar")


def test_a_copied_picture_goes_along_unless_another_item_shows_it(config: Config) -> None:
    image = Image(f"{config.site.url}bilder/cykel/a.jpg", "image/jpeg")
    picture = config.output / "bilder/cykel/a.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    one, other = (an_item(n, entry=an_entry(url=f"https://cykel.example/{n}", image=image)) for n in (1, 2))
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [one, other])
        assert take_down(config, storage, one.public_id).pictures == ()
        assert picture.exists()
        assert take_down(config, storage, other.public_id).pictures == ("bilder/cykel/a.jpg",)
        assert not picture.exists()


def test_an_address_that_several_items_have_is_not_guessed_at(config: Config) -> None:
    same = an_entry(url="https://cykel.example/same")
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [an_item(1, entry=same), an_item(2, entry=same)])
        with pytest.raises(jobs.TakedownError, match=r"2 items have the address .*cykel/1 .*cykel/2"):
            take_down(config, storage, same.url)
        with pytest.raises(jobs.TakedownError, match="no item has the id or the address"):
            take_down(config, storage, "https://cykel.example/none")
        assert len(list(storage.items())) == 2


def test_a_mark_of_what_was_withdrawn_goes_when_it_returns(config: Config) -> None:
    item = an_item(1)
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), [item])
        jobs.publish(config, storage, NOON)
        storage.keep_items([replace(item, withheld="a rule", withdrawn=NOON + DAY)])
        jobs.publish(config, storage, NOON + DAY)
        assert (config.output / "nyhet/1/.gone").exists()
        storage.keep_items([item])
        jobs.publish(config, storage, NOON + 2 * DAY)
        assert not (config.output / "nyhet/1/.gone").exists()
