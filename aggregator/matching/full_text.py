"""An entry whose list tells an ingress only, with the full text that was read at its own page.

The list goes on telling the ingress, each time that it is read; that is no change of what we know.
"""

from dataclasses import replace

from aggregator.model import Change, Changes, Entry, text_of


def lacks_full_text(entry: Entry) -> bool:
    """Whether its list may have told less than all: one that tells ingress and text has told both."""
    return bool(entry.url) and not (entry.summary and entry.html)


def with_full_text(entry: Entry, html: str) -> Entry:
    """ENTRY with HTML as its text; what its list told of it becomes the ingress."""
    return replace(entry, summary=_ingress(entry), html=html)


def keeping_full_texts(changes: Changes) -> Changes:
    """CHANGES, in which an item keeps the full text that it has; what is then as we keep it is no change.

    Of an item that was put away nobody knows what its list told of its full text: only the rest can be a change.
    """
    kept = [_keeping(change) for change in changes.changed]
    return Changes(changes.new, tuple(change for change in kept if _differs(change)))


def _keeping(change: Change) -> Change:
    kept, told = change.item.entry, change.told.entry
    if change.item.is_put_away:
        return change
    # Without an ingress that it was told with, the text is the list's own, unless the list tells none.
    has_full = kept.html not in ("", told.html) and (kept.summary or not told.html)
    if not (has_full and lacks_full_text(told)):
        return change
    return replace(change, told=replace(change.told, entry=with_full_text(told, kept.html)))


def _differs(change: Change) -> bool:
    told = change.told.entry
    return not change.item.tells(told, but_texts=lacks_full_text(told)) or not change.item.aliases.issuperset(
        change.told.aliases
    )


def _ingress(entry: Entry) -> str:
    return entry.summary or " ".join(text_of(entry.html).split())
