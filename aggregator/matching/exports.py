"""The same post in two exports: told again, told with less, edited, or not told any more.

Exports of one page come in three formats. They tell of a post by its second, by Facebook's id, or by its minute and the
beginning of its text; whichever of these an item was seen under finds it again.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.matching.identity import alias_of
from aggregator.model import Change, Changes, Entry, Exported, Identified, Item, Known, Tombstone

GONE = "deleted by its page: it is missing from a full export"


def told_in_export(entries: Iterable[Exported]) -> tuple[Identified, ...]:
    """The entries with their aliases; what tells less comes last, and what is told twice counts once."""
    told: dict[str, Identified] = {}
    for exported in sorted(entries, key=lambda exported: exported.partial):
        aliases = _aliases(exported)
        told.setdefault(aliases[0], Identified(exported.entry, aliases))
    return tuple(told.values())


def without_names(entries: Iterable[Exported], names: Collection[str]) -> list[Exported]:
    """The entries that go by none of NAMES."""
    return [exported for exported in entries if not any(alias in names for alias in _aliases(exported))]


def _aliases(exported: Exported) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alias_of(kind, *parts) for kind, *parts in exported.marks))


def changes_in_export(told: Sequence[Identified], known: Known, is_full: bool) -> Changes:
    """What an export means beside what we keep.

    What is gone stays gone, unless the page's whole truth has it again; what was taken down, in any case.
    """
    new: list[Identified] = []
    changed: list[Change] = []
    claimed: set[str] = set()
    present = {entry.aliases[0] for entry in told}
    for entry in told:
        if not known.barred.isdisjoint(entry.aliases):
            continue
        item = _kept(entry, known, present, claimed)
        if item is None:
            if is_full or known.gone.isdisjoint(entry.aliases):
                new.append(entry)
            continue
        claimed.add(item.public_id)
        now = replace(entry, entry=_whole(entry, item))
        if not item.tells(now.entry) or not item.aliases.issuperset(entry.aliases):
            changed.append(Change(item, now))
    return Changes(tuple(new), tuple(changed))


def gone_in_export(
    items: Iterable[Item], told: Sequence[Identified], since: datetime, until: datetime, now: datetime
) -> list[Tombstone]:
    """The posts from between the first and the last of a full export that it does not have."""
    present = {alias for entry in told for alias in entry.aliases}
    return [
        Tombstone(item.public_id, item.source, item.aliases, GONE, now, item.codes, item.is_visible)
        for item in items
        if any(alias.startswith("second:") for alias in item.aliases)
        and item.entry.published
        and since <= item.entry.published <= until
        and item.aliases.isdisjoint(present)
    ]


def _kept(told: Identified, known: Known, present: Collection[str], claimed: Collection[str]) -> Item | None:
    """The item that TOLD means: by its first alias, or by a lesser one if that item is not told by its own."""
    first, *lesser = told.aliases
    if (item := known.items.get(first)) and item.public_id not in claimed:
        return item
    for alias in lesser:
        item = known.items.get(alias)
        # Where both are told to the second, the minute says nothing.
        if item is None or (alias.startswith("minute:") and _is_exact(told.aliases) and _is_exact(item.aliases)):
            continue
        if item.public_id not in claimed and item.aliases.isdisjoint(present):
            return item
    return None


def _whole(told: Identified, item: Item) -> Entry:
    """The entry as we should keep it: as it is told now, with the address and the picture that only others told.

    A table tells less than an export, and an export that is older than the last knows nothing new.
    """
    if item.is_put_away:
        return replace(told.entry, url=told.entry.url or item.entry.url)
    is_older = _edited(told.entry) < _edited(item.entry) and (item.is_event or told.entry.event is None)
    if _is_exact(item.aliases) and (is_older or not _is_exact(told.aliases)):
        return replace(item.entry, url=item.entry.url or told.entry.url, image=item.entry.image or told.entry.image)
    return replace(told.entry, url=told.entry.url or item.entry.url, image=told.entry.image or item.entry.image)


def _edited(entry: Entry) -> float:
    return entry.updated.timestamp() if entry.updated else 0


def _is_exact(aliases: Iterable[str]) -> bool:
    """Whether an item was told to the second, or as an event: by a format that tells all there is."""
    return any(alias.startswith(("second:", "event:", "album:")) for alias in aliases)
