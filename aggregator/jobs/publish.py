"""Publish: make every file anew that is made from something new, and no other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.config import Config
from aggregator.errors import OutputError
from aggregator.jobs.health import health
from aggregator.jobs.hub import note_for_hub
from aggregator.jobs.plan import remember_published
from aggregator.jobs.press import UPDATED, Press, digest_of
from aggregator.jobs.search import make_searchable
from aggregator.model import SWEDEN, Channel, Publication
from aggregator.publishing import (
    HAPPENINGS,
    STATUS_PATHS,
    WHOLE,
    Output,
    channels_of,
    common_paths,
    common_publications,
    expired,
    formats_of,
    has_corrections,
    made_by,
    neighbourhood,
    status_of,
    status_publications,
)
from aggregator.storage import Storage

# Which of its files a newsfeed that is no more says so in, and what is noted instead of what it was made from.
FEED, ENDED = "feed.json", "ended"

# The map shows how much came out in so many days.
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Published:
    """How many newsfeeds there are, and how many files were new or changed.

    `left` are folders of newsfeeds that were published once and are no more: what stands there is not kept up.
    """

    newsfeeds: int
    changed: int
    left: tuple[str, ...] = ()


def publish(
    config: Config,
    storage: Storage,
    now: datetime,
    full: bool = False,
    tell: Callable[[Channel, int], None] = lambda channel, of: None,
) -> Published:
    """Bring the output up to date; FULL makes every file again, whatever the manifest says."""
    day = now.astimezone(SWEDEN).date()
    channels = channels_of(
        config.nation, config.counties, config.networks, config.areas, config.conditions, config.people
    )
    output = Output(config.output)
    _publish_status(config, storage, output, now, full)
    version = storage.stories.version()
    said = digest_of(made_by(), _said(config))
    all_of_it = digest_of(said, version, day)
    if full or not output.is_made_from("everything", all_of_it, _all_paths(channels)):
        known = 0 if full or output.origin("said") != said else output.version(version)
        press = Press(config, storage, output, channels, now, since=known, full=full)
        press.publish_articles()
        around = neighbourhood(channels)
        for channel in channels:
            is_other = known == 0 or output.origin("day") != str(day) or press.is_touched(channel)
            press.publish_months(channel)
            if is_other:
                press.publish_edition(channel, around[channel.path])
            if is_other and has_corrections(channel):
                press.publish_corrections(channel)
            tell(channel, len(channels))
        press.publish_corrections(WHOLE)
        counts = storage.stories.counts(now - LATELY)
        common = common_publications(
            config.site, channels, counts, output.names, press.newest(), _updated(output, press, channels)
        )
        output.publish("everything", all_of_it, common)
        _finish_left(output, _left(output, channels))
        output.note("said", said)
        output.note("day", str(day))
        output.note("version", str(version))
    remember_published(config, storage)
    problem = make_searchable(config.output, output, digest_of(said, version), now)
    note_for_hub(config, output, [*channels, WHOLE])
    output.finish()
    if problem:
        raise OutputError(problem)
    return Published(len(channels), output.changed, _left(output, channels))


def _updated(output: Output, press: Press, channels: Iterable[Channel]) -> dict[str, datetime]:
    """When each newsfeed last changed, in this round or in one before."""
    noted = {channel.path: output.origin(f"{channel.path}{UPDATED}") for channel in channels}
    return {path: datetime.fromisoformat(moment) for path, moment in noted.items() if moment} | press.updated


def _finish_left(output: Output, left: Iterable[str]) -> None:
    """Let programs know that nothing follows in the newsfeeds that are LEFT; JSON Feed alone has a word for it.

    What such a newsfeed was made from is forgotten, so that it is made again if it comes back.
    """
    for path in left:
        document = output.read(f"{path}{FEED}")
        if document and output.origin(path) != ENDED:
            output.publish(path, ENDED, [Publication(f"{path}{FEED}", expired(document))])


def _left(output: Output, channels: Iterable[Channel]) -> tuple[str, ...]:
    known = {channel.path for channel in channels}
    return tuple(sorted(name for name in output.names if name.endswith("/") and name not in known))


def _publish_status(config: Config, storage: Storage, output: Output, now: datetime, full: bool) -> None:
    """How the sources are changes with every visit; only these files are made from it."""
    names = {source.id: config.actors[source.actor].name for source in config.sources.values()}
    status = status_of(config.site, health(config, storage, now), storage.alarms_told(HAPPENINGS), names)
    origin = digest_of(made_by(), status.shown)
    if full or not output.is_made_from("status", origin, STATUS_PATHS):
        output.publish("status", origin, status_publications(status))


def _all_paths(channels: Sequence[Channel]) -> list[str]:
    paths = (f"{channel.path}{name}" for channel in (*channels, WHOLE) for name in formats_of(channel))
    return [*paths, *common_paths(channels)]


def _said(config: Config) -> list[object]:
    """What feeds.toml says that any published file depends on."""
    return [
        config.site,
        config.nation,
        config.counties,
        config.networks,
        config.areas,
        config.conditions,
        [person for person in config.people if person.public],
        config.actors,
        config.sources,
    ]
