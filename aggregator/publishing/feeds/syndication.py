"""An edition as RSS 2.0 and as Atom 1.0, by feedgen.

feedgen 1.0.0 writes some things that readers take amiss; they are mended by an extension through its public interface
(`extend_rss`, `extend_atom`), each for a reason that stands with it. docs/newsfeeds.md says what each element is for.
"""

import re
from datetime import datetime
from html import escape
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from aggregator import __version__
from aggregator.model import Article, Edition, Image, Kind, Site
from aggregator.publishing import swedish

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
SY = "http://purl.org/rss/1.0/modules/syndication/"
XHTML = "http://www.w3.org/1999/xhtml"

# In RSS, what looks like a tag in a title is dropped by some readers and shown by others; a space keeps it for all.
_LIKE_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def rss(edition: Edition) -> bytes:
    return with_stylesheet(edition.channel.path, _feed(edition, "rss").rss_str(pretty=True))


def atom(edition: Edition) -> bytes:
    return with_stylesheet(edition.channel.path, _feed(edition, "atom").atom_str(pretty=True))


def _feed(edition: Edition, kind: str) -> FeedGenerator:
    site, channel = edition.site, edition.channel
    feed = FeedGenerator()
    feed.register_extension("own", _FeedExtension, _EntryExtension, atom=True, rss=True)
    feed.own.edition = edition
    feed.id(_tag(edition, f"flode/{channel.path.rstrip('/')}"))
    feed.title(f"{channel.title} – {site.title}")
    feed.subtitle(_description(edition))
    feed.language("sv")
    feed.updated(swedish.local(edition.updated))
    feed.lastBuildDate(swedish.local(edition.updated))
    feed.ttl(60)
    feed.rights(site.rights)
    feed.generator("nyhetsflode", version=__version__)
    feed.author(name=site.publisher, uri=site.url)
    if "@" in site.contact:
        feed.managingEditor(f"{site.contact} ({site.publisher})")
    # The page before the newsfeed itself: some readers take the first link for the site's address.
    feed.link(href=edition.address(), rel="alternate", type="text/html", hreflang="sv")
    feed.link(href=edition.address(f"{kind}.xml"), rel="self", type=f"application/{kind}+xml")
    for article in edition.articles:
        _add_entry(feed, edition, article, kind)
    return feed


def _add_entry(feed: FeedGenerator, edition: Edition, article: Article, kind: str) -> None:
    entry = feed.add_entry(order="append")
    entry.own.edition, entry.own.article = edition, article
    plain = _plain_in_rss if kind == "rss" else str
    entry.guid(article.id, permalink=False)
    entry.title(plain(article.title))
    entry.link(href=article.url, rel="alternate")
    # Without an ingress the title stands in: feedgen takes the content for the description if there is none.
    entry.summary(plain(article.summary or article.title))
    entry.content(_body(article), type="html")
    entry.published(swedish.local(article.published))
    entry.updated(swedish.local(article.updated))
    for author in article.authors or (article.actor,):
        entry.author(name=author)
    entry.source(url=article.source_url, title=article.actor)
    for name, scheme in _categories(article):
        if kind == "rss":
            entry.category(term=name)
        else:
            entry.category(term=name, scheme=_tag(edition, scheme), label=name)
    if article.rights != edition.site.rights:
        entry.rights(article.rights)
    image = article.image
    if image and kind == "rss" and image.length and image.type:
        entry.enclosure(image.url, str(image.length), image.type)


def _categories(article: Article) -> list[tuple[str, str]]:
    """Names, since it is the term that readers show, and by what they are sorted."""
    kinds: list[Kind] = ["event", article.kind] if article.event else [article.kind]
    kind = [(swedish.KINDS[name], "slag") for name in dict.fromkeys(kinds) if name != "article"]
    places = [(place.name, "kommun" if place.is_municipality else "lan") for place in article.places]
    return [*places, *kind, *((category, "amne") for category in article.categories)]


def _body(article: Article) -> str:
    """The text with a visible credit last: most newsroom systems show nobody the source element."""
    event = article.event
    cancelled = "<p><strong>Inställt</strong></p>" if event and event.cancelled else ""
    when = f"<p><strong>{swedish.written_span(event.start, event.end)}</strong></p>" if event else ""
    where = f"<p>{escape(event.place)}</p>" if event and event.place else ""
    text = article.html or (f"<p>{escape(article.summary)}</p>" if article.summary else "")
    source = f'<a href="{escape(article.actor_url)}">{escape(article.actor)}</a>'
    return f"{cancelled}{when}{where}{text}<p>Källa: {source}</p>"


