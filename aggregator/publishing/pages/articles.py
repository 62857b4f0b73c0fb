"""The page of a single article, which stays where it is for good and depends on no day."""

import re

from aggregator.model import Article, Site, Whereabouts, Withdrawal
from aggregator.publishing.pages import linked
from aggregator.publishing.pages.rendering import rendered

_IMAGE = re.compile(r"<img\b[^<>]*>")
_EMPTY = re.compile(r"<(p|figure|a)\b[^<>]*>\s*</\1>")
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_HIGHEST = 2


def article_page(site: Site, article: Article, where: Whereabouts) -> bytes:
    """ARTICLE as far as its source's terms allow, and WHERE it is, and why."""
    return rendered(
        "article.html",
        article.path,
        site,
        article=article,
        where=where,
        text=full_text(article.html, site),
        picture=article.image if article.image and article.image.url.startswith(site.url) else None,
        linked=linked.event(article),
    )


def withdrawn_page(site: Site, withdrawal: Withdrawal) -> bytes:
    """What stands where an article was that was taken back."""
    return rendered("withdrawn.html", withdrawal.path, site, withdrawal=withdrawal)


def full_text(html: str, site: Site) -> str:
    """Sanitised HTML as our page shows it: nothing is fetched from elsewhere, and its headings stand below ours."""
    if "<img" in html:
        html = _IMAGE.sub(lambda tag: tag[0] if f'src="{site.url}' in tag[0] else "", html)
        html = _EMPTY.sub("", _EMPTY.sub("", html))
    return _levelled(html) if "<h" in html else html


def _levelled(html: str) -> str:
    """The headings of HTML from the second level on, and none that skips a level."""
    open_levels: list[int] = []

    def level(tag: re.Match[str]) -> str:
        told = int(tag[2])
        if not tag[1]:
            while open_levels and open_levels[-1] >= told:
                open_levels.pop()
            open_levels.append(told)
        return f"<{tag[1]}h{min(_HIGHEST + len(open_levels) - 1, 6)}"

    return _HEADING.sub(level, html)
