"""What feeds.toml says of former names: `was = ["old-id"]` on an actor, a source or a network."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from aggregator.config.positions import Path
from aggregator.config.problems import did_you_mean
from aggregator.config.tables import File
from aggregator.model import Renames

Disagreement = tuple[Path, str, str]


def renames_in(file: File) -> Renames:
    return Renames(
        {old: id for id, actor in file.actor.items() for old in actor.was},
        {
            old: f"{id}/{name}"
            for id, actor in file.actor.items()
            for name, source in actor.sources.items()
            for old_actor in (*actor.was, id)
            for old_name in (*source.was, name)
            for old in [f"{old_actor}/{old_name}"]
            if old != f"{id}/{name}"
        },
    )


def hint_for(name: str, known: Collection[str], renamed: Mapping[str, str]) -> str:
    """What is meant by NAME, which is none of those KNOWN: it may have been RENAMED."""
    return f'it is called "{renamed[name]}" now' if name in renamed else did_you_mean(name, known)


def disagreements_of_renames(file: File) -> Iterator[Disagreement]:
    """A former name is nobody's name of today, and was of one only."""
    yield from _claimed(("actor",), "actor", {id: actor.was for id, actor in file.actor.items()})
    yield from _claimed(("network",), "network", {id: network.was for id, network in file.network.items()})
    for id, actor in file.actor.items():
        sources = {name: source.was for name, source in actor.sources.items()}
        yield from _claimed(("actor", id, "source"), f"source of actor.{id}", sources)


def _claimed(above: Path, kind: str, was: Mapping[str, Sequence[str]]) -> Iterator[Disagreement]:
    claimed: dict[str, str] = {}
    for id, olds in was.items():
        for number, old in enumerate(olds):
            where = (*above, id, "was", number)
            if old == id:
                yield where, f'"{old}" is its id of today', "was names the ids of before; remove it"
            elif old in was:
                chain = ", ".join(f'"{name}"' for name in (*was[old], old))
                hint = f"if {id} is the new name of {old}, remove {old} and write was = [{chain}]"
                yield where, f'there is still the {kind} "{old}"', hint
            elif claimed.setdefault(old, id) != id:
                yield where, f'"{old}" became "{claimed[old]}" already', "one of the two is mistaken"