def _description(edition: Edition) -> str:
    return " ".join(
        sentence
        for sentence in (f"Nyheter från {edition.channel.name}.", edition.channel.note, edition.site.about)
        if sentence
    )


def _plain_in_rss(text: str) -> str:
    return _LIKE_A_TAG.sub("< ", text)


def own_tag(site: Site, name: str) -> str:
    """An id for what we publish under NAME (RFC 4151)."""
    return f"tag:{site.authority},2026:{name}"


def _tag(edition: Edition, name: str) -> str:
    return own_tag(edition.site, name)


def with_stylesheet(path: str, document: bytes) -> bytes:
    """Let browsers show the newsfeed in the folder PATH as a readable page, by a stylesheet beside the front page."""
    up = "../" * path.count("/")
    line = f'<?xml-stylesheet type="text/css" href="{up}flode.css"?>'
    return document.replace(b"?>\n", f"?>\n{line}\n".encode(), 1)


def _element(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, name, {key: value for key, value in attributes.items() if value})
    element.text = text
    return element


# feedgen has no types, so its classes are Any to mypy.
class _FeedExtension(BaseExtension):  # type: ignore[misc]
    edition: Edition

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA, "sy": SY}

    def extend_rss(self, root: Any) -> Any:
        channel, edition = root[0], self.edition
        # feedgen makes <link> of whichever link was set last, the newsfeed's own address.
        channel.find("link").text = edition.address()
        channel.find("docs").text = "https://www.rssboard.org/rss-specification"
        # feedgen's own syndication extension writes sy:UpdatePeriod, which no reader knows.
        _element(channel, f"{{{SY}}}updatePeriod", "hourly")
        _element(channel, f"{{{SY}}}updateFrequency", "1")
        self._help(channel)
        return root

    def _help(self, channel: Any) -> None:
        """What a person who opens the newsfeed in a browser should know; a stylesheet alone can give no links."""
        block = etree.SubElement(channel, f"{{{XHTML}}}div", nsmap={"h": XHTML})
        paragraph = _element(
            block,
            f"{{{XHTML}}}p",
            "Det här är ett nyhetsflöde (RSS). Kopiera sidans adress till en flödesläsare, så kommer nya nyheter dit "
            "av sig själva. ",
        )
        follow = _element(
            paragraph, f"{{{XHTML}}}a", "Så följer du nyhetsflödet", href=f"{self.edition.address()}#folj"
        )
        follow.tail = " · "
        _element(paragraph, f"{{{XHTML}}}a", "Läs det som webbsida", href=self.edition.address())


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    edition: Edition
    article: Article

    def extend_rss(self, entry: Any) -> Any:
        article = self.article
        # feedgen leaves out authors without an e-mail address, as RSS's own <author> must have one.
        for author in article.authors or (article.actor,):
            _element(entry, f"{{{DC}}}creator", author)
        if article.updated > article.published:
            _element(entry, f"{{{ATOM}}}updated", _iso(article.updated))
        if article.image:
            _media(entry, article.image)
        return entry

    def extend_atom(self, entry: Any) -> Any:
        article = self.article
        # feedgen loses the attributes of links (its issue 135).
        entry.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        source = entry.find("source")
        for child in list(source):
            source.remove(child)
        _element(source, "id", _tag(self.edition, f"kalla/{article.source_id}"))
        _element(source, "title", article.actor)
        _element(source, "updated", _iso(article.updated))
        _element(source, "link", rel="alternate", href=article.actor_url)
        if article.image:
            _media(entry, article.image)
        return entry


def _media(entry: Any, image: Image) -> None:
    sizes = {"width": image.width, "height": image.height, "fileSize": image.length}
    told = {name: str(size) for name, size in sizes.items() if size}
    content = _element(entry, f"{{{MEDIA}}}content", url=image.url, type=image.type, medium="image", **told)
    if image.alt:
        _element(content, f"{{{MEDIA}}}description", image.alt, type="plain")
    if image.credit:
        _element(content, f"{{{MEDIA}}}credit", image.credit, role="photographer")


def _iso(moment: datetime) -> str:
    return swedish.local(moment).isoformat()
