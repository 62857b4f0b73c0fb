"""The command that says what an edited feeds.toml would change."""

from typing import TYPE_CHECKING, Any

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, counted, say, say_json
from aggregator.errors import without_secrets

if TYPE_CHECKING:
    from aggregator.jobs import Plan
    from aggregator.model import Item

# So many titles of each newsfeed are shown to people; JSON has them all.
SHOWN = 5


def plan(config: ConfigOption = FEEDS, as_json: JsonOption = False) -> None:
    """What an edited feeds.toml would change: sources, newsfeeds, and items that would appear in or leave each of them.

    It is compared with what was last published. Nothing is fetched, and nothing is written.

    Exit code 0 whether anything would change or not, 2 if feeds.toml is wrong.

    Example: nyhetsflode plan --config edited.toml
    """
    from aggregator import jobs
    from aggregator.config import load
    from aggregator.storage import open_storage

    loaded = load(config)
    with open_storage(loaded.store) as storage:
        planned = jobs.plan(loaded, storage)
    if as_json:
        say_json(_values(planned))
    else:
        _show(planned)


def _show(plan: "Plan") -> None:
    if plan.is_first:
        say("Nothing was published from this store yet; all of feeds.toml would be new.")
        return
    sources, newsfeeds = plan.sources, plan.newsfeeds
    for id in sources.added:
        say(f"+ source {id}")
    for id in sources.lost:
        say(f"- source {id}")
    for id, (was, is_now) in sources.other.items():
        say(f"~ source {id}: {without_secrets(was)} → {without_secrets(is_now)}")
    for path in newsfeeds.added:
        say(f"+ newsfeed {path}")
    for path in newsfeeds.lost:
        say(f"- newsfeed {path}")
    for path, (was, is_now) in newsfeeds.other.items():
        say(f"~ newsfeed {path}: " + ("carries something else" if was == is_now else f"{was} → {is_now}"))
    for path, flow in plan.flows.items():
        say(f"{path} ({flow.name}): {counted(len(flow.appear), 'item')} would appear, {len(flow.leave)} would leave")
        _show_items("+", flow.appear)
        _show_items("-", flow.leave)
    if not (sources.any or newsfeeds.any or plan.flows):
        say("Nothing would change.")


def _show_items(sign: str, items: "tuple[Item, ...]") -> None:
    for item in items[:SHOWN]:
        say(f"    {sign} {item.entry.title}  ({item.source})")
    if len(items) > SHOWN:
        say(f"    {sign} and {len(items) - SHOWN} more")


def _values(plan: "Plan") -> dict[str, Any]:
    sources = {id: [without_secrets(was), without_secrets(now)] for id, (was, now) in plan.sources.other.items()}
    return {
        "first": plan.is_first,
        "sources": {"added": plan.sources.added, "lost": plan.sources.lost, "moved": sources},
        "newsfeeds": {
            "added": plan.newsfeeds.added,
            "lost": plan.newsfeeds.lost,
            "changed": list(plan.newsfeeds.other),
        },
        "items": {
            path: {
                "appear": [item.public_id for item in flow.appear],
                "leave": [item.public_id for item in flow.leave],
            }
            for path, flow in plan.flows.items()
        },
    }
