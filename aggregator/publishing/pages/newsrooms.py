"""The page for newsrooms: how a newspaper takes the news in, and what it is told of corrections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.model import Channel, Site
from aggregator.publishing import swedish
from aggregator.publishing.corrections import NOTICES
from aggregator.publishing.pages.rendering import rendered


@dataclass(frozen=True, slots=True)
class Sample:
    """One article as newsrooms get it, in the formats they ask for most; empty if there is none yet."""

    rss: str = ""
    ninjs: str = ""
    is_shortened: bool = False


def newsrooms_page(site: Site, channels: Sequence[Channel], sample: Sample) -> bytes:
    """The addresses of CHANNELS, and all that a newsroom should know of them."""
    nation, *others = channels
    by_name = sorted(others, key=lambda channel: swedish.sort_key(channel.name))
    return rendered(
        "redaktioner.html",
        "redaktioner/",
        site,
        nation=nation,
        networks=[channel for channel in by_name if channel.level == "network"],
        counties=[channel for channel in by_name if channel.level == "county"],
        contacts=list(_contacts(channels)),
        notices=NOTICES,
        rss=sample.rss,
        ninjs=sample.ninjs,
        is_shortened=sample.is_shortened,
    )


def _contacts(channels: Sequence[Channel]) -> Iterator[tuple[str, str]]:
    """Whom to write to about a newsfeed, beside those who stand behind it all."""
    for channel in channels:
        if channel.contact:
            yield channel.name, channel.contact
        for person in channel.people:
            yield f"{channel.name}, {swedish.ROLES[person.role]} {person.name}", person.mail
