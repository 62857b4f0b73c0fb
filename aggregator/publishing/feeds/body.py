"""What every format says of an article in words: the text that readers see, with its credit, and what sorts it."""

from html import escape

from aggregator.model import Article, Credit, Kind
from aggregator.places import NATION, Place
from aggregator.publishing import swedish


def body_of(article: Article) -> str:
    """The text with a visible credit last: most newsroom systems show nobody the source element."""
    event = article.event
    cancelled = "<p><strong>Inställt</strong></p>" if event and event.cancelled else ""
    when = f"<p><strong>{swedish.written_span(event.start, event.end)}</strong></p>" if event else ""
    where = f"<p>{escape(event.where)}</p>" if event and event.where else ""
    text = article.html or (f"<p>{escape(article.summary)}</p>" if article.summary else "")
    return f"{cancelled}{when}{where}{text}<p>Källa: {_credits(article)}</p>"


def credit_of(article: Article) -> str:
    """Källa: Cykelvännerna, även hos Naturskyddsföreningen; for where there are no links."""
    also = ", ".join(credit.actor for credit in article.also)
    return f"Källa: {article.actor}{', även hos ' if also else ''}{also}"


def categories_of(article: Article) -> list[tuple[str, str]]:
    """Names, since it is the term that readers show, and by what they are sorted."""
    kinds: list[Kind] = ["event", article.kind] if article.event else [article.kind]
    kind = [(swedish.KINDS[name], "slag") for name in dict.fromkeys(kinds) if name != "article"]
    places = [(place.name, sort_of(place)) for place in article.places]
    return [*places, *kind, *((category, "amne") for category in article.categories)]


def sort_of(place: Place) -> str:
    """What sort of place it is, as in the ids of our vocabularies."""
    return "land" if place == NATION else "kommun" if place.is_municipality else "lan"


def _credits(article: Article) -> str:
    also = ", ".join(_credit(credit) for credit in article.also)
    return f"{_link(article.actor_url, article.actor)}{', även hos ' if also else ''}{also}"


def _credit(credit: Credit) -> str:
    return _link(credit.url, credit.actor)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)
