"""The tables. Nothing outside storage/ sees a row."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, LargeBinary, String, Text, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# SQLite can only change a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone, PostgreSQL answers in the server's: both come out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is None:
            return value and value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def _only(name: str, *columns: str, where: str) -> Index:
    """An index of those rows only that are asked for by it; a query must say WHERE in these very words."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ItemRow(SQLModel, table=True):
    """An item as it is published.

    `story` is never empty: an item that leads its story has its own public id there. `starts` and `ends` say of an
    event what `event` says, as moments. `traced` tells that it is found by what it says now, `compared` that its story
    was decided. `version` is the value of the counter "items" when the row was last written. `remains` is null until it
    is put away because of its age; the indexes are what rounds, newsfeeds and commands ask by.
    """

    __tablename__ = "item"
    __table_args__ = (
        Index("ix_item_date_source", "date", "source"),
        # An address may be longer than what a tree of PostgreSQL takes.
        Index("ix_item_url", "url", postgresql_using="hash"),
        _only("ix_item_entered", "entered", where="remains IS NULL"),
        _only("ix_item_source_hidden", "source", "hidden", where="hidden <> ''"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(unique=True, sa_type=String)
    source: str = Field(index=True, sa_type=String)
    actor: str = Field(index=True, sa_type=String)
    entry_id: str = Field(sa_type=Text)
    url: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    summary: str = Field(sa_type=Text)
    html: str = Field(sa_type=Text)
    authors: list[str] = Field(sa_type=JSON)
    categories: list[str] = Field(sa_type=JSON)
    themes: list[str] = Field(sa_type=JSON)
    language: str = Field(sa_type=String)
    published: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    published_raw: str = Field(sa_type=Text)
    updated: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    updated_raw: str = Field(sa_type=Text)
    image: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True), nullable=True)
    event: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True), nullable=True)
    date: datetime = Field(sa_type=UtcDateTime)
    first_seen: datetime = Field(index=True, sa_type=UtcDateTime)
    entered: datetime = Field(sa_type=UtcDateTime)
    corrected: datetime | None = Field(index=True, sa_type=UtcDateTime, nullable=True)
    corrections: list[list[Any]] | None = Field(sa_type=JSON(none_as_null=True), nullable=True)
    hidden: str = Field(sa_type=Text)
    withheld: str = Field(sa_type=Text)
    form: str = Field(sa_type=String)
    places: list[str] = Field(sa_type=JSON)
    kind: str = Field(sa_type=String)
    terms: str | None = Field(sa_type=String, nullable=True)
    story: str = Field(index=True, sa_type=String)
    withdrawn: datetime | None = Field(index=True, sa_type=UtcDateTime, nullable=True)
    starts: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    ends: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    remains: str | None = Field(default=None, sa_type=String, nullable=True)
    traced: bool = Field(index=True)
    compared: bool
    version: int = Field(index=True)


class AliasRow(SQLModel, table=True):
    """Every identity that an item was ever seen under."""

    __tablename__ = "alias"

    source: str = Field(primary_key=True, sa_type=String)
    alias: str = Field(primary_key=True, sa_type=String)
    item_id: int = Field(foreign_key="item.id", index=True, ondelete="CASCADE")


class TraceRow(SQLModel, table=True):
    """Something by which an item is found by others that may tell the same story: a link, a part of its text, a day."""

    __tablename__ = "trace"

    trace: str = Field(primary_key=True, sa_type=String)
    item_id: int = Field(primary_key=True, foreign_key="item.id", index=True, ondelete="CASCADE")


