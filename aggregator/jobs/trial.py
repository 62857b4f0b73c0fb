"""A trial: what was found at an address or in a file, before it is used as a source."""

from dataclasses import dataclass, replace

from aggregator.config import NewActor, SourceTable, lines_of, name_from, slug_of
from aggregator.model import Entry
from aggregator.sources import Select


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found.

    `kind` is what is there: "feed", "page", "calendar", "export" (from Facebook), "inbox" (written by hand) or
    "unknown". `entries` are of the address, or of the best that the site of a page has. `source` is the address that
    they come from ("" if there is none that could be asked again), `key` what feeds.toml has it under, and `select`
    the selectors that a page needs; `homepage` is their site's. `lines` are those for feeds.toml where they follow
    from none of these.
    """

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""
    homepage: str = ""
    key: str = "feed"
    select: Select | None = None
    lines: str = ""

    @property
    def actor(self) -> NewActor:
        """Whoever tells it, as feeds.toml would name them."""
        name = name_from(self.title) or "Aktörens namn"
        return self.told_by(NewActor(slug_of(name) or "aktor", name, homepage=self.homepage), self.source)

    def told_by(self, actor: NewActor, location: str) -> NewActor:
        """ACTOR with what was found as its source, at LOCATION; a page with selectors needs a table of its own."""
        if self.select is None:
            return replace(actor, kind=self.key, location=location)
        table: SourceTable = {self.key: location, "select": self.select.model_dump(exclude_none=True)}
        return replace(actor, tables={"nyheter": table})

    @property
    def toml(self) -> str:
        """Lines for feeds.toml that would read it."""
        return self.lines or (lines_of(self.actor) if self.source else "")
