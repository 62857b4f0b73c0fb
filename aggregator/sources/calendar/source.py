"""A calendar on the web or in a file: what feeds.toml may say of it, and how to read it."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, Reading, Source, Via
from aggregator.model.units import Location
from aggregator.sources import clean, letters
from aggregator.sources.calendar.entries import entry_of, is_for_all, words_of
from aggregator.sources.calendar.happenings import Clock, Happening, happenings
from aggregator.sources.calendar.lines import Component, components
from aggregator.sources.calendar.zones import zones_of

# The soonest are carried; those after them come when their time is nearer.
MOST_EVENTS = 1000
# Of what comes once, and of what repeats or was changed for one time, so much is looked at.
MOST_READ = 2500
# So many broken events are named, each in a note.
MOST_NAMED = 5


def _over_https(value: object) -> object:
    """webcal: is what programs of calendars call https:, to be asked about by the browser."""
    return re.sub(r"^webcals?://", "https://", value, flags=re.IGNORECASE) if isinstance(value, str) else value


class CalendarSource(Source, frozen=True):
    """`calendar` is an address of the web (webcal:// too), or a path that counts from feeds.toml."""

    # A year ahead is carried of what repeats, so the same calendar means more as time goes by.
    read_again: ClassVar[timedelta] = timedelta(days=7)
    via: ClassVar[Via] = "calendar"

    calendar: Annotated[Location, BeforeValidator(_over_https)]

    @property
    def location(self) -> str:
        return self.calendar

    def below(self, folder: Path) -> Self:
        return self if "://" in self.calendar else self.model_copy(update={"calendar": str(folder / self.calendar)})

    def read(self, document: Document) -> Reading:
        text = letters.text_in(document.content, document.media_type).strip("\x00\t\n\r \ufeff")
        if not text:
            raise ParseError(document.location, "answers with nothing at all")
        if "BEGIN:VCALENDAR" not in text[:1000].upper():
            raise ParseError(document.location, _what_it_is_instead(text))
        *parts, calendar = components(text)
        clock = Clock(document.at, zones_of(part for part in parts if part.name == "VTIMEZONE"))
        found = sorted(_found(parts, clock), key=lambda one: one.order)
        if len(found) > MOST_EVENTS:
            clock.note(f"has {len(found)} coming events; the soonest {MOST_EVENTS} were read")
        base = clean.whole_url(document.location)
        entries = _entries(found[:MOST_EVENTS], base, clock)
        if not calendar.is_whole:
            clock.note("breaks off before its end; the events before that were read")
        named, more = clock.notes[:MOST_NAMED], len(clock.notes) - MOST_NAMED
        return Reading(
            entries=tuple(entries),
            title=words_of(calendar.value("X-WR-CALNAME") or calendar.value("NAME")),
            notes=(*named, *([f"and {more} more things like these"] if more > 0 else [])),
            whole=calendar.is_whole,
        )


def _found(parts: Iterable[Component], clock: Clock) -> Iterator[Happening]:
    """All that happens, event by event; what is long over is not even read."""
    by_uid: dict[str, list[Component]] = {}
    for part in _near(parts, clock):
        uid = part.value("UID").strip() or f"{part.value('SUMMARY')}/{part.value('DTSTART')}"
        by_uid.setdefault(uid, []).append(part)
    private = 0
    for events in by_uid.values():
        open_to_all = [event for event in events if is_for_all(event)]
        private += len(events) - len(open_to_all)
        yield from happenings(open_to_all, clock, _named(events[0]))
    if private:
        clock.note(f"{private} events are private, and were passed over")


def _near(parts: Iterable[Component], clock: Clock) -> list[Component]:
    """Events that may be near, in the order of the document; of too many, the soonest and the first that repeat."""
    since = f"{clock.since - timedelta(days=2):%Y%m%d}"
    near = [part for part in parts if part.name == "VEVENT" and part.latest_day() >= since]
    if len(near) <= MOST_READ:
        return near
    lasting = [part for part in near if part.latest_day() == "9" or part.has("RECURRENCE-ID")]
    others = {part.number for part in near} - {part.number for part in lasting}
    single = sorted((part for part in near if part.number in others), key=Component.latest_day)
    read = [*lasting[:MOST_READ], *single[:MOST_READ]]
    if len(read) < len(near):
        clock.note(f"has {len(near)} coming events, too many for us; {len(read)} of them were looked at")
    return sorted(read, key=lambda part: part.number)


def _named(event: Component) -> str:
    title = words_of(event.value("SUMMARY"))[:60]
    return f'event {event.number} ("{title}")' if title else f"event {event.number}"


def _entries(found: Iterable[Happening], base: str, clock: Clock) -> list[Entry]:
    entries: list[Entry] = []
    for one in found:
        entry = entry_of(one, base)
        if entry.title or entry.url:
            entries.append(entry)
        else:
            clock.note(f"event {one.component.number} has neither title, text nor link, and was passed over")
    return entries


def _what_it_is_instead(text: str) -> str:
    beginning = text[:1000].lower()
    if "<html" in beginning or "<!doctype html" in beginning:
        return "is a web page and no calendar; look there for a link that ends in .ics, or says iCal or webcal"
    if re.match(r"<(?:\?xml|rss|feed)", beginning):
        return 'is no calendar but perhaps a newsfeed; then it is written feed = "…"'
    return "is no calendar (iCalendar), or too broken to be read as one"
