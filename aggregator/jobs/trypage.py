"""Try out a page: the entries that it would give, and lines for feeds.toml that would read it."""

from aggregator.errors import FetchError
from aggregator.fetching import Fetcher
from aggregator.model import Visit
from aggregator.sources import Proposal, Select


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


def lines_for(location: str, select: Select | None) -> str:
    """The lines of a source; the short form where there is nothing to say but its address."""
    if select is None:
        return f"page     = {_written(location)}"
    selectors = select.model_dump(exclude_none=True)
    inside = ", ".join(f"{key} = {_written(css)}" for key, css in selectors.items())
    return f"page     = {_written(location)}\nselect   = {{ {inside} }}"


def _written(value: str) -> str:
    """A text in TOML's quotation marks; those of selectors need none within."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
