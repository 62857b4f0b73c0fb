"""The pages that belong to no single newsfeed, and what pages are dressed in."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from aggregator import places
from aggregator.model import Channel, Publication, Site
from aggregator.places import NATION, Place
from aggregator.publishing import swedish
from aggregator.publishing.pages.maps import LEGEND, map_of
from aggregator.publishing.pages.rendering import rendered

ASSETS = ("sida.css", "flode.css", "ikon.svg", "kopiera.js", "hitta.js", "sok.js")
OWN_PAGES = ("om", "integritet", "tillganglighet", "sok")

# What one sitemap may hold (sitemaps.org).
MOST_ADDRESSES = 50_000


def front_page(site: Site, channels: Sequence[Channel], counts: Mapping[str, int]) -> bytes:
    """Where everybody begins; COUNTS says how many stories about each place came out lately."""
    by_path = {channel.path: channel for channel in channels}
    counties = sorted(places.counties(), key=lambda place: swedish.sort_key(place.name))
    return rendered(
        "front.html",
        "",
        site,
        nation=channels[0],
        networks=[channel for channel in channels if channel.level == "network"],
        counties=[
            (
                by_path[county.path],
                counts.get(county.code, 0),
                sorted(places.municipalities_of(county), key=lambda place: swedish.sort_key(place.name)),
            )
            for county in counties
        ],
        map=map_of(NATION, counts),
        legend=LEGEND,
    )


def own_pages(site: Site, periods: Collection[str]) -> Iterator[Publication]:
    """Who is behind it, privacy, accessibility, search, where to find one's municipality, and what is not found.

    PERIODS are the addresses of months and digests: search leads to the counties that have months.
    """
    archived = [county for county in _by_name() if any(each.startswith(f"{county.path}arkiv/") for each in periods)]
    for name in OWN_PAGES:
        yield Publication(f"{name}/index.html", rendered(f"{name}.html", f"{name}/", site, counties=archived))
    yield Publication("hitta/index.html", _find_page(site))
    yield Publication("hitta/orter.json", _find_table())
    # It is shown at any address that leads nowhere, so its links count from the host.
    yield Publication("404.html", rendered("404.html", "404.html", site, root=urlsplit(site.url).path))
    yield Publication("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n".encode())


def sitemaps(site: Site, channels: Sequence[Channel], periods: Iterable[str]) -> Iterator[Publication]:
    """What search engines should know: our own pages, of newsfeeds and of their PERIODS. Articles belong to those who
    wrote them, whose addresses their pages name as the right ones."""
    parts = [f"{name}/" for name in ("hitta", "redaktioner", *OWN_PAGES[:-1])]
    for channel in channels:
        parts += [channel.path, f"{channel.path}aktorer/", f"{channel.path}folj/"]
    parts += periods
    addresses = [f"{site.url}{part}" for part in ("", *parts)]
    if len(addresses) <= MOST_ADDRESSES:
        yield Publication("sitemap.xml", _sitemap("urlset", "url", addresses))
        return
    runs = [addresses[first : first + MOST_ADDRESSES] for first in range(0, len(addresses), MOST_ADDRESSES)]
    for number, run in enumerate(runs, start=1):
        yield Publication(f"sitemap-{number}.xml", _sitemap("urlset", "url", run))
    index = [f"{site.url}sitemap-{number}.xml" for number in range(1, len(runs) + 1)]
    yield Publication("sitemap.xml", _sitemap("sitemapindex", "sitemap", index))


def assets() -> tuple[Publication, ...]:
    """Stylesheets, scripts that add a comfort, and the icon."""
    folder = files(__package__).joinpath("assets")
    return tuple(Publication(name, folder.joinpath(name).read_bytes()) for name in ASSETS)


def _sitemap(whole: str, part: str, addresses: Iterable[str]) -> bytes:
    lines = "".join(f"<{part}><loc>{escape(address)}</loc></{part}>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</{whole}>\n'
    ).encode()


def _by_name() -> list[Place]:
    return sorted(places.counties(), key=lambda place: swedish.sort_key(place.name))


@cache
def _towns() -> list[tuple[str, Place]]:
    """Municipalities, towns and villages by name, each with its municipality."""
    found = {
        (name.text, name.place) for name in places.names() if name.kind == "locality" and name.place.is_municipality
    }
    found |= {(place.name, place) for place in places.municipalities()}
    return sorted(found, key=lambda town: (swedish.sort_key(town[0]), town[1].code))


def _find_page(site: Site) -> bytes:
    letters = [(letter, list(towns)) for letter, towns in groupby(_towns(), key=lambda town: _letter(town[0]))]
    postal = [(first, list(runs)) for first, runs in groupby(places.postal_runs(), key=lambda run: run.first[:2])]
    return rendered("hitta.html", "hitta/", site, letters=letters, postal=postal)


def _letter(name: str) -> str:
    first = name[0].upper()
    return {"É": "E", "Ü": "Y"}.get(first, first)


def _find_table() -> bytes:
    """What the script that finds one's municipality goes by."""
    table = {
        "kommuner": {place.code: [place.name, place.path] for place in places.municipalities()},
        "orter": [[name, place.code] for name, place in _towns()],
        "postnummer": [[run.first, run.last, run.place.code] for run in places.postal_runs()],
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
