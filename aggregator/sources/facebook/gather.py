"""An export read: first whether it is one that we may read, then what it says, each thing once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from aggregator.errors import ParseError
from aggregator.model import Bundle, Export, Exported, Member, Tally
from aggregator.sources.facebook import business_suite, entries, events, graph, layouts
from aggregator.sources.facebook.layouts import Kind
from aggregator.sources.facebook.pages import Page, distinct, is_one_of, key_of, page_of, whole_page
from aggregator.sources.facebook.pictures import Pictures
from aggregator.sources.facebook.posts import (
    Happening,
    Media,
    Post,
    media_of,
    merged,
    plainly,
    post_of,
    words_of,
)
from aggregator.sources.facebook.records import OBJECT_ENDS, records
from aggregator.sources.facebook.repair import mended_all

# Before Facebook, and so long after now that no clock is that wrong (a day's time zones and a day).
FACEBOOK_BEGAN = int(datetime(2004, 1, 1, tzinfo=UTC).timestamp())
AHEAD = timedelta(days=2)

HTML = (
    "is an export in HTML, which tells no times that can be trusted; make it again, and choose the format JSON "
    "(Format: JSON) and not HTML. docs/facebook.md shows where"
)
PERSON = (
    "is the archive of a person and not of a page: it is private, and nothing that it says was read. Switch to the "
    "page on Facebook before you make the export; docs/facebook.md shows how"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What feeds.toml says of an export: which page it should be of (any will do if none is told), and how to read."""

    expected: tuple[Page, ...] = ()
    csv_zone: str = "America/Los_Angeles"
    skipped_albums: frozenset[str] = frozenset()


@dataclass
class _Found:
    """What has been met so far."""

    pages: list[Page] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    rows: list[Post] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    hosted: list[Mapping[str, Any]] = field(default_factory=list)
    albums: list[tuple[str, str, tuple[Media, ...]]] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def gathered(bundle: Bundle, wishes: Wishes, now: datetime) -> Export:
    """What the parts of an export say together; ParseError, with the part that is to blame, if one is not for us."""
    try:
        return _gathered(bundle, wishes, now)
    except RecursionError as error:
        raise ParseError(", ".join(bundle.parts), "holds JSON that is nested too deeply") from error


def _gathered(bundle: Bundle, wishes: Wishes, now: datetime) -> Export:
    found = _Found()
    files = layouts.sorted_out(bundle)
    for part in bundle.parts:
        _check(bundle.of_part(part), files, wishes, found)
    readable = [kind for kind in Kind if kind not in (Kind.PICTURE, Kind.PROFILE) and files[kind]]
    if not readable:
        if not files[Kind.PICTURE] and not files[Kind.PROFILE]:
            raise ParseError(", ".join(bundle.parts), "holds no posts and no events from a Facebook page")
        found.notes.append("holds nothing but pictures; the parts of a split export belong together")
    _read_posts(files[Kind.POSTS], wishes, found)
    for member in files[Kind.EVENTS]:
        found.happenings += events.happenings_in(member)
    for member in files[Kind.HOSTED]:
        found.hosted += events.hosted_in(member)
    for member in files[Kind.ALBUM]:
        found.albums.append(_album(member))
    for member in (*files[Kind.PHOTOS], *files[Kind.VIDEOS]):
        found.albums += _loose(member)
    for member in files[Kind.DUMP]:
        _read_dump(member, wishes, found)
    for member in files[Kind.TABLE]:
        _read_table(member, wishes, found)
    return _export(bundle, files, wishes, found, now)


def _check(part: Bundle, files: Mapping[Kind, Sequence[Member]], wishes: Wishes, found: _Found) -> None:
    """Whether a part may be read: it is a page's, and the page is the one that we expect."""
    location = part.members[0].part if part.members else ""
    own = {kind: [member for member in members if member.part == location] for kind, members in files.items()}
    pages = [page for member in own[Kind.PROFILE] if (page := page_of(member)).keys]
    is_persons = layouts.is_of_person(member.name for member in part.members) or _is_persons_only(own[Kind.POSTS])
    if is_persons and not (pages and all(is_one_of(page, wishes.expected) for page in pages)):
        raise ParseError(location, PERSON)
    for page in pages:
        _see_that_it_is_ours(location, page, wishes)
    found.pages += pages
    texts = [*own[Kind.POSTS], *own[Kind.EVENTS], *own[Kind.TABLE], *own[Kind.DUMP]]
    in_html = [member for member in part.members if layouts.is_html(member, alone=len(part.members) == 1)]
    if in_html and not texts:
        raise ParseError(location, HTML)
    if in_html:
        found.notes.append(f"{len(in_html)} files in HTML were passed over: they say what those in JSON say")
    if own[Kind.POSTS] and wishes.expected and not pages and not own[Kind.PROFILE]:
        found.notes.append("nothing in the export says which page it is of; choose 'profile information' too next time")


