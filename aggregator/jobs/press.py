"""The press: what publishing makes, one newsfeed and one article at a time, and of that only what is touched."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from aggregator.config import Config
from aggregator.model import (
    GONE,
    SWEDEN,
    Actor,
    Article,
    Channel,
    Digest,
    Edition,
    Publication,
    Selection,
    Source,
    Story,
    Volume,
    Withdrawal,
    page_of,
)
from aggregator.publishing import (
    FORMATS,
    Output,
    actors_of,
    article_of,
    article_publications,
    digest_publications,
    edition,
    made_by,
    publications_of,
    volume_publications,
    withdrawal_publications,
)
from aggregator.storage import Storage

# Before the id of an actor, in the manifest: what the pages of its articles were made from.
ARTICLES = "nyhet:"

NOWHERE = ""


class Press:
    """One round of publishing: what changed in the store after version SINCE (0: everything) is made anew.

    PUBLISHED_ON is the day of the round before, if there was one: days and weeks that are over since have digests now.
    """

    def __init__(
        self,
        config: Config,
        storage: Storage,
        output: Output,
        channels: Sequence[Channel],
        now: datetime,
        since: int,
        full: bool,
        published_on: date | None = None,
    ) -> None:
        self._config = config
        self._stories = storage.stories
        self._output = output
        self._channels = channels
        self._now = now
        self._day = now.astimezone(SWEDEN).date()
        self._since = since
        self._full = full
        self._touched = self._stories.touched(since)
        self._published_on = published_on
        self._places = self._stories.places()
        self._made: dict[str, Article] = {}
        self._sources: dict[str, list[Source]] = {}
        for source in config.sources.values():
            self._sources.setdefault(source.actor, []).append(source)
        # By the code of a place, which of the newsfeeds carry anything of it; NOWHERE: those that carry what is left.
        self._about: dict[str, list[int]] = {NOWHERE: []}
        for place, channel in enumerate(channels):
            selection = channel.selection
            for code in selection.everything | selection.events | ({NOWHERE} if selection.beside else set()):
                self._about.setdefault(code, []).append(place)

    def is_touched(self, channel: Channel) -> bool:
        """Whether anything changed that CHANNEL carries, or carried."""
        return channel.selection.may_carry(frozenset(code for code, _ in self._touched))

    def publish_articles(self) -> None:
        """The page of every article that changed, or whose actor did in feeds.toml; and what stands where one was that
        is not to be seen any more."""
        config = self._config
        alike = self._all_alike()
        origins = {
            f"{ARTICLES}{actor.id}": digest_of(alike, actor, sources)
            for actor, sources in ((actor, self._sources_of(actor.id)) for actor in config.actors.values())
        }
        anew = {name for name, origin in origins.items() if self._full or self._output.origin(name) != origin}
        actors = {name.removeprefix(ARTICLES) for name in anew}
        for story in self._stories.changed(self._since, actors):
            if story.leader.is_visible:
                self._write(story)
            self._take_back(
                Withdrawal(item.public_id, page_of(item.public_id), item.withdrawn or self._now)
                for item in story.items
                if not item.is_visible
            )
        self._take_back(self._stories.removed(self._since))
        for name in anew:
            self._output.note(name, origins[name])

    def _write(self, story: Story) -> None:
        """The page of STORY: at the address of the item that leads it, and where others of it had their own."""
        article = article_of(story, self._config.site, self._config.actors, self._config.sources)
        carrying = self._carrying(story)
        for item in story.items:
            path = page_of(item.public_id)
            if item.is_visible and (item == story.leader or self._output.has(path)):
                self._output.remove(f"{path}{GONE}")
                self._output.write(article_publications(self._config.site, replace(article, path=path), carrying))

    def _take_back(self, withdrawals: Iterable[Withdrawal]) -> None:
        """Where an article stood that is not to be seen any more, say so; where none stood, there is nothing to say."""
        for withdrawal in withdrawals:
            if self._output.has(withdrawal.path):
                self._output.replace_folder(withdrawal.path, withdrawal_publications(self._config.site, withdrawal))

    def publish_edition(self, channel: Channel, around: Sequence[Channel]) -> None:
        """What readers of CHANNEL get now; AROUND are the newsfeeds that its page leads on to."""
        made = self._edition(channel)
        origin = digest_of(made_by(), replace(made, channel=shown_of(channel)), [shown_of(other) for other in around])
        paths = [f"{channel.path}{name}" for name in FORMATS]
        if self._full or not self._output.is_made_from(channel.path, origin, paths):
            self._output.publish(channel.path, origin, publications_of(made, around))

    def publish_months(self, channel: Channel) -> None:
        """The month files of CHANNEL, and its digests of days and weeks that are over, where anything is other."""
        carried = channel.selection
        months = {month for code, month in self._touched if carried.may_carry(frozenset({code}))}
        if self._published_on and self._published_on != self._day:
            days = range((self._day - self._published_on).days + 1)
            months |= {f"{self._published_on + timedelta(days=number):%Y-%m}" for number in days}
        if months:
            prefix = f"{channel.path}#"
            noted = self._output.names(group_of(channel))
            known = {name.removeprefix(prefix) for name in noted if name.startswith(prefix)}
            all_months = self._stories.months(carried)
            for month in sorted(months & {*all_months, *known}):
                self._publish_month(channel, month, all_months, known)

    def _publish_month(self, channel: Channel, month: str, months: Sequence[str], known: Collection[str]) -> None:
        site, carried = self._config.site, channel.selection
        begin, end = edition.months_span(month)
        articles = self._articles(self._stories.entered(carried, begin, end))
        volume = edition.volume_of(site, channel, month, articles, months)
        self._make(f"{channel.path}#{month}", volume, volume_publications(volume))
        events = self._articles(self._stories.coming(carried, begin, edition.CALENDAR))
        within = {article.entered for article in articles}
        for first, last in edition.periods_of(within, known, month, self._day):
            digest = edition.digest_of(site, channel, first, last, articles, events)
            self._make(f"{channel.path}#{digest.name}", digest, digest_publications(digest))

    def _make(self, name: str, made: Volume | Digest, publications: Iterable[Publication]) -> None:
        """Write what was MADE, unless it was written before from the very same."""
        origin = digest_of(made_by(), replace(made, channel=shown_of(made.channel)))
        if self._full or self._output.origin(name) != origin:
            self._output.publish(name, origin, publications)

    def _edition(self, channel: Channel) -> Edition:
        stories, carried = self._stories, channel.selection
        if not carried.may_carry(self._places):
            return edition.edition_of(self._config.site, channel, (), self._day, actors=self._actors(channel))
        begin, _ = edition.span_of(self._day, self._day)
        return edition.edition_of(
            self._config.site,
            channel,
            self._articles(stories.newest(carried, edition.NEWEST)),
            self._day,
            events=self._articles(stories.coming(carried, begin - edition.CALENDAR_BACK, edition.CALENDAR)),
            months=stories.months(carried),
            dates=stories.dates(carried, begin - timedelta(weeks=edition.WEEKS_BACK)),
            withdrawn=stories.withdrawn(carried, begin - edition.WITHDRAWN_BACK),
            actors=self._actors(channel),
        )

    def _articles(self, stories: Iterable[Story]) -> list[Article]:
        """A story becomes an article once, and is used in every newsfeed that carries it."""
        config, made = self._config, self._made
        found = []
        for story in stories:
            name = story.leader.public_id
            if name not in made:
                made[name] = article_of(story, config.site, config.actors, config.sources)
            found.append(made[name])
        return found

    def _actors(self, channel: Channel) -> tuple[Actor, ...]:
        return actors_of(channel, self._config.actors.values())

    def _sources_of(self, actor: str) -> list[Source]:
        return self._sources.get(actor, [])

    def _carrying(self, story: Story) -> list[Channel]:
        """The newsfeeds that carry STORY; only those are asked that carry anything of its places, or what is left."""
        asked = {place for code in story.codes for place in self._about.get(code, ())} | set(self._about[NOWHERE])
        return [self._channels[place] for place in sorted(asked) if self._channels[place].selection.carries(story)]

    def _all_alike(self) -> str:
        """What the page of every article is made from, beside the article."""
        channels = [(shown_of(channel), plainly(channel.selection)) for channel in self._channels]
        return digest_of(made_by(), self._config.site, channels)


def group_of(channel: Channel) -> str:
    """The group that CHANNEL is published with: a county and its municipalities, all networks, or the nation."""
    return channel.path.partition("/")[0]


def shown_of(channel: Channel) -> Channel:
    """CHANNEL as far as its files show it: what it carries is seen in what is in it."""
    return replace(channel, selection=Selection())


def plainly(selection: Selection | None) -> object:
    """What SELECTION holds, in an order that is the same in every process; that of a set is not."""
    if selection is None:
        return None
    return sorted(selection.everything), sorted(selection.events), plainly(selection.beside)


def digest_of(*things: object) -> str:
    """A name for the values of THINGS, which are made of dataclasses and tuples and so look the same every time."""
    return blake2b(repr(things).encode(), digest_size=16).hexdigest()
