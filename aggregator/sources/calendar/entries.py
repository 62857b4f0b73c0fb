"""From what happens to an entry: the words, the place and the people of an event."""

import re
from urllib.parse import unquote

from aggregator.model import Entry, Event
from aggregator.sources import clean
from aggregator.sources.calendar.happenings import Happening
from aggregator.sources.calendar.lines import Component
from aggregator.sources.places import place_and_address

_MARKUP = re.compile(r"<(?:p|br|a|b|i|ul|ol|li|div|span|strong|em|h[1-6]|html|html-blob)\b[^<>]*>", re.IGNORECASE)
# What Google writes around its own line about a video meeting.
_MEETING = re.compile(r"-::~(?:[:~]|::)*-.*", re.DOTALL)
# What calendars call a time of which they tell nothing else.
_NAMELESS = frozenset(("busy", "upptagen", "upptaget", "bokad", "bokat", "privat", "private"))


def is_for_all(component: Component) -> bool:
    """Whether the event is not marked as private."""
    is_private = component.value("CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL")
    return not is_private and words_of(component.value("SUMMARY")).lower() not in _NAMELESS


def words_of(text: str) -> str:
    """TEXT on one line. WordPress writes the signs of HTML into it, as '&#8211;'."""
    return clean.plain(text, "escaped")


def entry_of(happening: Happening, base: str) -> Entry:
    """What is told of the calendar itself and of mail addresses stays behind: an organiser is a name."""
    told = happening.component
    place, address = place_and_address(words_of(told.value("LOCATION").replace("\n", ", ")))
    organiser = told.one("ORGANIZER")
    name = words_of(unquote(organiser.parameters.get("CN", ""))) if organiser else ""
    event = Event(
        happening.start,
        happening.last,
        place=place,
        address=address,
        organiser=name if "@" not in name else "",
        cancelled=told.value("STATUS").strip().upper() == "CANCELLED",
    )
    picture = next(
        (one for one in (*told.all("IMAGE"), *told.all("ATTACH")) if _is_picture(one.parameters, one.value)), None
    )
    uid = told.value("UID").strip() or f"{told.value('SUMMARY')}/{told.value('DTSTART')}"
    return clean.entry(
        base,
        id=f"{uid}/{happening.slot}" if happening.slot else uid,
        url=told.value("URL"),
        title=told.value("SUMMARY"),
        title_markup="escaped",
        content=_text(told),
        categories=[clean.as_html(word) for one in told.all("CATEGORIES") for word in one.value.split(",")],
        published=told.value("CREATED"),
        updated=told.value("LAST-MODIFIED"),
        image=clean.image(base, picture.value, type=picture.parameters.get("FMTTYPE", "")) if picture else None,
        event=event,
    )


def _text(told: Component) -> str:
    """The description as HTML: Outlook's, else the plain one, into which some write HTML all the same."""
    rich = told.value("X-ALT-DESC")
    if _MARKUP.search(rich):
        return rich
    plain = _MEETING.sub("", told.value("DESCRIPTION")).strip()
    return plain if _MARKUP.search(plain) else clean.as_html(plain).replace("\n", "<br>")


def _is_picture(parameters: dict[str, str], value: str) -> bool:
    kind = parameters.get("FMTTYPE", "").lower()
    return kind.startswith("image/") or (not kind and value.lower().endswith((".jpg", ".jpeg", ".png", ".webp")))
