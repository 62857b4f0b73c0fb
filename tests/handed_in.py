"""Exports that are handed in for an actor, and what the store then has."""

from datetime import datetime
from pathlib import Path
from typing import Any

from exports import page_export, zipped
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.jobs import Import
from aggregator.model import Item
from aggregator.storage import open_storage

SOURCE = """
[actor.prov]
name = "Provköping Ställer Om"
area = "Mariestad"
facebook = "https://www.facebook.com/ProvkopingStallerOm"

[actor.prov.source.facebook]
export = "inbox/prov/"
"""


def take(config: Config, *paths: Path, now: datetime = NOON, **how: bool) -> Import:
    [source] = jobs.export_sources(config)
    with open_storage(config.store) as storage:
        return jobs.import_paths(config, storage, source, paths, now, **how)


def items(config: Config) -> dict[str, Item]:
    with open_storage(config.store) as storage:
        return {item.entry.title: item for item in storage.items()}


def export(folder: Path, *posts: dict[str, Any], name: str = "facebook.zip") -> Path:
    return zipped(folder / name, page_export(list(posts)))
