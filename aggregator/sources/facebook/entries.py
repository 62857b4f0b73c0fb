"""From posts and events to entries: what readers get, and the names that each goes by in exports."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate

from aggregator.model import Exported, Mark, Member, Picture
from aggregator.sources import clean
from aggregator.sources.facebook.links import linked
from aggregator.sources.facebook.posts import LONGEST_TEXT, Happening, Media, Post, Where, plainly

# So many letters tell a text from the others of its minute. Formats differ in what they make of names and line ends.
PREFIX = 8

# Albums that Facebook makes by itself; their names say nothing.
_NAMELESS = frozenset(
    map(
        plainly,
        ("Tidslinjefoton", "Timeline photos", "Mobiluppladdningar", "Mobile uploads", "Tidslinjebilder", "Foton"),
    )
)

# People write 'kl. 18' and 'bl.a. cyklar' in the middle of a sentence.
_SENTENCE_ENDS = re.compile(r"(?<=[!?…])\s|(?<=\.)\s(?![a-zåäö\d])")

# The file of a picture, if the export holds it.
Finder = Callable[[Media], Member | None]


def of_post(post: Post, page_key: str, page_name: str, find: Finder) -> Exported:
    """A post that is no event."""
    captions = _captions(post)
    link = next((link for link in post.links if link.url), None)
    title = _title(post.text, (link.name if link else "", *captions, *_albums(post.media)), page_name, post.media)
    content = [*_paragraphs(post.text), *(part for caption in captions for part in _paragraphs(caption))]
    if link:
        content.append(f'<p><a href="{html.escape(link.url)}">{html.escape(link.name or link.url)}</a></p>')
    content += map(_place, post.places)
    return Exported(
        entry=clean.entry(
            "",
            id=f"{page_key}/{post.second}" if post.exact else post.id,
            url=link.url if link else post.permalink,
            title=title,
            title_markup="text",
            content="".join(content),
            published=_iso(post.backdated or post.second),
            updated=_iso(post.edited) if post.edited > post.second else "",
            form="share" if link else "post",
        ),
        marks=marks_of(post, page_key),
        partial=not post.exact,
        picture=_picture(post.media, find),
    )


def of_event(happening: Happening, posts: Sequence[Post], page_key: str, find: Finder, now: int) -> Exported:
    """An event, with the POSTS that told of it: one entry, however often it was shared.

    Where nothing tells when it was announced, one that is over is as old as it is: it is no news of today.
    """
    texts = list(dict.fromkeys(post.text for post in posts if post.text and post.text != happening.description))
    content = [part for text in (happening.description, *texts) for part in _paragraphs(text)]
    if _map(happening.where):
        # The address stands with the event itself; this is for the map.
        content.append(
            _place(replace(happening.where, address="" if happening.where.name else happening.where.address))
        )
    permalink = next((post.permalink for post in posts if post.permalink), "")
    own = ("event", page_key, f"{happening.created}") if happening.created else None
    told = ("event", *map(str, happening.key))
    marks = [mark for mark in (own, told) if mark]
    if happening.number:
        marks.append(("event", happening.number))
    over = happening.start if happening.start <= now else 0
    first = happening.created or min((post.second for post in posts), default=over)
    media = [media for post in posts for media in post.media]
    return Exported(
        entry=clean.entry(
            "",
            id="/".join(marks[0]),
            url=f"https://www.facebook.com/events/{happening.number}/" if happening.number else permalink,
            title=happening.name,
            title_markup="text",
            content="".join(content),
            published=_iso(first) if first else "",
            updated=_iso(edited) if (edited := max((post.edited for post in posts), default=0)) > first else "",
            event=clean.event(
                _iso(happening.start),
                _iso(happening.end) if happening.end > happening.start else "",
                html.escape(str(happening.where)),
            ),
            form="post",
        ),
        marks=tuple(dict.fromkeys((*marks, *(mark for post in posts for mark in marks_of(post, page_key))))),
        picture=_picture(media, find),
    )


def of_album(
    name: str, description: str, media: Sequence[Media], page_key: str, page_name: str, find: Finder
) -> Exported:
    """Pictures of an album that no post has shown, as one entry, however many they are."""
    captions = _at_most(dict.fromkeys(one.caption for one in media if one.caption and one.caption != description))
    seconds = sorted(media.second for media in media if media.second) or [0]
    named = name if plainly(name) not in _NAMELESS else ""
    folder = media[0].uri.rpartition("/")[0].rpartition("/")[2]
    key = folder.rpartition("_")[2] if folder.rpartition("_")[2].isdecimal() else plainly(name)
    return Exported(
        entry=clean.entry(
            "",
            id=f"{page_key}/album/{key}",
            url="",
            title=named or _title("", (description, *captions), page_name, media),
            title_markup="text",
            content="".join(part for text in (description, *captions) for part in _paragraphs(text)),
            published=_iso(seconds[0]),
            updated=_iso(seconds[-1]) if seconds[-1] > seconds[0] else "",
            form="post",
        ),
        marks=(("album", page_key, key),),
        picture=_picture(media, find),
    )


def marks_of(post: Post, page_key: str) -> tuple[Mark, ...]:
    """The names of a post: its page and second; Facebook's id; the second alone, since pages change their names;
    and its minute with the beginning of its text, by which a table without seconds finds it."""
    second = (f"{post.second}", post.apart) if post.apart else (f"{post.second}",)
    marks: list[Mark] = [("second", page_key, *second)] if post.exact else []
    if post.id:
        marks.append(("post", post.id.rpartition("_")[2]))
    if post.exact:
        marks.append(("second", "", *second))
    if (minute := minute_of(post)) is not None:
        marks.append(minute)
    return tuple(marks)


def minute_of(post: Post) -> Mark | None:
    beginning = "".join(plainly(post.text[: 20 * PREFIX]).split())[:PREFIX]
    return ("minute", f"{post.second // 60}", beginning) if beginning else None


def _iso(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()


def _captions(post: Post) -> list[str]:
    """What is said of the pictures, each once; it often repeats the text."""
    text = plainly(post.text)
    captions = dict.fromkeys(media.caption for media in post.media if media.caption)
    return _at_most([caption for caption in captions if plainly(caption) and plainly(caption) not in text])


def _at_most(texts: Iterable[str]) -> list[str]:
    """TEXTS until they are as long as a post may be."""
    kept = list(texts)
    lengths = accumulate(map(len, kept))
    return [text for text, length in zip(kept, lengths, strict=True) if length <= LONGEST_TEXT]


def _albums(media: Iterable[Media]) -> list[str]:
    return [one.album for one in media if one.album and plainly(one.album) not in _NAMELESS]


def _title(text: str, others: Iterable[str], page_name: str, media: Sequence[Media]) -> str:
    """The first sentence that says something: addresses and hashtags alone do not."""
    for told in (text, *others):
        for line in told.splitlines():
            words = " ".join(" ".join(piece for piece, address in linked(line) if not address).split())
            words = re.sub(r" (?=[.,:;!?](?: |$))", "", words)
            if any(not word.startswith("#") and any(map(str.isalnum, word)) for word in words.split()):
                return _sentence(words)
    films = bool(media) and all(one.uri.lower().endswith((".mp4", ".mov")) for one in media)
    return f"{'Film' if films else 'Foto' if media else 'Inlägg'} från {page_name or 'sidan'}"


def _sentence(words: str) -> str:
    """The first sentence, or as many of its words as a title has room for."""
    first = _SENTENCE_ENDS.split(words, maxsplit=1)[0]
    if len(first) <= clean.TITLE_LENGTH:
        return first
    return first[: clean.TITLE_LENGTH + 1].rsplit(" ", 1)[0][: clean.TITLE_LENGTH].rstrip(" ,;:–-") + "…"


def _paragraphs(text: str) -> list[str]:
    """TEXT as HTML: its empty lines make paragraphs, its lines stay lines, its addresses can be followed."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(_line(line.strip()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [f"<p>{'<br>'.join(lines)}</p>" for lines in paragraphs if lines]


def _line(line: str) -> str:
    if "://" not in line:
        return html.escape(line, quote=False)
    return "".join(
        f'<a href="{html.escape(address)}">{html.escape(piece, quote=False)}</a>'
        if address
        else html.escape(piece, quote=False)
        for piece, address in linked(line)
    )


def _place(where: Where) -> str:
    """Where it was, with a map for those who want one."""
    name = html.escape(where.name or where.address, quote=False)
    if map_of := _map(where):
        name = f'<a href="{map_of}">{name}</a>'
    address = f", {html.escape(where.address, quote=False)}" if where.name and where.address else ""
    return f"<p>Plats: {name}{address}</p>"


def _map(where: Where) -> str:
    """The address of a map of where it was, if that is known, as it is written in HTML."""
    if where.latitude is None or where.longitude is None:
        return ""
    point = f"{where.latitude:.5f}/{where.longitude:.5f}"
    mark = f"mlat={where.latitude:.5f}&amp;mlon={where.longitude:.5f}"
    return f"https://www.openstreetmap.org/?{mark}#map=16/{point}"


def _picture(media: Iterable[Media], find: Finder) -> Picture | None:
    return next((Picture(found, one.caption) for one in media if (found := find(one))), None)
