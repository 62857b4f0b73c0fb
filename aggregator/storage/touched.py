"""What changed since when, so that publishing makes only what must be other than it was.

Whatever is written gets a version, which only grows. Before and after a story changes, the places of all newsfeeds that
may carry it are noted with that version, and the month in which it came in.
"""

from collections import defaultdict
from collections.abc import Collection
from itertools import chain

from sqlalchemy import delete, insert, text, tuple_, update
from sqlmodel import Session, col, select

from aggregator.model import month_of
from aggregator.storage.reading import parts
from aggregator.storage.tables import CounterRow, FindingRow, ItemRow, TouchedRow

NOWHERE = ""

PAIRS_AT_ONCE = 5_000

_NEXT_VERSION = text(
    "INSERT INTO counter (name, value) VALUES ('items', 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


def version(session: Session) -> int:
    return session.exec(select(CounterRow.value).where(CounterRow.name == "items")).one_or_none() or 0


def next_version(session: Session) -> int:
    """The next version, which is ours until the transaction ends.

    Others who want one wait until then, so that versions are seen in the order of their numbers: whoever has published
    all up to one will never miss a smaller one.
    """
    return int(session.execute(_NEXT_VERSION).scalar_one())


def stories_of(session: Session, public_ids: Collection[str]) -> set[str]:
    """The stories, as they are named now, that the items with these ids tell."""
    found: set[str] = set()
    for part in parts(sorted(public_ids)):
        found |= set(session.exec(select(ItemRow.story).where(col(ItemRow.public_id).in_(part))))
    return found


def touch(session: Session, stories: Collection[str], version: int) -> None:
    """Note the places and months of STORIES as they are now."""
    found: set[tuple[str, str]] = set()
    for part in parts(sorted(stories)):
        months: defaultdict[str, set[str]] = defaultdict(set)
        members = select(ItemRow.story, ItemRow.entered).where(col(ItemRow.story).in_(part))
        for story, entered in session.exec(members):
            months[story].add(month_of(entered))
        by_story = select(ItemRow.story, FindingRow.code).join(FindingRow, col(ItemRow.id) == FindingRow.item_id)
        asked = by_story.where(col(ItemRow.story).in_(part), FindingRow.rejected == "")
        codes = chain(((story, NOWHERE) for story in months), session.exec(asked))
        found |= {(code, month) for story, code in codes for month in months[story]}
    for pairs in parts(sorted(found), PAIRS_AT_ONCE):
        session.execute(delete(TouchedRow).where(tuple_(TouchedRow.code, TouchedRow.month).in_(pairs)))
        session.execute(
            insert(TouchedRow), [{"code": code, "month": month, "version": version} for code, month in pairs]
        )


def credit_anew(session: Session, stories: Collection[str], version: int) -> None:
    """What leads STORIES is told otherwise since VERSION, as others have come to tell them or do not any more."""
    for part in parts(sorted(stories)):
        session.execute(update(ItemRow).where(col(ItemRow.public_id).in_(part)).values(version=version))


def lead_anew(session: Session, stories: Collection[str], version: int) -> frozenset[str]:
    """Where the item that leads a story is gone or not to be seen any more, the next that came in leads it.

    Gives the names that stories got by that.
    """
    renamed = set()
    for part in parts(sorted(stories)):
        asked = select(ItemRow).where(col(ItemRow.story).in_(part)).order_by(ItemRow.story, col(ItemRow.entered))
        told: dict[str, list[ItemRow]] = {}
        for row in session.exec(asked.execution_options(populate_existing=True)):
            told.setdefault(row.story, []).append(row)
        for name, members in told.items():
            visible = [row for row in members if not row.hidden and not row.withheld]
            is_led = any(row.public_id == name for row in (visible or members))
            if is_led:
                continue
            leader = (visible or members)[0].public_id
            renamed.add(leader)
            session.execute(update(ItemRow).where(col(ItemRow.story) == name).values(story=leader, version=version))
    return frozenset(renamed)
