"""What actors and sources were called before; what is kept goes by their names of today."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Renames:
    """From the ids of before to those of today; a source's is "ACTOR/SOURCE".

    A source that feeds.toml does not have any more goes with its actor, and is not among `sources`.
    """

    actors: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def actor(self, id: str) -> str:
        """What the actor that was called ID is called today."""
        return self.actors.get(id, id)

    def source(self, id: str) -> str:
        """What the source that was called ID is called today."""
        actor, _, name = id.partition("/")
        return self.sources.get(id) or f"{self.actor(actor)}/{name}"

    @property
    def told(self) -> str:
        """All of it as a text, by which the store knows whether it has been done."""
        return " ".join(f"{old}>{new}" for names in (self.actors, self.sources) for old, new in sorted(names.items()))
