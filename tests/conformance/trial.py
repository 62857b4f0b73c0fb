"""The collector on trial: feeds.toml, a store and a simulated clock, and what came of each round."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator import jobs
from aggregator.config import Config, load
from aggregator.model import Alarm, Host, Item, Visit
from aggregator.storage import Storage, open_storage, upgrade_storage
from conformance.town import Town, TownHost

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

HEAD = """
schema = 1
[site]
title = "Prov"
url = "https://prov.example/flode/"
authority = "prov.example"
contact = "redaktion@prov.example"
store = "news.db"
[collect]
"""
DEFAULTS = {"every": '"1h"', "timeout": '"1s"', "gap": '"0s"', "private_networks": '["127.0.0.0/8", "::1/128"]'}


@dataclass
class Trial:
    """`now` is where the clock stands; `round` collects what is due then."""

    town: Town
    folder: Path
    now: datetime = NOON
    settings: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)

    def follows(self, name: str, address: str | TownHost, page: bool = False, **keys: str) -> str:
        """Let actor NAME have its newsfeed, or a PAGE, at ADDRESS (a host: at its /feed); return the source's id."""
        location = address if isinstance(address, str) else f"{address.url}/feed"
        options = "".join(f"{key} = {value}\n" for key, value in keys.items())
        self.actors[name] = (
            f'[actor.{name}]\nname = "{name}"\narea = "Mariestad"\nhomepage = "https://{name}.example/"\n'
            f'[actor.{name}.source.nyheter]\n{"page" if page else "feed"} = "{location}"\n{options}'
        )
        return f"{name}/nyheter"

    @property
    def config(self) -> Config:
        path = self.folder / "feeds.toml"
        settings = "".join(f"{key} = {value}\n" for key, value in (DEFAULTS | self.settings).items())
        path.write_text(HEAD + settings + "".join(self.actors.values()), encoding="utf-8")
        return load(path)

    def round(self, later: timedelta = timedelta(), sources: list[str] | None = None) -> list[jobs.Call]:
        """Let some time pass, and collect what is due, or from SOURCES."""
        self.now += later
        config = self.config
        chosen = None if sources is None else [config.sources[id] for id in sources]
        with self.storage() as storage:
            return asyncio.run(jobs.collect(config, storage, self.now, chosen))

    @contextmanager
    def storage(self) -> Iterator[Storage]:
        with open_storage(self.config.store) as storage:
            yield storage

    def visit(self, id: str) -> Visit:
        with self.storage() as storage:
            return storage.visits()[id]

    def hosts(self) -> dict[str, Host]:
        with self.storage() as storage:
            return storage.hosts()

    def items(self, id: str) -> list[Item]:
        with self.storage() as storage:
            return list(storage.items(id, [], None))

    def alarms(self) -> dict[tuple[str, str], Alarm]:
        with self.storage() as storage:
            return {(alarm.source, alarm.kind): alarm for alarm in storage.alarms()}

    def alarm(self, source: str, kind: str) -> Alarm:
        alarms = self.alarms()
        assert (source, kind) in alarms, f"no alarm of {source} is about {kind}"
        return alarms[source, kind]

    def due(self, later: timedelta = timedelta()) -> set[str]:
        """The sources that would be called at LATER."""
        with self.storage() as storage:
            return {source.id for source in jobs.due(self.config, storage, self.now + later)}


@contextmanager
def trial() -> Iterator[Trial]:
    with Town() as town, TemporaryDirectory(prefix="nyhetsflode-") as folder:
        (Path(folder) / "news.db").write_bytes(_empty_store())
        yield Trial(town, Path(folder))


@cache
def _empty_store() -> bytes:
    """To copy a store is quicker than to make each by its migrations."""
    with TemporaryDirectory(prefix="nyhetsflode-") as folder:
        path = Path(folder) / "news.db"
        upgrade_storage(str(path))
        return path.read_bytes()
