"""Commands about the places and themes of what is kept."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, counted, now, say, say_json, tell
from aggregator.cli.look import finding_values

if TYPE_CHECKING:
    from aggregator.config import Config
    from aggregator.jobs import Explained, Move
    from aggregator.matching import Bond
    from aggregator.model import Channel, Finding, Item


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
            before, after = _places(loaded, move.before), _places(loaded, move.after)
            say(f"{move.after.entry.title}  [{before} → {after}]  {move.after.public_id}")
        others = len(retagged.moves) - len(moved)
        would = "would move" if dry_run else "moved"
        have = "has" if others == 1 else "have"
        say(
            f"Asked about {counted(retagged.asked, 'item')}: {len(moved)} {would}, "
            f"{others} {have} other evidence or themes only."
        )


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
            _show(loaded, explained)


def split(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Its public id, or its address.")],
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Let an item that was taken for another's news be news of its own, for good; `publish` then brings it to readers.

    Example: nyhetsflode split https://cykel.example/nyhet/1
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    with open_storage(load(config).store) as storage, storage.alone("split"):
        found = jobs.split(storage, item, now())
    told = f"{found.entry.title}: told by itself from now on; 'nyhetsflode publish' writes the newsfeeds."
    tell({"id": found.public_id, "title": found.entry.title}, [told], as_json, quiet)


def _show(config: "Config", explained: "Explained") -> None:
    item = explained.item
    say(item.entry.title)
    say(f"  {item.public_id}  {item.entry.url}")
    themes = f"; themes: {', '.join(item.themes)}" if item.themes else ""
    say(f"  About: {_places(config, item)}{themes}; kind: {item.kind}")
    for finding in explained.counted:
        if finding.tells_place:
            say(f"    + {config.name_of(finding.code)} ({finding.code}): {_because(finding)}")
    for finding in explained.rejected:
        name = config.name_of(finding.code)
        say(f"    - {name} ({finding.code}): {_because(finding)}; not counted: {finding.rejected}")
    if item.hidden or item.withheld:
        say(f"  Hidden: {item.hidden or item.withheld}")
    if item.terms:
        say(f"  Published: {item.terms}")
    if explained.bonds:
        leader = explained.story.leader
        say("  Its story is told by several; " + ("it leads it" if leader == item else f"led by {_named(leader)}"))
        for other, bond in explained.bonds:
            say(f"    = {_named(other)}: {_bound(bond)}")
    say("  Newsfeeds that carry it:" + ("" if explained.carried_by else " none"))
    for channel in explained.carried_by:
        say(f"    {channel.name} ({channel.level}): {channel.path}  {_brought(config, explained, channel)}")
    for channel in explained.left_out_of:
        left = ", ".join(sorted({one.actor for one in explained.story.items if one.is_visible}))
        say(f"  Left out: {channel.name} ({channel.level}): {channel.path}  without what only {left} tells")
    if explained.now.codes != item.codes:
        say(f"  Asked again now, the rules would say: {_places(config, explained.now)} (nyhetsflode retag)")
    say()


def _brought(config: "Config", explained: "Explained", channel: "Channel") -> str:
    """Which rules bring it into CHANNEL."""
    brought = explained.brought[channel.path]
    rules = dict.fromkeys(f"{finding.rule} {config.name_of(finding.code)}" for finding in brought)
    if len(rules) > 3:
        rules = dict.fromkeys(finding.rule for finding in brought)
    return f"by {', '.join(rules)}" if rules else "since no other does"


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


def _places(config: "Config", item: "Item") -> str:
    """What ITEM is about, and where else it is carried."""
    about = ", ".join(config.name_of(code) for code in sorted(item.about)) or "no place"
    elsewhere = sorted({finding.rule for finding in item.findings if finding.code in item.codes - item.about})
    return f"{about} (and by {', '.join(elsewhere)})" if elsewhere else about


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
        "places": sorted(item.about),
        "kind": item.kind,
        "hidden": item.hidden or item.withheld,
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
        "left_out_of": [channel.path for channel in explained.left_out_of],
        "because": {path: [finding_values(finding) for finding in found] for path, found in explained.brought.items()},
        "places_if_asked_again": sorted(explained.now.about),
    }
