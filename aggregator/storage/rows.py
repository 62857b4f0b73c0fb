"""From nouns to rows and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from aggregator.model import (
    Alarm,
    Correction,
    Entry,
    Event,
    Finding,
    Form,
    Gone,
    Host,
    Image,
    Item,
    Kind,
    Letter,
    Move,
    Portrait,
    PublishPolicy,
    Rhythm,
    Sign,
    Traffic,
    Validators,
    Visit,
)
from aggregator.storage.tables import AlarmRow, FindingRow, HostRow, ItemRow, LetterRow, VisitRow

Row = dict[str, Any]


def item_values(item: Item, version: int) -> Row:
    entry = item.entry
    return {
        "public_id": item.public_id,
        "source": item.source,
        "actor": item.actor,
        "entry_id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "html": entry.html,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "themes": list(item.themes),
        "language": entry.language,
        "published": entry.published,
        "published_raw": entry.published_raw,
        "updated": entry.updated,
        "updated_raw": entry.updated_raw,
        "image": asdict(entry.image) if entry.image else None,
        "event": _event_values(entry.event) if entry.event else None,
        "date": item.date,
        "first_seen": item.first_seen,
        "entered": item.entered,
        "corrected": item.corrected,
        "corrections": [[each.moment.isoformat(), list(each.parts)] for each in item.corrections] or None,
        "hidden": item.hidden,
        "withheld": item.withheld,
        "form": entry.form,
        "places": list(entry.places),
        "kind": item.kind,
        "terms": item.terms,
        "withdrawn": item.withdrawn,
        "starts": entry.event.begins if entry.event else None,
        "ends": entry.event.is_over_at if entry.event else None,
        "remains": item.remains or None,
        "version": version,
    }


def item_beginnings(item: Item) -> Row:
    """What is told of an item when it comes in, and afterwards changes in the store only."""
    return {"story": item.told_in, "traced": False, "compared": False}


def finding_values(item_id: int, findings: Sequence[Finding]) -> list[Row]:
    return [{"item_id": item_id, "number": number, **asdict(finding)} for number, finding in enumerate(findings)]


def alias_values(item_id: int, item: Item) -> list[Row]:
    return [{"source": item.source, "alias": alias, "item_id": item_id} for alias in sorted(item.aliases)]


def item_of(row: ItemRow, findings: Iterable[FindingRow], aliases: Iterable[str]) -> Item:
    entry = Entry(
        id=row.entry_id,
        url=row.url,
        title=row.title,
        summary=row.summary,
        html=row.html,
        authors=tuple(row.authors),
        categories=tuple(row.categories),
        language=row.language,
        published=row.published,
        published_raw=row.published_raw,
        updated=row.updated,
        updated_raw=row.updated_raw,
        image=Image(**row.image) if row.image else None,
        event=_event_of(row.event) if row.event else None,
        form=cast(Form, row.form),
        places=tuple(row.places),
    )
    return Item(
        public_id=row.public_id,
        source=row.source,
        actor=row.actor,
        entry=entry,
        findings=tuple(
            Finding(found.code, found.rule, found.words, found.start, found.score, found.rejected) for found in findings
        ),
        aliases=frozenset(aliases),
        date=row.date,
        first_seen=row.first_seen,
        entered=row.entered,
        corrected=row.corrected,
        hidden=row.hidden,
        withheld=row.withheld,
        themes=tuple(row.themes),
        kind=cast(Kind, row.kind),
        terms=cast(PublishPolicy | None, row.terms),
        story=row.story if row.story != row.public_id else "",
        withdrawn=row.withdrawn,
        corrections=tuple(_corrections_in(row)),
        remains=row.remains or "",
    )


def visit_values(visit: Visit) -> Row:
    return {
        "location": visit.location,
        "due": visit.due,
        "visited": visit.visited,
        "succeeded": visit.succeeded,
        "failures": visit.failures,
        "problem": visit.problem,
        "notes": list(visit.notes),
        "etag": visit.validators.etag,
        "last_modified": visit.validators.last_modified,
        "fingerprint": visit.fingerprint,
        "since": visit.since,
        "answered": visit.answered,
        "pause": round(visit.pause.total_seconds()),
        "moved": visit.moved,
        "move_target": visit.move.target if visit.move else "",
        "move_since": visit.move.since if visit.move else None,
        "gone_times": visit.gone.times,
        "gone_since": visit.gone.since,
        "requests": visit.traffic.requests,
        "received": visit.traffic.received,
        "unchanged": visit.traffic.unchanged,
        "moments": [round(moment.timestamp()) for moment in visit.rhythm.moments],
        "portrait": asdict(visit.portrait),
        "trusted": visit.trusted,
        "seen": visit.seen,
    }


def visit_of(row: VisitRow) -> Visit:
    return Visit(
        location=row.location,
        due=row.due,
        visited=row.visited,
        succeeded=row.succeeded,
        failures=row.failures,
        problem=row.problem,
        notes=tuple(row.notes),
        validators=Validators(row.etag, row.last_modified),
        fingerprint=row.fingerprint,
        since=row.since,
        answered=row.answered,
        pause=timedelta(seconds=row.pause),
        moved=row.moved,
        move=Move(row.move_target, row.move_since) if row.move_since else None,
        gone=Gone(row.gone_times, row.gone_since),
        traffic=Traffic(row.requests, row.received, row.unchanged),
        rhythm=Rhythm(tuple(datetime.fromtimestamp(moment, UTC) for moment in row.moments)),
        portrait=Portrait(**row.portrait),
        trusted=cast(Sign, row.trusted),
        seen=row.seen,
    )


def host_of(row: HostRow) -> Host:
    return Host(row.name, row.closed_until, row.robots, row.robots_until)


def letter_of(row: LetterRow) -> Letter:
    return Letter(row.newsfeed, row.period, row.address, row.begun, row.sent, row.problem)


def alarm_of(row: AlarmRow) -> Alarm:
    return Alarm(row.source, row.kind, row.problem, row.opened, row.closed)


def _corrections_in(row: ItemRow) -> Iterator[Correction]:
    """What was corrected before it was written down what is told as a correction without parts."""
    if row.corrected and not row.corrections:
        yield Correction(row.corrected)
    for moment, parts in row.corrections or ():
        yield Correction(datetime.fromisoformat(moment), tuple(parts))


def _event_values(event: Event) -> Row:
    """Moments and days as ISO 8601, which tells them apart again."""
    return asdict(event) | {"start": event.start.isoformat(), "end": event.end.isoformat() if event.end else None}


def _event_of(values: Mapping[str, Any]) -> Event:
    start, end = _when(values["start"]), _when(values["end"]) if values["end"] else None
    return Event(**{**values, "start": start, "end": end})


def _when(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
