"""Publish: make every file anew that is made from something new, and no other."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aggregator.config import Config
from aggregator.errors import OutputError
from aggregator.jobs.health import health
from aggregator.jobs.hub import note_for_hub
from aggregator.jobs.plan import remember_published
from aggregator.jobs.press import Press, digest_of, group_of
from aggregator.jobs.retag import name_of_rules
from aggregator.jobs.search import make_searchable
from aggregator.model import SWEDEN, Channel
from aggregator.publishing import (
    FORMATS,
    HAPPENINGS,
    STATUS_PATHS,
    Output,
    channels_of,
    common_paths,
    common_publications,
    made_by,
    neighbourhood,
    status_of,
    status_publications,
)
from aggregator.storage import Storage

# The groups that are no newsfeeds: the articles' pages, what belongs to no single newsfeed, and the search.
ARTICLES, COMMON, SEARCH = "nyhet", "gemensamt", "sok"

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


@dataclass(frozen=True, slots=True)
class _State:
    """What a group was last published from: what feeds.toml said, the version of the store, and the day."""

    said: str
    version: int
    day: date

    def __str__(self) -> str:
        return f"{self.said} {self.version} {self.day}"


def publish(
    config: Config,
    storage: Storage,
    now: datetime,
    full: bool = False,
    tell: Callable[[Channel, int], None] = lambda channel, of: None,
) -> Published:
    """Bring all of the output up to date; FULL makes every file again, whatever the manifest says."""
    output = Output(config.output)
    channels = _channels(config)
    problem = _publish_groups(config, storage, now, output, channels, groups_of(config), full, tell)
    note_for_hub(config, output, channels)
    output.finish()
    if problem:
        raise OutputError(problem)
    return Published(len(channels), output.changed, _left(output, channels))


def publish_group(config: Config, storage: Storage, now: datetime, group: str) -> int:
    """Bring one of `groups_of` up to date, while others may do so with the others; say how many files were other."""
    output = Output(config.output, desk=group)
    channels = _channels(config)
    problem = _publish_groups(config, storage, now, output, channels, [group])
    note_for_hub(config, output, channels)
    output.finish()
    if problem:
        raise OutputError(problem)
    return output.changed


def groups_of(config: Config) -> tuple[str, ...]:
    """What is published together, each with its part of the manifest, in the order in which one needs the others.

    The articles' pages; the nation, each county with its municipalities, and all networks; what belongs to no single
    newsfeed; the search.
    """
    return (ARTICLES, *_by_group(_channels(config)), COMMON, SEARCH)


def groups_touched(config: Config, storage: Storage, since: int) -> tuple[str, ...]:
    """Those of `groups_of` that may have to be other than they were at version SINCE of the store."""
    codes = frozenset(code for code, _ in storage.stories.touched(since))
    by_group = _by_group(_channels(config)).items()
    touched = [group for group, within in by_group if any(each.selection.may_carry(codes) for each in within)]
    articles = (ARTICLES,) if since < storage.stories.version() else ()
    return (*articles, *touched, COMMON, SEARCH)


def name_of_feeds(config: Config) -> str:
    """A name for all that feeds.toml says, and this code, of what is judged and of what is published."""
    return digest_of(name_of_rules(config), _what_is_said(config))


def _what_is_said(config: Config) -> str:
    return digest_of(made_by(), _said(config))


def _publish_groups(
    config: Config,
    storage: Storage,
    now: datetime,
    output: Output,
    channels: Sequence[Channel],
    groups: Collection[str],
    full: bool = False,
    tell: Callable[[Channel, int], None] = lambda channel, of: None,
) -> str:
    """Bring GROUPS up to date in OUTPUT; what the search says is wrong, or nothing."""
    if COMMON in groups:
        _publish_status(config, storage, output, now, full)
    state = _State(_what_is_said(config), storage.stories.version(), now.astimezone(SWEDEN).date())
    parts = {ARTICLES: (), **_by_group(channels)}
    stale = [
        group
        for group in groups
        if group in parts and (full or not output.is_made_from(f"@{group}", str(state), _paths_of(parts[group])))
    ]
    if stale:
        before = [_state_of(output, group, state) for group in stale]
        known = 0 if full or None in before else min(each.version for each in before if each)
        published_on = min((each.day for each in before if each), default=None)
        press = Press(config, storage, output, channels, now, known, full, published_on)
        if ARTICLES in stale:
            press.publish_articles()
        around = neighbourhood(channels)
        for channel in channels:
            if group_of(channel) in stale:
                if known == 0 or published_on != state.day or press.is_touched(channel):
                    press.publish_edition(channel, around[channel.path])
                press.publish_months(channel)
                tell(channel, len(channels))
        for group in stale:
            output.note(f"@{group}", str(state))
    if COMMON in groups:
        made = output.names()
        origin = digest_of(str(state), sorted(name for name in made if "#" in name))
        if full or not output.is_made_from(f"@{COMMON}", origin, common_paths(channels)):
            counts = storage.stories.counts(now - LATELY)
            output.publish(f"@{COMMON}", origin, common_publications(config.site, channels, counts, made))
        remember_published(config, storage)
    if SEARCH not in groups:
        return ""
    return make_searchable(config.output, output, digest_of(state.said, state.version), now)


def _state_of(output: Output, group: str, now: _State) -> _State | None:
    """What GROUP was last published from; None if that is of another feeds.toml, of another store, or not known."""
    said, _, told = output.origin(f"@{group}").partition(" ")
    version, _, day = told.partition(" ")
    if said != now.said or not version.isdigit() or int(version) > now.version:
        return None
    return _State(said, int(version), date.fromisoformat(day))


def _channels(config: Config) -> tuple[Channel, ...]:
    return channels_of(config.nation, config.counties, config.networks, config.areas, config.conditions, config.people)


def _by_group(channels: Iterable[Channel]) -> dict[str, tuple[Channel, ...]]:
    groups: dict[str, list[Channel]] = {}
    for channel in channels:
        groups.setdefault(group_of(channel), []).append(channel)
    return {group: tuple(within) for group, within in groups.items()}


def _paths_of(channels: Iterable[Channel]) -> list[str]:
    return [f"{channel.path}{name}" for channel in channels for name in FORMATS]


def _left(output: Output, channels: Iterable[Channel]) -> tuple[str, ...]:
    known = {channel.path for channel in channels}
    return tuple(sorted(name for name in output.names() if name.endswith("/") and name not in known))


def _publish_status(config: Config, storage: Storage, output: Output, now: datetime, full: bool) -> None:
    """How the sources are changes with every visit; only these files are made from it."""
    names = {source.id: config.actors[source.actor].name for source in config.sources.values()}
    status = status_of(config.site, health(config, storage, now), storage.alarms_told(HAPPENINGS), names)
    origin = digest_of(made_by(), status.shown)
    if full or not output.is_made_from("status", origin, STATUS_PATHS):
        output.publish("status", origin, status_publications(status))


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
