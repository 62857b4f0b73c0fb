"""From what the checks say now, and the alarms that are open, to the alarms that open and close."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import Alarm, Portrait
from aggregator.watching.checks import CHECKS, DRIFT, Watched

# A change that has lasted for so long is how the source is now.
SETTLED = timedelta(days=14)

NETWORK = "network"


def alarms_of(call: Watched, open: Mapping[str, Alarm]) -> list[Alarm]:
    """The alarms, by their kinds, that CALL opens, closes or tells otherwise; those in OPEN that stay are left out."""
    found: list[Alarm] = []
    for kind, check in CHECKS.items():
        sentence, alarm = check(call), open.get(kind)
        if alarm is None and sentence:
            found.append(Alarm(call.source.id, kind, sentence, call.at))
        elif alarm and (sentence == "" or _is_settled(alarm, call)):
            found.append(alarm.over(call.at))
        elif alarm and sentence and sentence != alarm.problem:
            found.append(replace(alarm, problem=sentence))
    return found


def portrait_after(call: Watched, open: Mapping[str, Alarm]) -> Portrait:
    """What the source is like; what it was like, as long as an alarm says that this has suddenly changed."""
    if call.reading is None or not call.reading.count:
        return call.before.portrait
    drifting = [alarm for alarm in {**open, **_by_kind(alarms_of(call, open))}.values() if alarm.kind in DRIFT]
    return call.before.portrait if any(alarm.closed is None for alarm in drifting) else call.portrait


def network_alarms(down: bool, open: Alarm | None, now: datetime) -> list[Alarm]:
    """Every host failed: one alarm, and about us."""
    if down and open is None:
        return [Alarm("", NETWORK, "no host answered: our own network seems to be down", now)]
    return [open.over(now)] if open and not down else []


def _is_settled(alarm: Alarm, call: Watched) -> bool:
    return alarm.kind in DRIFT and call.reading is not None and call.at - alarm.opened >= SETTLED


def _by_kind(alarms: list[Alarm]) -> dict[str, Alarm]:
    return {alarm.kind: alarm for alarm in alarms}
