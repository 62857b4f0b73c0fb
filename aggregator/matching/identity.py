"""By what an entry is known again in its source.

Sites change their ids, their links and their titles, though seldom all at once. A policy gives the identities that an
entry goes by, the one that counts most first; each becomes an alias of its item, so that any of them finds it later.
Identities count within their source only: two sources may use the same id.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2b
from urllib.parse import urlsplit

from aggregator.model import Entry, Identified, IdentityPolicy

# From when on the authority may name things (RFC 4151 §2.1 wants a date on which it was its owner's).
MINTED_SINCE = 2026


def by_guid(entry: Entry) -> str:
    return alias_of("guid", entry.id) if entry.id else ""


def by_link(entry: Entry) -> str:
    """The address as a person would compare it: http or https, with or without www and the last slash."""
    parts = urlsplit(entry.url)
    host = (parts.hostname or "").removeprefix("www.")
    return alias_of("link", host, parts.path.rstrip("/"), parts.query, parts.fragment) if entry.url else ""


def by_link_and_date(entry: Entry) -> str:
    return alias_of("link+date", by_link(entry), _day(entry)) if entry.url else ""


def by_link_and_title(entry: Entry) -> str:
    """Of an event that repeats, title and address are the same each time; when it is tells them apart."""
    day = _day_of(entry.event.start) if entry.event else _day(entry)
    return alias_of("link+title", by_link(entry), entry.title, day) if entry.url else ""


def by_title_and_date(entry: Entry) -> str:
    return alias_of("title+date", entry.title, _day(entry))


Identity = Callable[[Entry], str]

# `auto` trusts what the source calls the entry; title and link together find it again when a site reissues its ids.
POLICIES: Mapping[IdentityPolicy, tuple[Identity, ...]] = {
    "auto": (by_guid, by_link, by_title_and_date),
    "guid": (by_guid, by_link, by_title_and_date),
    "link": (by_link, by_guid, by_title_and_date),
    "link+date": (by_link_and_date, by_title_and_date),
    "title+date": (by_title_and_date,),
}


def identified(entries: Iterable[Entry], policy: IdentityPolicy) -> tuple[Identified, ...]:
    """The entries with their aliases: the first identity that an entry has, and its title and link together.

    Where a feed gives several entries the same identity, the first keeps it and the others go by their link; one
    that repeats link and all is the same entry told twice, and is left out.
    """
    taken: dict[str, Identified] = {}
    for entry in entries:
        names = [name for identity in POLICIES[policy] if (name := identity(entry))]
        free = next((name for name in names if name not in taken), None)
        if free is None or (free != names[0] and by_link(entry) == by_link(taken[names[0]].entry)):
            continue
        aliases = dict.fromkeys(name for name in (free, by_link_and_title(entry)) if name)
        taken[free] = Identified(entry, tuple(aliases))
    return tuple(taken.values())


def public_id(authority: str, source: str, alias: str) -> str:
    """The id that an item is published under for good (RFC 4151), made from what first identified it.

    Never from a row or a clock: a store that is rebuilt from the same sources gives the same ids.
    """
    actor = source.partition("/")[0]
    return f"tag:{authority},{MINTED_SINCE}:{actor}/{_digest(source, alias, size=10)}"


def _day(entry: Entry) -> str:
    told = entry.published or entry.updated
    return _day_of(told) if told else ""


def _day_of(told: datetime | date) -> str:
    return (told.date() if isinstance(told, datetime) else told).isoformat()


def alias_of(kind: str, *parts: str) -> str:
    """An identity in a form of fixed length, so that a long guid fits every database's index."""
    return f"{kind}:{_digest(*parts, size=16)}"


def _digest(*parts: str, size: int) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()
