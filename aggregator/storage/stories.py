"""What publishing asks of the store: which stories a newsfeed carries, by date, by month, and those to come."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, false, func, not_, or_
from sqlmodel import Session, col, select

from aggregator.model import Selection, Story, Withdrawal, page_of, stories_in
from aggregator.storage import reading, touched
from aggregator.storage.tables import FindingRow, ItemRow, TombstoneRow, TouchedRow

STORIES_AT_ONCE = 500

_VISIBLE = and_(col(ItemRow.hidden) == "", col(ItemRow.withheld) == "")
_LEADS = col(ItemRow.story) == col(ItemRow.public_id)
_NEWEST_FIRST = (col(ItemRow.date).desc(), col(ItemRow.public_id).desc())


class Stories:
    """Every method is one transaction. A story is where its leading item is: that one's dates are its dates."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, selection: Selection, limit: int) -> list[Story]:
        """The newest that SELECTION carries, newest first."""
        asked = select(ItemRow.story).where(_carried(selection)).order_by(*_NEWEST_FIRST).limit(limit)
        with Session(self._engine) as session:
            return _told(session, session.exec(asked).all())

    def entered(self, selection: Selection, since: datetime, until: datetime) -> list[Story]:
        """Those that SELECTION carries and that came in from SINCE until UNTIL, newest first."""
        came = and_(col(ItemRow.entered) >= since, col(ItemRow.entered) < until)
        asked = select(ItemRow.story).where(_carried(selection), came).order_by(*_NEWEST_FIRST)
        with Session(self._engine) as session:
            return _told(session, session.exec(asked).all())

    def coming(self, selection: Selection, since: datetime, limit: int) -> list[Story]:
        """The events that SELECTION carries and that are not over at SINCE, the next first."""
        return self._by_event(selection, col(ItemRow.ends) >= since, limit)

    def dates(self, selection: Selection, since: datetime) -> Sequence[datetime]:
        """When each story that SELECTION carries came out, if that was SINCE; in no order."""
        asked = select(ItemRow.date).where(_carried(selection), col(ItemRow.date) >= since)
        with Session(self._engine) as session:
            return session.exec(asked).all()

    def months(self, selection: Selection) -> list[str]:
        """The months in which anything came in that SELECTION carries ("2026-11"), newest first."""
        with Session(self._engine) as session:
            found = session.exec(select(ItemRow.entered).where(_carried(selection)))
            return sorted({touched.month_of(entered) for entered in found}, reverse=True)

    def withdrawn(self, selection: Selection, since: datetime) -> list[Withdrawal]:
        """What readers of SELECTION may have seen and do not see any more, SINCE then; the latest first."""
        hidden = select(ItemRow).where(col(ItemRow.withdrawn) >= since)
        gone = select(TombstoneRow).where(TombstoneRow.seen, col(TombstoneRow.removed) >= since)
        wanted = selection.everything | selection.events
        with Session(self._engine) as session:
            items = reading.items_of(session, session.exec(hidden).all())
            found = {
                item.public_id: item.withdrawn
                for item in items
                if item.withdrawn and (selection.beside or not item.codes.isdisjoint(wanted))
            }
            for row in session.exec(gone):
                if selection.beside or not wanted.isdisjoint(row.codes):
                    found[row.public_id] = row.removed
        latest_first = sorted(found.items(), key=lambda one: (one[1], one[0]), reverse=True)
        return [Withdrawal(id, page_of(id), moment) for id, moment in latest_first]

    def named(self, names: Sequence[str]) -> list[Story]:
        """The stories with these names, which are the public ids of the items that lead them."""
        with Session(self._engine) as session:
            return _told(session, list(dict.fromkeys(names)))

    def version(self) -> int:
        """A number that grows whenever any item is added or changed."""
        with Session(self._engine) as session:
            return touched.version(session)

    def touched(self, since: int) -> frozenset[tuple[str, str]]:
        """The places, each with a month, of which a story that came in then changed after version SINCE."""
        asked = select(TouchedRow.code, TouchedRow.month).where(TouchedRow.version > since)
        with Session(self._engine) as session:
            return frozenset(session.exec(asked).all())

    def changed(self, since: int, actors: Collection[str] = ()) -> Iterator[Story]:
        """The stories of which any item changed after version SINCE, or is of one of ACTORS, visible or not."""
        wanted = or_(col(ItemRow.version) > since, col(ItemRow.actor).in_(sorted(actors)))
        asked = select(ItemRow.story).where(wanted).distinct().order_by(ItemRow.story)
        with Session(self._engine) as session:
            for part in reading.parts(session.exec(asked).all(), STORIES_AT_ONCE):
                yield from _told(session, part)

    def removed(self, since: int) -> list[Withdrawal]:
        """What readers had seen and was removed for good after version SINCE."""
        gone = select(TombstoneRow).where(TombstoneRow.version > since, TombstoneRow.seen)
        with Session(self._engine) as session:
            found = {row.public_id: row.removed for row in session.exec(gone)}
        return [Withdrawal(id, page_of(id), moment) for id, moment in sorted(found.items())]

    def counts(self, since: datetime) -> dict[str, int]:
        """For each place, how many stories about it came out SINCE."""
        counted = (
            select(FindingRow.code, func.count(func.distinct(ItemRow.story)))
            .join(ItemRow, col(ItemRow.id) == FindingRow.item_id)
            .where(reading.tells_place(), _VISIBLE, col(ItemRow.date) >= since)
            .group_by(FindingRow.code)
        )
        with Session(self._engine) as session:
            return dict(session.exec(counted).all())

    def places(self) -> frozenset[str]:
        """The codes of all places that any item is about."""
        with Session(self._engine) as session:
            return frozenset(session.exec(select(FindingRow.code).where(FindingRow.rejected == "").distinct()))

    def _by_event(self, selection: Selection, when: ColumnElement[bool], limit: int) -> list[Story]:
        told = select(ItemRow.story).where(_VISIBLE, when)
        asked = select(ItemRow.story).where(_carried(selection), col(ItemRow.story).in_(told))
        with Session(self._engine) as session:
            found = _told(session, session.exec(asked).all())
        return sorted(found, key=_begins)[:limit]


