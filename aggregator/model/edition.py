"""The way out: what the readers of a newsfeed get, now and in each month and week, and the files it becomes."""

from dataclasses import dataclass
from datetime import date, datetime

from aggregator.model.actors import Actor, Site
from aggregator.model.article import Article
from aggregator.model.channel import Channel

# Stands empty beside the page that says that an article was taken back: by it servers know to answer with 410.
GONE = ".gone"

# Beside the page of an event: the same for a calendar.
EVENT_CALENDAR = "evenemang.ics"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that was published and is no more: its id, where its page lives, and since when."""

    id: str
    path: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """What the readers of one newsfeed get.

    `articles` are the newest, newest first. `coming` are the events that are not over on `day`, the next first, and
    `calendar` those of them and of the last months. `months` are those in which anything came in ("2026-11", newest
    first), `weeks` how much came out in each of the last weeks (its Monday, and how many), the oldest first.
    `withdrawn` is what lately was taken back. `actors` are those whose news it carries. `digests` are the names of its
    latest weeks and days that are over ("2026/v48", "2026/11-24").

    `updated` is the newest change in `articles` or `withdrawn`, not the clock's: the same news makes the same bytes.
    Newsfeeds depend on the news alone; pages on the day too.
    """

    site: Site
    channel: Channel
    articles: tuple[Article, ...]
    day: date
    updated: datetime
    coming: tuple[Article, ...] = ()
    calendar: tuple[Article, ...] = ()
    months: tuple[str, ...] = ()
    weeks: tuple[tuple[date, int], ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    actors: tuple[Actor, ...] = ()
    digests: tuple[str, ...] = ()

    def address(self, name: str = "") -> str:
        """The published address of one of its files, or of its page."""
        return f"{self.site.url}{self.channel.path}{name}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was corrected and withdrawn in one newsfeed: a notice of each, and what newsrooms put right by it.

    `notices` are articles of our own that say what is other, the latest first; `articles` those that were corrected, as
    they are now, and `withdrawn` what is to be taken out. `updated` is when the latest of them was.
    """

    site: Site
    channel: Channel
    notices: tuple[Article, ...]
    articles: tuple[Article, ...]
    withdrawn: tuple[Withdrawal, ...]
    updated: datetime


@dataclass(frozen=True, slots=True)
class Volume:
    """What came into one newsfeed in one month ("2026-11", Swedish time), newest first; frozen but for corrections.

    `earlier` and `later` are the months before and after it in which anything came in, or empty.
    """

    site: Site
    channel: Channel
    month: str
    articles: tuple[Article, ...]
    updated: datetime
    earlier: str = ""
    later: str = ""

    def address(self, name: str = "") -> str:
        """The published address of one of the newsfeed's files, or of its page."""
        return f"{self.site.url}{self.channel.path}{name}"


@dataclass(frozen=True, slots=True)
class Digest:
    """What came into one newsfeed on one day or in one ISO week, from `first` to `last`; frozen when that is over.

    `coming` are the events of the time that follows, the next first.
    """

    site: Site
    channel: Channel
    first: date
    last: date
    articles: tuple[Article, ...]
    coming: tuple[Article, ...]
    updated: datetime

    @property
    def news(self) -> tuple[Article, ...]:
        """What came in, without the events that stand among those to come."""
        return tuple(article for article in self.articles if article not in self.coming)

    @property
    def is_weekly(self) -> bool:
        return self.first != self.last

    @property
    def name(self) -> str:
        return digest_name(self.first, self.last)

    @property
    def path(self) -> str:
        """Where its files live."""
        return f"{self.channel.path}{self.name}/"


def digest_name(first: date, last: date) -> str:
    """The digest from FIRST to LAST, as in addresses: "2026/v48" of a week (ISO 8601), "2026/11-24" of a day."""
    year, week, _ = first.isocalendar()
    return f"{first:%Y/%m-%d}" if first == last else f"{year}/v{week:02}"


@dataclass(frozen=True, slots=True)
class Publication:
    """A file to publish: its path below the output folder, and its bytes."""

    path: str
    content: bytes
