"""A news sitemap: a list of addresses for search engines that tells the title and the day of each (sitemaps.org)."""

import re

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Reading
from aggregator.sources import bounds, clean
from aggregator.sources.page.markup import Page, page_of
from aggregator.sources.page.raw import Raw, entry_of

_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*)*<(?:\w+:)?(urlset|sitemapindex)\b", re.DOTALL
)
NAMED = 5  # sitemaps that are named to the operator


def kind_of(text: str) -> str:
    """ "urlset", "sitemapindex", or "" if TEXT is neither."""
    found = _ROOT.match(text[:5000])
    return found[1] if found else ""


def read(document: Document, text: str) -> Reading:
    location = document.location
    root = _tree(location, text)
    addresses = [clean.whole_url(words) for part in root.iter("{*}loc") if (words := (part.text or "").strip())]
    if kind_of(text) == "sitemapindex":
        named = ", ".join(url for url in addresses if url)[: NAMED * 100] or "none"
        raise ParseError(location, f"is a list of sitemaps; give the one that tells news as page: {named}")
    page = page_of("<p>", location, document.at)
    raws = [_raw(url, page) for url in root.iterchildren("{*}url") if url.find("{*}news") is not None]
    told = [raw for raw in raws if raw.title and raw.url]
    if not told:
        raise ParseError(
            location, "is a sitemap that tells addresses only, no titles (news:news); give the page that lists the news"
        )
    kept = told[: bounds.ENTRIES]
    notes = [f"{len(raws) - len(told)} of {len(raws)} have no title or no address"] if len(told) < len(raws) else []
    notes += [f"has {len(told)} news; the first {len(kept)} were read"] if len(kept) < len(told) else []
    return Reading(tuple(entry_of(raw, page) for raw in kept), notes=tuple(notes))


def _tree(location: str, text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    cut = bounds_of(text)
    root = etree.fromstring(cut.encode("utf-8", "replace"), parser)
    if root is None:
        raise ParseError(location, "is no sitemap that can be read")
    return root


def bounds_of(text: str) -> str:
    """TEXT without its declaration, and no more of it than holds as many addresses as we ever read."""
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text[:3_000_000])
    cut = text.replace("<", "\0", 100_000).find("<")
    return text if cut < 0 else text[:cut]


def _raw(url: etree._Element, page: Page) -> Raw:
    return Raw(
        title=clean.as_html(_text(url, "news/title")),
        url=clean.whole_url(_text(url, "loc")),
        categories=tuple(clean.as_html(word.strip()) for word in _text(url, "news/keywords").split(",")),
        language=_text(url, "news/publication/language"),
        published=_text(url, "news/publication_date"),
        updated=_text(url, "lastmod"),
        image=clean.image(page.base, _text(url, "image/loc"), alt=clean.as_html(_text(url, "image/caption"))),
    )


def _text(url: etree._Element, path: str) -> str:
    return (url.findtext("/".join(f"{{*}}{name}" for name in path.split("/"))) or "").strip()
