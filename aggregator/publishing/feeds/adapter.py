"""feedgen, with what it gets wrong mended through its public interface (`extend_rss`, `extend_atom`).

feedgen 1.0.0 writes some things that readers take amiss; each is mended here for a reason that stands with it.
docs/newsfeeds.md says what each element is for.
"""

import re
from datetime import datetime
from typing import Any, Literal

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from aggregator import __version__
from aggregator.model import Article, Image, Site, Withdrawal
from aggregator.publishing import swedish
from aggregator.publishing.feeds.body import body_of, categories_of
from aggregator.publishing.feeds.head import Head, own_tag

Syntax = Literal["rss", "atom"]

ATOM = "http://www.w3.org/2005/Atom"
AT = "http://purl.org/atompub/tombstones/1.0"
DC = "http://purl.org/dc/elements/1.1/"
FH = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SY = "http://purl.org/rss/1.0/modules/syndication/"
XHTML = "http://www.w3.org/1999/xhtml"

# In RSS, what looks like a tag in a title is dropped by some readers and shown by others; a space keeps it for all.
_LIKE_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def generator(head: Head, syntax: Syntax) -> FeedGenerator:
    """A newsfeed without entries."""
    site = head.site
    feed = FeedGenerator()
    feed.register_extension("own", _FeedExtension, _EntryExtension, atom=True, rss=True)
    feed.own.head, feed.own.syntax = head, syntax
    feed.id(head.id)
    feed.title(head.title)
    feed.subtitle(head.description)
    feed.language("sv")
    feed.updated(swedish.local(head.updated))
    feed.lastBuildDate(swedish.local(head.updated))
    feed.ttl(60)
    feed.rights(site.rights)
    feed.generator("nyhetsflode", version=__version__)
    feed.author(name=site.publisher, uri=site.url)
    if "@" in site.contact:
        feed.managingEditor(f"{site.contact} ({site.publisher})")
    # The page before the newsfeed itself: some readers take the first link for the site's address.
    feed.link(href=head.page, rel="alternate", type="text/html", hreflang="sv")
    feed.link(href=head.address, rel="self", type=f"application/{syntax}+xml")
    for rel, href in head.links if syntax == "atom" else ():
        feed.link(href=href, rel=rel, **_type_of(rel, syntax))
    return feed


def add_entry(feed: FeedGenerator, site: Site, article: Article, syntax: Syntax) -> None:
    """ARTICLE as the next entry of FEED."""
    entry = feed.add_entry(order="append")
    entry.own.site, entry.own.article = site, article
    plain = _plain_in_rss if syntax == "rss" else str
    entry.guid(article.id, permalink=False)
    entry.title(plain(article.title))
    entry.link(href=article.url, rel="alternate")
    # Without an ingress the title stands in: feedgen takes the content for the description if there is none.
    entry.summary(plain(article.summary or article.title))
    entry.content(body_of(article), type="html")
    entry.published(swedish.local(article.published))
    entry.updated(swedish.local(article.updated))
    for author in article.authors or (article.actor,):
        entry.author(name=author)
    entry.source(url=article.source_url, title=article.actor)
    for name, scheme in categories_of(article):
        if syntax == "rss":
            entry.category(term=name)
        else:
            entry.category(term=name, scheme=own_tag(site, scheme), label=name)
    if article.rights not in ("", site.rights):
        entry.rights(article.rights)
    image = article.image
    if image and syntax == "rss" and image.length and image.type:
        entry.enclosure(image.url, str(image.length), image.type)


def _plain_in_rss(text: str) -> str:
    return _LIKE_A_TAG.sub("< ", text)


def _type_of(rel: str, syntax: Syntax) -> dict[str, str]:
    return {} if rel == "hub" else {"type": f"application/{syntax}+xml"}


def _element(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, name, {key: value for key, value in attributes.items() if value})
    element.text = text
    return element


