"""Whether two items tell of one event: it begins at the same time, in the same place, and is called much the same."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from aggregator.matching.texts import Day, Text, text_of
from aggregator.model import SWEDEN, Entry, Event, Item

# Words that are in the titles of events, and by which none is known from another.
_COMMON = frozenset(
    "och att det som på är för med av till inte den har ett om vi en ni oss dig du din ditt hos vid kring under över "
    "efter från eller kl klockan välkommen välkomna kom inbjudan evenemang kurs föreläsning föreläsningen webbinarium "
    "digital digitalt digitala online zoom teams studiecirkel så hur varför vad lär lördag söndag måndag tisdag onsdag "
    "torsdag fredag längs i morgon idag dag".split()
)
_NOWHERE = re.compile(
    r"\b(?:zoom|teams|digitalt?|online|webb\w*|youtube|distans|meddelas|hemma)\b|https?:", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")

STEM = 5
# Of what an article says of days, only the first few are about itself.
DAYS_READ = 4
NAMED_ALIKE = 0.6
NAMED_ALIKE_WITHOUT_A_PLACE = 0.75
TITLE_WORDS = 12


def names_in(title: str) -> frozenset[str]:
    """The beginnings of the words of TITLE that tell an event from others."""
    words = (word.lower() for word in _WORD.findall(title))
    return frozenset(word[:STEM] for word in words if len(word) > 2 and word not in _COMMON and not word.isdigit())


def days_of(entry: Entry, told: datetime) -> list[date]:
    """The days on which ENTRY, told at that moment, says that something happens."""
    if entry.event:
        return [_day_of(entry.event)]
    return [day for number in sorted(text_of(entry).days)[:DAYS_READ] if (day := _coming(number, told))]


def title_of(entry: Entry) -> str:
    return entry.title or " ".join(entry.body.split()[:TITLE_WORDS])


def is_one(one: Item, other: Item) -> bool:
    """Whether both tell of one event; at least one of them has to be an event."""
    if _towns(one) and _towns(other) and _towns(one).isdisjoint(_towns(other)):
        return False
    first, second = one.entry.event, other.entry.event
    if first and second:
        return _same_time(first, second) and _same_place_and_name(one.entry, first, other.entry, second)
    if first:
        return _is_told_in(one.entry, first, other.entry)
    return bool(second and _is_told_in(other.entry, second, one.entry))


def times_differ(one: Event, other: Event) -> bool:
    return not _same_time(one, other)


def _same_time(one: Event, other: Event) -> bool:
    """It begins at the same moment, or where one only knows the day, on the same day; and so it ends, if both tell."""
    if isinstance(one.start, datetime) != isinstance(other.start, datetime):
        return _day_of(one) == _day_of(other)
    if one.begins != other.begins:
        return False
    return one.end is None or other.end is None or one.is_over_at == other.is_over_at


def _same_place_and_name(one: Entry, first: Event, other: Entry, second: Event) -> bool:
    here, there = _place(first), _place(second)
    name, called = names_in(title_of(one)), names_in(title_of(other))
    if here and there:
        # "Skördefest i parken" is no more alike to "Loppis i parken" for the park.
        around = here | there
        return (here <= there or there <= here) and _share(name - around, called - around) >= NAMED_ALIKE
    return len(name & called) >= 2 and _share(name, called) >= NAMED_ALIKE_WITHOUT_A_PLACE


def _is_told_in(entry: Entry, event: Event, article: Entry) -> bool:
    """Whether ARTICLE, which is no event, names this one with its day, its hour and its place."""
    text = text_of(article)
    start = event.start if isinstance(event.start, datetime) else None
    day = _day_of(event)
    if (day.month, day.day) not in text.days or not _is_at(start, text):
        return False
    place, said = _place(event), names_in(text.whole)
    name = names_in(title_of(entry)) - place
    is_meant = bool(name & names_in(title_of(article)))
    return is_meant and bool(place & said) and len(name & said) >= NAMED_ALIKE * len(name)


def _is_at(start: datetime | None, text: Text) -> bool:
    if start is None:
        return True
    local = start.astimezone(SWEDEN)
    return (local.hour, local.minute) in text.hours


def _place(event: Event) -> frozenset[str]:
    return frozenset() if _NOWHERE.search(event.place) else names_in(event.place)


def _share(one: Collection[str], other: Collection[str]) -> float:
    return len(set(one) & set(other)) / min(len(one), len(other)) if one and other else 0.0


def _towns(item: Item) -> set[str]:
    return {code for code in item.codes if len(code) == 4}


def _day_of(event: Event) -> date:
    return event.start.astimezone(SWEDEN).date() if isinstance(event.start, datetime) else event.start


def _coming(number: Day, told: datetime) -> date | None:
    """The next such day, seen from shortly before it was TOLD."""
    since = told.astimezone(UTC).date() - timedelta(days=7)
    for year in (since.year, since.year + 1):
        try:
            day = date(year, *number)
        except ValueError:
            continue
        if day >= since:
            return day
    return None