def _begins(story: Story) -> tuple[datetime, str]:
    events = (item.entry.event for item in story.items if item.is_visible)
    return min(event.begins for event in events if event), story.leader.public_id


def _told(session: Session, names: Sequence[str]) -> list[Story]:
    """The stories with these NAMES, in their order."""
    items = []
    for part in reading.parts(names):
        items += reading.items_of(session, session.exec(select(ItemRow).where(col(ItemRow.story).in_(part))).all())
    told = {story.leader.told_in: story for story in stories_in(items)}
    return [told[name] for name in names]


def _carried(selection: Selection) -> ColumnElement[bool]:
    """What `Selection.carries` says, in SQL, of the item that leads a story."""
    return and_(_LEADS, _VISIBLE, _in_selection(selection))


def _in_selection(selection: Selection) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [false()]
    if selection.everything:
        parts.append(_about(selection.everything))
    if selection.events:
        told = select(ItemRow.story).where(_VISIBLE, col(ItemRow.event).is_not(None))
        parts.append(and_(_about(selection.events), col(ItemRow.story).in_(told)))
    if selection.beside is not None:
        parts.append(not_(_in_selection(selection.beside)))
    return or_(*parts)


def _about(codes: frozenset[str]) -> ColumnElement[bool]:
    told = (
        select(ItemRow.story)
        .join(FindingRow, col(ItemRow.id) == FindingRow.item_id)
        .where(col(FindingRow.code).in_(sorted(codes)), FindingRow.rejected == "", _VISIBLE)
    )
    return col(ItemRow.story).in_(told)
