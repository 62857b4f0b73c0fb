"""What stands above the entries of a newsfeed, whatever its format: of what is new, and of a month in the archive."""

from dataclasses import dataclass
from datetime import datetime

from aggregator.model import Article, Channel, Edition, Level, Site, Volume, Withdrawal

# Whose newsfeeds can be followed back in time, month by month (RFC 5005); a municipality's news is in its county's.
WITH_ARCHIVE: frozenset[Level] = frozenset({"nation", "county", "network"})


@dataclass(frozen=True, slots=True)
class Head:
    """`path` is the folder of the file NAME, and `page` the address of what it says as a page.

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

    @property
    def id(self) -> str:
        """The same of a newsfeed and its archive, in every format."""
        return own_tag(self.site, f"flode/{self.channel.path.rstrip('/')}")

    @property
    def title(self) -> str:
        return f"{self.channel.title} – {self.site.title}"

    @property
    def description(self) -> str:
        told = (f"Nyheter från {self.channel.name}.", self.channel.note, self.site.about)
        return " ".join(sentence for sentence in told if sentence)

    @property
    def page(self) -> str:
        return f"{self.site.url}{self.path}"

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}{self.name}"


def head_of(made: Edition | Volume, name: str) -> Head:
    """The head of the file NAME of a newsfeed."""
    if isinstance(made, Edition):
        return _head_of_edition(made, name)
    return _head_of_volume(made, name)


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
