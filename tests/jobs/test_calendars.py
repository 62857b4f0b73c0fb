"""Calendars and announced events, over real HTTP and through a real store."""

import asyncio
from datetime import datetime, timedelta

import pytest
from conftest import Configured, Site
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.jobs import Call
from aggregator.model import Item
from aggregator.storage import open_storage

DAY = timedelta(days=1)

WEEKLY = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:cirkel
SUMMARY:Cykelkök i Mariestad
URL:https://cykel.example/cykelkok
DTSTART;TZID=Europe/Stockholm:20260902T180000
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""

FEED = """<rss version="2.0"><channel><title>Cykel</title><item><title>Bytardag</title><guid>1</guid>
<description>Välkommen till bytardag lördag 12 december kl. 13–15 i Folkets hus, Storgatan 3.</description>
{date}</item></channel></rss>"""


def configured_with(configured: Configured, key: str, address: str) -> Config:
    return configured(
        f'[actor.cykel]\nname = "Cykel"\narea = "Mariestad"\nhomepage = "https://c.example/"\n{key} = "{address}"'
    )


def collect(config: Config, now: datetime = NOON) -> list[Call]:
    with open_storage(config.store) as storage:
        source = list(config.live_sources.values())
        return asyncio.run(jobs.collect(config, storage, now, source))


def items(config: Config) -> list[Item]:
    with open_storage(config.store) as storage:
        return sorted(storage.items(), key=lambda item: str(item.entry.event and item.entry.event.start))


@pytest.mark.parametrize("headers", [{"ETag": '"a"'}, {}], ids=["304", "the same bytes"])
def test_a_calendar_that_never_changes_moves_on_with_the_year(
    configured: Configured, site: Site, headers: dict[str, str]
) -> None:
    config = configured_with(configured, "calendar", site.says("/k.ics", WEEKLY, **headers))
    assert collect(config) == [Call("cykel/calendar", new=55)]
    for day in range(4, 29, 4):
        collect(config, NOON + day * DAY)
    found = items(config)
    assert len(found) == 58
    assert not any(item.hidden for item in found)
    assert len({item.public_id for item in found}) == 58
    asked = [headers for path, headers in site.asked if path == "/k.ics"]
    assert len(asked) == 8
    if headers:
        assert sum("if-none-match" not in headers for headers in asked) == 5


def test_the_same_calendar_read_again_changes_nothing(configured: Configured, site: Site) -> None:
    config = configured_with(configured, "calendar", site.says("/k.ics", WEEKLY))
    collect(config)
    before = items(config)
    assert collect(config, NOON + 8 * DAY) == [Call("cykel/calendar", new=1)]
    assert items(config)[:55] == before


def test_an_edited_series_is_corrected_and_nothing_else(configured: Configured, site: Site) -> None:
    config = configured_with(configured, "calendar", site.says("/k.ics", WEEKLY))
    collect(config)
    one = (
        "BEGIN:VEVENT\nUID:cirkel\nRECURRENCE-ID;TZID=Europe/Stockholm:20261202T180000\nDTSTART:20261203T180000\n"
        "STATUS:CANCELLED\nSUMMARY:Cykelkök i Mariestad\nEND:VEVENT\n"
    )
    site.says("/k.ics", WEEKLY.replace("END:VCALENDAR", one + "END:VCALENDAR"))
    assert collect(config, NOON + timedelta(hours=2)) == [Call("cykel/calendar", changed=1)]
    [cancelled] = [item for item in items(config) if item.entry.event and item.entry.event.cancelled]
    assert cancelled.corrected
    assert len(items(config)) == 55


def test_a_new_calendar_of_three_hundred_events_is_not_held_but_a_known_one_that_brings_five_hundred_is(
    configured: Configured, site: Site
) -> None:
    def events(first: int, count: int) -> str:
        return (
            "BEGIN:VCALENDAR\n"
            + "".join(
                f"BEGIN:VEVENT\nUID:{n}\nSUMMARY:Händelse {n}\nDTSTART:202612{n % 28 + 1:02}T180000Z\nEND:VEVENT\n"
                for n in range(first, first + count)
            )
            + "END:VCALENDAR\n"
        )

    config = configured_with(configured, "calendar", site.says("/k.ics", events(0, 300)))
    assert collect(config) == [Call("cykel/calendar", new=300)]
    site.says("/k.ics", events(0, 390))
    assert collect(config, NOON + DAY) == [Call("cykel/calendar", new=90)]
    site.says("/k.ics", events(0, 890))
    assert collect(config, NOON + 2 * DAY) == [Call("cykel/calendar", held=500)]


@pytest.mark.parametrize("date", ["<pubDate>Tue, 24 Nov 2026 09:00:00 GMT</pubDate>", ""], ids=["dated", "undated"])
def test_an_announcement_in_a_newsfeed_is_an_event_and_stays_the_same_a_year_later(
    configured: Configured, site: Site, date: str
) -> None:
    config = configured_with(configured, "feed", site.says("/feed", FEED.format(date=date)))
    assert collect(config) == [Call("cykel/feed", new=1)]
    [item] = items(config)
    assert item.entry.event
    assert (item.entry.event.place, item.entry.event.address) == ("Folkets hus", "Storgatan 3")
    site.says("/feed", FEED.format(date=date) + "<!-- another stamp -->")
    assert collect(config, NOON + 400 * DAY) == [Call("cykel/feed")]
    assert items(config) == [item]


def test_a_calendar_in_the_long_form(configured: Configured, site: Site) -> None:
    address = site.says("/k.ics", WEEKLY)
    config = configured(
        f"""
        [actor.cykel]
        name = "Cykel"
        area = "Mariestad"
        homepage = "https://c.example/"
        [actor.cykel.source.kurser]
        calendar = "{address}"
        every = "6h"
        """
    )
    assert collect(config) == [Call("cykel/kurser", new=55)]
