"""Actors that feeds.toml does not name any more: what they were called and where they were at home.

Their items stay, with their name and in their places, until an operator takes them down; so both are remembered of
every actor that ever was.
"""

import json
from dataclasses import replace
from typing import Any

from aggregator.config import Config
from aggregator.model import Actor
from aggregator.places import coded
from aggregator.storage import Storage

# By this name the store remembers them.
ACTORS = "actors"


def with_departed(config: Config, storage: Storage) -> Config:
    """CONFIG with the actors of before, as such that have left; one that was renamed is there under its new id."""
    gone = {
        id: Actor(id, told["name"], tuple(map(coded, told["areas"])), told["scope"], "left", None, *told["addresses"])
        for id, told in _remembered(storage).items()
        if id not in config.actors and id not in config.renames.actors
    }
    return replace(config, actors={**gone, **config.actors}) if gone else config


def remember_actors(config: Config, storage: Storage) -> None:
    """Remember the actors of CONFIG, and those of before."""
    known = _remembered(storage)
    now = {
        actor.id: {
            "name": actor.name,
            "areas": [place.code for place in actor.areas],
            "scope": actor.scope,
            "addresses": [actor.homepage, actor.facebook],
        }
        for actor in config.actors.values()
    }
    if known | now != known:
        storage.remember(ACTORS, json.dumps(known | now, ensure_ascii=False, sort_keys=True))


def _remembered(storage: Storage) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = json.loads(storage.recall(ACTORS) or "{}")
    return told
