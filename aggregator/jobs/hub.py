"""Hub: tell the WebSub hub of every newsfeed that changed, so that those who listen need not ask."""

from aggregator.config import Config
from aggregator.errors import FetchError
from aggregator.fetching import tell_hub
from aggregator.publishing import SUBSCRIBED, Output

# Before the path of a newsfeed, in the manifest: the hub has not been told of it yet.
WAITING = "hub:"


def note_for_hub(config: Config, output: Output) -> None:
    """Note which newsfeeds that were just written the hub must be told of; without a hub, none are."""
    for path in output.written if config.site.hub else ():
        if path.rpartition("/")[2] in SUBSCRIBED and "/arkiv/" not in path:
            output.note(f"{WAITING}{path}", "is to be told of")


async def ping(config: Config) -> str:
    """Tell the hub of all that waits; the answer is a sentence if it did not take everything, else empty.

    What it did not take is told of in the next round; nothing of it hinders publishing.
    """
    output = Output(config.output)
    waiting = sorted(name for name in output.names if name.startswith(WAITING))
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
        problem = f"the hub {error}; it will be told of {left} changed newsfeeds in the next round"
    output.finish()
    return problem
