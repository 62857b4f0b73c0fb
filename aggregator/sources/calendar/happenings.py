"""When the events of a calendar happen: each of those that repeat on its own, with what was changed for it alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from icalendar import vDuration

from aggregator.model import SWEDEN, moment_of
from aggregator.sources import dates
from aggregator.sources.calendar.lines import Component, Property
from aggregator.sources.calendar.recurrence import Rule, RuleError, rule_of
from aggregator.sources.calendar.zones import Zones, zone_called

# What was over before that is not carried; what repeats is carried as far ahead as this.
PAST = timedelta(days=14)
AHEAD = timedelta(days=366)
# Of something daily, the next two months; weekly and rarer things fit whole.
MOST_OF_A_SERIES = 60

# A thousand series, each for a year, or a hundred that are counted since they began ten years ago.
MOST_DAYS = 400_000

When = datetime | date


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a calendar, or one time that it happens. `slot` tells which of a series it is, as in its id."""

    component: Component
    slot: str
    start: When
    end: When | None

    @property
    def order(self) -> datetime:
        return moment_of(self.start)

    @property
    def last(self) -> When | None:
        """The end as readers mean it: iCalendar's is the day after the last, ours the last, if there are several."""
        if self.end is None or isinstance(self.end, datetime):
            return self.end
        last = self.end - timedelta(days=1)
        return last if isinstance(self.start, date) and last > self.start else None


@dataclass(slots=True)
class Clock:
    """How a calendar's times are read, at which moment, and what there was to say of them.

    `days` is on how many days it may still be asked whether something happens then: no calendar holds us for long.
    """

    at: datetime
    zones: Zones
    notes: list[str] = field(default_factory=list)
    days: int = MOST_DAYS

    @property
    def since(self) -> datetime:
        return self.at - PAST

    @property
    def until(self) -> datetime:
        return self.at + AHEAD

    def zone(self, told: Property) -> tzinfo:
        """The zone that TOLD is in; times that name none float, and then mean Sweden's."""
        name = told.parameters.get("TZID", "")
        zone = zone_called(name, self.zones) if name else SWEDEN
        if zone is None:
            self.note(f'the time zone "{name[:60]}" is unknown; its times are read as Swedish')
        return zone or SWEDEN

    def whens(self, told: Property) -> list[When]:
        """The days or moments of a property, of which RDATE and EXDATE may list many; of periods, their beginnings."""
        zone = self.zone(told)
        read = (_when(value, zone) for value in told.value.split(",")[:1000])
        return [one for one in read if one is not None]

    def when(self, told: Property | None) -> When | None:
        return next(iter(self.whens(told)), None) if told else None

    def note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)


@dataclass(frozen=True, slots=True)
class _Series:
    """Something that repeats: where and when it began, and how long it lasts each time."""

    component: Component
    start: When
    lasts: timedelta | None
    zone: tzinfo

    def on(self, day: date) -> When:
        """Its beginning on DAY: by the clock of its zone, whatever summer time does to it."""
        if not isinstance(self.start, datetime):
            return day
        return dates.at(day, self.start.astimezone(self.zone).time(), self.zone)

    def day(self, when: When) -> date:
        return _local(when, self.zone)

    def end(self, start: When) -> When | None:
        """Where it ends when it begins at START. Hours that last over a change of the clock are those of the clock."""
        if self.lasts is None:
            return None
        if not isinstance(start, datetime):
            return start + self.lasts
        local = start.astimezone(self.zone).replace(tzinfo=None) + self.lasts
        return dates.at(local.date(), local.time(), self.zone)


def happenings(events: Iterable[Component], clock: Clock, name: str) -> list[Happening]:
    """What those EVENTS, all of them of the same UID, tell, that is neither long over nor more than a year ahead."""
    masters: dict[str, Component] = {}
    changed: dict[str, Component] = {}
    for event in sorted(events, key=_sequence):
        original = clock.when(event.one("RECURRENCE-ID"))
        if original is not None:
            changed[_key(original)] = event
        else:
            masters[event.value("DTSTART")] = event
    found = [one for master in masters.values() for one in _of_master(master, changed, clock, name)]
    if len(masters) > 1:
        # Some systems give all their events the same UID.
        found = [one if one.slot else replace(one, slot=_local(one.start, SWEDEN).isoformat()) for one in found]
    told = next((one for master in masters.values() for one in master.all("DTSTART")), None)
    zone = clock.zone(told) if told else SWEDEN
    for event in changed.values():
        # Told for itself, without the series or outside of what the series gives now.
        original = clock.when(event.one("RECURRENCE-ID"))
        if original and (single := _single(event, clock, _local(original, zone).isoformat())):
            found.append(single)
    return [one for one in found if _is_near(one, clock)]


