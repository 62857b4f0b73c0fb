"""How the sources are, as `status` tells it."""

import sys
from datetime import UTC, datetime

from aggregator.cli.common import counted, say
from aggregator.errors import without_secrets
from aggregator.model import Health, Queue, Visit


def show_table(health: Health) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("source", "last success", "next visit", "state"):
        table.add_column(heading, overflow="fold")
    for alarm in health.alarms:
        table.add_row("all", "", "", Text(without_secrets(alarm.problem)), style="red")
    for state in health.states:
        next = _shown(state.next) if state.visit.visited else "now"
        told = "; ".join((_state(state.visit), *(alarm.problem for alarm in state.alarms), *state.visit.notes))
        style = "" if state.is_well else "red"
        table.add_row(state.source.id, _shown(state.visit.succeeded), next, Text(without_secrets(told)), style=style)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def show_queue(queue: Queue) -> None:
    """What workers share: who is at work, what waits, and what failed."""
    say()
    say(f"Workers at work: {len(queue.workers)}")
    for worker in queue.workers:
        queues = ", ".join(worker.queues)
        say(f"  {worker.name}  since {_shown(worker.begun)}, seen {_shown(worker.seen)}; {queues}; by {worker.config}")
    for backlog in queue.backlogs:
        say(
            f"  {backlog.kind}: {backlog.waiting} waiting, {backlog.doing} at work, {backlog.retried} tried again, "
            f"{backlog.dead} dead"
        )
    for trouble in queue.troubles:
        what = "dead, and tried again an hour after it died" if trouble.is_dead else "tried again soon"
        say(f"  {trouble.job}: failed {trouble.attempts} times ({what}): {without_secrets(trouble.problem)}")
    if queue.disagreement:
        say(f"  {queue.disagreement}")


def show_all(health: Health) -> None:
    for state in health.states:
        visit, traffic = state.visit, state.visit.traffic
        say(state.source.id)
        say(f"  address       {without_secrets(visit.address)}")
        say(f"  state         {without_secrets(_state(visit))}")
        say(f"  rhythm        {state.rhythm}")
        say(f"  last success  {_shown(visit.succeeded)}")
        say(f"  next visit    {_shown(state.next) if visit.visited else 'now'}")
        say(
            f"  cost          {counted(traffic.requests, 'request')}, {traffic.received:,} bytes; {traffic.unchanged} "
            "said that nothing was new (304)"
        )
        for alarm in state.alarms:
            say(f"  alarm         {alarm.kind}, since {alarm.opened:%Y-%m-%d}: {without_secrets(alarm.problem)}")
        if visit.moved:
            say(f"  in feeds.toml - {without_secrets(visit.location)}")
            say(f"                + {without_secrets(visit.moved)}")
        for note in visit.notes:
            say(f"  note          {without_secrets(note)}")


def _state(visit: Visit) -> str:
    if visit.paused:
        return "gone for good (410); not asked any more"
    if visit.failures:
        return f"failed {_times(visit.failures)}: {visit.problem}"
    if visit.problem:
        return f"not reached, like all others: {visit.problem}"
    return "well" if visit.visited else "never called at"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times in a row")


def _shown(when: datetime | None) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when else "never"
