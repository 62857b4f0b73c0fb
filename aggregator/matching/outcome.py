"""What a reading means beside what we know: new entries, and items that are told differently now."""

from collections.abc import Sequence

from aggregator.matching.identity import is_another
from aggregator.model import Change, Changes, Identified, Item, Known


def changes_of(told: Sequence[Identified], known: Known) -> Changes:
    """Compare what a source tells with what we keep of it; whatever is as we keep it is in neither part."""
    new: list[Identified] = []
    changed: list[Change] = []
    believed = [_believed(entry, known) for entry in told]
    present = {entry.aliases[0] for entry in believed}
    for entry in believed:
        item = _kept(entry, known, present)
        if item is None:
            new.append(entry)
        elif item.entry != entry.entry or any(alias not in known.items for alias in entry.aliases):
            changed.append(Change(item, entry))
    return Changes(tuple(new), tuple(changed))


def _believed(told: Identified, known: Known) -> Identified:
    """TOLD by its own identity; where a site gives the id of one entry to quite another, by the next that it has."""
    first, *lesser = told.aliases
    item = known.items.get(first)
    if item is None or not told.spare or not is_another(item.entry, told.entry):
        return told
    return Identified(told.entry, tuple(dict.fromkeys((told.spare[0], *lesser))), told.spare[1:])


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
