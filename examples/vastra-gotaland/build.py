"""Makes the large example: all of Västra Götaland, with invented actors and their news, in a folder of your choice.

    python examples/vastra-gotaland/build.py FOLDER
    nyhetsflode run --once --config FOLDER/feeds.toml --at 2026-11-24T12:00

The same bytes come out every time. Only the places are real. What is told, and where it takes place, also stands in
FOLDER/facts.json, so that tests can ask whether all of it arrived where it belongs.
"""

import json
import sys
import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from aggregator.model import SWEDEN
from aggregator.places import Place, folded, municipalities_of, named

HERE = Path(__file__).parent
TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACTORS = 60
NEWS_OF_AN_ACTOR = (3, 6)
WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
# In which of these municipalities nothing is declared, and in which only events are.
UNDECLARED = ("Bollebygd", "Essunga", "Tranemo", "Dals-Ed", "Öckerö")
EVENTS_ONLY = ("Gullspång", "Munkedal", "Grästorp", "Svenljunga")


@dataclass(frozen=True)
class News:
    """One piece of news, or an event if it `starts`; `code` is the place that it is about."""

    title: str
    ingress: str
    text: tuple[str, ...]
    url: str
    published: datetime
    code: str
    corrected: datetime | None = None
    starts: datetime | None = None
    place: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        told = "Rättat: en siffra var fel när vi först skrev om detta." if self.corrected else ""
        when = f"Vi ses {_day(self.starts)} kl. {self.starts:%H.%M}, {self.place}." if self.starts else ""
        return tuple(filter(None, (*self.text, when, told)))

    @property
    def html(self) -> str:
        return "".join(f"<p>{escape(part, quote=False)}</p>" for part in (self.ingress, *self.paragraphs))


@dataclass
class Actor:
    id: str
    name: str
    sort: str
    place: Place
    scope: str = ""
    kind: str = "rss"
    news: list[News] = field(default_factory=list)

    @property
    def site(self) -> str:
        return f"https://{self.id}.example/"


