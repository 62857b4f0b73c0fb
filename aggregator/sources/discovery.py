"""What a web page says of its newsfeeds and calendars, and where its content system is known to keep some.

Pages name them by <link rel="alternate"> (RSS Advisory Board), by the header Link (RFC 8288), or by plain links that
people can see. Where a page names none, its maker has left traces: each content system has a usual address for its
newsfeed. Nothing is asked here: what may be worth a look is told, the likeliest first.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from aggregator.model import Document, host_of
from aggregator.sources import clean, letters

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
CALENDAR = "text/calendar"

# A page is looked at so far: scripts and styles of content systems stand at its beginning.
LONGEST_PAGE = 1_000_000
MOST_LEADS = 20
MOST_PORTLETS = 3

Kind = Literal["feed", "calendar"]


@dataclass(frozen=True, slots=True)
class Lead:
    """An address that may be worth a look. `named` tells that the site itself says what is there."""

    address: str
    kind: Kind = "feed"
    title: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Trace:
    """A content system: what in a page gives it away, and where its newsfeeds are, from the page or the site's root.

    A path with {section} is tried for each of the site's news pages that the page leads to.
    """

    name: str
    pattern: re.Pattern[str]
    paths: tuple[str, ...]


def _trace(name: str, pattern: str, *paths: str) -> _Trace:
    return _Trace(name, re.compile(pattern, re.IGNORECASE), paths)


_GENERATOR = r"<meta[^<>]{0,100}generator[^<>]{0,100}"
_TRACES = (
    _trace("WordPress", rf"/wp-content/|/wp-includes/|/wp-json|{_GENERATOR}wordpress", "feed/", "?feed=rss2"),
    _trace("Sitevision", r"sv-portlet|/sitevision/|svid1\d_"),
    _trace("Squarespace", r"squarespace\.com|static1\.squarespace", "{section}?format=rss", "?format=rss"),
    _trace("Wix", rf"wixstatic\.com|parastorage\.com|{_GENERATOR}wix\.com", "/blog-feed.xml"),
    _trace("Drupal", rf"/sites/default/files|drupal-settings-json|{_GENERATOR}drupal", "/rss.xml", "{section}/rss.xml"),
    _trace(
        "Joomla",
        rf"/media/jui/|/media/system/js/|{_GENERATOR}joomla",
        "{section}?format=feed&type=rss",
        "/?format=feed&type=rss",
    ),
    _trace("Umbraco", r"umbraco", "{section}/rss", "/rss"),
    _trace("Optimizely", r"episerver|optimizely|/globalassets/|/siteassets/|/contentassets/", "{section}/rss", "/rss"),
    _trace("Ghost", rf"{_GENERATOR}ghost|/ghost/api/", "/rss/"),
    _trace("Hugo", rf"{_GENERATOR}hugo", "{section}/index.xml", "/index.xml"),
    _trace("Jekyll", rf"{_GENERATOR}jekyll", "/feed.xml"),
    _trace("Blogger", rf"{_GENERATOR}blogger|www\.blogger\.com", "/feeds/posts/default"),
    _trace("Webnode", rf"webnode|{_GENERATOR}webnode", "/rss/all.xml", "/rss/nyheter.xml"),
)
# What is tried where nothing is known of the site, or its content system keeps none where it should.
_ANYWHERE = ("feed/", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml")

_SECTION = re.compile(
    r"(?:nyheter|nyhetsarkiv|aktuellt|blogg?|news|senaste-nytt|pressmeddelanden)(?:\.html?)?/?$", re.IGNORECASE
)
_LOOKS_LIKE_FEED = re.compile(
    r"\.(?:rss|rdf|atom)$|(?:^|[/._-])(?:rss|feed|atom)(?:2?\.(?:xml|json|php|aspx))?/?$|/feeds?/|[?&](?:format|feed|state|type)=(?:rss|feed|atom)",
    re.IGNORECASE,
)
_LOOKS_LIKE_CALENDAR = re.compile(r"\.ics$|[?&](?:outlook-)?ical=1|/calendar/ical/|[?&]format=ical", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)
_OF_NEWS = re.compile(r"nyhet|aktuellt|senaste|news|blogg?", re.IGNORECASE)
_TAGS = {name: re.compile(rf"<{name}\s([^<>]{{1,4000}})>", re.IGNORECASE) for name in ("a", "link", "meta")}
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<>]{0,1000})</title", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;[^,;\"]*(?:\"[^\"]*\"[^,;\"]*)?)*)")
_PARAMETER = re.compile(r";\s*(\w+)\s*=\s*\"?([^\";]*)\"?")

# Where people publish for those who are signed in only; their news comes as exports.
_CLOSED = ("facebook.com", "fb.com", "fb.me", "instagram.com")


def is_page(document: Document) -> bool:
    beginning = document.content[:2000].lower()
    return b"<html" in beginning or b"<!doctype html" in beginning


def is_closed(location: str) -> bool:
    """Whether the address is of a site that shows nothing to programs, and whose news is imported from exports."""
    host = host_of(location)
    return any(host == closed or host.endswith(f".{closed}") for closed in _CLOSED)


def leads_named_in(document: Document) -> list[Lead]:
    """The newsfeeds and calendars that a page names, the site's own news first, comments last."""
    text, base = _text_of(document), _base(document)
    links = [
        (told.get("type", ""), told.get("title", ""), told["href"], True)
        for told in _tags(text, "link")
        if "href" in told and "alternate" in told.get("rel", "").lower().split()
    ]
    links += list(_linked(document.links))
    links += [("", "", told["href"], False) for told in _tags(text, "a") if "href" in told]
    found: dict[str, Lead] = {}
    for type, title, href, says_so in links:
        kind = _kind(type.partition(";")[0].strip().lower(), href, says_so)
        address = clean.whole_url(_webcal(href), base) if kind else ""
        if kind and address:
            found.setdefault(address, Lead(address, kind, clean.plain(title)))
    ranked = sorted(found.values(), key=lambda lead: _rank(lead, host_of(base)))
    return ranked[:MOST_LEADS]


