"""Events that a text announces in Swedish: 'Välkommen till klädbytardag söndag 15 november 11–14 i Folkets hus'.

Precision before recall: a text becomes an event only if it tells one day that is to come, when it was written, and
speaks of it as one does of what people may come to. A report, a deadline, opening hours, a programme of several days or
a day on which something merely changes are none. Whatever is told of when counts from the moment of REFERENCE, when it
was published, so that to read it again later gives the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator.model import SWEDEN, Entry, Event
from aggregator.sources import dates
from aggregator.sources.announced_words import (
    CANCELLED,
    COMMON_SPOT,
    INVITES,
    LABEL,
    LIMIT,
    NO_EVENT,
    NO_TITLE,
    NOUN,
    OFTEN,
    OPENS,
    RIGHT_AFTER,
    SENTENCE,
    SPOT,
    WEEKDAY,
    WEEKDAY_OR_MONTH,
    WHEN,
    WHERE,
)
from aggregator.sources.places import place_and_address

# In a longer text, a day is one of many things that it tells.
LONGEST = 4000
# Further ahead nobody announces; such a day is a goal or a law.
AHEAD = timedelta(days=500)
LONG_OVER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Text:
    """A title and what follows it, with the days and times that it tells."""

    title: str
    words: str
    days: list[dates.Day]
    clocks: list[dates.Clock]
    labels: dict[str, tuple[int, int]]

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence begins and ends that position AT is in."""
        begin, end = 0, len(self.words)
        for found in SENTENCE.finditer(self.words):
            if found.end() <= at:
                begin = found.end()
            elif found.start() >= at:
                end = found.start()
                break
        return begin, end


def with_event(entry: Entry, published: datetime, seen: datetime) -> Entry:
    """ENTRY as the event that it plainly announces, if it does; what was long over when we first saw it is none."""
    if entry.event is not None:
        return entry
    event = event_in(entry.title, entry.body, published)
    return replace(entry, event=event) if event and not _was_over(event, seen) else entry


def _was_over(event: Event, seen: datetime) -> bool:
    last = event.end or event.start
    day = last.astimezone(SWEDEN).date() if isinstance(last, datetime) else last
    return seen.astimezone(SWEDEN).date() - day > LONG_OVER


def event_in(title: str, body: str, reference: datetime) -> Event | None:
    """The one event that a text with this title announces, or None."""
    if len(title) + len(body) > LONGEST or not re.search(r"\d", title + body):
        return None
    text = _text(title, body, reference)
    cancelled = CANCELLED.search(text.words) is not None
    if NO_TITLE.search(title) and not cancelled:
        return None
    day = _the_day(text, reference)
    if day is None or day.first is None:
        return None
    clock = _the_clock(text, day)
    told = dates.together(day, [clock] if clock else [])
    if told is None or not _is_ahead(told[0], reference):
        return None
    place, address = _place(text, day, clock)
    if not cancelled and not _is_announced(text, day, clock, place):
        return None
    return Event(*told, place, address, _labelled(text, "Arrangör"), cancelled)


def _text(title: str, body: str, reference: datetime) -> _Text:
    words = unicodedata.normalize("NFC", f"{title}\n{body}").replace("\xa0", " ").replace("\u202f", " ")
    words = re.sub(r"[ \t]+", " ", words)
    days = dates.days_in(words, reference, "ahead")
    within = [(day.begin, day.finish) for day in days]
    clocks = [
        clock
        for clock in dates.clocks_in(words)
        if not any(clock.begin < end and begin < clock.finish for begin, end in within)
        and (clock.is_sure or any(0 <= clock.begin - end <= 2 for _, end in within))
    ]
    found = list(LABEL.finditer(words))
    ends = [one.start() for one in found[1:]] + [len(words)] * bool(found)
    labels = {one["name"]: (one.end(), end) for one, end in reversed([*zip(found, ends, strict=True)])}
    return _Text(title, words, days, clocks, labels)


def _the_day(text: _Text, reference: datetime) -> dates.Day | None:
    """The only day that it tells; where a label says which is meant, that one."""
    days = [day for day in text.days if not _is_limit(text, day)]
    days = [day for day in days if not day.is_relative or any(0 <= c.begin - day.finish <= 2 for c in text.clocks)]
    if any(day.first is None for day in days):
        return None
    labelled = [day for day in days if any(begin <= day.begin < end for begin, end in _when_labels(text))]
    for chosen in (labelled, days):
        if len({(day.first, day.last) for day in chosen}) == 1:
            # With its time beside it, if it is told twice.
            beside = (day for day in chosen if any(0 <= c.begin - day.finish <= 12 for c in text.clocks))
            return next(beside, chosen[-1])
    return None


