"""What operators know and the map cannot: other names, names that mislead, decisions on news of a kind."""

from dataclasses import dataclass

from aggregator.model.about import Theme, said
from aggregator.model.actors import Actor
from aggregator.model.entry import Kind
from aggregator.model.item import Item, page_of
from aggregator.model.source import PublishPolicy
from aggregator.places import Place

# Among the newsfeeds that a rule promotes to: that of the county in which the news is, whichever it is.
ITS_COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an operator decided of some news: of an actor or a source, with certain words, of a kind, or a single item
    by its address or its id.

    What is empty of `actor`, `source`, `words`, `item` and `kind` asks for nothing. The news is then about `places`,
    whatever it says; its theme is `theme` and its kind `becomes`; so much of it is published as `publish` says; it is
    hidden (`hide`), carried by the newsfeeds whose codes `promote` names (ITS_COUNTY is that of its county), or by
    those of all municipalities of its county (`fan_out`).
    """

    actor: str = ""
    words: tuple[str, ...] = ()
    item: str = ""
    places: tuple[Place, ...] = ()
    theme: Theme | None = None
    source: str = ""
    kind: Kind | None = None
    hide: bool = False
    promote: tuple[str, ...] = ()
    fan_out: bool = False
    publish: PublishPolicy | None = None
    becomes: Kind | None = None

    def applies(self, item: Item, actor: Actor, kind: Kind) -> bool:
        entry = item.entry
        return (
            self.actor in ("", actor.id)
            and self.source in ("", item.source)
            and self.kind in (None, kind)
            and (not self.item or self._names(item))
            and (not self.words or self.says(f"{entry.title}\n{entry.body}"))
        )

    def says(self, text: str) -> bool:
        """Whether any of the words stands in TEXT."""
        return said(self.words, text) is not None

    def _names(self, item: Item) -> bool:
        """Whether the rule's item is this one: by its address, its id, or that of its page with us."""
        page = "/" + page_of(item.public_id).strip("/")
        return self.item in (item.entry.url, item.public_id) or self.item.rstrip("/").endswith(page)

    def __str__(self) -> str:
        """What news it is for, by which an operator finds it again."""
        parts = (
            f"actor {self.actor}" if self.actor else "",
            f"source {self.source}" if self.source else "",
            f"kind {self.kind}" if self.kind else "",
            f"words {', '.join(self.words)}" if self.words else "",
            f"item {self.item}" if self.item else "",
        )
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a municipality that belongs to a network: the code that its news gets, and its localities."""

    code: str
    network: str
    municipality: str
    localities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What feeds.toml says that tagging goes by.

    `aliases` are names with the codes of their places; `near` are codes with the words of which one must stand in the
    text for the place's name to count; `rules` are asked in order, and the first that applies decides; `parts` are
    the municipalities of which only a part belongs to a network.
    """

    aliases: tuple[tuple[str, str], ...] = ()
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rules: tuple[Rule, ...] = ()
    parts: tuple[Part, ...] = ()


NOTHING_KNOWN = Knowledge()
