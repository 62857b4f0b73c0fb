"""Read the articles of a list at their own pages: of what is new only, a few in each round, and as politely as ever."""

import asyncio
from dataclasses import replace

from aggregator.errors import SourceError
from aggregator.fetching import Fetcher
from aggregator.matching import keeping_full_texts, lacks_full_text, with_full_text
from aggregator.model import Changes, Document, Entry, Identified, Source, Trip, Visit, host_of
from aggregator.sources import full_text_in, lacking_for_full_text

MOST = 5


async def read_full_texts(web: Fetcher, source: Source, changes: Changes) -> tuple[Changes, Trip, tuple[str, ...]]:
    """CHANGES with the full texts of what is new, what that cost, and notes on the articles that could not be read.

    An article that cannot be read is told as its list tells it. Only the site's own articles are read, and of them as
    many as there is room for in a round, the newest first.
    """
    changes = keeping_full_texts(changes)
    if lacking := lacking_for_full_text():
        return changes, Trip(), (lacking,)
    chosen = sorted(filter(lambda told: _is_to_be_read(told, source), changes.new), key=_age)[:MOST]
    read = await asyncio.gather(*(_read(web, told.entry) for told in chosen))
    texts = {told.aliases[0]: text for told, (text, _, _) in zip(chosen, read, strict=True) if text}
    new = tuple(
        replace(told, entry=with_full_text(told.entry, texts[told.aliases[0]])) if told.aliases[0] in texts else told
        for told in changes.new
    )
    cost = Trip(sum(trip.requests for _, trip, _ in read), sum(trip.received for _, trip, _ in read))
    problems = [problem for _, _, problem in read if problem]
    missing = f"the full text of {len(problems)} of {len(chosen)} new articles is missing: "
    return Changes(new, changes.changed), cost, tuple(missing + problem for problem in problems[:1])


async def _read(web: Fetcher, entry: Entry) -> tuple[str, Trip, str]:
    """The full text, what it cost to get, and what was wrong if there is none."""
    try:
        answer = await web.fetch(entry.url, Visit(), page=True)
        if not isinstance(answer, Document):
            return "", answer.trip, ""
    except SourceError as error:
        return "", Trip(getattr(error, "requests", 0), getattr(error, "received", 0)), str(error)
    try:
        return await asyncio.to_thread(full_text_in, answer, entry.title), answer.trip, ""
    except SourceError as error:
        return "", answer.trip, str(error)


def _is_to_be_read(told: Identified, source: Source) -> bool:
    """Whether the list told less than all, of an article that is on the site of the list and not in the list itself."""
    home = _site(source.location)
    url = told.entry.url
    return (
        lacks_full_text(told.entry) and bool(home) and _site(url) == home and url.partition("#")[0] != source.location
    )


def _site(location: str) -> str:
    return host_of(location).removeprefix("www.")


def _age(told: Identified) -> float:
    date = told.entry.published or told.entry.updated
    return -date.timestamp() if date else 0.0
