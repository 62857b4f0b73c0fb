"""What publishing asks of the store: which stories a newsfeed carries, by date, by month, and those to come."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, distinct, exists, false, func, not_, or_, union_all
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from aggregator.model import Selection, Story, Withdrawal, month_of, page_of, stories_in
from aggregator.storage import reading, touched
from aggregator.storage.tables import FindingRow, ItemRow, PlacedRow, TombstoneRow, TouchedRow
from aggregator.storage.touched import NOWHERE

STORIES_AT_ONCE = 500

# SQLite takes at most 500 parts of a union.
PLACES_AT_ONCE = 200

_NEWEST_FIRST = (col(PlacedRow.date).desc(), col(PlacedRow.story).desc())


class Stories:
    """Every method is one transaction. A story is where its leading item is: that one's dates are its dates."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, selection: Selection, limit: int) -> list[Story]:
        """The newest that SELECTION carries, newest first."""
        with Session(self._engine) as session:
            return _told(session, _newest(session, selection, limit))

    def names_of_newest(self, selection: Selection, limit: int) -> list[str]:
        """The names of the newest that SELECTION carries, newest first."""
        with Session(self._engine) as session:
            return _newest(session, selection, limit)

    def entered(self, selection: Selection, since: datetime, until: datetime) -> list[Story]:
        """Those that SELECTION carries and that came in from SINCE until UNTIL, newest first."""
        months = months_between(since, until)
        came = and_(col(PlacedRow.month).in_(months), col(PlacedRow.entered) >= since, col(PlacedRow.entered) < until)
        with Session(self._engine) as session:
            asked = _carried(session, selection, came).order_by(*_NEWEST_FIRST)
            return _told(session, [row.story for row in session.execute(asked)])

    def coming(self, selection: Selection, since: datetime, limit: int) -> list[Story]:
        """The events that SELECTION carries and that are not over at SINCE, the next first."""
        next_first = (col(PlacedRow.starts), col(PlacedRow.story))
        with Session(self._engine) as session:
            asked = _carried(session, selection, col(PlacedRow.ends) >= since).order_by(*next_first).limit(limit)
            return _told(session, [row.story for row in session.execute(asked)])

    def dates(self, selection: Selection, since: datetime) -> Sequence[datetime]:
        """When each story that SELECTION carries came out, if that was SINCE; in no order."""
        with Session(self._engine) as session:
            carried = _in_selection(session, selection), col(PlacedRow.date) >= since
            asked = select(PlacedRow.story, PlacedRow.date).where(*carried).distinct()
            return [date for _, date in session.exec(asked)]

    def months(self, selection: Selection) -> list[str]:
        """The months in which anything came in that SELECTION carries ("2026-11"), newest first."""
        with Session(self._engine) as session:
            # Of each place and month it is noted that something came in; whether any of it is carried takes one look.
            here = exists().where(
                col(PlacedRow.code) == col(TouchedRow.code),
                col(PlacedRow.month) == col(TouchedRow.month),
                _in_selection(session, selection),
            )
            codes = sorted(_codes(session, selection))
            asked = select(TouchedRow.month).where(col(TouchedRow.code).in_(codes), here).distinct()
            return sorted(session.exec(asked), reverse=True)

    def withdrawn(self, selection: Selection, since: datetime) -> list[Withdrawal]:
        """What readers of SELECTION may have seen and do not see any more, SINCE then; the latest first."""
        hidden = select(ItemRow.public_id, ItemRow.withdrawn).where(col(ItemRow.withdrawn) >= since)
        buried = select(TombstoneRow.public_id, TombstoneRow.removed, TombstoneRow.codes)
        gone = buried.where(TombstoneRow.seen, col(TombstoneRow.removed) >= since)
        wanted = selection.everything | selection.events
        if selection.beside is None:
            here = and_(col(FindingRow.item_id) == col(ItemRow.id), col(FindingRow.code).in_(sorted(wanted)))
            hidden = hidden.where(exists().where(here, col(FindingRow.rejected) == ""))
        with Session(self._engine) as session:
            found = {public_id: moment for public_id, moment in session.exec(hidden) if moment}
            for public_id, removed, codes in session.exec(gone):
                if selection.beside or not wanted.isdisjoint(codes):
                    found[public_id] = removed
        latest_first = sorted(found.items(), key=lambda one: (one[1], one[0]), reverse=True)
        return [Withdrawal(id, page_of(id), moment) for id, moment in latest_first]

    def corrected(self, selection: Selection, since: datetime, limit: int) -> list[Story]:
        """Those that SELECTION carries and that were corrected SINCE then, the latest first."""
        latest_first = col(ItemRow.corrected).desc(), ItemRow.public_id
        leading = col(ItemRow.corrected) >= since, ItemRow.story == ItemRow.public_id
        found: list[str] = []
        with Session(self._engine) as session:
            names = session.exec(select(ItemRow.public_id).where(*leading).order_by(*latest_first)).all()
            for part in reading.parts(names, STORIES_AT_ONCE):
                asked = _carried(session, selection, col(PlacedRow.story).in_(part))
                carried = {row.story for row in session.execute(asked)}
                found += [name for name in part if name in carried]
                if len(found) >= limit:
                    break
            return _told(session, found[:limit])

    def latest(self) -> list[Story]:
        """The newest story that readers see, if there is any."""
        last = select(func.max(PlacedRow.date)).scalar_subquery()
        asked = select(PlacedRow.story).where(PlacedRow.date == last).order_by(col(PlacedRow.story).desc()).limit(1)
        with Session(self._engine) as session:
            return _told(session, session.exec(asked).all())

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

    def changed(self, since: int, actors: Collection[str] = (), put_away: int | None = None) -> Iterator[Story]:
        """The stories of which any item changed after version SINCE, or is of one of ACTORS, visible or not.

        Of items that were put away only those that changed after version PUT_AWAY, if that is given.
        """
        changed: ColumnElement[bool] = col(ItemRow.version) > since
        if put_away is not None and put_away > since:
            changed = and_(changed, or_(col(ItemRow.remains).is_(None), col(ItemRow.version) > put_away))
        asked = [select(ItemRow.story).where(changed)]
        if actors:
            theirs = [col(ItemRow.actor).in_(sorted(actors))]
            theirs += [] if put_away is None else [col(ItemRow.remains).is_(None)]
            asked.append(select(ItemRow.story).where(*theirs))
        with Session(self._engine) as session:
            # One after the other, since each has an index of its own.
            names = sorted({name for each in asked for name in session.exec(each)})
            for part in reading.parts(names, STORIES_AT_ONCE):
                yield from _told(session, part)

    def removed(self, since: int) -> list[Withdrawal]:
        """What readers had seen and was removed for good after version SINCE."""
        gone = select(TombstoneRow).where(TombstoneRow.version > since, TombstoneRow.seen)
        with Session(self._engine) as session:
            found = {row.public_id: row.removed for row in session.exec(gone)}
        return [Withdrawal(id, page_of(id), moment) for id, moment in sorted(found.items())]

    def counts(self, since: datetime) -> dict[str, int]:
        """For each place, how many stories about it or a place within it came out SINCE, each counted once.

        Where else a story is carried does not count.
        """
        lately = col(PlacedRow.date) >= since, col(PlacedRow.tells)
        told = func.count(distinct(col(PlacedRow.story)))
        found: dict[str, int] = {}
        with Session(self._engine) as session:
            # By the dates, not through all places for the sake of their order.
            for place in (
                func.coalesce(PlacedRow.code, "").label("place"),
                func.substr(PlacedRow.code, 1, 2).label("county"),
            ):
                found |= dict(session.exec(select(place, told).where(*lately).group_by(place)).all())
        return found

    def places(self) -> frozenset[str]:
        """The codes of all places that any story is about."""
        with Session(self._engine) as session:
            return _places(session) - {NOWHERE}