def build(folder: Path) -> None:
    """Write feeds.toml, all that it names, and facts.json into FOLDER."""
    chance = Random(2026)
    told = tomllib.loads((HERE / "news.toml").read_text(encoding="utf-8"))
    names = tomllib.loads((HERE / "actors.toml").read_text(encoding="utf-8"))
    actors = _actors(chance, names["slag"])
    for actor in actors:
        _tell(chance, actor, told)
    _share(chance, actors)
    tables = [_head(names["tidningar"])]
    for actor in actors:
        lines = WRITERS[actor.kind](folder, actor)
        tables.append(_table(actor, lines))
    _write(folder / "feeds.toml", "\n".join(tables) + _rules())
    facts = [
        {"actor": actor.id, "kind": actor.kind, "title": news.title, "code": news.code, "event": bool(news.starts)}
        for actor in actors
        for news in actor.news
    ]
    _write(folder / "facts.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _actors(chance: Random, names: dict[str, list[str]]) -> list[Actor]:
    """One actor in each municipality, more in the larger ones, and some that speak for the whole county."""
    county = named("Västra Götalands län")
    larger = [
        named(name) for name in ("Göteborg", "Borås", "Skövde", "Trollhättan", "Uddevalla", "Lidköping", "Mölndal")
    ]
    places = [*municipalities_of(county), *larger, named("Laxå")]
    kinds = list(WRITERS)
    sorts = list(names)
    actors: list[Actor] = []
    for number, place in enumerate(places):
        sort = sorts[number % len(sorts)]
        name = names[sort][number // len(sorts) % 2].format(ort=place.name)
        actors.append(Actor(folded(name), name, sort, place, kind=kinds[number % len(kinds)]))
    for number, name in enumerate(("Omställning Västra Götaland", "Länets Cykelnät", "Energigemenskaperna i Väst")):
        actors.append(Actor(folded(name), name, "", county, "county", kinds[number % len(kinds)]))
    return actors[:ACTORS]


def _tell(chance: Random, actor: Actor, told: dict[str, list[dict[str, Any]]]) -> None:
    count = chance.randint(*NEWS_OF_AN_ACTOR)
    if actor.scope:
        actor.news += [_news(chance, actor, story) for story in told["regional"]]
        return
    stories = [story for story in told["story"] if actor.sort in story["slag"]]
    events = [story for story in told["event"] if actor.sort in story["slag"]]
    actor.news += [_news(chance, actor, story) for story in chance.sample(stories, min(count, len(stories)))]
    actor.news += [_event(chance, actor, story) for story in chance.sample(events, 1)]
    if chance.random() < 0.3 and actor.news:
        first = actor.news[0]
        corrected = min(first.published + timedelta(days=1), TODAY - timedelta(hours=2))
        actor.news[0] = replace(first, corrected=corrected)


def _news(chance: Random, actor: Actor, story: dict[str, Any]) -> News:
    words = {"ort": actor.place.name, "aktor": actor.name, "n": chance.randint(3, 29), "m": chance.randint(40, 480)}
    title = story["title"].format(**words)
    day = TODAY.astimezone(SWEDEN) - timedelta(days=chance.randint(1, 60))
    published = day.replace(hour=chance.randint(7, 18), minute=chance.randint(0, 59))
    return News(
        title,
        story["ingress"].format(**words),
        tuple(part.format(**words) for part in story["text"]),
        f"{actor.site}nyheter/{_slug(title)}/",
        published,
        actor.place.code,
    )


def _event(chance: Random, actor: Actor, story: dict[str, Any]) -> News:
    day = TODAY.astimezone(SWEDEN) + timedelta(days=chance.randint(3, 45))
    starts = day.replace(hour=chance.choice((10, 13, 15, 18)))
    words = {"ort": actor.place.name, "aktor": actor.name, "dag": _day(starts)}
    plain = _news(chance, actor, {**story, "title": story["title"].replace("{dag}", _day(starts))})
    return replace(plain, title=story["title"].format(**words), starts=starts, place=story["plats"])


def _share(chance: Random, actors: list[Actor]) -> None:
    """Actors of a whole county pass on what others wrote, under their address and in their words."""
    for actor in actors:
        if actor.scope:
            others = [other for other in actors if not other.scope and other.kind != "export"]
            for other in chance.sample(others, 4):
                news = chance.choice([news for news in other.news if not news.starts])
                later = min(news.published + timedelta(hours=30), TODAY - timedelta(hours=1))
                passed_on = replace(news, url=f"{news.url}?utm_source=delat", published=later, corrected=None)
                actor.news.append(passed_on)


# --- What each kind of source looks like ----------------------------------------------------------------------------


def _rss(folder: Path, actor: Actor) -> str:
    items = "".join(
        f"<item><title>{escape(news.title)}</title><link>{escape(news.url)}</link>"
        f'<guid isPermaLink="false">{escape(news.url)}</guid><pubDate>{format_datetime(news.published)}</pubDate>'
        f"<description>{escape(news.ingress)}</description>"
        f"<content:encoded><![CDATA[{news.html}]]></content:encoded>{_rss_event(actor, news)}</item>\n"
        for news in _newest_first(actor)
    )
    _write(
        folder / "sources" / f"{actor.id}.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(actor.name)}</title><link>{actor.site}</link><description>Nyheter</description>"
        f"<language>sv</language>\n{items}</channel></rss>\n",
    )
    return f'feed     = "sources/{actor.id}.xml"'


def _rss_event(actor: Actor, news: News) -> str:
    if not news.starts:
        return ""
    return (
        f"<ev:startdate>{news.starts.isoformat()}</ev:startdate>"
        f"<ev:enddate>{(news.starts + timedelta(hours=3)).isoformat()}</ev:enddate>"
        f"<ev:location>{escape(news.place)}, {actor.place.name}</ev:location>"
        f"<ev:organizer>{escape(actor.name)}</ev:organizer>"
    )


def _atom(folder: Path, actor: Actor, with_events: bool = True) -> str:
    told = [news for news in _newest_first(actor) if with_events or not news.starts]
    entries = "".join(
        f"<entry><id>{escape(news.url)}</id><title>{escape(news.title)}</title>"
        f'<link rel="alternate" href="{escape(news.url)}"/><published>{news.published.isoformat()}</published>'
        f"<updated>{(news.corrected or news.published).isoformat()}</updated><summary>{escape(news.ingress)}</summary>"
        f'<content type="html">{escape(news.html)}</content></entry>\n'
        for news in told
    )
    newest = max(news.corrected or news.published for news in told)
    _write(
        folder / "sources" / f"{actor.id}.atom",
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv">'
        f"<id>{actor.site}</id><title>{escape(actor.name)}</title><author><name>{escape(actor.name)}</name></author>"
        f'<link rel="alternate" href="{actor.site}"/><updated>{newest.isoformat()}</updated>\n{entries}</feed>\n',
    )
    return f'feed     = "sources/{actor.id}.atom"'


def _jsonfeed(folder: Path, actor: Actor) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": actor.name,
        "home_page_url": actor.site,
        "language": "sv",
        "items": [
            {
                "id": news.url,
                "url": news.url,
                "title": news.title,
                "summary": news.ingress,
                "content_html": news.html,
                "date_published": news.published.isoformat(),
                **({"date_modified": news.corrected.isoformat()} if news.corrected else {}),
            }
            for news in _newest_first(actor)
        ],
    }
    _write(folder / "sources" / f"{actor.id}.json", json.dumps(feed, ensure_ascii=False, indent=1) + "\n")
    return f'feed     = "sources/{actor.id}.json"'


def _calendar(folder: Path, actor: Actor) -> str:
    """Its news as Atom, and its events in a calendar of their own."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{_slug(news.title)}@{actor.id}.example\r\nDTSTAMP:{news.published:%Y%m%dT%H%M%S}Z\r\n"
        f"DTSTART;TZID=Europe/Stockholm:{news.starts:%Y%m%dT%H%M%S}\r\nDURATION:PT3H\r\nSUMMARY:{news.title}\r\n"
        f"LOCATION:{news.place}\\, {actor.place.name}\r\nURL:{news.url}\r\nEND:VEVENT\r\n"
        for news in _newest_first(actor)
        if news.starts
    )
    _write(
        folder / "sources" / f"{actor.id}.ics",
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//{actor.id}//SV\r\n{events}END:VCALENDAR\r\n",
    )
    return f'{_atom(folder, actor, with_events=False)}\ncalendar = "sources/{actor.id}.ics"'


def _page(folder: Path, actor: Actor) -> str:
    """A list of news on a page, which says for search engines what each is."""
    said = [
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": news.title,
            "url": news.url,
            "datePublished": news.published.isoformat(),
            "description": news.ingress,
        }
        for news in _newest_first(actor)
    ]
    shown = "".join(
        f'<article><h2><a href="{news.url}">{escape(news.title)}</a></h2>{news.html}</article>\n'
        for news in _newest_first(actor)
    )
    _write(
        folder / "sources" / f"{actor.id}.html",
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{escape(actor.name)}</title>\n'
        f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script></head>\n'
        f"<body><main>\n{shown}</main></body></html>\n",
    )
    return f'page     = "sources/{actor.id}.html"'


def _inbox(folder: Path, actor: Actor) -> str:
    """Notes, and now and then a mail that somebody saved."""
    for number, news in enumerate(_newest_first(actor)):
        path = folder / "inbox" / actor.id / f"{news.published:%Y-%m-%d}-{_slug(news.title)[:40]}"
        if number == 1 and not news.starts:
            text = "\n\n".join((news.ingress, *news.paragraphs))
            head = f"From: Någon <nagon@{actor.id}.example>\nSubject: VB: {news.title}\n"
            date = f"Date: {format_datetime(news.published)}\nContent-Type: text/plain; charset=utf-8\n"
            _write(path.with_suffix(".eml"), f"{head}{date}Content-Transfer-Encoding: 8bit\n\n{text}\n\n-- \nNågon\n")
            continue
        head = [f'rubrik = "{news.title}"', f"datum = {news.published:%Y-%m-%d %H:%M}", f'länk = "{news.url}"']
        if news.starts:
            head += ["", "[evenemang]", f"börjar = {news.starts:%Y-%m-%d %H:%M}", f'plats = "{news.place}"']
        text = "\n\n".join((news.ingress, *news.paragraphs))
        _write(Path(f"{path}.md"), "\n".join(("+++", *head, "+++", "", text, "")))
    return f'inbox    = "inbox/{actor.id}/"'


def _export(folder: Path, actor: Actor) -> str:
    """An unpacked export of the actor's Facebook page, as Facebook writes it."""
    page, root = _page_name(actor), "this_profile's_activity_across_facebook"
    address = f"https://www.facebook.com/{page}"
    files = {
        "profile_information/profile_information/profile_information.json": {
            "profile_v2": {"name": {"full_name": actor.name}, "username": page, "profile_uri": address}
        },
        f"{root}/posts/profile_posts_1.json": [
            {
                "timestamp": int(news.published.timestamp()),
                "data": [{"post": "\n\n".join((f"{news.title}.", news.ingress, *news.paragraphs))}, {}],
                "title": f"{actor.name} uppdaterade sin status.",
            }
            for news in _newest_first(actor)
            if not news.starts
        ],
        f"{root}/events/events.json": {
            "your_events_v2": [
                {
                    "name": news.title,
                    "start_timestamp": int(news.starts.timestamp()),
                    "end_timestamp": int(news.starts.timestamp()) + 3 * 3600,
                    "place": {"name": f"{news.place}, {actor.place.name}"},
                    "description": "\n\n".join((news.ingress, *news.text)),
                    "create_timestamp": int(news.published.timestamp()),
                }
                for news in actor.news
                if news.starts
            ]
        },
    }
    for name, told in files.items():
        # Facebook writes the bytes of UTF-8 as if each were a letter.
        text = json.dumps(told, ensure_ascii=False, indent=1).encode().decode("latin-1")
        _write(folder / "facebook" / actor.id / "export" / name, json.dumps(json.loads(text)) + "\n")
    return f'facebook = "{address}"\n\n[actor.{actor.id}.source.facebook]\nexport   = "facebook/{actor.id}/"'


WRITERS = {
    "rss": _rss,
    "atom": _atom,
    "jsonfeed": _jsonfeed,
    "inbox": _inbox,
    "export": _export,
    "calendar": _calendar,
    "page": _page,
}


# --- feeds.toml -----------------------------------------------------------------------------------------------------


def _head(papers: dict[str, list[str]]) -> str:
    county = named("Västra Götalands län")
    lines = [
        "# Ett påhittat nätverk i hela Västra Götaland, gjort av examples/vastra-gotaland/build.py.\n\nschema = 1\n",
        '[site]\ntitle     = "Västra Götaland ställer om"\nurl       = "https://vastra-gotaland.example/"',
        'authority = "vastra-gotaland.example"\ncontact   = "redaktion@vastra-gotaland.example"\n',
        '[nation]\ncarries   = "own"\n',
        f'[county.{county.slug}]\ncarries   = "all"\n',
    ]
    for id, (title, *places) in papers.items():
        members = json.dumps(places, ensure_ascii=False)
        lines.append(f'[network.{id}]\ntitle          = "{title}s område"\nmunicipalities = {members}\n')
    for place in municipalities_of(county):
        if place.name not in UNDECLARED:
            content = "events" if place.name in EVENTS_ONLY else "extended"
            lines.append(f'[area.{place.slug}]\nmunicipality = "{place.name}"\ncontent      = "{content}"\n')
    lines.append('[area.laxa]\nmunicipality = "Laxå"\ncontent      = "extended"\n')
    return "\n".join(lines)


def _table(actor: Actor, source: str) -> str:
    lines = [f"[actor.{actor.id}]", f'name     = "{actor.name}"', f'area     = "{actor.place.name}"']
    if actor.scope:
        lines.append(f'scope    = "{actor.scope}"')
    if not actor.scope and len(actor.name) % 3 == 0:
        lines.append('status   = "met"\nsince    = 2026-03-01')
    if actor.kind != "export":
        lines.append(f'homepage = "{actor.site}"')
    return "\n".join((*lines, source, ""))


def _rules() -> str:
    return """
[[rule]]
when = { words = ["energigemenskap*"] }
then = { theme = "energi" }
test = { match = ["Nytt stöd för energigemenskaper"], miss = ["Energikväll"] }
"""


# --- Small things ---------------------------------------------------------------------------------------------------


def _newest_first(actor: Actor) -> list[News]:
    return sorted(actor.news, key=lambda news: (news.published, news.title), reverse=True)


def _day(when: datetime) -> str:
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def _slug(title: str) -> str:
    signs = (sign if sign.isascii() and sign.isalnum() else " " for sign in folded(title))
    return "-".join("".join(signs).split())


def _page_name(actor: Actor) -> str:
    return "".join(part.capitalize() for part in actor.id.split("-"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("which folder should it be made in? python examples/vastra-gotaland/build.py FOLDER")
    build(Path(sys.argv[1]))
