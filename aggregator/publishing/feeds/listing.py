"""All newsfeeds in one file, for programs: where each is in every format, what it is about, and how much it carries."""

import json
from collections.abc import Iterable, Mapping, Sequence

from aggregator.model import Channel, Site


def listing(site: Site, channels: Sequence[Channel], formats: Iterable[str], counts: Mapping[str, int]) -> bytes:
    """CHANNELS with the addresses of their FORMATS; COUNTS says how much came out about each place lately."""
    names = list(formats)
    values = {
        "title": site.title,
        "url": site.url,
        "publisher": site.publisher,
        "contact": site.contact,
        "rights": site.rights,
        "authority": site.authority,
        "opml": f"{site.url}floden.opml",
        **({"hub": site.hub} if site.hub else {}),
        "newsfeeds": [_channel(site, channel, names, counts) for channel in channels],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _channel(site: Site, channel: Channel, names: Iterable[str], counts: Mapping[str, int]) -> dict[str, object]:
    told = {"note": channel.note, "official": channel.official, "contact": channel.contact}
    return {
        "path": channel.path,
        "name": channel.name,
        "level": channel.level,
        "codes": [place.code for place in channel.places],
        **{name: value for name, value in told.items() if value},
        "lately": {place.code: counts[place.code] for place in channel.places if place.code in counts},
        "formats": {name: f"{site.url}{channel.path}{name}" for name in names},
    }
