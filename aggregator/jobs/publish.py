"""Publish: write the edition of every newsfeed that is made from something new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from aggregator.config import Config
from aggregator.jobs.health import health
from aggregator.model import SWEDEN, Article, Channel, Edition, Item
from aggregator.publishing import (
    FORMATS,
    HAPPENINGS,
    NEWEST,
    STATUS_PATHS,
    Output,
    article_of,
    channels_of,
    common_paths,
    common_publications,
    edition_of,
    made_by,
    neighbourhood,
    publications_of,
    status_of,
    status_publications,
)
from aggregator.storage import Storage


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
    channels = channels_of(config.nation, config.counties, config.networks, config.areas)
    output = Output(config.output)
    _publish_status(config, storage, output, full)
    all_of_it = _digest(made_by(), _said(config), storage.version(), day)
    if not full and output.is_made_from("everything", all_of_it, _all_paths(channels)):
        output.finish()
        return Published(len(channels), output.changed, _left(output, channels))
    around = neighbourhood(channels)
    told_of = storage.places()
    articles: dict[str, Article] = {}
    for channel in channels:
        items = storage.select(channel.selection, NEWEST) if channel.selection.may_carry(told_of) else []
        edition = edition_of(config.site, channel, _articles(config, items, articles), day)
        origin = _digest(made_by(), _shown(edition), [_shown_of(other) for other in around[channel.path]])
        if full or not output.is_made_from(channel.path, origin, _paths([channel])):
            output.publish(channel.path, origin, publications_of(edition, around[channel.path]))
        tell(channel, len(channels))
    output.publish("everything", all_of_it, common_publications(config.site, channels))
    output.finish()
    return Published(len(channels), output.changed, _left(output, channels))


def _left(output: Output, channels: Iterable[Channel]) -> tuple[str, ...]:
    known = {channel.path for channel in channels} | {"everything", "status"}
    return tuple(sorted(output.names - known))


def _publish_status(config: Config, storage: Storage, output: Output, full: bool) -> None:
    """How the sources are changes with every visit; only these files are made from it."""
    names = {source.id: config.actors[source.actor].name for source in config.sources.values()}
    status = status_of(config.site, health(config, storage), storage.alarms_told(HAPPENINGS), names)
    origin = _digest(made_by(), status.shown)
    if full or not output.is_made_from("status", origin, STATUS_PATHS):
        output.publish("status", origin, status_publications(status))


def _articles(config: Config, items: Iterable[Item], made: dict[str, Article]) -> list[Article]:
    """An item becomes an article once, and is used in every newsfeed that carries it."""
    for item in items:
        if item.public_id not in made:
            made[item.public_id] = article_of(item, config.actors, config.sources)
    return [made[item.public_id] for item in items]


def _paths(channels: Iterable[Channel]) -> list[str]:
    return [f"{channel.path}{name}" for channel in channels for name in FORMATS]


def _all_paths(channels: Sequence[Channel]) -> list[str]:
    return [*_paths(channels), *common_paths(channels)]


def _said(config: Config) -> list[object]:
    """What feeds.toml says that any published file depends on."""
    return [config.site, config.nation, config.counties, config.networks, config.areas, config.actors, config.sources]


def _shown(edition: Edition) -> list[object]:
    return [edition.site, _shown_of(edition.channel), edition.articles, edition.day]


def _shown_of(channel: Channel) -> list[object]:
    return [channel.level, channel.path, channel.name, channel.places, channel.note, channel.official, channel.contact]


def _digest(*things: object) -> str:
    """A name for the values of THINGS, which are made of dataclasses and tuples and so look the same every time."""
    return blake2b(repr(things).encode(), digest_size=16).hexdigest()
