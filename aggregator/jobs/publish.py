"""Publish: make every file anew that is made from something new, and no other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.config import Config
from aggregator.errors import OutputError
from aggregator.jobs.health import health
from aggregator.jobs.hub import note_for_hub
from aggregator.jobs.plan import remember_published
from aggregator.jobs.press import Press, digest_of
from aggregator.jobs.search import make_searchable
from aggregator.model import SWEDEN, Channel
from aggregator.publishing import (
    CORRECTION_FORMATS,
    FORMATS,
    HAPPENINGS,
    STATUS_PATHS,
    WHOLE,
    Output,
    channels_of,
    common_paths,
    common_publications,
    has_corrections,
    made_by,
    neighbourhood,
    status_of,
    status_publications,
)
from aggregator.storage import Storage

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
        output.publish(
            "everything", all_of_it, common_publications(config.site, channels, counts, output.names, press.newest())
        )
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
    corrected = [WHOLE, *filter(has_corrections, channels)]
    return [
        *(f"{channel.path}{name}" for channel in channels for name in FORMATS),
        *(f"{channel.path}{name}" for channel in corrected for name in CORRECTION_FORMATS),
        *common_paths(channels),
    ]


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
