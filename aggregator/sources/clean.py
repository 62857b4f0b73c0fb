"""The only gate through which foreign text enters the house.

What comes out is plain text or sanitised HTML that any XML can carry, whole addresses of the web, and moments in UTC.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from html.entities import html5
from itertools import islice
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import nh3

from aggregator.model import Entry, Event, Form, Image, text_of
from aggregator.sources import dates

TITLE_LENGTH = 90  # of a title made from the text

# Beyond these nobody reads, and they cost: nh3 (html5ever) takes 5 s for 200,000 signs of <dl><dd>, and four times
# that for twice as many. With 200,000 signs and 500 tags open, no text found took it more than 0.2 s.
LONGEST_TEXT = 100_000
LONGEST_TITLE = 1000
LONGEST_URL = 4000
LONGEST_ID = 2000
MOST_TAGS_OPEN = 500
MOST_AUTHORS = 20
MOST_CATEGORIES = 50
SMALLEST_PICTURE = 50  # pixels, of one that is taken from the text

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
_LINES = _TAGS & set(
    "blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)
_SILENT_TAGS = set("script style template noscript svg math object applet select textarea button title".split())
_VOID_TAGS = set("area base br col embed hr img input link meta param source track wbr".split())
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
    r".{0,300}?</p>\s*",
    re.DOTALL,
)
# Where a text was cut, shown as '…' unless a sentence ended there.
_CUT = re.compile(r"(?P<end>[.!?…]|(?<!\s))\s*(?:\[(?:…|\.\.\.)\]|\(\.\.\.\))\s*(?P<tags>(?:</\w+>)*)\s*$")

# An ampersand that begins no reference, on which html5ever spends a walk through the rest of the text.
_LONE_AMPERSAND = re.compile(
    "&(?!#|[A-Za-z][A-Za-z0-9]{1,31};|(?:" + "|".join(name for name in html5 if not name.endswith(";")) + "))"
)
_PICTURE = re.compile(r"<img [^<>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_NO_PICTURE = re.compile(r"gravatar\.com/avatar|/emoji/|/smilies/|feedburner\.com/~")
_NUMBER = re.compile(r"[0-9]{1,9}")
_HOST = re.compile(r"[a-z0-9._:-]+")
_HTML_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
_ANYTHING_LIKE_A_TAG = re.compile(r"<[^<>]*>?")
# A picture written into the text, which is not ours to pass on, and can be larger than all the words.
_PICTURE_WITHIN = re.compile(r"data:[\w/+.-]{0,100};base64,[A-Za-z0-9+/=\s]*")

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
    form: Form = "article",
    at: datetime | None = None,
) -> Entry:
    """An entry as we keep it, from what a source says of it; `summary` and `content` may be any HTML.

    BASE is what relative addresses count from, AT the moment that days without a year look back from. If there is one
    text only, it is the content; if there is no title, the text's beginning is.
    """
    full = sanitised(content or summary, base)
    ingress = _line(text_of(sanitised(summary))) if content else ""
    return Entry(
        id=_line(id) if len(id) <= LONGEST_ID else "",
        url=whole_url(url, base),
        title=_shortened(plain(title, title_markup), LONGEST_TITLE) or _beginning(ingress or text_of(full)),
        summary=ingress,
        html=full,
        authors=_distinct(name for author in islice(authors, MOST_AUTHORS) if "@" not in (name := plain(author))),
        categories=_distinct(plain(category) for category in islice(categories, MOST_CATEGORIES)),
        language=_line(language).replace("_", "-").lower(),
        published=dates.moment(published, at),
        published_raw=_line(published[: dates.LONGEST]),
        updated=dates.moment(updated, at),
        updated_raw=_line(updated[: dates.LONGEST]),
        image=image or _first_picture(full),
        event=event,
        form=form,
    )


def event(start: str, end: str = "", place: str = "", organiser: str = "", address: str = "") -> Event | None:
    """An event, if START tells when it begins."""
    begins = dates.moment_or_day(start)
    if begins is None:
        return None
    return Event(begins, dates.moment_or_day(end), plain(place), plain(address), plain(organiser))


def image(base: str, url: str, *, type: str = "", alt: str = "", credit: str = "", **sizes: object) -> Image | None:
    """A picture at an address of the web; SIZES are width, height and length, of which only plain numbers count."""
    address = whole_url(url, base)
    if not address:
        return None
    numbers = {
        name: int(value)
        for name, value in sizes.items()
        if isinstance(value, str | int) and _NUMBER.fullmatch(f"{value}")
    }
    return Image(address, _line(type), plain(alt), plain(credit), **numbers)


def _first_picture(sanitised: str) -> Image | None:
    """The first picture of a text that is no emoji, no face and no counter of readers."""
    for tag in _PICTURE.findall(sanitised):
        told = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        sizes = {name: told.get(name, "") for name in ("width", "height")}
        is_small = any(_NUMBER.fullmatch(size) and int(size) < SMALLEST_PICTURE for size in sizes.values())
        if not is_small and not _NO_PICTURE.search(told.get("src", "")):
            return image("", told.get("src", ""), alt=told.get("alt", ""), **sizes)
    return None


def plain(text: str, markup: Markup = "html") -> str:
    """TEXT on one line, without markup and with its entities decoded."""
    text = _of_bearable_length(text)
    if markup == "html":
        text = text_of(nh3.clean(_untangled(_fit(text)), tags=_LINES, clean_content_tags=_SILENT_TAGS, attributes={}))
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
    text = _of_bearable_length(text)
    if "<" not in text:
        text = html.escape(html.unescape(text), quote=False)
    address = whole_url(base)
    safe = nh3.clean(
        _untangled(_fit(text)),
        tags=_TAGS,
        clean_content_tags=_SILENT_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", address) if address else "deny",
        link_rel=None,
    )
    if "<" not in safe:
        safe = as_html(html.unescape(safe))
    return _uncut(_without_footer(safe.strip()))


def whole_url(url: str, base: str = "") -> str:
    """URL made absolute, in ASCII, without what only follows the reader around; "" if it is no address of the web."""
    url = _fit(url).strip()
    if not url or len(url) > LONGEST_URL:
        return ""
    try:
        parts = urlsplit(urljoin(base, url))
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    host = f"[{host}]" if ":" in host else host
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKERS.fullmatch(pair.partition("=")[0]))
    path, query, fragment = (quote(part, safe="/%:@!$&'()*+,;=~-._?") for part in (parts.path, query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def _without_footer(text: str) -> str:
    while (last := text.rfind("<p>")) >= 0 and _FEED_FOOTER.fullmatch(text, last):
        text = text[:last].rstrip()
    return text


def _uncut(text: str) -> str:
    """TEXT, of which only the end is looked at, since a long run of spaces would otherwise be walked once for each."""
    start = max(0, len(text) - 200)
    return text[:start] + _CUT.sub(lambda found: (found["end"] or "…") + found["tags"], text[start:])


def _of_bearable_length(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return _PICTURE_WITHIN.sub("", text)[:LONGEST_TEXT]


def _untangled(text: str) -> str:
    """TEXT so that nh3 is done with it soon: if it opens more tags than any honest text does, its words only."""
    text = _LONE_AMPERSAND.sub("&amp;", text)
    still_open: Counter[str] = Counter()
    for found in _HTML_TAG.finditer(text):
        name = found["name"].lower()
        if not found["end"]:
            still_open[name] += name not in _VOID_TAGS
            if still_open[name] > MOST_TAGS_OPEN:
                return as_html(_ANYTHING_LIKE_A_TAG.sub(" ", text))
        elif still_open[name]:
            still_open[name] -= 1
    return text


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _line(text: str) -> str:
    return " ".join(_fit(text).split())


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _beginning(text: str) -> str:
    """The first sentence of TEXT, or as many of its words as a title has room for."""
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0]
    return _shortened(first, TITLE_LENGTH)


def _shortened(line: str, length: int) -> str:
    if len(line) <= length:
        return line
    return line[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;:–-") + "…"