def months_between(since: datetime, until: datetime) -> list[str]:
    """The months of all moments from SINCE until UNTIL, in Sweden."""
    days = range((until - since).days + 2)
    return sorted({month_of(min(since + timedelta(days=number), until)) for number in days})


def _told(session: Session, names: Sequence[str]) -> list[Story]:
    """The stories with these NAMES, in their order."""
    items = []
    for part in reading.parts(names):
        items += reading.items_of(session, session.exec(select(ItemRow).where(col(ItemRow.story).in_(part))).all())
    told = {story.leader.told_in: story for story in stories_in(items)}
    return [told[name] for name in names]


def _carried(session: Session, selection: Selection, *conditions: ColumnElement[bool]) -> Select[tuple[str, datetime]]:
    """The stories that SELECTION carries, each once, with its date; what `Selection.carries` says, in SQL."""
    carried = _in_selection(session, selection)
    columns = (col(PlacedRow.story), col(PlacedRow.date), col(PlacedRow.starts))
    return sql_select(*columns[:2]).where(carried, *conditions).group_by(*columns)


def _newest(session: Session, selection: Selection, limit: int) -> list[str]:
    """The newest of each place, by its index, and of all those the newest: no index has the order of several places."""
    ranked: list[Select[tuple[str, datetime]]] = []
    for code, condition in _by_place(session, selection):
        here = sql_select(col(PlacedRow.story), col(PlacedRow.date)).where(col(PlacedRow.code) == code, *condition)
        best = here.order_by(*_NEWEST_FIRST).limit(limit).subquery()
        ranked.append(sql_select(best.c.story, best.c.date))
    found: dict[str, datetime] = {}
    for some in reading.parts(ranked, PLACES_AT_ONCE):
        found |= {row.story: row.date for row in session.execute(union_all(*some))}
    newest_first = sorted(found.items(), key=lambda one: (one[1], one[0]), reverse=True)
    return [story for story, _ in newest_first[:limit]]


