"""Commands about the places and themes of what is kept."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, now, say, say_json
from aggregator.cli.look import finding_values

if TYPE_CHECKING:
    from aggregator.jobs import Explained, Move
    from aggregator.matching import Bond
    from aggregator.model import Finding, Item


def retag(
    config: ConfigOption = FEEDS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would move.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Ask the rules again for everything that is kept, and report what moved; `publish` then brings it to readers.

    Example: nyhetsflode retag --dry-run
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    loaded = load(config)
    with open_storage(loaded.store) as storage, storage.alone("retag"):
        retagged = jobs.retag(loaded, storage, now(), keep=not dry_run)
    moved = [move for move in retagged.moves if move.changes_places]
    if as_json:
        for move in moved:
            say_json(_move_values(move))
    elif not quiet:
        for move in moved:
            say(f"{move.after.entry.title}  [{_places(move.before)} → {_places(move.after)}]  {move.after.public_id}")
        others = len(retagged.moves) - len(moved)
        would = "would move" if dry_run else "moved"
        say(f"Asked about {retagged.asked} items: {len(moved)} {would}, {others} have other evidence or themes only.")


def explain(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Its public id, its address, or words of its title.")],
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
) -> None:
    """Why an item is in each newsfeed: which rule, which words, what was considered and rejected.

    Example: nyhetsflode explain "Ny cykelväg"
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.errors import AggregatorError
    from aggregator.storage import open_storage

    loaded = load(config)
    with open_storage(loaded.store) as storage:
        found = jobs.explain(loaded, storage, item)
    if not found:
        raise AggregatorError(f'no item has the id or the address "{item}", or has it in its title')
    for explained in found:
        if as_json:
            say_json(_explained_values(explained))
        else:
            _show(explained)


def split(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Its public id, or its address.")],
    config: ConfigOption = FEEDS,
) -> None:
    """Let an item that was taken for another's news be news of its own, for good; `publish` then brings it to readers.

    Example: nyhetsflode split https://cykel.example/nyhet/1
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    with open_storage(load(config).store) as storage, storage.alone("split"):
        found = jobs.split(storage, item, now())
    say(f"{found.entry.title}: told by itself from now on; 'nyhetsflode publish' writes the newsfeeds.")


def _show(explained: "Explained") -> None:
    from aggregator.places import name_of

    item = explained.item
    say(item.entry.title)
    say(f"  {item.public_id}  {item.entry.url}")
    say(f"  About: {_places(item)}" + (f"; themes: {', '.join(item.themes)}" if item.themes else ""))
    for finding in explained.counted:
        say(f"    + {name_of(finding.code)} ({finding.code}): {_because(finding)}")
    for finding in explained.rejected:
        say(f"    - {name_of(finding.code)} ({finding.code}): {_because(finding)}; not counted: {finding.rejected}")
    if item.hidden:
        say(f"  Hidden: {item.hidden}")
    if explained.bonds:
        leader = explained.story.leader
        say("  Its story is told by several; " + ("it leads it" if leader == item else f"led by {_named(leader)}"))
        for other, bond in explained.bonds:
            say(f"    = {_named(other)}: {_bound(bond)}")
    say("  Newsfeeds that carry it:" + ("" if explained.carried_by else " none"))
    for channel in explained.carried_by:
        say(f"    {channel.name} ({channel.level}): {channel.path}")
    if explained.now.codes != item.codes:
        say(f"  Asked again now, the rules would say: {_places(explained.now)} (nyhetsflode retag)")
    say()


def _named(item: "Item") -> str:
    seen = "" if item.is_visible else ", not to be seen"
    return f'"{item.entry.title}" ({item.source}{seen}) {item.public_id}'


def _bound(bond: "Bond | None") -> str:
    if bond is None:
        return "by what a third one tells, or by what one of them told before"
    how = {
        "link": "by the same link",
        "event": "as the same event",
        "text": f"by the same text, {bond.score:.0%} of it",
    }
    return how[bond.by]


def _because(finding: "Finding") -> str:
    words = f' "{finding.words}"' if finding.words else ""
    return f"rule {finding.rule}{words}, score {finding.score:.2f}"


def _places(item: "Item") -> str:
    from aggregator.places import name_of

    return ", ".join(name_of(code) for code in sorted(item.codes)) or "no place"


def _move_values(move: "Move") -> dict[str, Any]:
    return {
        "id": move.after.public_id,
        "title": move.after.entry.title,
        "before": sorted(move.before.codes),
        "after": sorted(move.after.codes),
    }


def _explained_values(explained: "Explained") -> dict[str, Any]:
    item = explained.item
    return {
        "id": item.public_id,
        "url": item.entry.url,
        "title": item.entry.title,
        "places": sorted(item.codes),
        "themes": list(item.themes),
        "findings": [finding_values(finding) for finding in item.findings],
        "story": explained.story.leader.told_in,
        "told_with": [
            {
                "id": other.public_id,
                "source": other.source,
                "by": bond and bond.by,
                "score": bond and round(bond.score, 2),
            }
            for other, bond in explained.bonds
        ],
        "newsfeeds": [channel.path for channel in explained.carried_by],
        "places_if_asked_again": sorted(explained.now.codes),
    }
