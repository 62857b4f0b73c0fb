"""An article: a story as readers get it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache

from aggregator.errors import without_secrets
from aggregator.model import Actor, Article, Credit, Item, Site, Source, Story, page_of
from aggregator.model.entry import text_of
from aggregator.places import NATION, Place, all_places

EXCERPT_LENGTH = 320

# What a newsfeed says of its last change when nothing has ever been in it.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def newest_change(articles: Iterable[Article]) -> datetime:
    """When any of ARTICLES last changed."""
    return max((article.updated for article in articles), default=BEGINNING)


def article_of(story: Story, site: Site, actors: Mapping[str, Actor], sources: Mapping[str, Source]) -> Article:
    """STORY as readers get it; what a source told that feeds.toml does not name any more, as an excerpt.

    What the source gave no address for is at home on its page with us.
    """
    item = story.leader
    entry = item.entry
    path = page_of(item.public_id)
    actor = actors.get(item.actor) or Actor(item.actor, item.actor)
    source = sources.get(item.source)
    policy = item.terms or (source.publish if source else "excerpt")
    location = source.location if source else ""
    return Article(
        id=item.public_id,
        path=path,
        url=entry.url or f"{site.url}{path}",
        title=entry.title or entry.url,
        kind=item.kind,
        summary="" if policy == "link" else excerpt(entry.summary or text_of(entry.html)),
        html=entry.html if policy == "full" else "",
        actor=actor.name,
        actor_url=actor.address,
        source_id=item.source,
        source_url=without_secrets(location) if "://" in location else actor.address,
        authors=entry.authors,
        places=_places(story),
        categories=tuple(dict.fromkeys((*entry.categories, *item.themes))),
        published=item.date,
        dated=entry.published is not None or entry.updated is not None,
        entered=item.entered,
        updated=max(item.changed, item.date),
        corrected=item.corrected if item.corrected and item.corrected > item.entered else None,
        corrections=tuple(each for each in item.corrections if each.moment > item.entered),
        language=entry.language,
        image=entry.image if source and source.pictures == "publish" else None,
        event=entry.event
        or next((other.entry.event for other in story.others if other.is_visible and other.is_event), None),
        also=tuple(_credit(other, actors, sources) for other in story.others if other.is_visible),
        findings=tuple(
            finding for one in story.items if one.is_visible for finding in one.findings if not finding.rejected
        ),
        via=source.via if source else "site",
        rights=(source.rights if source else "") or site.rights,
        themes=item.themes,
    )


def _credit(item: Item, actors: Mapping[str, Actor], sources: Mapping[str, Source]) -> Credit:
    actor, source = actors.get(item.actor) or Actor(item.actor, item.actor), sources.get(item.source)
    return Credit(actor.name, actor.address, item.entry.url or actor.address, source.via if source else "site")


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


@cache
def _known_places() -> dict[str, Place]:
    return {place.code: place for place in all_places()}


def _places(story: Story) -> tuple[Place, ...]:
    """The places it is about, each with the county that it lies in, in the order in which they were found."""
    known = _known_places()
    found = [
        known[finding.code]
        for item in story.items
        if item.is_visible
        for finding in item.findings
        if finding.tells_place and finding.code in known
    ]
    return tuple(dict.fromkeys([*found, *(place.county for place in found if place != NATION)]))
