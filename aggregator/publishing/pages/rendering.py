"""From a template and its values to bytes: the one place where pages are made."""

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, TemplateError, TemplateNotFound
from markupsafe import Markup

from aggregator.errors import OutputError
from aggregator.model import Article, Channel, Site
from aggregator.places import Place
from aggregator.publishing import condition, swedish
from aggregator.publishing.reasons import reasons_of


def rendered(template: str, path: str, site: Site, root: str | None = None, **values: object) -> bytes:
    """The page at PATH below SITE. Links lead from ROOT, which is relative unless it is given."""
    if root is None:
        root = "../" * path.count("/")
    try:
        return _template(template).render(root=root, here=f"{site.url}{path}", site=site, **values).encode()
    except TemplateNotFound as error:
        what = f"the template {error.name} is missing; install nyhetsflode again. What was published before stays"
        raise OutputError(what) from error
    except TemplateError as error:
        raise OutputError(
            f"the page {path or '/'} cannot be made from {template}: {error.message or type(error).__name__}"
        ) from error


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    templates = Environment(
        loader=PackageLoader("aggregator.publishing.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["moment"] = swedish.written_moment
    templates.filters["day"] = lambda moment: swedish.written_day(swedish.day_of(moment))
    templates.filters["since"] = swedish.told_moment
    templates.filters["span"] = lambda event: swedish.written_span(event.start, event.end)
    templates.filters["period"] = swedish.written_period
    templates.filters["month"] = swedish.written_month
    templates.filters["others"] = _others
    templates.filters["reasons"] = reasons_of
    templates.filters["foreign"] = _foreign
    templates.filters["kind"] = lambda kind: swedish.KINDS[kind]
    templates.filters["role"] = lambda role: swedish.ROLES[role]
    templates.filters["via"] = lambda via: swedish.VIA[via]
    templates.filters["told"] = swedish.told_correction
    templates.filters["safe_html"] = Markup
    templates.filters["mailto"] = _mailto
    templates.filters["machine"] = swedish.machine_readable
    templates.filters["heading"] = lambda kind: condition.heading_of(kind).lower()
    templates.filters["job"] = condition.job_of
    templates.filters["health"] = condition.health_of
    templates.filters["rhythm"] = condition.rhythm_of
    templates.filters["weeks"] = condition.weeks_of
    return templates


def _others(article: Article, channel: Channel) -> list[Place]:
    """The places it is about beside CHANNEL's own; a county goes without saying where one of its municipalities is."""
    implied = {place.county for place in article.places if place.is_municipality}
    return [place for place in article.places if place.path != channel.path and place not in implied]


def _foreign(article: Article) -> Markup:
    """What marks a text in another language as such."""
    language = article.language
    return Markup("") if not language or language.lower().startswith("sv") else Markup(' lang="{}"').format(language)


def _mailto(article: Article, site: Site) -> str:
    """A letter to those who publish, about an article."""
    subject = quote(f"Om en nyhet: {article.id}")
    body = quote(f"Nyheten: {article.title}\n{site.url}{article.path}\n\nVad är fel, eller varför ska den tas bort?\n")
    return f"mailto:{quote(site.contact, safe='@+')}?subject={subject}&body={body}"
