"""Watching as publication: how the sources are, on a page, for programs, and as a newsfeed for the operators.

It is no newsfeed of a place. Its files change with every visit, and no other file changes with them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aggregator.errors import without_secrets
from aggregator.model import Alarm, Happening, Health, Publication, Queue, Site, State, health_values
from aggregator.publishing.feeds import operators_atom
from aggregator.publishing.metrics import metrics_of
from aggregator.publishing.pages import status_page

# So many of what happened last stand in the newsfeed.
HAPPENINGS = 50
LONGEST_SENTENCE = 500

STATUS_PATHS = ("status/index.html", "status/status.json", "status/atom.xml", "status/metrics.txt")

# What is said of a file or an inbox that cannot be read.
OWN_JOB = "could not be done; `nyhetsflode status` tells its operators why"
OWN_FILE = "could not be read; `nyhetsflode status` tells its operators why"

# What XML cannot hold, and halves of characters, which no file can.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUR_FAULT = "which is our own fault"


@dataclass(frozen=True, slots=True)
class Status:
    """What is published of how the sources are."""

    site: Site
    health: Health
    happenings: tuple[Happening, ...]

    @property
    def values(self) -> dict[str, Any]:
        """For programs; where a file of ours lies is nobody else's business."""
        values = health_values(self.health)
        for source in values["sources"]:
            source["location"] = source["location"] if "://" in source["location"] else ""
        return values

    @property
    def shown(self) -> list[object]:
        """What the files are made from."""
        return [self.site, self.values, self.happenings]


def status_of(site: Site, health: Health, told: Iterable[Alarm], names: Mapping[str, str]) -> Status:
    """What everyone may know of HEALTH, and of the alarms that were TOLD last; NAMES are those of sources' actors."""
    web = {state.source.id for state in health.states if _is_of_the_web(state)}
    happened: list[Happening] = []
    for alarm in (_alarm(alarm, alarm.source in web) for alarm in told):
        name = names.get(alarm.source, alarm.source)
        happened.append(Happening(alarm, name, alarm.opened))
        if alarm.closed:
            happened.append(Happening(alarm, name, alarm.closed, over=True))
    newest_first = sorted(happened, key=_when, reverse=True)
    about_all = tuple(_alarm(alarm, False) for alarm in health.alarms)
    published = Health(tuple(map(_state, health.states)), about_all, _queue(health.queue) if health.queue else None)
    return Status(site, published, tuple(newest_first[:HAPPENINGS]))


def status_publications(status: Status) -> Iterator[Publication]:
    page, values, atom, metrics = STATUS_PATHS
    yield Publication(page, status_page(status.site, status.health))
    yield Publication(values, json.dumps(status.values, ensure_ascii=False, indent=1).encode() + b"\n")
    yield Publication(atom, operators_atom(status.site, status.happenings))
    yield Publication(metrics, metrics_of(status.health))


def _when(happening: Happening) -> tuple[datetime, bool, str, str]:
    return happening.moment, happening.over, happening.alarm.source, happening.alarm.kind


def _state(state: State) -> State:
    visit, web = state.visit, _is_of_the_web(state)
    problem = _sentence(visit.problem) if web or not visit.problem else OWN_FILE
    notes = tuple(map(_sentence, visit.notes)) if web else ()
    alarms = tuple(_alarm(alarm, web) for alarm in state.alarms)
    return replace(state, visit=replace(visit, problem=problem, notes=notes), alarms=alarms)


def _alarm(alarm: Alarm, web: bool) -> Alarm:
    """Why a source fails that is no site of the WEB has to do with files that people gave us, and with their names."""
    own = alarm.kind == "failing" and not web
    return replace(alarm, problem=OWN_FILE if own else _sentence(alarm.problem))


def _queue(queue: Queue) -> Queue:
    """The queue without what is at work at this very moment, and without the names of our machines and their faults."""
    backlogs = tuple(replace(backlog, doing=0) for backlog in queue.backlogs)
    troubles = tuple(replace(trouble, problem=OWN_JOB if trouble.problem else "") for trouble in queue.troubles)
    workers = tuple(
        replace(worker, name=str(number), seen=worker.begun) for number, worker in enumerate(queue.workers, start=1)
    )
    return Queue(tuple(each for each in backlogs if each != type(each)(each.kind)), troubles, workers)


def _is_of_the_web(state: State) -> bool:
    return "://" in state.source.location


def _sentence(text: str) -> str:
    """TEXT as everyone may read it: no passwords, nothing of our own insides, and only what a file can hold."""
    before, fault, _ = text.partition(_OUR_FAULT)
    plain = _UNPRINTABLE.sub("\ufffd", without_secrets(before + fault))
    return plain if len(plain) <= LONGEST_SENTENCE else plain[:LONGEST_SENTENCE] + "…"
