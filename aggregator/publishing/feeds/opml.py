"""OPML 2.0: all newsfeeds, or a county's, for a reader's program to take in at once."""

from collections.abc import Iterable

from lxml import etree

from aggregator.model import Channel, Site


def opml(site: Site, title: str, channels: Iterable[Channel]) -> bytes:
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "ownerName").text = site.publisher
    body = etree.SubElement(root, "body")
    for channel in channels:
        etree.SubElement(
            body,
            "outline",
            type="rss",
            text=channel.title,
            title=f"{channel.title} – {site.title}",
            xmlUrl=f"{site.url}{channel.path}rss.xml",
            htmlUrl=f"{site.url}{channel.path}",
            language="sv",
        )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
