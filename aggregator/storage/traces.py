"""By what an item is found by others that may tell the same story, and which story it then is in."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, func, insert, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from aggregator.model import Item, Sharer, within_second
from aggregator.storage import placed, reading, touched
from aggregator.storage.tables import ItemRow, TraceRow

# Of what shares a trace, so many that came last are looked at; what more share says nothing.
SHARING = 20

# The same in a store that is built anew, whichever source answered first.
_AS_THEY_CAME = (col(ItemRow.first_seen), col(ItemRow.entered), col(ItemRow.public_id))


class Traces:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def untold(self, limit: int) -> list[Item]:
        """The first LIMIT items to come in that were never compared with others."""
        return self._untraced(False, limit)

    def retold(self, limit: int) -> list[Item]:
        """LIMIT items that were written anew since they were compared, and have to be found by what they say now."""
        return self._untraced(True, limit)

    def sharing(self, traces: Collection[str]) -> dict[str, list[Sharer]]:
        """For each of TRACES that any item has, those that came in last of them."""
        newest_first = func.row_number().over(partition_by=TraceRow.trace, order_by=col(TraceRow.item_id).desc())
        found: defaultdict[str, list[Sharer]] = defaultdict(list)
        with Session(self._engine) as session:
            for part in reading.parts(sorted(traces)):
                ranked = select(TraceRow.trace, TraceRow.item_id, newest_first.label("place")).where(
                    col(TraceRow.trace).in_(part)
                )
                last = ranked.subquery()
                asked = (
                    sql_select(last.c.trace, col(ItemRow.public_id), col(ItemRow.source), col(ItemRow.entered))
                    .join(ItemRow, col(ItemRow.id) == last.c.item_id)
                    .where(last.c.place <= SHARING)
                )
                for trace, *sharer in session.execute(asked):
                    found[trace].append(Sharer(*sharer))
        return dict(found)

    def items(self, public_ids: Collection[str]) -> list[Item]:
        """The items with these public ids."""
        with Session(self._engine) as session:
            found: list[ItemRow] = []
            for part in reading.parts(sorted(public_ids)):
                found += session.exec(select(ItemRow).where(col(ItemRow.public_id).in_(part)))
            return reading.items_of(session, found)

    def sources(self, stories: Collection[str]) -> dict[str, frozenset[str]]:
        """For each of STORIES, the sources of the items that tell it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        with Session(self._engine) as session:
            for part in reading.parts(sorted(stories)):
                for story, source in session.exec(
                    select(ItemRow.story, ItemRow.source).where(col(ItemRow.story).in_(part))
                ):
                    found[story].add(source)
        return {story: frozenset(sources) for story, sources in found.items()}

    def settle(self, traces: Mapping[str, Collection[str]], joined: Mapping[str, str]) -> None:
        """Keep TRACES of the items with these public ids, which are compared now, and the stories that some JOINED."""
        with Session(self._engine) as session, session.begin():
            _join(session, joined)
            ids: dict[str, int] = {}
            for part in reading.parts(sorted(traces)):
                asked = select(ItemRow.public_id, ItemRow.id).where(col(ItemRow.public_id).in_(part))
                ids |= {public_id: item_id or 0 for public_id, item_id in session.exec(asked)}
            for some in reading.parts(sorted(ids.values())):
                session.execute(delete(TraceRow).where(col(TraceRow.item_id).in_(some)))
                session.execute(update(ItemRow).where(col(ItemRow.id).in_(some)).values(traced=True, compared=True))
            rows = [
                {"trace": trace, "item_id": item_id}
                for public_id, item_id in ids.items()
                for trace in traces[public_id]
            ]
            if rows:
                session.execute(insert(TraceRow), rows)

    def split(self, item: Item, now: datetime) -> None:
        """Let ITEM tell a story of its own from NOW on, for good: what was compared once is not compared again."""
        with Session(self._engine) as session, session.begin():
            _join(session, {item.public_id: item.public_id})
            entered = within_second(item.public_id, now)
            session.execute(update(ItemRow).where(col(ItemRow.public_id) == item.public_id).values(entered=entered))
            placed.place(session, {item.public_id})
            touched.touch(session, {item.public_id}, touched.version(session))

    def _untraced(self, compared: bool, limit: int) -> list[Item]:
        waiting = select(ItemRow).where(col(ItemRow.traced).is_(False), col(ItemRow.compared).is_(compared))
        with Session(self._engine) as session:
            found = session.exec(waiting.order_by(*_AS_THEY_CAME).limit(limit)).all()
            return reading.items_of(session, found)


def _join(session: Session, joined: Mapping[str, str]) -> None:
    """Put items (by their public ids) into stories, and note what changes by that for newsfeeds."""
    if not joined:
        return
    version = touched.next_version(session)
    stories = {*touched.stories_of(session, joined), *joined.values()}
    touched.touch(session, stories, version)
    for public_id, story in joined.items():
        session.execute(update(ItemRow).where(col(ItemRow.public_id) == public_id).values(story=story, version=version))
    placed.place(session, stories | touched.lead_anew(session, stories, version))
    touched.credit_anew(session, stories, version)
    touched.touch(session, {*touched.stories_of(session, joined), *stories}, version)