def leads_guessed_for(document: Document) -> list[Lead]:
    """Addresses on the page's own site where its content system is known to keep a newsfeed, the likeliest first."""
    text = _text_of(document)
    traces = [trace for trace in _TRACES if trace.pattern.search(text)]
    base, sections = _base(document), _sections(document, text)
    paths = [path for trace in traces for path in trace.paths] + list(_ANYWHERE)
    addresses = list(_portlets(document.location, text))
    for path in paths:
        if path.startswith("{section}"):
            addresses += [section.rstrip("/") + path.removeprefix("{section}") for section in sections]
        elif path.startswith("/"):
            addresses.append(urljoin(base, path))
        else:
            folder = base.partition("?")[0].rpartition("/")[0] + "/"
            addresses += [urljoin(folder, path), urljoin(urljoin(base, "/"), path)]
    whole = dict.fromkeys(clean.whole_url(address) for address in addresses)
    return [Lead(address, named=False) for address in whole if address and host_of(address) == host_of(base)]


def made_with(document: Document) -> str:
    """The content system that a page was made with, or ""."""
    text = _text_of(document)
    return next((trace.name for trace in _TRACES if trace.pattern.search(text)), "")


def title_of(document: Document) -> str:
    """What a page calls its site: og:site_name, else its title."""
    text = _text_of(document)
    named = (told.get("content", "") for told in _tags(text, "meta") if told.get("property") == "og:site_name")
    title = _TITLE.search(text)
    return clean.plain(next(named, "") or (html.unescape(title[1]) if title else ""), "text")


def is_of_comments(title: str, address: str) -> bool:
    return bool(_OF_COMMENTS.search(title) or _OF_COMMENTS.search(urlsplit(address).path))


def _text_of(document: Document) -> str:
    """The page without its comments, in which old browsers were spoken to, and editors keep what is no more."""
    first, *others = letters.text_in(document.content[:LONGEST_PAGE], document.media_type).split("<!--")
    return "".join((first, *(other.partition("-->")[2] for other in others)))


def _tags(text: str, name: str) -> Iterator[dict[str, str]]:
    """The attributes of each tag of this name. No tree is made of a page, since some are made to grow one for ever."""
    for found in _TAGS[name].finditer(text):
        yield {key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(found[1])}


def _base(document: Document) -> str:
    return clean.whole_url(document.location)


def _kind(type: str, href: str, says_so: bool) -> Kind | None:
    """What LINK leads to; one that only people see is judged by its address."""
    if type == CALENDAR or href.lower().startswith("webcal:") or _LOOKS_LIKE_CALENDAR.search(href):
        return "calendar"
    if type in TYPES or (not says_so and _LOOKS_LIKE_FEED.search(href)):
        return "feed"
    return None


def _webcal(href: str) -> str:
    scheme, _, rest = href.partition(":")
    return f"https:{rest}" if scheme.lower() in ("webcal", "webcals") else href


def _linked(header: str) -> Iterator[tuple[str, str, str, bool]]:
    """The alternates that a header Link names."""
    for target, rest in _LINK.findall(header[:10_000]):
        told = {name.lower(): value for name, value in _PARAMETER.findall(rest)}
        if "alternate" in told.get("rel", "").lower().split():
            yield told.get("type", ""), told.get("title", ""), target, True


def _rank(lead: Lead, host: str) -> tuple[bool, bool, bool, bool, int]:
    """Newsfeeds before calendars, the site's own before others', its news before its comments, all before a part."""
    of_comments = is_of_comments(lead.title, lead.address)
    of_news = bool(_OF_NEWS.search(lead.title) or _OF_NEWS.search(urlsplit(lead.address).path))
    depth = urlsplit(lead.address).path.count("/")
    return lead.kind == "calendar", of_comments, host_of(lead.address) != host, not of_news, depth


def _sections(document: Document, text: str) -> list[str]:
    """The site's news pages that a page leads to, itself among them if it is one."""
    hrefs = [told.get("href", "") for told in _tags(text, "a")]
    pages = (clean.whole_url(href, document.location) for href in [document.location, *hrefs])
    own = host_of(document.location)
    found = dict.fromkeys(page for page in pages if host_of(page) == own and _SECTION.search(urlsplit(page).path))
    return list(found)[:2]


def _portlets(location: str, text: str) -> Iterable[str]:
    """Sitevision: every archive on a page is a newsfeed too, at an address made of the page's id and its own."""
    page = re.search(r"""["']?pageId["']?\s*[:=]\s*["'](\d\.[0-9a-f]{6,40})["']""", text)
    page = page or re.search(r"\.(\d\.[0-9a-f]{6,40})\.html", location + text[:20_000])
    if page is None:
        return ()
    tags = re.findall(r"<div\s[^<>]{0,300}>", text)
    ids = (re.search(r'id="svid(12_[0-9a-f]{6,40})"', tag) for tag in tags if "sv-archive-portlet" in tag)
    portlets = dict.fromkeys(found[1].replace("_", ".") for found in ids if found)
    query = "state=rss&sv.contenttype=text/xml;charset=UTF-8"
    return [urljoin(location, f"/{page[1]}/{portlet}.portlet?{query}") for portlet in list(portlets)[:MOST_PORTLETS]]
