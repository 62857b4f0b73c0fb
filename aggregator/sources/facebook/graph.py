"""What the Graph API answers when a page is asked for its posts, saved as a file (developers.facebook.com, v19-v25).

One answer, a list of answers, their posts in a bare list or one a line. The address of the next answer may hold a key
to the page (access_token): it is neither kept nor shown. The addresses of pictures are signed and soon dead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aggregator.errors import ParseError
from aggregator.model import Member
from aggregator.sources import dates
from aggregator.sources.facebook.links import cleaned, is_own
from aggregator.sources.facebook.pages import Page
from aggregator.sources.facebook.posts import Link, Post, dicts_in, text_of, words_of
from aggregator.sources.facebook.records import OBJECT_ENDS, records

_LISTS = ("data", "posts", "published_posts", "feed")
_WITHDRAWN: Mapping[str, bool] = {"is_hidden": True, "is_expired": True, "is_published": False}


@dataclass(frozen=True, slots=True)
class Told:
    """A post of a dump, with whose it is; None if its page has withdrawn it."""

    page: Page
    post: Post | None


def told_in(member: Member) -> list[Told]:
    """The posts of a dump, if it is one; ParseError else."""
    found = [_told(record) for record in _posts(member)]
    if not found:
        what = "is JSON, but neither an export from Facebook nor an answer of the Graph API that holds posts"
        raise ParseError(member.part, f"{member.name} {what}")
    return found


def _posts(member: Member) -> Iterator[Mapping[str, Any]]:
    """The posts of a file; one that stands by itself, as in JSON Lines, comes in its parts."""
    alone: dict[str, Any] = {}
    for key, value in records(member):
        if (key, value) == OBJECT_ENDS:
            yield from _records("data", alone) if "created_time" in alone else ()
            alone = {}
        else:
            alone[key] = value
            yield from _records(key, value)


def _records(key: str, value: Any) -> Iterator[Mapping[str, Any]]:
    """The posts in VALUE, which is a post, an answer, or a page with its posts."""
    if not isinstance(value, Mapping):
        return
    if "created_time" in value and "id" in value:
        yield value
    elif not key or key in _LISTS:
        for name in _LISTS:
            inner = value.get(name)
            for record in dicts_in(inner) if isinstance(inner, list) else [inner]:
                yield from _records("data", record)


def _told(record: Mapping[str, Any]) -> Told:
    id = text_of(record.get("id"))
    sender = record.get("from")
    name = text_of(sender.get("name")) if isinstance(sender, Mapping) else ""
    page = Page(name=name, number=id.partition("_")[0] if "_" in id else "")
    if any(record.get(key) is value for key, value in _WITHDRAWN.items()):
        return Told(page, None)
    created, edited = (dates.moment(text_of(record.get(key))) for key in ("created_time", "updated_time"))
    return Told(
        page,
        Post(
            int(created.timestamp()) if created else 0,
            words_of(record.get("message")),
            edited=int(edited.timestamp()) if edited else 0,
            links=tuple(dict.fromkeys(_links(record))),
            id=id,
            permalink=cleaned(text_of(record.get("permalink_url"))),
        ),
    )


def _links(record: Mapping[str, Any]) -> Iterator[Link]:
    """The pages that a post leads to; not its own pictures, nor what it shares from elsewhere on Facebook."""
    attachments = record.get("attachments")
    for part in dicts_in(attachments.get("data")) if isinstance(attachments, Mapping) else ():
        target = part.get("target")
        told = (
            part.get("unshimmed_url") or part.get("url") or (target.get("url") if isinstance(target, Mapping) else "")
        )
        url = cleaned(text_of(told))
        if url and not is_own(url):
            yield Link(url, words_of(part.get("title")))
