"""Understanding: what a document means beside what we keep, with no more of it read than must be."""

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.jobs.items import with_events
from aggregator.matching import changes_of, identified, trusted_after
from aggregator.model import Changes, Document, Identified, Reading, Sign, Source, Visit
from aggregator.storage import Storage
from aggregator.watching import is_doubtful

LARGE = 500_000


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document says, and what of it is new or changed.

    `trusted` is what its entries are known by from now on, if that is for us to say (`auto`). `met` tells that some of
    its entries go by names that we know, and `seen` are the fingerprints of the entries that need no reading again.
    """

    reading: Reading
    changes: Changes
    trusted: Sign
    met: bool
    seen: bytes


async def understand(
    storage: Storage, source: Source, visit: Visit, document: Document, now: datetime, open: Collection[str]
) -> Understood:
    """What DOCUMENT brings, of which only entries are read that we have not seen in these very bytes.

    Who an entry is can depend on the others, if anything of it is known: a site may reissue its ids, or give one twice.
    So can whether the source is still itself; OPEN are the kinds of its open alarms. In such doubts the whole document
    is read.
    """
    part = await _read(source, replace(document, seen=visit.entries_seen))
    found = _understood(storage, source, visit, part, now)
    is_clear = not found.met and found.trusted == visit.trusted and not is_doubtful(part, visit, open)
    if not part.known or is_clear:
        return found
    return _understood(storage, source, visit, await _read(source, document), now)


async def _read(source: Source, document: Document) -> Reading:
    """What DOCUMENT says. To read a large one takes long, and the others' time runs meanwhile: that is for a thread."""
    return source.read(document) if len(document.content) < LARGE else await asyncio.to_thread(source.read, document)


def _understood(storage: Storage, source: Source, visit: Visit, reading: Reading, now: datetime) -> Understood:
    trusted = trusted_after(reading.entries, visit.trusted, reading.count)
    told = identified(reading.entries, source.identity, trusted)
    known = storage.known(source.id, {name for entry in told for name in entry.names})
    return Understood(
        replace(reading, notes=(*reading.notes, *_note_of_ids(source, trusted))),
        changes_of(with_events(told, known, now), known),
        trusted,
        bool(known.items or known.gone),
        b"".join(dict.fromkeys((*reading.known, *_knowable(source, reading, told, trusted)))),
    )


def _knowable(source: Source, reading: Reading, told: Collection[Identified], trusted: Sign) -> Iterator[bytes]:
    """The fingerprints of entries that go by the same names whatever else is in the document.

    One that is told twice, or under the id of another, has to be looked at each time.
    """
    aliases = {id(entry.entry): entry.aliases for entry in told}
    for mark, entry in zip(reading.fingerprints, reading.entries, strict=False):
        alone = [one.aliases for one in identified([entry], source.identity, trusted)]
        if alone == [aliases.get(id(entry))]:
            yield mark


def _note_of_ids(source: Source, trusted: Sign) -> tuple[str, ...]:
    # On a page, links are the ids that there are.
    if source.identity != "auto" or trusted == "guid" or (source.is_page and trusted == "link"):
        return ()
    known_by = "links" if trusted == "link" else "titles and dates"
    return (f"too many of its entries had no id of their own; they are known by their {known_by} since then",)
