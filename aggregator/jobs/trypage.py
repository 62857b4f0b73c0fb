"""Try out a page: what to know of it before it is used as a source."""

from aggregator.errors import FetchError
from aggregator.fetching import Fetcher
from aggregator.model import Visit
from aggregator.sources import Proposal


def warnings_of(proposal: Proposal) -> list[str]:
    """What to know of a page before it is used as a source."""
    entries = proposal.reading.entries
    if not entries:
        return [f"it {proposal.problem}; nor does anything on it look like a list of news"]
    how = "the selectors below are guessed; compare the entries with the page" if proposal.select else ""
    undated = sum(not (entry.published or entry.updated or entry.event) for entry in entries)
    without = f"{undated} of {len(entries)} entries have no date that can be read" if undated else ""
    return [line for line in (how, *proposal.reading.notes, without) if line]


async def robots_warning(web: Fetcher, location: str) -> str:
    """What stands against reading the page regularly, in a sentence; "" if nothing does."""
    try:
        await web.fetch(location, Visit(), page=True)
    except FetchError as error:
        return f"it could be looked at now, but not read as a source: it {error.reason}"
    return ""
