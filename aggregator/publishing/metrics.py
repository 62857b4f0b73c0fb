"""How the sources are, for Prometheus: its text format (prometheus.io/docs/instrumenting/exposition_formats)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from aggregator.model import Health, Queue, State

# By its name, the type of a metric, what it says, and its value for a source; None if there is none.
Value = float | None
METRICS: Mapping[str, tuple[str, str, Callable[[State], Value]]] = {
    "source_failures": ("gauge", "Visits that failed since the last that did not.", lambda state: state.visit.failures),
    "source_alarms": ("gauge", "What looks wrong at the source.", lambda state: len(state.alarms)),
    "source_succeeded_timestamp_seconds": (
        "gauge",
        "When the last visit went well.",
        lambda state: _seconds(state.visit.succeeded),
    ),
    "source_next_timestamp_seconds": ("gauge", "When it is visited next.", lambda state: _seconds(state.next)),
    "source_requests_total": ("counter", "Requests sent.", lambda state: state.visit.traffic.requests),
    "source_received_bytes_total": ("counter", "Bytes received.", lambda state: state.visit.traffic.received),
}


def metrics_of(health: Health) -> bytes:
    """A line for each metric of each source, and how many alarms of each kind there are."""
    return "".join(f"{line}\n" for line in _lines(health)).encode()


def _lines(health: Health) -> Iterator[str]:
    for name, (kind, what, value_of) in METRICS.items():
        yield from _head(name, kind, what)
        for state in health.states:
            value = value_of(state)
            if value is not None:
                yield f'nyhetsflode_{name}{{source="{_escaped(state.source.id)}"}} {value:.0f}'
    yield from _head("alarms", "gauge", "What looks wrong, at one source or at all of them.")
    for alarm, count in sorted(Counter(alarm.kind for alarm in health.all_alarms).items()):
        yield f'nyhetsflode_alarms{{kind="{_escaped(alarm)}"}} {count}'
    if health.queue:
        yield from _lines_of_queue(health.queue)


def _lines_of_queue(queue: Queue) -> Iterator[str]:
    yield from _head("workers", "gauge", "Processes that work from the shared queue.")
    yield f"nyhetsflode_workers {len(queue.workers)}"
    yield from _head("queue_jobs", "gauge", "Jobs in the shared queue: waiting, tried again after a failure, or dead.")
    for backlog in queue.backlogs:
        for state in ("waiting", "retried", "dead"):
            yield f'nyhetsflode_queue_jobs{{kind="{_escaped(backlog.kind)}",state="{state}"}} {getattr(backlog, state)}'


def _head(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP nyhetsflode_{name} {what}"
    yield f"# TYPE nyhetsflode_{name} {kind}"


def _seconds(moment: datetime | None) -> Value:
    return moment.timestamp() if moment else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
