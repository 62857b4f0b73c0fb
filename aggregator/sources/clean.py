"""The only gate through which foreign text enters the house.

What comes out is plain text or sanitised HTML that any XML can carry, whole addresses of the web, and moments in UTC.
"""

import html
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import nh3

from aggregator.model import Entry, Event, Image, text_of
from aggregator.sources import dates

TITLE_LENGTH = 90

# Outside XML 1.0 §2.2, or allowed there but invisible in text: C1 controls, directional overrides (a title must not
# turn the page around it), zero-width spaces, soft hyphens, byte order marks.
_UNFIT = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)

_TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_hs(?:enc|mi)|igshid|yclid|at_(?:medium|campaign)", re.IGNORECASE
)

_TAGS = set(
    "a abbr b blockquote br caption cite code dd del dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd "
    "li mark ol p pre q s samp small strong sub sup table tbody td tfoot th thead time tr u ul".split()
)
_SILENT_TAGS = set("script style template noscript svg math object applet select textarea button title".split())
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}

# What WordPress writes under every item of a feed, in the languages it is met in here.
_FEED_FOOTER = re.compile(
    r"<p>\s*(?:The post|Inlägget|Artikeln)\s.{0,400}?\b(?:appeared first on|dök först upp på|först publicerades på)\b"
    r".{0,300}?</p>\s*$",
    re.DOTALL,
)
# Where a text was cut, shown as '…' unless a sentence ended there.
_CUT = re.compile(r"(?P<end>[.!?…]?)\s*(?:\[(?:…|\.\.\.)\]|\(\.\.\.\))\s*(?P<tags>(?:</\w+>)*)\s*$")

# "escaped" is text whose entities are written out, but that holds no tags: the titles of RSS.
Markup = Literal["text", "escaped", "html"]


def entry(
    base: str,
    *,
    url: str,
    title: str,
    title_markup: Markup = "html",
    id: str = "",
    summary: str = "",
    content: str = "",
    authors: Iterable[str] = (),
    categories: Iterable[str] = (),
    language: str = "",
    published: str = "",
    updated: str = "",
    image: Image | None = None,
    event: Event | None = None,
) -> Entry:
    """An entry as we keep it, from what a source says of it; `summary` and `content` may be any HTML.

    BASE is what relative addresses count from. If there is one text only, it is the content; if there is no title,
    the text's beginning is.
    """
    full = sanitised(content or summary, base)
    ingress = _uncut(plain(summary)) if content else ""
    return Entry(
        id=_line(id),
        url=whole_url(url, base),
        title=plain(title, title_markup) or _beginning(ingress or text_of(full)),
        summary=ingress,
        html=full,
        authors=_distinct(name for author in authors if "@" not in (name := plain(author))),
        categories=_distinct(plain(category) for category in categories),
        language=_line(language).replace("_", "-").lower(),
        published=dates.moment(published),
        published_raw=_line(published),
        updated=dates.moment(updated),
        updated_raw=_line(updated),
        image=image,
        event=event,
    )


def event(start: str, end: str = "", place: str = "", organiser: str = "") -> Event | None:
    """An event, if START tells when it begins."""
    begins = dates.moment_or_day(start)
    if begins is None:
        return None
    return Event(begins, dates.moment_or_day(end), place=plain(place), organiser=plain(organiser))


def image(base: str, url: str, *, type: str = "", alt: str = "", credit: str = "", **sizes: object) -> Image | None:
    """A picture at an address of the web; SIZES are width, height and length, of which only plain numbers count."""
    address = whole_url(url, base)
    if not address:
        return None
    numbers = {
        name: int(value) for name, value in sizes.items() if isinstance(value, str | int) and f"{value}".isdecimal()
    }
    return Image(address, _line(type), plain(alt), plain(credit), **numbers)


def plain(text: str, markup: Markup = "html") -> str:
    """TEXT on one line, without markup and with its entities decoded."""
    if markup == "html":
        text = text_of(nh3.clean(_fit(text), tags=set(), clean_content_tags=_SILENT_TAGS))
    elif markup == "escaped":
        text = html.unescape(text)
    return _line(text)


def as_html(text: str) -> str:
    """Plain TEXT as HTML that means the same, its empty lines kept as paragraphs."""
    paragraphs = re.split(r"\n\s*\n", text)
    if len(paragraphs) == 1:
        return html.escape(text, quote=False)
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part.strip())


def sanitised(text: str, base: str = "") -> str:
    """HTML that runs nothing and refers to whole addresses only, whatever TEXT was."""
    if "<" not in text:
        text = as_html(html.unescape(text))
    address = whole_url(base)
    safe = nh3.clean(
        _fit(text),
        tags=_TAGS,
        clean_content_tags=_SILENT_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", address) if address else "deny",
        link_rel=None,
    )
    return _uncut(_FEED_FOOTER.sub("", safe).strip())


def whole_url(url: str, base: str = "") -> str:
    """URL made absolute, in ASCII, without what only follows the reader around; "" if it is no address of the web."""
    try:
        parts = urlsplit(urljoin(base, _fit(url).strip()))
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKERS.fullmatch(pair.partition("=")[0]))
    path, query, fragment = (quote(part, safe="/%:@!$&'()*+,;=~-._?") for part in (parts.path, query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def _uncut(text: str) -> str:
    return _CUT.sub(lambda found: (found["end"] or "…") + found["tags"], text)


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _line(text: str) -> str:
    return " ".join(_fit(text).split())


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _beginning(text: str) -> str:
    """The first sentence of TEXT, or as many of its words as a title has room for."""
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0]
    if len(first) <= TITLE_LENGTH:
        return first
    return first[: TITLE_LENGTH + 1].rsplit(" ", 1)[0][:TITLE_LENGTH].rstrip(" ,;:–-") + "…"
