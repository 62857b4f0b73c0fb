"""By what an entry is known again in its source.

Sites change their ids, their links and their titles, though seldom all at once. A policy gives the identities that an
entry goes by, the one that counts most first; each becomes an alias of its item, so that any of them finds it later.
Identities count within their source only: two sources may use the same id.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from urllib.parse import urlsplit

from aggregator.model import Entry, Identified, IdentityPolicy, Sign

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

POLICIES: Mapping[IdentityPolicy, tuple[Identity, ...]] = {
    "auto": (by_guid, by_link, by_title_and_date),
    "guid": (by_guid, by_link, by_title_and_date),
    "link": (by_link, by_guid, by_title_and_date),
    "link+date": (by_link_and_date, by_title_and_date),
    "title+date": (by_title_and_date, by_link_and_title),
}

# What `auto` goes by, as long as it may trust the first of it. Title and link together find an entry again in any case.
TRUSTED: Mapping[Sign, tuple[Identity, ...]] = {
    "guid": POLICIES["auto"],
    "link": (by_link, by_title_and_date, by_link_and_title),
    "title+date": POLICIES["title+date"],
}
# More of a reading's ids than these may not be missing or repeated.
BAD = 0.05


def trusted_after(entries: Sequence[Entry], trusted: Sign, count: int) -> Sign:
    """What `auto` may know entries by, after a reading of COUNT entries of which ENTRIES were looked at.

    Ids, and then links, of which more than a twentieth is missing or given to several entries, are trusted no more. It
    never goes back: ids that come and go would make all entries new, each time.
    """
    signs = list(TRUSTED)
    for sign in signs[signs.index(trusted) : -1]:
        names = [TRUSTED[sign][0](entry) for entry in entries]
        given = {(name, _told_apart(entry, name, "auto")) for name, entry in zip(names, entries, strict=True) if name}
        if names.count("") + len(given) - len({name for name, _ in given}) <= BAD * count:
            return sign
    return signs[-1]


def identified(entries: Iterable[Entry], policy: IdentityPolicy, trusted: Sign = "guid") -> tuple[Identified, ...]:
    """The entries with their aliases: the first identity that is an entry's own, and its title and link together.

    An identity that a feed gives to several entries is nobody's, and they go by their link; one that repeats link and
    all is the same entry told twice, and is left out. TRUSTED is what policy `auto` may go by.
    """
    identities = TRUSTED[trusted] if policy == "auto" else POLICIES[policy]
    told = [(entry, [name for identity in identities if (name := identity(entry))]) for entry in entries]
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entry, names in told:
        for name in names:
            owners[name].add(_told_apart(entry, name, policy))
    taken: dict[str, Identified] = {}
    for entry, names in told:
        own = [name for name in names if len(owners[name]) == 1] or names[-1:]
        if own[0] not in taken:
            aliases = dict.fromkeys(name for name in (own[0], by_link_and_title(entry)) if name)
            taken[own[0]] = Identified(entry, tuple(aliases), tuple(own[1:]) if policy == "auto" else ())
    return tuple(taken.values())


def _told_apart(entry: Entry, name: str, policy: IdentityPolicy) -> str:
    """By what ENTRY differs from others with the same NAME, if it is not one of them told twice."""
    if name == by_link(entry):
        return entry.title if policy == "auto" else name
    return by_link(entry) or entry.title


def is_another(one: Entry, other: Entry) -> bool:
    """Whether nothing that readers see is the same, so that ONE and OTHER are two, though an id says they are one."""
    return not (
        one.title == other.title
        or (one.url and by_link(one) == by_link(other))
        or (one.published and one.published == other.published)
    )


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