def _by_place(session: Session, selection: Selection) -> Iterator[tuple[str, list[ColumnElement[bool]]]]:
    """The places for whose sake SELECTION carries anything, and which of the stories there."""
    by_others = list(_told_by_others(selection))
    for code in sorted(selection.everything):
        yield code, by_others
    for code in sorted(selection.events - selection.everything):
        yield code, [col(PlacedRow.ends).is_not(None), *by_others]
    if others := selection.beside:
        for code in _elsewhere(session, others):
            yield code, [not_(_carries(other)) for other in others]


def _codes(session: Session, selection: Selection) -> set[str]:
    """The codes of the places for whose sake SELECTION carries anything."""
    return {code for code, _ in _by_place(session, selection)}


def _elsewhere(session: Session, others: Collection[Selection]) -> list[str]:
    """What OTHERS do not carry is at no place that one carries everything of: few places are left to look at."""
    whole = frozenset[str]().union(*(other.everything for other in others if not other.without))
    return sorted(_places(session) - whole)


def _in_selection(session: Session, selection: Selection) -> ColumnElement[bool]:
    named = bool(selection.everything or selection.events)
    parts = [and_(_at(selection), *_told_by_others(selection))] if named else []
    if others := selection.beside:
        elsewhere = col(PlacedRow.code).in_(_elsewhere(session, others))
        parts.append(and_(elsewhere, *(not_(_carries(other)) for other in others)))
    return or_(*parts) if parts else false()


def _carries(selection: Selection) -> ColumnElement[bool]:
    """Whether SELECTION carries the story of the row that is looked at."""
    if not (selection.everything or selection.events or selection.beside):
        return false()
    also = aliased(PlacedRow)
    there = and_(
        exists().where(col(also.story) == col(PlacedRow.story), _at(selection, also)), *_told_by_others(selection)
    )
    if not selection.beside:
        return there
    return or_(there, and_(*(not_(_carries(other)) for other in selection.beside)))


def _told_by_others(selection: Selection) -> Iterator[ColumnElement[bool]]:
    """That somebody readers see tells the story who is none of those whose news SELECTION is without, if there are."""
    if selection.without:
        other = aliased(ItemRow)
        seen = col(other.hidden) == "", col(other.withheld) == ""
        by_others = col(other.actor).not_in(sorted(selection.without))
        yield exists().where(col(other.story) == col(PlacedRow.story), *seen, by_others)


def _at(selection: Selection, row: type[PlacedRow] = PlacedRow) -> ColumnElement[bool]:
    """Whether a ROW is at a place for whose sake SELECTION carries its story."""
    parts: list[ColumnElement[bool]] = []
    if selection.everything:
        parts.append(col(row.code).in_(sorted(selection.everything)))
    if events := selection.events - selection.everything:
        parts.append(and_(col(row.code).in_(sorted(events)), col(row.ends).is_not(None)))
    return or_(*parts) if parts else false()


def _places(session: Session) -> frozenset[str]:
    """From each code to the next by the index: there are a few hundred of them, in millions of rows."""
    first = sql_select(func.min(PlacedRow.code).label("code")).cte("step", recursive=True)
    after = sql_select(func.min(PlacedRow.code)).where(col(PlacedRow.code) > first.c.code).scalar_subquery()
    step = first.union_all(sql_select(after).where(first.c.code.is_not(None)))
    return frozenset(session.scalars(sql_select(step.c.code).where(step.c.code.is_not(None))))
