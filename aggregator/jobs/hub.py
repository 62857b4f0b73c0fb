"""Hub: tell the WebSub hub of every newsfeed that changed, so that those who listen need not ask."""

from collections.abc import Iterable

from aggregator.config import Config
from aggregator.errors import FetchError
from aggregator.fetching import tell_hub
from aggregator.model import Channel
from aggregator.publishing import SUBSCRIBED, Output

# Before the path of a newsfeed, in the manifest: the hub has not been told of it yet.
WAITING = "hub:"


def note_for_hub(config: Config, output: Output, channels: Iterable[Channel]) -> None:
    """Note which of the newsfeeds of CHANNELS were just written, so that the hub is told; without a hub, none are."""
    if config.site.hub:
        newsfeeds = {f"{channel.path}{name}" for channel in channels for name in SUBSCRIBED}
        for path in newsfeeds.intersection(output.written):
            output.note(f"{WAITING}{path}", "is to be told of")


async def ping(config: Config, group: str = "") -> str:
    """Tell the hub of all that waits, or of GROUP; the answer is a sentence if it did not take everything, else empty.

    What it did not take is told of in the next round; nothing of it hinders publishing.
    """
    output = Output(config.output, desk=group)
    waiting = sorted(name for name in output.names(group or None) if name.startswith(WAITING))
    if not waiting:
        return ""
    problem, told = "", 0
    try:
        if config.site.hub:
            topics = [f"{config.site.url}{name.removeprefix(WAITING)}" for name in waiting]
            async for topic in tell_hub(config.manners, config.site.hub, topics):
                output.forget(f"{WAITING}{topic.removeprefix(config.site.url)}")
                told += 1
        else:
            for name in waiting:
                output.forget(name)
    except FetchError as error:
        left = len(waiting) - told
        problem = f"the hub {error}; it is told of {left} changed newsfeeds next time"
    output.finish()
    return problem
