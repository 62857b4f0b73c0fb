"""What a worker does: each kind of job, in terms of the same functions that a round on one machine is made of."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aggregator import jobs
from aggregator.config import Config
from aggregator.errors import AggregatorError
from aggregator.fetching import Fetcher, fetcher
from aggregator.model import SWEDEN, Host, Manners
from aggregator.publishing import folder_of
from aggregator.sources import ExportSource, InboxSource
from aggregator.storage import Locks, Storage
from aggregator.working.queue import DEPLOY, Wanted, call_of, publishing_of

# By these names the store remembers what the workers go by, and what each group was last published from.
FEEDS, PUBLISHED = "feeds", "published:"

# How often it is asked for a lock that another holds.
ASK_SECONDS = 0.2


class Shared:
    """A gate to the hosts that all workers go through (`fetching.hosts.Gate`)."""

    def __init__(self, storage: Storage, locks: Locks) -> None:
        self._storage = storage
        self.hold, self.drop = locks.hold, locks.drop

    def known(self, host: str) -> Host:
        return self._storage.hosts(host).get(host, Host(host))

    def learn(self, host: Host) -> None:
        self._storage.keep_hosts([host])


@dataclass
class Hands:
    """One process at work. CONFIG gives feeds.toml as it is now, CLOCK the moment; TELL is called with what went wrong.

    `is_fresh` tells that feeds.toml was not taken up yet since we began or it was edited: who comes with a new one
    makes it that of all, and who goes by another does nothing until theirs is the same.
    """

    config: Callable[[], Config]
    storage: Storage
    locks: Locks
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    is_fresh: bool = True
    network: jobs.Network = field(default_factory=jobs.Network)
    _web: tuple[Manners, Fetcher] | None = None
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _named: tuple[Config, str] | None = None

    async def close(self) -> None:
        await self._open.aclose()

    @property
    def feeds(self) -> str:
        """A name for what feeds.toml says, and this code."""
        config = self.config()
        if self._named is None or self._named[0] is not config:
            self._named = config, jobs.name_of_feeds(config)
        return self._named[1]

    def agrees(self) -> bool:
        """Whether what the workers go by is our feeds.toml."""
        return self.storage.recall(FEEDS) == self.feeds

    @asynccontextmanager
    async def holding(self, lock: str, attempts: int = 0) -> AsyncIterator[None]:
        """Hold LOCK, whatever the queue thinks; why the job fails that does so is kept for `nyhetsflode status`."""
        while not self.locks.hold(f"job:{lock}"):
            await asyncio.sleep(ASK_SECONDS)
        try:
            yield
            if attempts:
                self.storage.desk.went_well(lock)
        except Exception as error:  # No fence: it is told, and goes on to the queue.
            reason = str(error) if isinstance(error, AggregatorError) else f"our own fault: {error!r}"
            self.storage.desk.failed(lock, reason)
            raise
        finally:
            self.locks.drop(f"job:{lock}")

    @asynccontextmanager
    async def beside_others(self) -> AsyncIterator[None]:
        """Work in the store while others do, unless an operator has it alone."""
        while not self.locks.enter():
            await asyncio.sleep(ASK_SECONDS)
        try:
            yield
        finally:
            self.locks.leave()

    async def sweep(self) -> list[Wanted]:
        """What is to be done now: call at the sources that are due, and see to the newsfeeds."""
        config, now = self.config(), self.clock()
        async with self.beside_others():
            jobs.watch_config(config, self.storage, now)
            self.storage.desk.forget_lost(now)
            if not self.agrees():
                return [Wanted("news")]
            due = await asyncio.to_thread(jobs.due, config, self.storage, now)
        return [Wanted("news"), *map(call_of, due)]

    async def call(self, id: str) -> None:
        """Call at the source called ID, if nobody has been there meanwhile."""
        source = self.config().live_sources.get(id)
        if source is None or not self.agrees():
            return
        if isinstance(source, ExportSource | InboxSource):
            # An import compares what it brought with what others told, as `news` does.
            async with self.holding("news"), self.beside_others():
                await asyncio.to_thread(jobs.look_into, self.config(), self.storage, self.clock(), source)
            return
        async with self.beside_others():
            config, now = self.config(), self.clock()
            web = (await self._fetcher(config.manners)).anew({}, now, Shared(self.storage, self.locks))
            called = await jobs.call_alone(config, self.storage, now, source, web, self.network)
        if called and called.problem:
            self.tell(f"{called.source}: {called.problem}")

    async def news(self) -> list[Wanted]:
        """Let a new feeds.toml take effect, compare what came in, send letters; say what is to be published."""
        config, now = self.config(), self.clock()
        if not self.agrees():
            if not self.is_fresh:
                self.tell("the workers go by a feeds.toml that came later than ours; waiting until ours is the same")
                return []
            await asyncio.to_thread(self._take_effect, config, now)
        self.is_fresh = False
        async with self.beside_others():
            return await asyncio.to_thread(self._news, config, now)

    def _take_effect(self, config: Config, now: datetime) -> None:
        """What is judged anew is read and written as a whole, so that nobody may change it meanwhile."""
        with self.storage.alone("worker, a new feeds.toml", patience=600):
            jobs.take_effect(config, self.storage, now)
            self.storage.remember(FEEDS, self.feeds)

    def _news(self, config: Config, now: datetime) -> list[Wanted]:
        jobs.join_stories(config, self.storage)
        mailed, told = jobs.mail_digests(config, self.storage, now), jobs.mail_status(config, self.storage, now)
        for problem in (*mailed.problems, *told.problems):
            self.tell(f"mail: {problem}")
        jobs.remember_round(self.storage, now)
        stale = self._stale(config, now)
        if not set(stale) - jobs.BESIDE_NEWSFEEDS:
            jobs.put_away(config, self.storage, now)
        return [publishing_of(group) for group in stale]

    def _stale(self, config: Config, now: datetime) -> Collection[str]:
        """The groups that were published from something else than what there is now."""
        said, version, day = self._state(config, now)
        touched: dict[int, Collection[str]] = {}
        stale = []
        for group in jobs.groups_of(config):
            told = self.storage.recall(f"{PUBLISHED}{group}").split(" ")
            if len(told) != 3 or (told[0], told[2]) != (said, day):
                stale.append(group)
                continue
            since = int(told[1])
            if since not in touched:
                touched[since] = jobs.groups_touched(config, self.storage, since) if since <= version else [group]
            if group in touched[since]:
                stale.append(group)
        return stale

    def _state(self, config: Config, now: datetime) -> tuple[str, int, str]:
        return self.feeds, self.storage.stories.version(), f"{now.astimezone(SWEDEN).date()}"

    async def publish(self, group: str) -> list[Wanted]:
        """Bring GROUP up to date, and tell the hub; what was published may then be sent on."""
        config, now = self.config(), self.clock()
        if group not in jobs.groups_of(config) or not self.agrees():
            return []
        async with self.beside_others():
            state = self._state(config, now)
            changed = await asyncio.to_thread(jobs.publish_group, config, self.storage, now, group)
            self.storage.remember(f"{PUBLISHED}{group}", " ".join(map(str, state)))
        if problem := await jobs.ping(config, group):
            self.tell(problem)
        return [Wanted(DEPLOY)] if changed and config.deploy and config.deploy.by_itself else []

    async def deploy(self) -> None:
        config = self.config()
        if config.deploy:
            await asyncio.to_thread(jobs.deploy, folder_of(config.output, "deploy"), config.deploy)

    async def _fetcher(self, manners: Manners) -> Fetcher:
        """The web, opened once; anew when feeds.toml says other manners."""
        if self._web is None or self._web[0] != manners:
            self._web = manners, await self._open.enter_async_context(fetcher(manners))
        return self._web[1]