def _is_persons_only(posts: Sequence[Member]) -> bool:
    return bool(posts) and all(layouts.is_persons(member) for member in posts)


def _see_that_it_is_ours(location: str, page: Page, wishes: Wishes) -> None:
    if wishes.expected and page.keys and not is_one_of(page, wishes.expected):
        expected = " or ".join(map(str, wishes.expected))
        what = f"is of the page {page}, and this source is for {expected}; if both are the same, set page_name"
        raise ParseError(location, what)


def _read_posts(members: Sequence[Member], wishes: Wishes, found: _Found) -> None:
    """The posts of ZIPs; a file in the layout of persons' archives counts only where no page's is beside it."""
    of_page = [member for member in members if not layouts.is_persons(member)]
    if of_page and len(of_page) < len(members):
        others = sorted(layouts.root_of(member.name) or member.part for member in members if layouts.is_persons(member))
        found.notes.append(f"posts in the layout of a person's archive were passed over: {', '.join(others)}")
    for member in of_page or members:
        for key, record in records(member):
            if isinstance(record, Mapping) and "timestamp" in record:
                found.posts.append(post_of(mended_all(record), found.unknown))
            elif (key, record) != OBJECT_ENDS:
                found.unknown[key or "(a record without a time)"] += 1
    found.counts["records"] = len(found.posts)


def _album(member: Member) -> tuple[str, str, tuple[Media, ...]]:
    name, description, media = "", "", []
    for key, value in records(member):
        if key == "name":
            name = words_of(mended_all(value))
        elif key == "description":
            description = words_of(mended_all(value))
        elif key == "photos" and isinstance(value, Mapping):
            media.append(media_of(mended_all(value)))
    return name, description, tuple(one for one in media if one.uri)


def _loose(member: Member) -> list[tuple[str, str, tuple[Media, ...]]]:
    """Pictures and films outside of albums: those of which something is said are news, each for itself."""
    found = [media_of(mended_all(value)) for _, value in records(member) if isinstance(value, Mapping)]
    return [("", "", (media,)) for media in found if media.uri and media.caption]


def _read_dump(member: Member, wishes: Wishes, found: _Found) -> None:
    for told in graph.told_in(member):
        if told.page.name or any(page.number for page in wishes.expected):
            _see_that_it_is_ours(member.part, told.page, wishes)
        found.pages.append(told.page)
        found.counts["records"] += 1
        if told.post:
            found.posts.append(told.post)
        else:
            found.counts["left_out"] += 1


def _read_table(member: Member, wishes: Wishes, found: _Found) -> None:
    """The rows of our page; a table may hold those of many."""
    rows = business_suite.rows_in(member, wishes.csv_zone)
    pages = list(dict.fromkeys(row.page for row in rows if row.page.keys))
    ours = [page for page in pages if is_one_of(page, wishes.expected)] if wishes.expected else pages
    if pages and not ours:
        expected = " or ".join(map(str, wishes.expected))
        what = f"has posts of {', '.join(map(str, pages[:5]))}, and none of {expected}"
        raise ParseError(member.part, f"{member.name} {what}; if both are the same, set page_name")
    if not wishes.expected and len({page.number or page.name for page in pages}) > 1:
        what = f"has posts of several pages ({', '.join(map(str, pages[:5]))}); set page_name to the one that is meant"
        raise ParseError(member.part, f"{member.name} {what}")
    if not rows:
        found.notes.append(f"{member.name} has no rows; was the page chosen when it was exported?")
    taken = [row for row in rows if row.page in ours or not row.page.keys]
    if others := len(rows) - len(taken):
        found.notes.append(f"{others} rows of other pages in {member.name} were passed over")
    found.pages += ours
    found.counts["rows"] += len(taken)
    found.counts["undated"] += sum(row.post is None for row in taken)
    found.rows += [row.post for row in taken if row.post]


