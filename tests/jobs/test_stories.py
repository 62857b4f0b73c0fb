"""What several actors tell of the same is one piece of news, whoever may see what of it, and for good."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from conftest import Configured, Site
from made import NOON, an_entry, an_item

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Item, Story, Tombstone, Visit, health_values
from aggregator.publishing import article_of
from aggregator.storage import Storage, open_storage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

RELEASE = (
    "Mariestads kommun och regionen bygger en cykelbana mellan Mariestad och Moholm. Den blir elva kilometer lång "
    "och ska vara klar sommaren 2028. Kostnaden är 34 miljoner kronor, som delas lika."
)
TELLERS = {
    "kommun": ("Klart för cykelbana till Moholm", f"{RELEASE} Kontakt: Anna Berg, 0501-12 34 56."),
    "region": ("Region och kommun satsar på cykel", f"{RELEASE} Regionen ansvarar för kollektivtrafiken i länet."),
    "tidning": ("Efter tjugo år: nu blir det av", f"MARIESTAD {RELEASE}"),
}


def feed(*items: tuple[str, str, str, str]) -> str:
    """A newsfeed of items: guid, link, title and text."""
    told = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<description>{text}</description><pubDate>Tue, 24 Nov 2026 09:00:00 +0100</pubDate></item>"
        for guid, link, title, text in items
    )
    return f'<rss version="2.0"><channel><title>F</title><link>https://f.example/</link>{told}</channel></rss>'


@pytest.fixture
def config(configured: Configured, site: Site) -> Config:
    actors = "".join(
        f'[actor.{name}]\nname = "{name.title()}"\narea = "Mariestad"\nhomepage = "https://{name}.example/"\n'
        f'feed = "{site.url}/{name}"\n'
        for name in TELLERS
    )
    for name, (title, text) in TELLERS.items():
        site.says(f"/{name}", feed(("1", f"https://{name}.example/nytt/cykelbana-{name}", title, text)))
    return configured(f'[area.mariestad]\nmunicipality = "Mariestad"\ncontent = "extended"\n{actors}')


def collect(config: Config, now: datetime = NOON, *names: str) -> list[jobs.Call]:
    with open_storage(config.store) as storage:
        chosen = [source for source in config.sources.values() if not names or source.actor in names]
        return asyncio.run(jobs.collect(config, storage, now, chosen))


@pytest.fixture
def opened(config: Config) -> Iterator[Storage]:
    with open_storage(config.store) as storage:
        yield storage


def stories(storage: Storage) -> list[Story]:
    return storage.stories.named([item.told_in for item in storage.items()])


def keep(storage: Storage, source: str, *items: Item) -> None:
    storage.keep(source, Visit(), items)


def telling(number: int, source: str, text: str = RELEASE, **told: object) -> Item:
    entry = an_entry(id=f"{number}", url=f"https://{source}.example/nytt/sida-{number}", html=f"<p>{text}</p>")
    return an_item(number, entry=entry, source=f"{source}/feed", actor=source, **told)


def test_a_press_release_of_municipality_region_and_newspaper_is_one_entry_with_three_credits(config: Config) -> None:
    for hours, name in enumerate(TELLERS):
        collect(config, NOON + hours * HOUR, name)
    with open_storage(config.store) as storage:
        [story] = stories(storage)
        assert [item.actor for item in story.items] == ["kommun", "region", "tidning"]
        credited = article_of(story, config.site, config.actors, config.sources)
        assert (credited.actor, [credit.actor for credit in credited.also]) == ("Kommun", ["Region", "Tidning"])
        jobs.publish(config, storage, NOON + 3 * HOUR)
    for path in ("vastra-gotaland/", "vastra-gotaland/mariestad/"):
        [entry] = feedparser.parse(str(config.output / path / "rss.xml")).entries
        assert entry.link == "https://kommun.example/nytt/cykelbana-kommun"


def test_what_comes_in_one_round_is_compared_too(config: Config, opened: Storage) -> None:
    assert sum(call.new for call in collect(config)) == 3
    assert len(stories(opened)) == 1


def test_what_was_published_first_keeps_its_id_and_link_though_an_earlier_date_comes_in_later(
    config: Config, opened: Storage
) -> None:
    keep(opened, "tidning/feed", telling(1, "tidning"))
    jobs.join_stories(config, opened)
    keep(opened, "kommun/feed", telling(2, "kommun", date=NOON - DAY, entered=NOON + HOUR))
    assert jobs.join_stories(config, opened) == 1
    [story] = stories(opened)
    assert story.leader.actor == "tidning"


def test_what_is_held_leads_nothing_and_joins_when_it_is_released(config: Config, opened: Storage) -> None:
    held = telling(1, "kommun", hidden="held: 30 new entries at once")
    keep(opened, "kommun/feed", held)
    jobs.join_stories(config, opened)
    before = opened.stories.version()
    keep(opened, "region/feed", telling(2, "region", entered=NOON + HOUR))
    jobs.join_stories(config, opened)
    [story] = stories(opened)
    assert (story.leader.actor, [other.is_visible for other in story.others]) == ("region", [False])
    assert ("1493", "2026-11") in opened.stories.touched(before)
    [waiting] = opened.held_items()
    opened.keep_items([waiting.released(NOON + DAY)])
    [story] = stories(opened)
    assert [(item.actor, item.is_visible) for item in story.items] == [("region", True), ("kommun", True)]


def test_a_story_that_is_told_otherwise_later_stays_one_and_is_found_by_its_new_words(
    config: Config, opened: Storage
) -> None:
    keep(opened, "kommun/feed", telling(1, "kommun"))
    keep(opened, "region/feed", telling(2, "region", entered=NOON + HOUR))
    jobs.join_stories(config, opened)
    words = "Efter ett långt sammanträde drogs beslutet tillbaka, och vägen förblir som den är. Så sa alla utom en."
    [second] = [item for item in opened.items() if item.actor == "region"]
    retold = second.retold(replace(second.entry, html=f"<p>{words}</p>"), frozenset(), NOON + 2 * HOUR)
    opened.keep_items([retold])
    jobs.join_stories(config, opened)
    assert len(stories(opened)) == 1
    keep(opened, "tidning/feed", telling(3, "tidning", words, entered=NOON + 3 * HOUR))
    assert jobs.join_stories(config, opened) == 1


def test_a_source_is_in_a_story_once(config: Config, opened: Storage) -> None:
    keep(opened, "kommun/feed", telling(1, "kommun"))
    keep(
        opened, "region/feed", telling(2, "region", entered=NOON + HOUR), telling(3, "region", entered=NOON + 2 * HOUR)
    )
    assert jobs.join_stories(config, opened) == 1
    assert sorted(len(story.items) for story in stories(opened)) == [1, 2]


def test_links_to_an_actors_home_bind_nobody(config: Config, opened: Storage) -> None:
    home = replace(config.actors["kommun"], homepage="https://portal.example/foreningar/kommun/")
    config = replace(config, actors={**config.actors, "kommun": home})
    for number, source in enumerate(("region", "tidning")):
        post = an_entry(id=f"{number}", form="post", url=home.homepage, title="", html=f"<p>Tips {source}!</p>")
        keep(opened, f"{source}/feed", an_item(number, entry=post, source=f"{source}/feed", actor=source))
    assert jobs.join_stories(config, opened) == 0


def test_what_an_operator_split_off_stays_apart_and_comes_into_newsfeeds_by_itself(
    config: Config, opened: Storage
) -> None:
    for number, source in enumerate(TELLERS, 1):
        keep(opened, f"{source}/feed", telling(number, source, entered=NOON + number * HOUR))
    jobs.join_stories(config, opened)
    before = opened.stories.version()
    apart = jobs.split(opened, "https://region.example/nytt/sida-2", NOON + DAY)
    assert ("1493", "2026-11") in opened.stories.touched(before)
    opened.keep_items([replace(apart, story="", themes=("mat",))])
    jobs.join_stories(config, opened)
    told_by = {tuple(item.actor for item in story.items) for story in stories(opened)}
    assert told_by == {("kommun", "tidning"), ("region",)}
    with pytest.raises(jobs.SplitError, match="leads its story"):
        jobs.split(opened, "https://kommun.example/nytt/sida-1", NOON)
    with pytest.raises(jobs.SplitError, match="no item has"):
        jobs.split(opened, "https://kommun.example/nytt/annat", NOON)


@pytest.mark.parametrize("how", ["split off", "removed"])
def test_who_does_not_tell_a_story_any_more_is_not_credited_on_its_page(
    config: Config, opened: Storage, how: str
) -> None:
    for number, source in enumerate(("kommun", "region"), 1):
        keep(opened, f"{source}/feed", telling(number, source, entered=NOON + number * HOUR))
    jobs.join_stories(config, opened)
    jobs.publish(config, opened, NOON + DAY)
    page = config.output / "nyhet/1/index.html"
    assert "https://region.example/nytt/sida-2" in page.read_text()
    if how == "split off":
        jobs.split(opened, "https://region.example/nytt/sida-2", NOON + DAY)
    else:
        [gone] = [item for item in opened.items() if item.actor == "region"]
        removed = Tombstone(gone.public_id, gone.source, gone.aliases, "taken back", NOON + DAY, gone.codes, True)
        opened.keep_import(gone.source, {}, [], [removed], NOON + DAY)
    jobs.publish(config, opened, NOON + DAY + HOUR)
    assert "https://region.example/nytt/sida-2" not in page.read_text()


def test_a_page_that_was_taken_back_is_there_again_though_another_leads_its_story_now(
    config: Config, opened: Storage
) -> None:
    first = telling(1, "kommun")
    keep(opened, "kommun/feed", first)
    keep(opened, "region/feed", telling(2, "region", entered=NOON + HOUR))
    jobs.join_stories(config, opened)
    jobs.publish(config, opened, NOON + DAY)
    page = config.output / "nyhet/1/index.html"
    before = page.read_text()
    keep(opened, "kommun/feed", replace(first, withheld="as feeds.toml says", withdrawn=NOON + DAY))
    jobs.publish(config, opened, NOON + DAY + HOUR)
    assert "cykelbana" not in page.read_text()
    keep(opened, "kommun/feed", first)
    jobs.publish(config, opened, NOON + DAY + 2 * HOUR)
    [story] = stories(opened)[:1]
    assert (story.leader.actor, "cykelbana" in before, "cykelbana" in page.read_text()) == ("region", True, True)
    assert not page.with_name(".gone").exists()


def test_explain_says_who_leads_a_story_and_why_it_is_one(config: Config, opened: Storage) -> None:
    collect(config)
    [leader] = [story.leader for story in stories(opened)][:1]
    for explained in jobs.explain(config, opened, leader.public_id):
        assert explained.story.leader == leader
        assert [(bond and bond.by, bond and bond.score > 0.5) for _, bond in explained.bonds] == [("text", True)] * 2


IDS = [("1", 0), ("2", 1), ("3", 2), ("4", 3), ("5", 4), ("6", 5), ("7", 6), ("8", 7), ("9", 8), ("10", 9)]


def news(*ids: tuple[str, int]) -> str:
    topics = "cykel buss mat skog hav vind sol lera hus bok".split()
    return feed(*((guid, f"https://kommun.example/{topics[n]}", topics[n], f"Om {topics[n]}") for guid, n in ids))


def test_a_site_that_reissues_its_ids_publishes_nothing_anew_and_is_told_of_once(config: Config, site: Site) -> None:
    site.says("/kommun", news(*IDS))
    collect(config, NOON, "kommun")
    site.says("/kommun", news(*((f"urn:uuid:{guid}", n) for guid, n in IDS)))
    [call] = collect(config, NOON + HOUR, "kommun")
    assert (call.new, call.held, call.problem) == (0, 0, "")
    with open_storage(config.store) as storage:
        assert len(list(storage.items())) == 10
        [alarm] = [alarm for alarm in storage.alarms() if alarm.kind == "ids"]
    assert "has given new ids to 10 entries that we knew; nothing was published anew" in alarm.problem
    [call] = collect(config, NOON + 2 * HOUR, "kommun")
    with open_storage(config.store) as storage:
        assert len([alarm for alarm in storage.alarms_told(99) if alarm.kind == "ids"]) == 1


def test_ids_that_are_wanting_are_trusted_no_more_and_the_operator_is_told(config: Config, site: Site) -> None:
    site.says("/kommun", news(*IDS))
    collect(config, NOON, "kommun")
    with open_storage(config.store) as storage:
        before = {item.public_id for item in storage.items()}
    site.says("/kommun", news(*(("", n) for _, n in IDS)))
    [call] = collect(config, NOON + HOUR, "kommun")
    note = "too many of its entries had no id of their own; they are known by their links since then"
    assert (call.new, call.notes) == (0, (note,))
    site.says("/kommun", news(*IDS).replace("<title>hus", "<title>Om hus"))
    [call] = collect(config, NOON + 2 * HOUR, "kommun")
    assert (call.new, call.notes) == (0, (note,))
    with open_storage(config.store) as storage:
        assert {item.public_id for item in storage.items()} == before
        assert storage.visits()["kommun/feed"].trusted == "link"
        assert not [alarm for alarm in storage.alarms_told(99) if "has given new ids" in alarm.problem]
        told = health_values(jobs.health(config, storage, NOON))
    [state] = [state for state in json.loads(json.dumps(told))["sources"] if state["source"] == "kommun/feed"]
    assert state["notes"] == [note]


def test_two_feeds_that_both_use_one_id_have_two_items_for_good(config: Config, opened: Storage, site: Site) -> None:
    site.says("/kommun", feed(("1", "https://kommun.example/cykel", "Cykel", "Om cykel")))
    site.says("/region", feed(("1", "https://region.example/buss", "Buss", "Om buss")))
    collect(config, NOON, "kommun", "region")
    first = {item.entry.title: item.public_id for item in opened.items()}
    collect(config, NOON + HOUR, "region", "kommun")
    assert {item.entry.title: item.public_id for item in opened.items()} == first
    assert len(set(first.values())) == 2


def test_a_fault_in_one_item_costs_it_its_company_and_not_the_round(
    config: Config, opened: Storage, tmp_path: Path
) -> None:
    """An item may say whatever passes our gate, however odd."""
    odd = an_entry(id="1", url="https://[", title="\u2028", html="<p>" + "٣/٤ kl ٩٩ 31/2 0/0 9999-99-99 " * 30 + "</p>")
    keep(opened, "kommun/feed", an_item(1, entry=odd, source="kommun/feed"))
    keep(opened, "region/feed", an_item(2, entry=replace(odd, id="2"), source="region/feed"))
    jobs.join_stories(config, opened)
    assert opened.traces.untold(9) == []
