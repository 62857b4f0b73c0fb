"""An edition: what the readers of one newsfeed get, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from aggregator.errors import without_secrets
from aggregator.model import Actor, Article, Channel, Edition, Item, Site, Source
from aggregator.model.entry import text_of
from aggregator.places import NATION, Place, coded

NEWEST = 50
EXCERPT_LENGTH = 320

# What a newsfeed says of its last change when nothing has ever been in it.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def edition_of(site: Site, channel: Channel, articles: Iterable[Article], day: date) -> Edition:
    """The newest of ARTICLES, each story once."""
    newest_first = sorted(articles, key=lambda article: (article.published, article.id), reverse=True)
    once = _without_repeats(newest_first)[:NEWEST]
    updated = max((article.updated for article in once), default=BEGINNING)
    return Edition(site, channel, tuple(once), day, updated)


def article_of(item: Item, actors: Mapping[str, Actor], sources: Mapping[str, Source]) -> Article:
    """ITEM as readers get it. An actor or a source that has left feeds.toml is credited by its id."""
    entry = item.entry
    actor = actors.get(item.actor) or Actor(item.actor, item.actor)
    source = sources.get(item.source)
    policy = source.publish if source else "excerpt"
    location = source.location if source else ""
    return Article(
        id=item.public_id,
        url=entry.url or actor.address,
        title=entry.title or entry.url,
        summary="" if policy == "link" else excerpt(entry.summary or text_of(entry.html)),
        html=entry.html if policy == "full" else "",
        actor=actor.name,
        actor_url=actor.address,
        source_id=item.source,
        source_url=without_secrets(location) if "://" in location else actor.address,
        authors=entry.authors,
        places=_places(item),
        categories=tuple(dict.fromkeys((*entry.categories, *item.themes))),
        published=item.date,
        dated=entry.published is not None or entry.updated is not None,
        updated=max(item.changed, item.date),
        language=entry.language,
        image=entry.image if source and source.pictures == "publish" else None,
        event=entry.event,
    )


def excerpt(text: str) -> str:
    """The beginning of TEXT on one line, ending with a sentence if one ends in time, else with a word and '…'."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT_LENGTH:
        return line
    beginning = line[: EXCERPT_LENGTH + 1]
    sentence = max(beginning.rfind(f"{mark} ") for mark in ".!?")
    if sentence >= EXCERPT_LENGTH // 2:
        return beginning[: sentence + 1]
    return beginning.rsplit(" ", 1)[0][:EXCERPT_LENGTH].rstrip(" ,;:–-") + "…"


def _places(item: Item) -> tuple[Place, ...]:
    """The places it is about, each with the county that it lies in, in the order in which they were found."""
    found = [coded(finding.code) for finding in item.findings if not finding.rejected]
    return tuple(dict.fromkeys([*found, *(place.county for place in found if place != NATION)]))


def _without_repeats(articles: list[Article]) -> list[Article]:
    """One link told by several sources is one story; the first to come in tells it.

    A source that gives several items the same link means its own page by it, and repeats nothing; nor does a link to
    the actor's own address, which stands for one that is missing.
    """
    told: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        told[article.url].append(article)

    def repeats(article: Article) -> bool:
        same = told[article.url]
        if article.url in ("", article.actor_url) or len({other.source_id for other in same}) < len(same):
            return False
        return article is not min(same, key=lambda other: (other.updated, other.published, other.id))

    return [article for article in articles if not repeats(article)]