def _of_master(master: Component, changed: dict[str, Component], clock: Clock, name: str) -> Iterator[Happening]:
    """All that one event tells; of what was CHANGED for a single time, what it finds is taken out."""
    single = _single(master, clock, "")
    if single is None:
        clock.note(f"{name} has no time that can be read, and was passed over")
        return
    rules = _rules(master, clock, name)
    added = [when for told in master.all("RDATE") for when in clock.whens(told)]
    if not rules and not added:
        yield single
        return
    start = clock.when(master.one("DTSTART"))
    assert start is not None
    zone = clock.zone(master.all("DTSTART")[0])
    series = _Series(master, start, _lasts(single, zone), zone)
    gone = {_key(when) for told in master.all("EXDATE") for when in clock.whens(told)}
    repeated = _repeated(series, rules, clock, name) if rules else iter((start,))
    starts = sorted({*repeated, *added}, key=moment_of)
    kept = [one for one in starts if gone.isdisjoint((_key(one), series.day(one).isoformat()))]
    near = [one for one in kept if moment_of(one) >= clock.since - (series.lasts or timedelta())]
    if len(near) > MOST_OF_A_SERIES:
        clock.note(f"{name} happens {len(near)} times in the coming year; the next {MOST_OF_A_SERIES} are carried")
    days = set[date]()
    for one in near[:MOST_OF_A_SERIES]:
        day = series.day(one)
        slot = day.isoformat() if day not in days else _key(one)
        days.add(day)
        told = _single(changed.pop(_key(one)), clock, slot) if _key(one) in changed else None
        yield told or Happening(master, slot, one, series.end(one))


def _rules(master: Component, clock: Clock, name: str) -> list[Rule]:
    rules: list[Rule] = []
    for told in master.all("RRULE"):
        try:
            rules.append(rule_of(told.value))
        except RuleError as error:
            clock.note(f"{name} {error}; only its first time is carried")
    return rules


def _repeated(series: _Series, rules: Sequence[Rule], clock: Clock, name: str) -> Iterator[When]:
    """The times that the rules give within the window, among them the first of all."""
    began = series.day(series.start)
    first = (clock.since - (series.lasts or timedelta())).date() - timedelta(days=1)
    for rule in rules:
        last = clock.until.astimezone(series.zone).date()
        until = _when(rule.until, series.zone) if rule.until else None
        clock.days -= rule.days_asked(began, first, last)
        if clock.days < 0:
            clock.note(f"{name} repeats, as do very many others; of the last of them only the first time is carried")
            break
        for day in rule.days(began, first, last):
            when = series.on(day)
            if until is not None and _is_after(when, until, series):
                break
            yield when
    if began >= first:
        yield series.start


def _is_after(when: When, until: When, series: _Series) -> bool:
    if isinstance(when, datetime) and isinstance(until, datetime):
        return when > until
    return series.day(when) > series.day(until)


def _single(event: Component, clock: Clock, slot: str) -> Happening | None:
    """EVENT as it stands there, without its repetitions."""
    told = event.one("DTSTART")
    start = clock.when(told)
    if start is None or told is None:
        return None
    end = clock.when(event.one("DTEND"))
    if end is None and (lasts := _duration(event)) is not None:
        end = start + lasts if isinstance(start, datetime) or lasts >= timedelta(days=1) else None
    if end is not None and isinstance(end, datetime) != isinstance(start, datetime):
        end = None
    if end is not None and moment_of(end) <= moment_of(start):
        end = None
    return Happening(event, slot, start, end)


def _lasts(single: Happening, zone: tzinfo) -> timedelta | None:
    """How long it lasts by the clock on the wall."""
    start, end = single.start, single.end
    if end is None:
        return None
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end.astimezone(zone).replace(tzinfo=None) - start.astimezone(zone).replace(tzinfo=None)
    return end - start


def _duration(event: Component) -> timedelta | None:
    told = event.value("DURATION").strip()
    if not told or len(told) > 30:
        return None
    try:
        lasts: timedelta = vDuration.from_ical(told)  # type: ignore[no-untyped-call]  # icalendar gives it no types
    except (ValueError, OverflowError):
        return None
    return lasts if timedelta() < lasts <= AHEAD else None


def _is_near(one: Happening, clock: Clock) -> bool:
    """Whether it is not long over. What is told for itself may be far ahead; the calendar means it."""
    end = one.end or one.start
    over = moment_of(end) + (timedelta(days=1) if one.end is None and not isinstance(end, datetime) else timedelta())
    return over >= clock.since


def _when(told: str, zone: tzinfo) -> When | None:
    """What '20261107', '20261107T130000', '20261107T130000Z' and the like mean in that ZONE."""
    told = told.strip().partition("/")[0].upper()
    is_utc = told.endswith("Z")
    when = dates.moment_or_day(told.removesuffix("Z") + ("Z" if "T" in told else ""))
    if not isinstance(when, datetime) or is_utc:
        return when
    return dates.at(when.date(), when.time(), zone)


def _local(when: When, zone: tzinfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def _key(when: When) -> str:
    return when.strftime("%Y-%m-%dT%H%MZ") if isinstance(when, datetime) else when.isoformat()


def _sequence(event: Component) -> int:
    told = event.value("SEQUENCE").strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
