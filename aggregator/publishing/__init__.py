"""The way out: from items to editions, and from editions to files.

A new format is a function from an edition to bytes, and its line in FORMATS.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from aggregator.model import Channel, Edition, Publication, Site
from aggregator.publishing.edition import NEWEST, article_of, edition_of
from aggregator.publishing.feeds import atom, opml, rss
from aggregator.publishing.output import Output
from aggregator.publishing.pages import front_page, page, stylesheets
from aggregator.publishing.pictures import publish_picture
from aggregator.publishing.selection import channels_of, neighbourhood
from aggregator.publishing.status import HAPPENINGS, STATUS_PATHS, status_of, status_publications

__all__ = [
    "FORMATS",
    "HAPPENINGS",
    "NEWEST",
    "STATUS_PATHS",
    "Output",
    "article_of",
    "channels_of",
    "common_paths",
    "common_publications",
    "edition_of",
    "made_by",
    "neighbourhood",
    "publications_of",
    "publish_picture",
    "status_of",
    "status_publications",
]

Format = Callable[[Edition, Sequence[Channel]], bytes]

FORMATS: Mapping[str, Format] = {
    "rss.xml": lambda edition, around: rss(edition),
    "atom.xml": lambda edition, around: atom(edition),
    "index.html": page,
}


def publications_of(edition: Edition, around: Sequence[Channel]) -> Iterator[Publication]:
    """The files of a newsfeed, in every format; AROUND are the newsfeeds that its page leads on to."""
    for name, render in FORMATS.items():
        yield Publication(f"{edition.channel.path}{name}", render(edition, around))


def common_publications(site: Site, channels: Sequence[Channel]) -> Iterator[Publication]:
    """The files that belong to no single newsfeed: the front page, the lists of newsfeeds, the stylesheets."""
    yield Publication("index.html", front_page(site, channels))
    yield Publication("floden.opml", opml(site, site.title, channels))
    for county in (channel for channel in channels if channel.level == "county"):
        within = [channel for channel in channels if channel.path.startswith(county.path)]
        yield Publication(f"{county.path}floden.opml", opml(site, f"{county.name} – {site.title}", within))
    yield from stylesheets()


def common_paths(channels: Sequence[Channel]) -> list[str]:
    """Where the files that belong to no single newsfeed stand."""
    lists = [f"{channel.path}floden.opml" for channel in channels if channel.level == "county"]
    return ["index.html", "floden.opml", *lists, *(sheet.path for sheet in stylesheets())]


@cache
def made_by() -> str:
    """What makes the files: this code and these templates. When they change, everything is made again."""
    digest = blake2b(digest_size=16)
    for file in _all_files(files(__name__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _all_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _all_files(entry)
        elif entry.is_file():
            yield entry
