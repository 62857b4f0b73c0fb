"""Publish: make every file anew that is made from something new, and no other."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aggregator.config import Config
from aggregator.errors import OutputError
from aggregator.jobs.departed import with_departed
from aggregator.jobs.health import health
from aggregator.jobs.hub import note_for_hub
from aggregator.jobs.plan import remember_published
from aggregator.jobs.press import UPDATED, Press, digest_of, group_of
from aggregator.jobs.retag import name_of_rules
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

# The groups that are no newsfeeds: the articles' pages, what belongs to no single newsfeed, and the search; and that of
# the networks, the only newsfeeds that may be no more one day.
ARTICLES, COMMON, SEARCH, NETWORKS = "nyhet", "gemensamt", "sok", "natverk"
BESIDE_NEWSFEEDS = frozenset({COMMON, SEARCH})

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
    config, output = with_departed(config, storage), Output(config.output)
    channels = _channels(config)
    problem = _publish_groups(config, storage, now, output, channels, groups_of(config), full, tell)
    note_for_hub(config, output, [*channels, WHOLE])
    output.finish()
    if problem:
        raise OutputError(problem)
    return Published(len(channels), output.changed, _left(output, channels))


def publish_group(config: Config, storage: Storage, now: datetime, group: str) -> int:
    """Bring one of `groups_of` up to date, while others may do so with the others; say how many files were other."""
    config, output = with_departed(config, storage), Output(config.output, desk=group)
    channels = _channels(config)
    problem = _publish_groups(config, storage, now, output, channels, [group])
    note_for_hub(config, output, [*channels, WHOLE])
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
    # Where several publish, each its own group, what the newsfeeds have may be other than it was, of the same news.
    is_common_due = COMMON in groups and (bool(stale) or len(groups) == 1 or not _is_common_of(output, state, channels))
    if stale or is_common_due:
        before = [_state_of(output, group, state.version) for group in stale]
        is_as_said = not full and all(each and each.said == state.said for each in before)
        published = min((each.version if each else 0 for each in before), default=state.version)
        published_on = min((each.day for each in before if each), default=None)
        known = published if is_as_said else 0
        press = Press(config, storage, output, channels, now, known, full, published, published_on)
        if ARTICLES in stale:
            press.publish_articles()
        around = neighbourhood(channels)
        for channel in channels:
            if group_of(channel) in stale:
                is_other = known == 0 or published_on != state.day or press.is_touched(channel)
                press.publish_months(channel)
                if is_other:
                    press.publish_edition(channel, around[channel.path])
                if is_other and has_corrections(channel):
                    press.publish_corrections(channel)
                tell(channel, len(channels))
        if NETWORKS in stale:
            _finish_left(output, _left(output, channels))
        for group in stale:
            output.note(f"@{group}", str(state))
        if is_common_due:
            counts = storage.stories.counts(now - LATELY)
            _publish_common(config, output, channels, press, counts, state, full)
    if COMMON in groups:
        remember_published(config, storage)
    if SEARCH not in groups:
        return ""
    return make_searchable(config.output, output, digest_of(state.said, state.version), now)


def _is_common_of(output: Output, state: _State, channels: Sequence[Channel]) -> bool:
    """Whether what belongs to no single newsfeed was made of STATE, and is still there."""
    noted = output.origin(f"@{COMMON}")
    return noted.startswith(f"{state} ") and output.is_made_from(f"@{COMMON}", noted, _common_paths(channels))


def _publish_common(
    config: Config,
    output: Output,
    channels: Sequence[Channel],
    press: Press,
    counts: Mapping[str, int],
    state: _State,
    full: bool,
) -> None:
    """What belongs to no single newsfeed: made from the state of the store, and from what the newsfeeds have."""
    made, updated = output.names(), _updated(output, press, channels)
    periods = sorted(name for name in made if "#" in name and not name.startswith(WHOLE.path))
    origin = f"{state} {digest_of(sorted(updated.items()), periods)}"
    if full or not output.is_made_from(f"@{COMMON}", origin, _common_paths(channels)):
        press.publish_corrections(WHOLE)
        common = common_publications(config.site, channels, counts, made, press.newest(), updated)
        output.publish(f"@{COMMON}", origin, common)


def _common_paths(channels: Sequence[Channel]) -> list[str]:
    return [*(f"{WHOLE.path}{name}" for name in formats_of(WHOLE)), *common_paths(channels)]


def _state_of(output: Output, group: str, newest: int) -> _State | None:
    """What GROUP was last published from; None if that is not known, or, being after NEWEST, of another store."""
    said, _, told = output.origin(f"@{group}").partition(" ")
    version, _, day = told.partition(" ")
    if not version.isdigit() or int(version) > newest:
        return None
    return _State(said, int(version), date.fromisoformat(day))


def _channels(config: Config) -> tuple[Channel, ...]:
    return channels_of(config.nation, config.counties, config.networks, config.areas, config.conditions, config.people)


def _by_group(channels: Iterable[Channel]) -> dict[str, tuple[Channel, ...]]:
    """The newsfeeds of each group; that of the networks is there without any too, for those that are no more."""
    groups: dict[str, list[Channel]] = {}
    for channel in channels:
        groups.setdefault(group_of(channel), []).append(channel)
    groups.setdefault(NETWORKS, [])
    return {group: tuple(within) for group, within in groups.items()}


def _paths_of(channels: Iterable[Channel]) -> list[str]:
    return [f"{channel.path}{name}" for channel in channels for name in formats_of(channel)]


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
