"""How the sources are: what `status` tells on the command line, and what is published of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.errors import without_secrets
from aggregator.model.actors import Actor
from aggregator.model.alarm import Alarm
from aggregator.model.manners import Host
from aggregator.model.queue import Queue
from aggregator.model.rhythm import Habit
from aggregator.model.source import Source
from aggregator.model.visit import Visit
from aggregator.model.zone import LONG_AGO


@dataclass(frozen=True, slots=True)
class State:
    """How one source is: what we remember of it, its host, and the alarms about it; and how many items it had in each
    of the last `weeks`, the oldest first."""

    source: Source
    actor: Actor
    visit: Visit
    host: Host
    alarms: tuple[Alarm, ...] = ()
    weeks: tuple[int, ...] = ()

    @property
    def next(self) -> datetime | None:
        """When it is called at again; None if that is not planned, since it is gone."""
        return None if self.visit.paused else max(self.visit.due, self.host.closed_until or self.visit.due)

    @property
    def is_well(self) -> bool:
        return not self.visit.failures and not self.alarms

    @property
    def habit(self) -> Habit:
        """Its rhythm, as it was at the last visit, when it was decided when to come again."""
        return self.visit.rhythm.habit(self.visit.visited or LONG_AGO, self.visit.since)

    @property
    def rhythm(self) -> str:
        every = self.source.every
        if every != "auto":
            return f"is asked every {_span(every)}, as feeds.toml says"
        return self.visit.rhythm.explained(self.visit.visited or LONG_AGO, self.visit.since)


@dataclass(frozen=True, slots=True)
class Health:
    """How all sources are; `alarms` are those that are about none of them but about all, and `queue` is what workers
    share, if there are any."""

    states: tuple[State, ...]
    alarms: tuple[Alarm, ...] = ()
    queue: Queue | None = None

    @property
    def is_well(self) -> bool:
        queue_is_well = self.queue is None or self.queue.is_well
        return queue_is_well and not self.alarms and all(state.is_well for state in self.states)

    @property
    def all_alarms(self) -> tuple[Alarm, ...]:
        return (*self.alarms, *(alarm for state in self.states for alarm in state.alarms))

    @property
    def names(self) -> Mapping[str, str]:
        """What the actor of each source is called."""
        return {state.source.id: state.actor.name for state in self.states}


def health_values(health: Health) -> dict[str, Any]:
    """For programs: what `status --json` prints and what stands in status.json. No address shows a password."""
    values = {
        "sources": [_state_values(state) for state in health.states],
        "alarms": [_alarm_values(alarm) for alarm in health.all_alarms],
    }
    return values | ({"queue": _queue_values(health.queue)} if health.queue else {})


def _queue_values(queue: Queue) -> dict[str, Any]:
    return {
        "jobs": [asdict(backlog) for backlog in queue.backlogs],
        "troubles": [asdict(trouble) | {"problem": without_secrets(trouble.problem)} for trouble in queue.troubles],
        "workers": [
            {
                "name": worker.name,
                "begun": _utc(worker.begun),
                "seen": _utc(worker.seen),
                "config": worker.config,
                "queues": list(worker.queues),
            }
            for worker in queue.workers
        ],
        "problem": queue.disagreement,
    }


def _state_values(state: State) -> dict[str, Any]:
    visit = state.visit
    return {
        "source": state.source.id,
        "actor": state.actor.name,
        "location": without_secrets(state.source.location),
        "moved": without_secrets(visit.moved),
        "since": _utc(visit.since),
        "visited": _utc(visit.visited),
        "succeeded": _utc(visit.succeeded),
        "next": _utc(state.next) if visit.visited else None,
        "failures": visit.failures,
        "problem": without_secrets(visit.problem),
        "paused": visit.paused,
        "rhythm": state.rhythm,
        "requests": visit.traffic.requests,
        "bytes": visit.traffic.received,
        "unchanged": visit.traffic.unchanged,
        "weeks": list(state.weeks),
        "notes": [without_secrets(note) for note in visit.notes],
        "alarms": [_alarm_values(alarm) for alarm in state.alarms],
    }


def _alarm_values(alarm: Alarm) -> dict[str, Any]:
    return {
        "source": alarm.source,
        "kind": alarm.kind,
        "problem": without_secrets(alarm.problem),
        "opened": _utc(alarm.opened),
    }


def _span(span: timedelta) -> str:
    """ "hour", "6 hours", "15 minutes"."""
    hours = span / timedelta(hours=1)
    if hours == 1:
        return "hour"
    return f"{hours:.0f} hours" if hours.is_integer() else f"{span / timedelta(minutes=1):g} minutes"


def _utc(when: datetime | None) -> str | None:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None
