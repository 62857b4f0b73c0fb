"""The press: what publishing makes, one newsfeed and one article at a time, and of that only what is touched."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from aggregator.config import Config
from aggregator.jobs.aging import first_open_month
from aggregator.model import (
    EVENT_CALENDAR,
    GONE,
    SWEDEN,
    Actor,
    Article,
    Channel,
    Corrections,
    Digest,
    Edition,
    Publication,
    Selection,
    Source,
    Story,
    Volume,
    Whereabouts,
    Withdrawal,
    page_of,
)
from aggregator.publishing import (
    FORMATS,
    NOTICES,
    Output,
    actors_of,
    article_of,
    article_publications,
    correction_publications,
    corrections_of,
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
# After the path of a newsfeed: what the newsfeeds of its corrections were made from, and when it last changed.
CORRECTIONS, UPDATED = "#rattelser", "#andrad"

NOWHERE = ""


class Press:
    """One round of publishing: what changed in the store after version SINCE (0: everything) is made anew.

    PUBLISHED is the version that was published last, whatever feeds.toml said then, and PUBLISHED_ON its day: days
    and weeks that are over since have digests now.
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
        published: int = 0,
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
        # What was put away is made anew only where it changed since it was last published: its texts are there alone.
        self._closed = first_open_month(storage)
        self._published = published
        self._removed = [each.path for each in self._stories.removed(published)]
        self._published_on = published_on
        self._places = self._stories.places()
        self._noted: dict[str, defaultdict[str, set[str]]] = {}
        self._made: dict[str, Article] = {}
        # Of the newsfeeds that were made in this round, when each last changed.
        self.updated: dict[str, datetime] = {}
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
        for story in self._stories.changed(self._since, actors, put_away=self._published):
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
        where = self._whereabouts(story)
        for item in story.items:
            path = page_of(item.public_id)
            is_there = self._output.has(path)
            if item.is_visible and (item == story.leader or is_there):
                if is_there:
                    self._output.remove(f"{path}{GONE}")
                if is_there and article.event is None:
                    self._output.remove(f"{path}{EVENT_CALENDAR}")
                self._output.write(article_publications(self._config.site, replace(article, path=path), where))

    def _take_back(self, withdrawals: Iterable[Withdrawal]) -> None:
        """Where an article stood that is not to be seen any more, say so; where none stood, there is nothing to say."""
        for withdrawal in withdrawals:
            if self._output.has(withdrawal.path):
                self._output.replace_folder(withdrawal.path, withdrawal_publications(self._config.site, withdrawal))

    def publish_edition(self, channel: Channel, around: Sequence[Channel]) -> None:
        """What readers of CHANNEL get now; AROUND are the newsfeeds that its page leads on to."""
        made = self._edition(channel)
        self._output.note(f"{channel.path}{UPDATED}", made.updated.isoformat())
        self.updated[channel.path] = made.updated
        origin = digest_of(made_by(), replace(made, channel=shown_of(channel)), [shown_of(other) for other in around])
        paths = [f"{channel.path}{name}" for name in FORMATS]
        if self._full or not self._output.is_made_from(channel.path, origin, paths):
            self._output.publish(channel.path, origin, publications_of(made, around))

    def publish_corrections(self, channel: Channel) -> None:
        """What was corrected and withdrawn in CHANNEL lately."""
        carried = channel.selection
        since = edition.span_of(self._day, self._day)[0] - edition.WITHDRAWN_BACK
        articles = self._articles(self._stories.corrected(carried, since, NOTICES))
        gone = self._stories.withdrawn(carried, since)
        made = corrections_of(self._config.site, channel, articles, gone, since)
        self._make(f"{channel.path}{CORRECTIONS}", made, correction_publications(made))

    def newest(self) -> Article | None:
        """The newest article of all, if there is any."""
        return next(iter(self._articles(self._stories.latest())), None)

    def publish_months(self, channel: Channel) -> None:
        """The month files of CHANNEL, and its digests of days and weeks that are over, where anything is other."""
        carried = channel.selection
        months = {month for code, month in self._touched if carried.may_carry(frozenset({code}))}
        if self._published_on and self._published_on != self._day:
            days = range((self._day - self._published_on).days + 1)
            months |= {f"{self._published_on + timedelta(days=number):%Y-%m}" for number in days}
        if months:
            known = self._periods(channel)
            all_months = self._stories.months(carried)
            for month in sorted(months & {*all_months, *known}):
                if month < self._closed and month in known and not self._removed:
                    continue
                self._publish_month(channel, month, all_months, known)

    def _publish_month(self, channel: Channel, month: str, months: Sequence[str], known: Collection[str]) -> None:
        site, carried = self._config.site, channel.selection
        begin, end = edition.months_span(month)
        articles = self._articles(self._stories.entered(carried, begin, end))
        volume = edition.volume_of(site, channel, month, articles, months)
        page = f"{channel.path}arkiv/{month}/index.html"
        if not self._stays(month, page):
            self._make(f"{channel.path}#{month}", volume, volume_publications(volume))
        events = self._articles(self._stories.coming(carried, begin, edition.CALENDAR))
        within = {article.entered for article in articles}
        for first, last in edition.periods_of(within, known, month, self._day):
            digest = edition.digest_of(site, channel, first, last, articles, events)
            if self._stays(f"{first:%Y-%m}", f"{digest.path}index.html"):
                continue
            self._make(f"{channel.path}#{digest.name}", digest, digest_publications(digest))

    def _stays(self, month: str, page: str) -> bool:
        """Whether PAGE stays as it was published: it is of a MONTH of which texts were put away, and names nothing that
        was removed since."""
        content = self._output.read(page) if month < self._closed else None
        return content is not None and not any(path.encode() in content for path in self._removed)

    def _make(self, name: str, made: Volume | Digest | Corrections, publications: Iterable[Publication]) -> None:
        """Write what was MADE, unless it was written before from the very same."""
        origin = digest_of(made_by(), replace(made, channel=shown_of(made.channel)))
        if self._full or self._output.origin(name) != origin:
            self._output.publish(name, origin, publications)
            self._periods(made.channel).add(name.partition("#")[2])

    def _periods(self, channel: Channel) -> set[str]:
        """The months and digests that CHANNEL has, as they are named."""
        group = group_of(channel)
        if group not in self._noted:
            self._noted[group] = defaultdict(set)
            for name in self._output.names(group):
                path, mark, period = name.partition("#")
                if mark:
                    self._noted[group][path].add(period)
        return self._noted[group][channel.path]

    def _edition(self, channel: Channel) -> Edition:
        stories, carried = self._stories, channel.selection
        begin, _ = edition.span_of(self._day, self._day)
        withdrawn = stories.withdrawn(carried, begin - edition.WITHDRAWN_BACK)
        if not carried.may_carry(self._places):
            return edition.edition_of(
                self._config.site, channel, (), self._day, withdrawn=withdrawn, actors=self._actors(channel)
            )
        return edition.edition_of(
            self._config.site,
            channel,
            self._articles(stories.newest(carried, edition.NEWEST)),
            self._day,
            events=self._articles(stories.coming(carried, begin - edition.CALENDAR_BACK, edition.CALENDAR)),
            months=stories.months(carried),
            dates=stories.dates(carried, begin - timedelta(weeks=edition.WEEKS_BACK)),
            withdrawn=withdrawn,
            actors=self._actors(channel),
            digests=edition.latest_digests(self._periods(channel)),
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

    def _whereabouts(self, story: Story) -> Whereabouts:
        """Where STORY is; only those newsfeeds are asked that carry anything of its places, or what is left."""
        numbers = {number for code in story.codes for number in self._about.get(code, ())} | set(self._about[NOWHERE])
        asked = [self._channels[number] for number in sorted(numbers)]
        return Whereabouts(
            tuple(channel for channel in asked if channel.selection.carries(story)),
            tuple(channel for channel in asked if channel.selection.leaves_out(story)),
        )

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


def plainly(selection: Selection) -> object:
    """What SELECTION holds, in an order that is the same in every process; that of a set is not."""
    beside = [plainly(other) for other in selection.beside]
    return sorted(selection.everything), sorted(selection.events), sorted(selection.without), beside


def digest_of(*things: object) -> str:
    """A name for the values of THINGS, which are made of dataclasses and tuples and so look the same every time."""
    return blake2b(repr(things).encode(), digest_size=16).hexdigest()