def _when_labels(text: _Text) -> list[tuple[int, int]]:
    return [span for name, span in text.labels.items() if name in WHEN.split("|")]


def _is_limit(text: _Text, day: dates.Day) -> bool:
    begin, end = text.sentence(day.begin)
    before = text.words[begin : day.begin]
    return bool(LIMIT.search(before) or OPENS.search(text.words[begin:end]))


def _the_clock(text: _Text, day: dates.Day) -> dates.Clock | None:
    """The time that stands with the day; else the only one there is."""
    begin, end = text.sentence(day.begin)
    beside = [clock for clock in text.clocks if begin <= clock.begin < end]
    after = [clock for clock in beside if clock.begin >= day.finish]
    labelled = [c for c in text.clocks if any(begin <= c.begin < end for begin, end in _when_labels(text))]
    for chosen in (after[:1], beside[:1], labelled[:1], text.clocks):
        if len({(clock.start, clock.end) for clock in chosen}) == 1:
            return chosen[0]
    return None


def _is_ahead(start: dates.Told, reference: datetime) -> bool:
    if isinstance(start, datetime):
        return reference <= start <= reference + AHEAD
    today = reference.astimezone(SWEDEN).date()
    return today <= start <= today + AHEAD


def _is_announced(text: _Text, day: dates.Day, clock: dates.Clock | None, place: str) -> bool:
    """Whether it is spoken of as something to come to: by a label, by words that invite, or by what, when and where."""
    begin, end = text.sentence(day.begin)
    sentence = text.words[begin:end]
    outside = text.words[:begin] + " " + text.words[end:]
    if NO_EVENT.search(LABEL.sub("", sentence)) or OFTEN.search(sentence):
        return False
    is_labelled = any(begin <= day.begin < end for begin, end in _when_labels(text))
    if is_labelled and (clock or any(name in WHERE.split("|") for name in text.labels)):
        return True
    invites = INVITES.search(sentence) or INVITES.search(text.title) or INVITES.search(outside)
    titled = NOUN.search(WEEKDAY.sub("", text.title))
    named = titled or NOUN.search(WEEKDAY.sub("", sentence))
    if clock:
        return bool(invites or (titled and place and not NO_EVENT.search(text.title)))
    return bool(invites and named and (place or day.last) and not NO_EVENT.search(outside))


def _place(text: _Text, day: dates.Day, clock: dates.Clock | None) -> tuple[str, str]:
    for name in WHERE.split("|"):
        if told := _labelled(text, name):
            return place_and_address(re.sub(r"^(?:i|på|vid|hos) ", "", told))
    finish = max(day.finish, clock.finish if clock else 0)
    begin, end = text.sentence(max(day.begin, clock.begin if clock else 0))
    spots = [*SPOT.finditer(text.words, begin, end), *COMMON_SPOT.finditer(text.words, begin, end)]
    spots.sort(key=lambda one: (one.start() < finish - 1, one.start()))  # those after the time first
    right = RIGHT_AFTER.match(text.words, finish, end)
    if right and not WEEKDAY_OR_MONTH.match(right["name"]):
        return place_and_address(right["name"] + right["more"])
    for one in [*spots, *_elsewhere(text)]:
        if not WEEKDAY_OR_MONTH.match(one["name"]):
            begin = one.start("name")
            after = (at for at in (*(d.begin for d in text.days), *(c.begin for c in text.clocks)) if at > begin)
            return place_and_address(text.words[begin : min(after, default=one.end())][: one.end() - begin])
    return "", ""


def _elsewhere(text: _Text) -> Iterator[re.Match[str]]:
    """Where they meet, said in a sentence of its own."""
    for found in re.finditer(r"\b(?:Samling|Samlas|Vi samlas|Start|Vi ses|Vi träffas|Vi möts)\b[^.!?\n]*", text.words):
        yield from SPOT.finditer(text.words, found.start(), found.end())
        yield from COMMON_SPOT.finditer(text.words, found.start(), found.end())


def _labelled(text: _Text, name: str) -> str:
    """What stands behind a label, to the end of its sentence or line."""
    if name not in text.labels:
        return ""
    begin, end = text.labels[name]
    told = re.split(
        r"\n|[.!](?:\s|$)| (?=Fri entré|Välkommen|Anmäl|Dagordning|Ingen|Ta med)", text.words[begin:end].strip()
    )[0]
    return told.strip(" ,;.")[:200]
