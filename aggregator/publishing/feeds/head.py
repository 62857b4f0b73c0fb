"""What stands above the entries of a newsfeed, whatever its format: of what is new, and of a month in the archive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aggregator.model import Article, Channel, Corrections, Edition, Level, Site, Volume, Withdrawal

# Whose newsfeeds can be followed back in time, month by month (RFC 5005); a municipality's news is in its county's.
WITH_ARCHIVE: frozenset[Level] = frozenset({"nation", "county", "network"})


Sort = Literal["news", "events", "corrections"]


@dataclass(frozen=True, slots=True)
class Head:
    """`path` is the folder of the file NAME, which holds things of one `sort`, and `page` the address of what it says
    as a page.

    `links` are the relations of the whole newsfeed beside those to its page and to itself, each with its address.
    """

    site: Site
    channel: Channel
    path: str
    name: str
    updated: datetime
    articles: tuple[Article, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    is_archive: bool = False
    sort: Sort = "news"

    @property
    def id(self) -> str:
        """The same of a newsfeed and its archive, in every format."""
        sort = "rattelser" if self.sort == "corrections" else "flode"
        return own_tag(self.site, f"{sort}/{self.channel.path.rstrip('/')}")

    @property
    def title(self) -> str:
        sort = "Rättelser: " if self.sort == "corrections" else ""
        return f"{sort}{self.channel.title} – {self.site.title}"

    @property
    def description(self) -> str:
        name = self.channel.name
        match self.sort:
            case "events":
                held = f"Kalender för {name}."
            case "corrections":
                held = f"Vad som har rättats, ställts in och dragits tillbaka: {name}."
            case "news":
                held = f"Nyheter från {name}."
        told = (held, self.channel.note, self.site.about)
        return " ".join(sentence for sentence in told if sentence)

    @property
    def page(self) -> str:
        return f"{self.site.url}{self.path}"

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}{self.name}"


def head_of(made: Edition | Volume | Corrections, name: str) -> Head:
    """The head of the file NAME of a newsfeed."""
    match made:
        case Edition():
            return _head_of_edition(made, name)
        case Volume():
            return _head_of_volume(made, name)
        case Corrections():
            return _head_of_corrections(made, name)


def _head_of_corrections(made: Corrections, name: str) -> Head:
    path, hub = made.channel.path, made.site.hub
    links = (("hub", hub),) if hub else ()
    return Head(made.site, made.channel, path, name, made.updated, made.notices, links=links, sort="corrections")


def _head_of_edition(edition: Edition, name: str) -> Head:
    channel = edition.channel
    newest = edition.months[0] if edition.months and channel.level in WITH_ARCHIVE else ""
    links = (
        ("hub", edition.site.hub),
        ("prev-archive", edition.address(f"arkiv/{newest}/{name}") if newest else ""),
    )
    return Head(
        edition.site,
        channel,
        channel.path,
        name,
        edition.updated,
        edition.articles,
        edition.withdrawn,
        tuple((rel, href) for rel, href in links if href),
    )


def _head_of_volume(volume: Volume, name: str) -> Head:
    links = (
        ("current", volume.address(name)),
        ("prev-archive", volume.address(f"arkiv/{volume.earlier}/{name}") if volume.earlier else ""),
        ("next-archive", volume.address(f"arkiv/{volume.later}/{name}") if volume.later else ""),
    )
    return Head(
        volume.site,
        volume.channel,
        f"{volume.channel.path}arkiv/{volume.month}/",
        name,
        volume.updated,
        volume.articles,
        links=tuple((rel, href) for rel, href in links if href),
        is_archive=True,
    )


def own_tag(site: Site, name: str) -> str:
    """An id for what we publish under NAME (RFC 4151)."""
    return f"tag:{site.authority},2026:{name}"
