"""Posts as exports hold them: the values that all formats are read into, and the twins among them made one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aggregator.sources.facebook.links import addresses_in, cleaned

# Facebook's own limit to a post.
LONGEST_TEXT = 63_206

# The year 3000; what is later is counted in something else than seconds.
LAST_SECOND = 32_503_680_000

# A page or a person named in a text: "@[1002003:274:The name]". The number is no business of ours.
_MENTION = re.compile(r"@\[\d{1,30}:\d{1,9}:((?:\\.|[^\]\\]){0,300})\]")

_KNOWN = frozenset("media external_context event place text name".split())


@dataclass(frozen=True, slots=True)
class Where:
    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(part for part in (self.name, self.address) if part))


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a film: its file's path or address, what is said of it, the album it is in, when it was added."""

    uri: str
    caption: str = ""
    album: str = ""
    second: int = 0

    @property
    def name(self) -> str:
        """Its file's name, which holds Facebook's number of it, whatever the folders are called in this export."""
        return self.uri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: `created` is the second when it was made, `number` Facebook's number of it; 0 and "" if untold."""

    name: str
    start: int
    end: int = 0
    where: Where = Where()
    description: str = ""
    created: int = 0
    number: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """By what the same event is known in posts and in lists of events."""
        return plainly(self.name), self.start


@dataclass(frozen=True, slots=True)
class Post:
    """A post. `second` is when it was written (Unix time), to the minute only if not `exact`.

    `id` and `permalink` are Facebook's own, which no ZIP holds. `apart` tells posts of one second from each other.
    """

    second: int
    text: str = ""
    edited: int = 0
    backdated: int = 0
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    happenings: tuple[Happening, ...] = ()
    places: tuple[Where, ...] = ()
    exact: bool = True
    id: str = ""
    permalink: str = ""
    apart: str = ""

    @property
    def is_shell(self) -> bool:
        """A share of which nothing is left: neither words nor pictures, nor where it was from."""
        return not (self.text or self.media or self.happenings or any(link.url for link in self.links))

    @property
    def things(self) -> frozenset[object]:
        """What is attached to it."""
        return frozenset(
            (*(media.name for media in self.media), *(link.url for link in self.links if link.url))
        ) | frozenset(happening.key for happening in self.happenings)


def plainly(text: str) -> str:
    """TEXT for comparing: words without case and without what is drawn between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def second_of(value: Any) -> int:
    """A Unix time as it stands in JSON, 0 for none."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 12:
        value = int(value)
    known = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LAST_SECOND
    return int(value) if known else 0


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def words_of(value: Any) -> str:
    """A text as readers see it on Facebook: the names of those that it mentions, and not their numbers."""
    text = text_of(value)
    if "@[" in text:
        text = _MENTION.sub(lambda found: re.sub(r"\\(.)", r"\1", found[1]), text)
    return text.strip()[:LONGEST_TEXT]


def dicts_in(value: Any) -> Iterator[Mapping[str, Any]]:
    return (part for part in value if isinstance(part, Mapping)) if isinstance(value, list) else iter(())


def post_of(record: Mapping[str, Any], unknown: Counter[str]) -> Post:
    """A record of a ZIP's posts, already mended. UNKNOWN counts the attachments that we cannot read."""
    told = list(dicts_in(record.get("data")))
    text = max((words_of(part.get("post")) for part in told), key=len, default="")
    media: list[Media] = []
    said: dict[str, str] = {}
    links: list[Link] = []
    happenings: list[Happening] = []
    places: list[Where] = []
    for group in dicts_in(record.get("attachments")):
        for part in dicts_in(group.get("data")):
            unknown.update(part.keys() - _KNOWN)
            if isinstance(found := part.get("media"), Mapping):
                media.append(media_of(found, said))
            if isinstance(found := part.get("external_context"), Mapping):
                links.append(Link(cleaned(text_of(found.get("url"))), words_of(found.get("name"))))
            if isinstance(found := part.get("event"), Mapping) and (happening := happening_of(found)):
                happenings.append(happening)
            if isinstance(found := part.get("place"), Mapping):
                places.append(where_of(found))
    # A card without its address is about the one that stands in the text.
    if links and not any(link.url for link in links) and len(found_in_text := set(addresses_in(text))) == 1:
        links = [Link(found_in_text.pop(), next((link.name for link in links if link.name), ""))]
    return Post(
        second=second_of(record.get("timestamp")),
        text=text,
        edited=max((second_of(part.get("update_timestamp")) for part in told), default=0),
        backdated=max((second_of(part.get("backdated_timestamp")) for part in told), default=0),
        media=tuple(dict.fromkeys(one for one in media if one.uri)),
        links=tuple(dict.fromkeys(links)),
        happenings=tuple(dict.fromkeys(happenings)),
        places=tuple(dict.fromkeys(place for place in places if place.name or place.address)),
    )