# feedgen has no types, so its classes are Any to mypy.
class _FeedExtension(BaseExtension):  # type: ignore[misc]
    head: Head
    syntax: Syntax

    def extend_ns(self) -> dict[str, str]:
        """Each only where it is used: validators note what they do not know."""
        history = {"fh": FH} if self.head.is_archive else {}
        if self.syntax == "rss":
            return {"dc": DC, "media": MEDIA, "sy": SY, **history}
        return {"media": MEDIA, **history, **({"at": AT} if self.head.withdrawn else {})}

    def extend_rss(self, root: Any) -> Any:
        channel, head = root[0], self.head
        # feedgen makes <link> of whichever link was set last, the newsfeed's own address.
        channel.find("link").text = head.page
        channel.find("docs").text = "https://www.rssboard.org/rss-specification"
        # Of Atom's links, feedgen writes none but the one to the newsfeed itself.
        own = channel.find(f"{{{ATOM}}}link")
        for rel, href in reversed(head.links):
            own.addnext(etree.Element(f"{{{ATOM}}}link", {"href": href, "rel": rel, **_type_of(rel, "rss")}))
        if head.is_archive:
            etree.SubElement(channel, f"{{{FH}}}archive")
        # feedgen's own syndication extension writes sy:UpdatePeriod, which no reader knows.
        _element(channel, f"{{{SY}}}updatePeriod", "hourly")
        _element(channel, f"{{{SY}}}updateFrequency", "1")
        self._help(channel)
        return root

    def extend_atom(self, feed: Any) -> Any:
        if self.head.is_archive:
            etree.SubElement(feed, f"{{{FH}}}archive")
        for withdrawal in self.head.withdrawn:
            _tombstone(feed, withdrawal)
        return feed

    def _help(self, channel: Any) -> None:
        """What a person who opens the newsfeed in a browser should know; a stylesheet alone can give no links."""
        block = etree.SubElement(channel, f"{{{XHTML}}}div", nsmap={"h": XHTML})
        paragraph = _element(
            block,
            f"{{{XHTML}}}p",
            "Det här är ett nyhetsflöde (RSS). Kopiera sidans adress till en flödesläsare, så kommer nya nyheter dit "
            "av sig själva. ",
        )
        current = f"{self.head.site.url}{self.head.channel.path}"
        follow = _element(paragraph, f"{{{XHTML}}}a", "Så följer du nyhetsflödet", href=f"{current}#folj")
        follow.tail = " · "
        _element(paragraph, f"{{{XHTML}}}a", "Läs det som webbsida", href=self.head.page)


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    site: Site
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
        link = entry.find("link")
        link.attrib.update({"rel": "alternate", "type": "text/html"})
        for other in reversed(self._other_links()):
            link.addnext(etree.Element("link", other))
        source = entry.find("source")
        for child in list(source):
            source.remove(child)
        _element(source, "id", own_tag(self.site, f"kalla/{article.source_id}"))
        _element(source, "title", article.actor)
        _element(source, "updated", _iso(article.updated))
        if article.actor_url:
            _element(source, "link", rel="alternate", href=article.actor_url)
        if article.image:
            _media(entry, article.image)
        return entry

    def _other_links(self) -> list[dict[str, str]]:
        """Its page with us, unless that is all there is, and its picture if its size is known."""
        article, image = self.article, self.article.image
        links = []
        page = f"{self.site.url}{article.path}"
        if article.url != page:
            links.append({"href": page, "rel": "related", "type": "text/html"})
        if image and image.length and image.type:
            links.append({"href": image.url, "rel": "enclosure", "type": image.type, "length": str(image.length)})
        return links


def _tombstone(feed: Any, withdrawal: Withdrawal) -> None:
    """What was taken back, so that programs that listen forget it (RFC 6721)."""
    _element(feed, f"{{{AT}}}deleted-entry", ref=withdrawal.id, when=_iso(withdrawal.moment))


def _media(entry: Any, image: Image) -> None:
    sizes = {"width": image.width, "height": image.height, "fileSize": image.length}
    told = {name: str(size) for name, size in sizes.items() if size}
    content = _element(entry, f"{{{MEDIA}}}content", url=image.url, type=image.type, medium="image", **told)
    if image.alt:
        _element(content, f"{{{MEDIA}}}description", image.alt, type="plain")
    if image.credit:
        _element(content, f"{{{MEDIA}}}credit", image.credit, role="photographer")
    sides = {name: told[name] for name in ("width", "height") if name in told}
    _element(entry, f"{{{MEDIA}}}thumbnail", url=image.url, **sides)


def _iso(moment: datetime) -> str:
    return swedish.local(moment).isoformat()
