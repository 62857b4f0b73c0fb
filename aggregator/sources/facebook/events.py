"""Events: those that a page made, told in two files, of which one knows the times and the other the number."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from aggregator.model import Member
from aggregator.sources.facebook.posts import Happening, happening_of, plainly, second_of, words_of
from aggregator.sources.facebook.records import records
from aggregator.sources.facebook.repair import mended_all

# The two files write down the same creation a second apart.
SECONDS_APART = 2


def happenings_in(member: Member) -> list[Happening]:
    """The events of events.json, whatever the list in it is called in this year's export."""
    return [
        happening
        for _, record in records(member)
        if isinstance(record, Mapping) and (happening := happening_of(mended_all(record)))
    ]


def hosted_in(member: Member) -> list[Mapping[str, Any]]:
    """The records of events_you_hosted.json; a file with a single one may hold it without a list around it."""
    found: list[Mapping[str, Any]] = []
    single: dict[str, Any] = {}
    for key, value in records(member):
        if isinstance(value, Mapping) and (not key or "events" in key):
            found.append(mended_all(value))
        else:
            single[key] = mended_all(value)
    return [*found, single] if "fbid" in single else found


def numbered(happenings: Iterable[Happening], hosted: Iterable[Mapping[str, Any]]) -> list[Happening]:
    """The events with their numbers: of the same name, and made at the same time. A name alone may come each year."""
    by_name: dict[str, list[tuple[int, str]]] = {}
    for record in hosted:
        number = str(record.get("fbid") or "")
        if number.isdecimal():
            name = plainly(words_of(record.get("title") or record.get("name")))
            by_name.setdefault(name, []).append((second_of(record.get("timestamp")), number))
    return [_numbered(happening, by_name.get(plainly(happening.name), [])) for happening in happenings]


def _numbered(happening: Happening, hosted: list[tuple[int, str]]) -> Happening:
    near = [number for made, number in hosted if happening.created and abs(made - happening.created) <= SECONDS_APART]
    return replace(happening, number=near[0]) if near else happening


def once(happenings: Iterable[Happening]) -> list[Happening]:
    """Each event once; what one telling lacks, the other may have."""
    found: dict[tuple[str, int], Happening] = {}
    for happening in happenings:
        other = found.get(happening.key)
        found[happening.key] = _filled(other, happening) if other else happening
    return list(found.values())


def _filled(one: Happening, other: Happening) -> Happening:
    return replace(
        one,
        end=one.end or other.end,
        where=one.where if str(one.where) else other.where,
        description=max(one.description, other.description, key=len),
        created=one.created or other.created,
        number=one.number or other.number,
    )