def media_of(told: Mapping[str, Any], said: dict[str, str] | None = None) -> Media:
    """What we take of a picture: never the address it was sent from, nor where and with what it was taken.

    What is SAID of a post's many pictures is mostly the same, and is then kept once.
    """
    caption, album = words_of(told.get("description")), words_of(told.get("title"))
    if said is not None:
        caption, album = said.setdefault(caption, caption), said.setdefault(album, album)
    return Media(text_of(told.get("uri")), caption, album, second_of(told.get("creation_timestamp")))


def where_of(told: Any) -> Where:
    if not isinstance(told, Mapping):
        return Where()
    name, address, point = words_of(told.get("name")), words_of(told.get("address")), told.get("coordinate")
    latitude, longitude = (
        (point.get("latitude"), point.get("longitude")) if isinstance(point, Mapping) else (None, None)
    )
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return Where(name, address, float(latitude), float(longitude))
    return Where(name, address)


def happening_of(told: Mapping[str, Any]) -> Happening | None:
    """An event, if it has a name and tells when it begins."""
    name, start = words_of(told.get("name")), second_of(told.get("start_timestamp"))
    if not name or start <= 0:
        return None
    return Happening(
        name,
        start,
        max(0, second_of(told.get("end_timestamp"))),
        where_of(told.get("place")),
        words_of(told.get("description")),
        second_of(told.get("create_timestamp")),
    )


def merged(posts: Iterable[Post]) -> tuple[list[Post], int]:
    """The posts, each once, and how many were twins: a share is exported as a shell and again with its text.

    A post is known by its second. Two that share one and have nothing in common are two posts; what tells them apart
    is what is attached to them, and only if nothing is, their text, which may be edited.
    """
    by_second: defaultdict[int, list[Post]] = defaultdict(list)
    twins = 0
    for post in posts:
        twins += post.second in by_second
        by_second[post.second].append(post)
    whole: list[Post] = []
    for same in by_second.values():
        groups = _grouped(same)
        twins -= len(groups) - 1
        whole += groups if len(groups) == 1 else [replace(post, apart=_apart(post)) for post in groups]
    return whole, twins


def _grouped(posts: list[Post]) -> list[Post]:
    """Posts of one second, those that tell of the same made one; the order in which they came means nothing."""
    if len(posts) == 1:
        return posts
    groups: list[Post] = []
    for post in sorted(posts, key=_weight, reverse=True):
        for number, other in enumerate(groups):
            if _are_one(other, post):
                groups[number] = _together(other, post)
                break
        else:
            groups.append(post)
    return groups


def _weight(post: Post) -> tuple[object, ...]:
    """What counts most: words before none, the last edit before the first, the longer before the shorter."""
    return (bool(post.text), post.edited, len(post.text), len(post.things), post.text, sorted(map(str, post.things)))


def _are_one(one: Post, other: Post) -> bool:
    if one.things and other.things and one.things.isdisjoint(other.things):
        return False
    texts_differ = bool(one.text and other.text) and plainly(one.text) != plainly(other.text)
    return not texts_differ or not one.things.isdisjoint(other.things) or max(one.edited, other.edited) > one.second


def _together(one: Post, other: Post) -> Post:
    """ONE with what OTHER has besides; an address before none."""
    links = tuple(dict.fromkeys((*one.links, *other.links)))
    known = {media.name for media in one.media}
    happenings = {happening.key for happening in one.happenings}
    return replace(
        one,
        text=one.text or other.text,
        edited=max(one.edited, other.edited),
        backdated=one.backdated or other.backdated,
        media=one.media + tuple(media for media in other.media if media.name not in known),
        links=tuple(link for link in links if link.url) or links,
        happenings=one.happenings + tuple(found for found in other.happenings if found.key not in happenings),
        places=tuple(dict.fromkeys((*one.places, *other.places))),
        id=one.id or other.id,
        permalink=one.permalink or other.permalink,
    )


def _apart(post: Post) -> str:
    names = sorted(media.name for media in post.media)
    urls = sorted(link.url for link in post.links if link.url)
    return " ".join(names or urls or [name for name, _ in sorted(found.key for found in post.happenings)]) or plainly(
        post.text
    )
