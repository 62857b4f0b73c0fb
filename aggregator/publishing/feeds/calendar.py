"""The events of an edition as iCalendar (RFC 5545), for the calendars of people and of newspapers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from icalendar import Calendar
from icalendar import Event as Appointment

from aggregator.model import SWEDEN, Article, Edition, Event, Site
from aggregator.publishing.feeds.body import categories_of, credit_of
from aggregator.publishing.feeds.head import head_of
from aggregator.publishing.feeds.syndication import REMEMBERED

# icalendar's own would be 2 kB of every change to 2038; the rule of today says the same of any year since 1996.
TIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")

END = b"END:VCALENDAR"
READ_AGAIN = timedelta(hours=6)


def calendar(edition: Edition) -> bytes:
    """The events of the last months and those to come, cancelled ones too, so that calendars strike them out."""
    head = replace(head_of(edition, "kalender.ics"), sort="events")
    frame = _frame()
    frame.add("name", head.title)
    frame.add("x-wr-calname", head.title)
    frame.add("x-wr-caldesc", head.description)
    frame.add("x-wr-timezone", "Europe/Stockholm")
    frame.add("url", head.page)
    frame.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    frame.add("x-published-ttl", "PT6H")
    begin, end = _ends_of(frame)
    return b"".join((begin, *(_appointment(head.site, article) for article in edition.calendar if article.event), end))


def article_calendar(site: Site, article: Article) -> bytes:
    """A single event, to be put into a calendar once."""
    begin, end = _plain_ends()
    return begin + _appointment(site, article) + end


def _frame() -> Calendar:
    frame = Calendar()
    frame.add("prodid", "-//nyhetsflode//kalender//SV")
    frame.add("version", "2.0")
    frame.add("method", "PUBLISH")
    return frame


def _ends_of(frame: Calendar) -> tuple[bytes, bytes]:
    """What stands before the events in FRAME, and behind them."""
    empty: bytes = frame.to_ical()
    place = empty.rindex(END)
    return empty[:place] + TIMEZONE, empty[place:]


@cache
def _plain_ends() -> tuple[bytes, bytes]:
    return _ends_of(_frame())


@lru_cache(REMEMBERED)
def _appointment(site: Site, article: Article) -> bytes:
    event = article.event
    if event is None:
        raise ValueError(f"{article.id} is no event")
    made = Appointment()
    made.add("uid", article.id)
    made.add("dtstamp", article.updated.astimezone(UTC))
    made.add("created", article.entered.astimezone(UTC))
    made.add("last-modified", article.updated.astimezone(UTC))
    made.add("sequence", _sequence(article))
    for name, when in _span(event):
        made.add(name, when)
    made.add("summary", article.title)
    made.add("description", "\n\n".join(filter(None, (article.summary, credit_of(article), article.url))))
    if event.where:
        made.add("location", event.where)
    made.add("url", article.url)
    made.add("categories", [name for name, _ in categories_of(article)])
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # Nobody who follows a calendar is busy because of what is in it.
    made.add("transp", "TRANSPARENT")
    text: bytes = made.to_ical()
    return text


def _sequence(article: Article) -> int:
    """How many minutes after it came in it was last corrected: a number that grows with every correction."""
    if article.corrected is None:
        return 0
    return 1 + int((article.corrected - article.entered) / timedelta(minutes=1))


def _span(event: Event) -> list[tuple[str, datetime | date]]:
    """Both ends are moments or both are days; the last day is the one after, as iCalendar wants it."""
    if isinstance(event.start, datetime):
        start, end = event.start.astimezone(SWEDEN), event.is_over_at.astimezone(SWEDEN)
        return [("dtstart", start), *([("dtend", end)] if event.end and end > start else [])]
    last = event.end or event.start
    last_day = last.astimezone(SWEDEN).date() if isinstance(last, datetime) else last
    return [("dtstart", event.start), ("dtend", max(last_day, event.start) + timedelta(days=1))]