class FindingRow(SQLModel, table=True):
    """A place that an item is about, or was thought to be; `number` keeps their order."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_code_item_id", "code", "item_id"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    code: str = Field(sa_type=String)
    rule: str = Field(index=True, sa_type=String)
    words: str = Field(sa_type=Text)
    start: int
    score: float
    rejected: str = Field(sa_type=Text)


class VisitRow(SQLModel, table=True):
    """What we remember of the calls at a source; `moments` and `pause` are in seconds."""

    __tablename__ = "visit"

    source: str = Field(primary_key=True, sa_type=String)
    location: str = Field(sa_type=Text)
    due: datetime = Field(index=True, sa_type=UtcDateTime)
    visited: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    succeeded: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    failures: int
    problem: str = Field(sa_type=Text)
    notes: list[str] = Field(sa_type=JSON)
    etag: str = Field(sa_type=Text)
    last_modified: str = Field(sa_type=Text)
    fingerprint: str = Field(sa_type=String)
    since: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    answered: str = Field(sa_type=Text)
    pause: int
    moved: str = Field(sa_type=Text)
    move_target: str = Field(sa_type=Text)
    move_since: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    gone_times: int
    gone_since: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    requests: int
    received: int = Field(sa_type=BigInteger)
    unchanged: int
    moments: list[int] = Field(sa_type=JSON)
    portrait: dict[str, Any] = Field(sa_type=JSON)
    trusted: str = Field(sa_type=String)
    seen: bytes = Field(sa_type=LargeBinary)


class HostRow(SQLModel, table=True):
    """What we remember of a host: until when it wants to be left alone, and its robots.txt."""

    __tablename__ = "host"

    name: str = Field(primary_key=True, sa_type=String)
    closed_until: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    robots: str | None = Field(sa_type=Text, nullable=True)
    robots_until: datetime | None = Field(sa_type=UtcDateTime, nullable=True)


class AlarmRow(SQLModel, table=True):
    """What someone should look at, or should have; `source` is empty when it is about all of them."""

    __tablename__ = "alarm"

    source: str = Field(primary_key=True, sa_type=String)
    kind: str = Field(primary_key=True, sa_type=String)
    opened: datetime = Field(primary_key=True, index=True, sa_type=UtcDateTime)
    problem: str = Field(sa_type=Text)
    closed: datetime | None = Field(index=True, sa_type=UtcDateTime, nullable=True)


class TombstoneRow(SQLModel, table=True):
    """An identity of an item that is gone, and why it is; `by` is the operator who took it down for good."""

    __tablename__ = "tombstone"

    source: str = Field(primary_key=True, sa_type=String)
    alias: str = Field(primary_key=True, sa_type=String)
    public_id: str = Field(index=True, sa_type=String)
    reason: str = Field(sa_type=Text)
    removed: datetime = Field(index=True, sa_type=UtcDateTime)
    codes: list[str] = Field(sa_type=JSON)
    seen: bool
    by: str = Field(sa_type=String)
    version: int = Field(index=True)


class TouchedRow(SQLModel, table=True):
    """What newsfeeds about a place ("" for no place at all) may have to say otherwise since VERSION of the counter
    "items", and the month ("2026-11") in which it came in."""

    __tablename__ = "touched"

    code: str = Field(primary_key=True, sa_type=String)
    month: str = Field(primary_key=True, sa_type=String)
    version: int = Field(index=True)


class PlacedRow(SQLModel, table=True):
    """A story that readers see, at a place that it is about ("" if none); `starts` and `ends` are of events.

    `tells` is whether it tells of the place, and is not only carried there.
    """

    __tablename__ = "placed"
    __table_args__ = (
        Index("ix_placed_code_date_story", "code", "date", "story"),
        Index("ix_placed_code_month_entered", "code", "month", "entered"),
        Index("ix_placed_date_code_story", "date", "code", "story", "tells"),
        _only("ix_placed_code_ends", "code", "ends", where="ends IS NOT NULL"),
        _only("ix_placed_event", "code", "date", "story", where="ends IS NOT NULL"),
    )

    story: str = Field(primary_key=True, sa_type=String)
    code: str = Field(primary_key=True, sa_type=String)
    date: datetime = Field(sa_type=UtcDateTime)
    entered: datetime = Field(sa_type=UtcDateTime)
    month: str = Field(sa_type=String)
    tells: bool
    starts: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    ends: datetime | None = Field(sa_type=UtcDateTime, nullable=True)


class ImportRow(SQLModel, table=True):
    """A file that was handed in and read, by its content."""

    __tablename__ = "import"

    source: str = Field(primary_key=True, sa_type=String)
    fingerprint: str = Field(primary_key=True, sa_type=String)
    name: str = Field(sa_type=Text)
    read: datetime = Field(sa_type=UtcDateTime)


class LetterRow(SQLModel, table=True):
    """A digest on its way to one address, or there."""

    __tablename__ = "letter"
    __table_args__ = (_only("ix_letter_problem_begun", "begun", where="problem <> ''"),)

    newsfeed: str = Field(primary_key=True, sa_type=String)
    period: str = Field(primary_key=True, sa_type=String)
    address: str = Field(primary_key=True, sa_type=String)
    begun: datetime = Field(index=True, sa_type=UtcDateTime)
    sent: datetime | None = Field(sa_type=UtcDateTime, nullable=True)
    problem: str = Field(sa_type=Text)


class CounterRow(SQLModel, table=True):
    """Numbers that only grow. "items" counts the rounds that changed an item, so that publishing knows if any did."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True, sa_type=String)
    value: int


class MetaRow(SQLModel, table=True):
    """What the store remembers of itself, a text under a name: "rules" names those by which its items were judged."""

    __tablename__ = "meta"

    name: str = Field(primary_key=True, sa_type=String)
    value: str = Field(sa_type=Text)
