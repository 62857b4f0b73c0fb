"""What happened to the sources, as Atom for those who look after them: alarms that opened, and that are over."""

from collections.abc import Sequence
from datetime import UTC
from html import escape

from feedgen.feed import FeedGenerator

from aggregator import __version__
from aggregator.model import Happening, Site
from aggregator.publishing import swedish
from aggregator.publishing.article import BEGINNING
from aggregator.publishing.condition import heading_of
from aggregator.publishing.feeds.head import own_tag
from aggregator.publishing.feeds.syndication import with_stylesheet

PATH = "status/"


def operators_atom(site: Site, happenings: Sequence[Happening]) -> bytes:
    """HAPPENINGS as Atom, in the order in which they are given."""
    feed = FeedGenerator()
    feed.id(own_tag(site, "drift"))
    feed.title(f"Hur källorna mår – {site.title}")
    feed.subtitle(
        "Vad som har hänt med källorna: det som ser fel ut, och det som är återställt. För dem som sköter dem."
    )
    feed.language("sv")
    feed.updated(swedish.local(max((each.moment for each in happenings), default=BEGINNING)))
    feed.rights(site.rights)
    feed.generator("nyhetsflode", version=__version__)
    feed.author(name=site.publisher, uri=site.url)
    feed.link(href=f"{site.url}{PATH}", rel="alternate", type="text/html", hreflang="sv")
    feed.link(href=f"{site.url}{PATH}atom.xml", rel="self", type="application/atom+xml")
    for happening in happenings:
        _add_entry(feed, site, happening)
    return with_stylesheet(PATH, feed.atom_str(pretty=True))


def _add_entry(feed: FeedGenerator, site: Site, happening: Happening) -> None:
    alarm, heading = happening.alarm, heading_of(happening.alarm.kind)
    who = happening.actor or "Alla källor"
    entry = feed.add_entry(order="append")
    entry.id(_id(site, happening))
    entry.title(f"{who}: återställd ({heading.lower()})" if happening.over else f"{who}: {heading.lower()}")
    entry.link(href=f"{site.url}{PATH}#{alarm.source or 'alla'}", rel="alternate")
    since = f"<p>Larmet öppnades {swedish.written_moment(alarm.opened)}.</p>" if happening.over else ""
    source = f"<p>Källa: {escape(alarm.source)}</p>" if alarm.source else ""
    entry.content(f'{since}<p lang="en">{escape(alarm.problem)}</p>{source}', type="html")
    entry.published(swedish.local(happening.moment))
    entry.updated(swedish.local(happening.moment))
    entry.category(term=alarm.kind, scheme=own_tag(site, "larm"), label=heading)


def _id(site: Site, happening: Happening) -> str:
    """The source, the kind and the moment when it opened name an alarm for good."""
    alarm = happening.alarm
    opened = alarm.opened.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    over = "/aterstalld" if happening.over else ""
    return own_tag(site, f"drift/{alarm.source or 'alla'}/{alarm.kind}/{opened}{over}")