def _export(
    bundle: Bundle, files: Mapping[Kind, Sequence[Member]], wishes: Wishes, found: _Found, now: datetime
) -> Export:
    page = whole_page([*found.pages, *wishes.expected])
    key = min((key for told in wishes.expected for key in told.keys), default="") or min(page.keys, default="")
    latest = int((now + AHEAD).timestamp())
    dated = [post for post in found.posts if FACEBOOK_BEGAN <= post.second <= latest]
    posts, twins = merged(_tame(post, latest) for post in dated)
    posts, joined = _with_rows(posts, found.rows)
    pictures = Pictures(files[Kind.PICTURE], bundle.members)
    shells = [post for post in posts if post.is_shell]
    unwanted = [post for post in posts if _is_unwanted(post, wishes)]
    told = [post for post in posts if not post.is_shell and not _is_unwanted(post, wishes)]
    made = _entries(told, found, key, page, wishes, pictures, now)
    seconds = [post.second for post in posts if post.exact]
    media = {media.uri for post in posts for media in post.media} | {
        one.uri for _, _, all in found.albums for one in all
    }
    tally = Tally(
        pages=tuple(dict.fromkeys(str(page) for page in distinct(found.pages))),
        records=found.counts["records"],
        merged=twins,
        shells=len(shells),
        left_out=found.counts["left_out"] + len(unwanted),
        undated=found.counts["undated"] + len(found.posts) - len(dated),
        events=sum(one.entry.event is not None for one in made),
        rows=found.counts["rows"],
        unknown=tuple(sorted(found.unknown.items())),
        missing=sum(pictures.is_missing(uri) for uri in media),
        notes=tuple(found.notes + ([f"{joined} rows of tables belong to posts of the export"] if joined else [])),
    )
    return Export(
        tuple(made),
        tally,
        datetime.fromtimestamp(min(seconds), UTC) if seconds else None,
        datetime.fromtimestamp(max(seconds), UTC) if seconds else None,
    )


def _tame(post: Post, latest: int) -> Post:
    """A post without times that cannot be."""
    return replace(
        post,
        edited=post.edited if post.edited <= latest else 0,
        backdated=post.backdated if FACEBOOK_BEGAN <= post.backdated <= latest else 0,
    )


def _with_rows(posts: list[Post], rows: Sequence[Post]) -> tuple[list[Post], int]:
    """The posts with the id and the address that tables know of them; and the rows that belong to none, as posts."""
    by_minute: defaultdict[object, list[int]] = defaultdict(list)
    by_id = {post.id: number for number, post in enumerate(posts) if post.id}
    minutes = {row.second // 60 for row in rows}
    for number, post in enumerate(posts):
        if post.second // 60 in minutes and (mark := entries.minute_of(post)):
            by_minute[mark].append(number)
    whole, joined = list(posts), 0
    alone: dict[str, Post] = {}
    for row in rows:
        free = [number for number in by_minute.get(entries.minute_of(row), []) if not whole[number].permalink]
        nearest = max(free, key=lambda number: _likeness(whole[number], row), default=-1)
        number = by_id.get(row.id, nearest)
        if number < 0:
            alone[row.id] = row
        else:
            whole[number] = replace(whole[number], id=whole[number].id or row.id, permalink=row.permalink)
            joined += 1
    return [*whole, *alone.values()], joined


def _likeness(one: Post, other: Post) -> int:
    """How far two texts are the same from their beginning."""
    pairs = zip(plainly(one.text), plainly(other.text), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_unwanted(post: Post, wishes: Wishes) -> bool:
    """New profile pictures and covers, of which nothing is said, are no news."""
    if post.text or not post.media or post.links or post.happenings or any(media.caption for media in post.media):
        return False
    return all(_is_skipped(media, wishes.skipped_albums) for media in post.media)


def _is_skipped(media: Media, albums: frozenset[str]) -> bool:
    folder = media.uri.rpartition("/")[0].rpartition("/")[2].rpartition("_")[0]
    return key_of(media.album) in albums or key_of(folder) in albums


def _entries(
    posts: Sequence[Post], found: _Found, key: str, page: Page, wishes: Wishes, pictures: Pictures, now: datetime
) -> list[Exported]:
    """Posts, events with the posts that share them, and of the albums what no post has shown."""
    shared: defaultdict[tuple[str, int], list[Post]] = defaultdict(list)
    for post in posts:
        if post.happenings:
            shared[post.happenings[0].key].append(post)
    own = events.numbered(found.happenings, found.hosted)
    happenings = events.once([*own, *(post.happenings[0] for post in posts if post.happenings)])
    this_second = int(now.timestamp())
    made = [
        entries.of_event(event, _sorted(shared[event.key]), key, pictures.find, this_second) for event in happenings
    ]
    made += [entries.of_post(post, key, page.name, pictures.find) for post in posts if not post.happenings]
    used = {media.name for post in posts for media in post.media}
    for name, description, media in found.albums:
        left = [one for one in media if one.name not in used and not _is_skipped(one, wishes.skipped_albums)]
        left = [one for one in left if FACEBOOK_BEGAN <= one.second <= this_second]
        used |= {one.name for one in left}
        if left:
            made.append(entries.of_album(name, description, left, key, page.name, pictures.find))
    return made


def _sorted(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.second)
