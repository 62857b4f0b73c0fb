"""Which entries of a document we have read before, in these very bytes: they need no reading again.

A fingerprint is of all that an entry's reading depends on: its own bytes, what it inherits from its document, and the
version of this program and of feedparser, since another may read the same otherwise.
"""

from collections.abc import Sequence
from hashlib import blake2b

import feedparser

from aggregator import __version__
from aggregator.model import FINGERPRINT_BYTES

_READERS = f"{__version__} {feedparser.__version__}"


def marks_of(entries: Sequence[bytes], *inherited: object) -> tuple[bytes, ...]:
    """The fingerprints of ENTRIES of a document that all INHERITED this from it."""
    common = blake2b(repr((_READERS, inherited)).encode("utf-8", "replace"), digest_size=FINGERPRINT_BYTES)
    marks = []
    for entry in entries:
        mark = common.copy()
        mark.update(entry)
        marks.append(mark.digest())
    return tuple(marks)
