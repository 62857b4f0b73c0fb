"""Find: the newsfeeds and calendars of a site of which only a page is known, in few and polite requests."""

from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.errors import ParseError, SourceError
from aggregator.fetching import Fetcher
from aggregator.model import Document, Reading, Visit
from aggregator.sources import FeedSource, Lead, is_of_comments, leads_guessed_for, leads_named_in

# All that is asked of a site, the page itself included.
MOST_REQUESTS = 8
# Of what a page names; the others are told, but not read.
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A newsfeed that was read, and whether the site itself names it."""

    address: str
    reading: Reading
    named: bool

    @property
    def is_of_comments(self) -> bool:
        return is_of_comments(self.reading.title, self.address)


@dataclass(frozen=True, slots=True)
class Findings:
    """The newsfeeds of a site, the best first, and the calendars that it names.

    Of what it names, `unread` was not looked at, and `broken` are sentences about what could not be read.
    """

    feeds: tuple[Found, ...] = ()
    calendars: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


async def find(web: Fetcher, page: Document, now: datetime) -> Findings:
    """What PAGE's site has. What it names is asked first; only if that is no news, what is usual for such sites.

    A site has not listed what we guess, so that its robots.txt is asked before; what it names, it has listed itself.
    """
    named = leads_named_in(page)
    wanted = [lead for lead in named if lead.kind == "feed"]
    seen = [await _look_at(web, lead, now) for lead in wanted[:MOST_NAMED]]
    feeds = [found for found in seen if isinstance(found, Found)]
    left = MOST_REQUESTS - 1 - min(len(wanted), MOST_NAMED)
    known = {lead.address for lead in wanted}
    guesses = [lead for lead in leads_guessed_for(page) if lead.address not in known]
    for lead in guesses[:left]:
        if any(found.reading.entries and not found.is_of_comments for found in feeds):
            break
        found = await _look_at(web, lead, now)
        if isinstance(found, Found):
            feeds.append(found)
    feeds.sort(key=lambda found: (found.is_of_comments, not found.reading.entries))
    return Findings(
        tuple(feeds),
        tuple(lead.address for lead in named if lead.kind == "calendar"),
        tuple(lead.address for lead in wanted[MOST_NAMED:]),
        tuple(f"it names a newsfeed that cannot be read: {error}" for error in seen if isinstance(error, SourceError)),
    )


async def _look_at(web: Fetcher, lead: Lead, now: datetime) -> Found | SourceError:
    """The newsfeed at an address, or what is wrong with it."""
    try:
        answer = await web.fetch(lead.address, Visit(), page=not lead.named)
        if not isinstance(answer, Document):
            return ParseError(lead.address, "answers with nothing at all")
        # Where a guess leads elsewhere, that is where the newsfeed is; what a site names stays as it names it.
        address = lead.address if lead.named else answer.location
        reading = FeedSource(feed=address).read(replace(answer, at=now))
    except SourceError as error:
        return error
    return Found(address, reading, lead.named)
