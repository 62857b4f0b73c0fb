"""How a source is, in Swedish: its health, its rhythm, and what each kind of alarm is called."""

from datetime import timedelta

from aggregator.model import Habit, State
from aggregator.publishing import swedish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

HEADINGS = {
    "silent": "Ovanligt tyst",
    "ids": "Nyheterna har fått nya id",
    "language": "Har bytt språk",
    "length": "Texterna har fått en annan längd",
    "shrunk": "Listan med nyheter har krympt",
    "undated": "Nyheterna har inte längre något datum",
    "elsewhere": "En annan webbplats svarar",
    "moved": "Har flyttat",
    "certificate": "Certifikatet går snart ut",
    "future": "Nyheter är daterade i framtiden",
    "flood": "För mycket kom på en gång",
    "failing": "Svarar inte",
    "gone": "Finns inte längre",
    "config": "Felet står i feeds.toml",
    "network": "Ingen webbplats kan nås",
}
UNKNOWN_HEADING = "Något ser fel ut"

_JOBS = {
    "sweep": "Genomgångar",
    "news": "Sammanställningar",
    "call": "Hämtningar",
    "publish": "Publiceringar",
    "deploy": "Överföringar",
}

_WORDS = "tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte".split()
_ORDINALS = ("varannan", *(f"var {word}" for word in _WORDS))


def heading_of(kind: str) -> str:
    """What an alarm of KIND is called."""
    return HEADINGS.get(kind, UNKNOWN_HEADING)


def job_of(kind: str) -> str:
    """What jobs of KIND in the queue that workers share are called."""
    return _JOBS.get(kind, kind)


def is_well(state: State) -> bool:
    """Whether it was fetched, and all was as it should be."""
    return state.is_well and bool(state.visit.visited) and not state.visit.problem


def health_of(state: State) -> str:
    """Mår bra, svarar inte sedan …, aldrig hämtad."""
    visit = state.visit
    if visit.paused:
        return "säger att den inte finns längre, och frågas inte mer"
    if visit.failures:
        since = visit.succeeded or visit.since
        told = "svarar inte" if visit.succeeded else "har aldrig svarat, frågas"
        return f"{told} sedan {swedish.written_moment(since)}" if since else "svarar inte"
    if not visit.visited:
        return "aldrig hämtad"
    if visit.problem:
        return "kunde inte nås senast, liksom alla andra: felet är troligen i vårt eget nät"
    return "svarar, men något ser fel ut" if state.alarms else "mår bra"


def rhythm_of(state: State) -> str:
    if state.source.every != "auto":
        return f"frågas {every(state.source.every)}, som vi har bestämt"
    habit = state.habit
    if habit.weekly is None:
        return "frågas varje timme tills vi har lärt känna den"
    holiday = ", eftersom det är ledigt" if habit.holiday else ""
    return f"{_usual(habit)}; frågas {habit.weekly} gånger i veckan{holiday}"


def every(span: timedelta) -> str:
    """Varje timme, varannan timme, var sjätte timme, var 15:e minut, en gång om dygnet."""
    if span == DAY:
        return "en gång om dygnet"
    count, unit = (
        (span // HOUR, "timme") if span % HOUR == timedelta() else (round(span / timedelta(minutes=1)), "minut")
    )
    if count == 1:
        return f"varje {unit}"
    if count - 2 < len(_ORDINALS):
        return f"{_ORDINALS[count - 2]} {unit}"
    return f"var {_ordinal(count)} {unit}"


def _usual(habit: Habit) -> str:
    if habit.usual is None:
        return "har inte visat någon rytm"
    days = " och ".join(f"{swedish.WEEKDAYS[day]}ar" for day in habit.weekdays)
    return f"har något nytt ungefär {_about(habit.usual)}{f', mest på {days}' if days else ''}"


def _about(span: timedelta) -> str:
    """An interval that was measured, in whole days if it is long."""
    days, hours = round(span / DAY), max(round(span / HOUR), 1)
    if span >= 2 * DAY:
        return "varannan dag" if days == 2 else f"var {_ordinal(days)} dag"
    return every(hours * HOUR)


def _ordinal(number: int) -> str:
    """21:a, 30:e."""
    return f"{number}:{'a' if number % 10 in (1, 2) and number % 100 not in (11, 12) else 'e'}"


def weeks_of(state: State) -> str:
    """12 nyheter på 26 veckor, som mest 3 på en vecka."""
    total, weeks = sum(state.weeks), len(state.weeks)
    if not total:
        return f"ingen nyhet på {weeks} veckor"
    return f"{total} {'nyhet' if total == 1 else 'nyheter'} på {weeks} veckor, som mest {max(state.weeks)} på en vecka"
