"""What newsrooms put right: a notice of every correction and every withdrawal, each under an id of its own.

A notice says what is other, and never what it said before: that may be the very words that were to go. Of what was
taken back nothing is told but its id.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from aggregator.model import Article, Channel, Correction, Corrections, Site, Withdrawal
from aggregator.publishing import swedish
from aggregator.publishing.article import newest_change
from aggregator.publishing.feeds.head import own_tag

# So many notices a newsfeed of corrections has at most.
NOTICES = 100


def corrections_of(
    site: Site, channel: Channel, articles: Iterable[Article], withdrawn: Iterable[Withdrawal], since: datetime
) -> Corrections:
    """What of ARTICLES was corrected SINCE, and what was WITHDRAWN, in CHANNEL."""
    corrected = tuple(each for each in articles if each.corrected and each.corrected >= since)
    gone = tuple(withdrawn)
    notices = [
        *(_notice_of(site, article, each) for article in corrected for each in article.corrections),
        *(_notice_of_withdrawal(site, each) for each in gone),
    ]
    recent = (notice for notice in notices if notice.published >= since)
    shown = tuple(sorted(recent, key=lambda notice: (notice.published, notice.id), reverse=True)[:NOTICES])
    return Corrections(site, channel, shown, corrected, gone, newest_change(shown))


def _notice_of(site: Site, article: Article, correction: Correction) -> Article:
    word = "Inställt" if "cancelled" in correction.parts else "Rättad"
    return replace(
        article,
        id=_id(site, article.path, correction.moment),
        url=f"{site.url}{article.path}",
        title=f"{word}: {article.title}",
        summary=f"{swedish.told_correction(correction)} Nyhetens id: {article.id}",
        html="",
        kind="article",
        event=None,
        image=None,
        published=correction.moment,
        dated=True,
        entered=correction.moment,
        updated=correction.moment,
        corrected=None,
        corrections=(),
        language="sv",
    )


def _notice_of_withdrawal(site: Site, withdrawal: Withdrawal) -> Article:
    return Article(
        id=_id(site, withdrawal.path, withdrawal.moment, "/tillbaka"),
        path=withdrawal.path,
        url=f"{site.url}{withdrawal.path}",
        title="Tillbakadragen nyhet",
        summary="Nyheten är tillbakadragen. Den ska inte publiceras, och tas bort där den är publicerad. "
        f"Nyhetens id: {withdrawal.id}",
        html="",
        kind="article",
        actor=site.publisher,
        actor_url=site.url,
        source_id="",
        source_url=site.url,
        authors=(),
        places=(),
        categories=(),
        published=withdrawal.moment,
        dated=True,
        entered=withdrawal.moment,
        updated=withdrawal.moment,
        language="sv",
        rights=site.rights,
    )


def _id(site: Site, path: str, moment: datetime, sort: str = "") -> str:
    """The article's page and the moment name a correction for good."""
    mark = path.rstrip("/").rpartition("/")[2]
    return own_tag(site, f"rattelse/{mark}/{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}{sort}")
