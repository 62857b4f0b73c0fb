"""Plan: what an edited feeds.toml would change of what was last published, without changing it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.config import Config
from aggregator.jobs.departed import with_departed
from aggregator.jobs.retag import judged
from aggregator.model import Channel, Item, Selection, Story, stories_in
from aggregator.publishing import channels_of
from aggregator.storage import Storage

# By this name the store remembers what feeds.toml said when it was last published.
PUBLISHED = "published newsfeeds"


@dataclass(frozen=True, slots=True)
class Flow:
    """A newsfeed, by its path: the items (those that lead their stories) that would `appear` in it or `leave` it."""

    name: str
    appear: tuple[Item, ...] = ()
    leave: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """What was added to, lost from, and is other in a list of named things; `other` says what it was and what it is."""

    added: tuple[str, ...]
    lost: tuple[str, ...]
    other: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.added or self.lost or self.other)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change: of the sources their addresses, of the newsfeeds their names or what they carry, and of each
    newsfeed, by its path, the items. `is_first`: nothing was published yet with which it could be compared."""

    sources: Changed
    newsfeeds: Changed
    flows: Mapping[str, Flow]
    is_first: bool = False


def plan(config: Config, storage: Storage) -> Plan:
    """What would be other if what CONFIG says were published; nothing is fetched, and nothing is kept."""
    config = with_departed(config, storage)
    told = storage.recall(PUBLISHED)
    was = json.loads(told) if told else {"sources": {}, "newsfeeds": {}}
    now = {channel.path: channel for channel in _channels(config)}
    before = {path: _selection(values["carries"]) for path, values in was["newsfeeds"].items()}
    names = {path: values["name"] for path, values in was["newsfeeds"].items()}
    flows = _flows(config, storage, before, names, now) if told else {}
    newsfeeds = {path: (values["name"], json.dumps(values["carries"])) for path, values in was["newsfeeds"].items()}
    newsfeeds_now = {path: (channel.name, json.dumps(_values(channel.selection))) for path, channel in now.items()}
    return Plan(
        _changed({config.renames.source(id): told for id, told in was["sources"].items()}, _sources(config)),
        Changed(
            tuple(sorted(newsfeeds_now.keys() - newsfeeds.keys())),
            tuple(sorted(newsfeeds.keys() - newsfeeds_now.keys())),
            {
                path: (newsfeeds[path][0], newsfeeds_now[path][0])
                for path in sorted(newsfeeds.keys() & newsfeeds_now.keys())
                if newsfeeds[path] != newsfeeds_now[path]
            },
        ),
        flows,
        not told,
    )


def remember_published(config: Config, storage: Storage) -> None:
    """Let the next plan know what is published now."""
    newsfeeds = {
        channel.path: {"name": channel.name, "carries": _values(channel.selection)} for channel in _channels(config)
    }
    told = json.dumps({"sources": _sources(config), "newsfeeds": newsfeeds}, ensure_ascii=False)
    if told != storage.recall(PUBLISHED):
        storage.remember(PUBLISHED, told)


def _channels(config: Config) -> tuple[Channel, ...]:
    return channels_of(config.nation, config.counties, config.networks, config.areas)


def _sources(config: Config) -> dict[str, str]:
    return {source.id: source.location for source in config.live_sources.values()}


def _changed(was: Mapping[str, str], now: Mapping[str, str]) -> Changed:
    both = sorted(was.keys() & now.keys())
    other = {name: (was[name], now[name]) for name in both if was[name] != now[name]}
    return Changed(tuple(sorted(now.keys() - was.keys())), tuple(sorted(was.keys() - now.keys())), other)


def _flows(
    config: Config,
    storage: Storage,
    before: Mapping[str, Selection],
    names: Mapping[str, str],
    now: Mapping[str, Channel],
) -> dict[str, Flow]:
    appear: dict[str, list[Item]] = {}
    leave: dict[str, list[Item]] = {}
    selections = {path: channel.selection for path, channel in now.items()}
    for story in storage.stories.changed(0):
        [judged_anew] = stories_in(judged(config, item) for item in story.items)
        carried, will_be = set(_carrying(before, story)), set(_carrying(selections, judged_anew))
        for path in will_be - carried:
            appear.setdefault(path, []).append(judged_anew.leader)
        for path in carried - will_be:
            leave.setdefault(path, []).append(story.leader)
    return {
        path: Flow(
            now[path].name if path in now else names[path], tuple(appear.get(path, ())), tuple(leave.get(path, ()))
        )
        for path in sorted(appear.keys() | leave.keys())
    }


def _carrying(selections: Mapping[str, Selection], story: Story) -> Iterator[str]:
    codes = story.codes
    return (path for path, selection in selections.items() if selection.may_carry(codes) and selection.carries(story))


def _values(selection: Selection) -> dict[str, Any]:
    return {
        "everything": sorted(selection.everything),
        "events": sorted(selection.events),
        "without": sorted(selection.without),
        "beside": [_values(other) for other in selection.beside],
    }


def _selection(values: Mapping[str, Any]) -> Selection:
    return Selection(
        frozenset(values["everything"]),
        frozenset(values["events"]),
        frozenset(values["without"]),
        tuple(map(_selection, values["beside"])),
    )
