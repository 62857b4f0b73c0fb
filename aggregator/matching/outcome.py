"""What a reading means beside what we know: new entries, and items that are told differently now."""

import re
from collections.abc import Sequence
from dataclasses import replace

from aggregator.matching.identity import is_another
from aggregator.model import Change, Changes, Entry, Identified, Item, Known

_YEAR = re.compile(r"\d{4}")


def changes_of(told: Sequence[Identified], known: Known) -> Changes:
    """Compare what a source tells with what we keep of it; whatever is as we keep it is in neither part.

    Nor is what was taken down, by whichever of its names it is told now.
    """
    new: list[Identified] = []
    changed: list[Change] = []
    believed = [_believed(entry, known) for entry in told if known.barred.isdisjoint(entry.names)]
    present = {entry.aliases[0] for entry in believed}
    for entry in believed:
        item = _kept(entry, known, present)
        if item is None:
            new.append(entry)
            continue
        entry = _of_the_same_day(entry, item.entry)
        if not item.tells(entry.entry) or any(alias not in known.items for alias in entry.aliases):
            changed.append(Change(item, entry))
    return Changes(tuple(new), tuple(changed))


def _believed(told: Identified, known: Known) -> Identified:
    """TOLD by its own identity; where a site gives the id of one entry to quite another, by the next that it has."""
    first, *lesser = told.aliases
    item = known.items.get(first)
    if item is None or not told.spare or not is_another(item.entry, told.entry):
        return told
    return Identified(told.entry, tuple(dict.fromkeys((told.spare[0], *lesser))), told.spare[1:])


def _of_the_same_day(told: Identified, kept: Entry) -> Identified:
    """TOLD with the moments that its words meant when we first read them.

    "12 november" and "i går" count from the round in which they are read; the same words, read a year or a day later,
    still tell the same day.
    """
    entry = told.entry
    published = kept.published if _is_same_day(entry.published_raw, kept.published_raw) else entry.published
    updated = kept.updated if _is_same_day(entry.updated_raw, kept.updated_raw) else entry.updated
    if (published, updated) == (entry.published, entry.updated):
        return told
    return replace(told, entry=replace(entry, published=published or entry.published, updated=updated or entry.updated))


def _is_same_day(raw: str, kept: str) -> bool:
    return bool(raw) and raw == kept and not _YEAR.search(raw)


def _kept(told: Identified, known: Known, present: set[str]) -> Item | None:
    """The item that TOLD means: by its identity, or by its lesser aliases if that item's own identity is not there.

    A site that reissues its ids tells the same titles and links under new ids, and the old ids are gone. Where both
    are there, they are two items with the same title: this month's meeting and the next.
    """
    first, *lesser = told.aliases
    if item := known.items.get(first):
        return item
    found = (known.items[alias] for alias in lesser if alias in known.items)
    return next((item for item in found if item.aliases.isdisjoint(present)), None)
