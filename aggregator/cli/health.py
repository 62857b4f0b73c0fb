"""How the sources are, as `status` tells it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.cli.common import say, utc
from aggregator.config import Config
from aggregator.model import Alarm, Host, Source, Visit, host_of
from aggregator.storage import Storage


@dataclass(frozen=True, slots=True)
class State:
    """How one source is: what we remember of it, its host, and the alarms about it."""

    source: Source
    visit: Visit
    host: Host
    alarms: tuple[Alarm, ...]

    @property
    def next(self) -> datetime | None:
        """When it is called at again; None if that is not planned, since it is gone."""
        return None if self.visit.paused else max(self.visit.due, self.host.closed_until or self.visit.due)

    @property
    def is_well(self) -> bool:
        return not self.visit.failures and not self.alarms


@dataclass(frozen=True, slots=True)
class Health:
    states: tuple[State, ...]
    alarms: tuple[Alarm, ...] = ()

    @property
    def is_well(self) -> bool:
        return not self.alarms and all(state.is_well for state in self.states)


def states(config: Config, storage: Storage, name: str = "") -> Health:
    """All sources that are called at, or those of NAME; with the alarms that are about none of them."""
    visits, hosts, alarms = storage.visits(), storage.hosts(), storage.alarms()

    def state(source: Source) -> State:
        visit = visits.get(source.id, Visit()).at(source.location)
        about = tuple(alarm for alarm in alarms if alarm.source == source.id)
        return State(source, visit, hosts.get(host_of(visit.address), Host("")), about)

    chosen = [source for source in config.live_sources.values() if name in ("", source.id, source.actor)]
    return Health(tuple(map(state, chosen)), tuple(alarm for alarm in alarms if not alarm.source and not name))


def values(health: Health, now: datetime) -> dict[str, Any]:
    return {
        "sources": [_state_values(state, now) for state in health.states],
        "alarms": [_alarm_values(alarm) for alarm in (*health.alarms, *_alarms(health.states))],
    }


def show_table(health: Health) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("source", "last success", "next visit", "state"):
        table.add_column(heading, overflow="fold")
    for alarm in health.alarms:
        table.add_row("all", "", "", alarm.problem, style="red")
    for state in health.states:
        next = _shown(state.next) if state.visit.visited else "now"
        told = "; ".join((_state(state.visit), *(alarm.problem for alarm in state.alarms), *state.visit.notes))
        style = "" if state.is_well else "red"
        table.add_row(state.source.id, _shown(state.visit.succeeded), next, told, style=style)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def show_all(health: Health, now: datetime) -> None:
    for state in health.states:
        visit, traffic = state.visit, state.visit.traffic
        say(state.source.id)
        say(f"  address       {visit.address}")
        say(f"  state         {_state(visit)}")
        say(f"  rhythm        {_rhythm(state, now)}")
        say(f"  last success  {_shown(visit.succeeded)}")
        say(f"  next visit    {_shown(state.next) if visit.visited else 'now'}")
        say(
            f"  cost          {traffic.requests} requests, {traffic.received:,} bytes; {traffic.unchanged} said that "
            "nothing was new (304)"
        )
        for alarm in state.alarms:
            say(f"  alarm         {alarm.kind}, since {alarm.opened:%Y-%m-%d}: {alarm.problem}")
        if visit.moved:
            say(f"  in feeds.toml - {visit.location}")
            say(f"                + {visit.moved}")
        for note in visit.notes:
            say(f"  note          {note}")


def _state(visit: Visit) -> str:
    if visit.paused:
        return "gone for good (410); not asked any more"
    if visit.failures:
        return f"failed {visit.failures} times: {visit.problem}"
    if visit.problem:
        return f"not reached, like all others: {visit.problem}"
    return "well" if visit.visited else "never called at"


def _rhythm(state: State, now: datetime) -> str:
    every = state.source.every
    if every != "auto":
        return f"is asked every {every.total_seconds() / 3600:g} hours, as feeds.toml says"
    return state.visit.rhythm.explained(now, state.visit.since)


def _state_values(state: State, now: datetime) -> dict[str, Any]:
    visit = state.visit
    return {
        "source": state.source.id,
        "location": state.source.location,
        "moved": visit.moved,
        "visited": utc(visit.visited),
        "succeeded": utc(visit.succeeded),
        "next": utc(state.next) if visit.visited else None,
        "failures": visit.failures,
        "problem": visit.problem,
        "paused": visit.paused,
        "rhythm": _rhythm(state, now),
        "requests": visit.traffic.requests,
        "bytes": visit.traffic.received,
        "unchanged": visit.traffic.unchanged,
        "notes": list(visit.notes),
        "alarms": [_alarm_values(alarm) for alarm in state.alarms],
    }


def _alarm_values(alarm: Alarm) -> dict[str, Any]:
    return {
        "source": alarm.source,
        "kind": alarm.kind,
        "problem": alarm.problem,
        "opened": utc(alarm.opened),
    }


def _alarms(states: Sequence[State]) -> list[Alarm]:
    return [alarm for state in states for alarm in state.alarms]


def _shown(when: datetime | None) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when else "never"
