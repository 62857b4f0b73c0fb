"""Whose export is it? Pages go by a name, a username and a number, and by addresses made of these."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aggregator.model import Member
from aggregator.places import folded
from aggregator.sources.facebook.records import records
from aggregator.sources.facebook.repair import mended_all


@dataclass(frozen=True, slots=True)
class Page:
    """A page as an export tells of it, or as feeds.toml does; what is not told is empty."""

    name: str = ""
    username: str = ""
    number: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """What it may be known by, written the same however it was written."""
        return frozenset(key for key in map(key_of, (self.name, self.username, self.number)) if key)

    def __str__(self) -> str:
        names = list(dict.fromkeys(name for name in (self.name, self.username, self.number) if name))
        return (names[0] + (f" ({', '.join(names[1:])})" if names[1:] else "")) if names else "a page without a name"


def key_of(name: str) -> str:
    """NAME without what people write differently: 'Töreboda Ställer Om' and 'toreboda.stallerom' are the same.

    Facebook itself reads usernames without regard to dots and capitals.
    """
    return "".join(sign for sign in folded(name) if sign.isalnum())


def page_at(told: str) -> Page:
    """The page that TOLD means: an address of Facebook, a username, a number or a name."""
    text = told.strip()
    if "://" not in text and not text.lower().startswith(("www.", "facebook.com/")):
        return Page(number=text) if text.isdecimal() else Page(name=text)
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if number := parse_qs(parts.query).get("id"):
        return Page(number=number[0])
    path = [part for part in parts.path.split("/") if part]
    if path[:1] in (["pages"], ["p"], ["people"], ["pg"]):
        path = path[1:]
    numbers = re.findall(r"(?:^|-)(\d{6,})$", "-".join(path))
    name = re.sub(r"-\d{6,}$", "", path[0]) if path else ""
    return Page(username="" if name.isdecimal() else name, number=numbers[0] if numbers else "")


def page_of(profile: Member) -> Page:
    """The page that a file with profile information speaks of."""
    for key, value in records(profile):
        if key.startswith("profile") and isinstance(value, Mapping):
            told: Mapping[str, Any] = mended_all(value)
            name = told.get("name")
            full = name.get("full_name") if isinstance(name, Mapping) else name
            address = page_at(_text(told, "profile_uri")) if told.get("profile_uri") else Page()
            return Page(
                name=full if isinstance(full, str) else "",
                username=_text(told, "username") or address.username,
                number=address.number,
            )
    return Page()


def is_one_of(page: Page, expected: Iterable[Page]) -> bool:
    return any(page.keys & other.keys for other in expected)


def whole_page(pages: Iterable[Page]) -> Page:
    """What is known of the page from all that tell of it."""
    pages = list(pages)
    return Page(
        next((page.name for page in pages if page.name), ""),
        next((page.username for page in pages if page.username), ""),
        next((page.number for page in pages if page.number), ""),
    )


def distinct(pages: Collection[Page]) -> list[Page]:
    """The pages that were met; two tellings that share a key are of one page."""
    found: list[Page] = []
    for page in pages:
        same = [other for other in found if page.keys & other.keys]
        if page.keys:
            found = [*(other for other in found if other not in same), whole_page([*same, page])]
    return found


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    return value if isinstance(value, str) else ""
