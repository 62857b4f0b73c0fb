"""All newsfeeds in one file, for programs: where each is in every format, what it is about, and how much it carries."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from aggregator.model import Channel, Site
from aggregator.publishing.feeds.jsonfeed import moment
from aggregator.publishing.selection import WHOLE


def listing(
    site: Site,
    channels: Sequence[Channel],
    formats_of: Callable[[Channel], Iterable[str]],
    counts: Mapping[str, int],
    updated: Mapping[str, datetime],
) -> bytes:
    """CHANNELS with the addresses of their formats; COUNTS says how much came out about each place lately, and UPDATED
    when each newsfeed last changed, by its path."""
    values = {
        "title": site.title,
        "url": site.url,
        "publisher": site.publisher,
        "contact": site.contact,
        "rights": site.rights,
        "authority": site.authority,
        "opml": f"{site.url}floden.opml",
        **({"hub": site.hub} if site.hub else {}),
        "corrections": _addresses(site, WHOLE, formats_of),
        "newsfeeds": [
            {
                **_channel(channel, counts),
                **({"updated": moment(updated[channel.path])} if channel.path in updated else {}),
                "formats": _addresses(site, channel, formats_of),
            }
            for channel in channels
        ],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _addresses(site: Site, channel: Channel, formats_of: Callable[[Channel], Iterable[str]]) -> dict[str, str]:
    return {name: f"{site.url}{channel.path}{name}" for name in formats_of(channel)}


def _channel(channel: Channel, counts: Mapping[str, int]) -> dict[str, object]:
    told = {"note": channel.note, "official": channel.official, "contact": channel.contact}
    return {
        "path": channel.path,
        "name": channel.name,
        "level": channel.level,
        "codes": [place.code for place in channel.places],
        **{name: value for name, value in told.items() if value},
        "lately": {place.code: counts[place.code] for place in channel.places if place.code in counts},
    }
