"""Which files an export holds, by the ends of their paths: deliveries are wrapped in folders of many names.

This is the list of what may be opened at all. A page's export also holds its visitors' letters, its administrators'
doings and their devices; whatever is not named here is never opened.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from aggregator.model import Bundle, Member


class Kind(StrEnum):
    POSTS = "posts"
    EVENTS = "events"
    HOSTED = "hosted"
    ALBUM = "album"
    PHOTOS = "photos"
    VIDEOS = "videos"
    PROFILE = "profile"
    TABLE = "table"
    DUMP = "dump"
    PICTURE = "picture"


_AT = r"(?:^|.*/)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_AT + pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.POSTS,
            r"(?:profile_posts|your_posts|page_posts)(?:__check_ins__photos_and_videos)?(?:_\d+)?\.json",
        ),
        (Kind.EVENTS, r"events/(?:your_)?events(?:_\d+)?\.json"),
        (Kind.HOSTED, r"events/events_you_hosted(?:_\d+)?\.json"),
        (Kind.ALBUM, r"(?:posts|photos_and_videos)/album/\d+\.json"),
        (Kind.PHOTOS, r"posts/(?:your_)?uncategorized_photos\.json"),
        (Kind.VIDEOS, r"posts/(?:your_)?videos\.json"),
        (Kind.PROFILE, r"profile_information/profile_information\.json"),
        (Kind.PICTURE, r"(?:posts/media|photos_and_videos)/.+\.(?:jpe?g|png|webp|gif)"),
    )
)

# Files that stand for themselves, beside an export and not in it.
_TABLE = re.compile(r"[^/]+\.csv", re.IGNORECASE)
_DUMP = re.compile(r"[^/]*(?:graph|published_posts|feed)[^/]*\.(?:json|jsonl|ndjson)", re.IGNORECASE)
_ALONE = re.compile(r"[^/]+\.(?:json|jsonl|ndjson)", re.IGNORECASE)

# Rooms that nothing is read from, whatever the names of the files in them.
_PRIVATE = re.compile(
    r"(?:^|.*/)(?:messages|connections|friends|friends_and_followers|comments_and_reactions|logged_information|"
    r"security_and_login_information|personal_information/(?!profile_information)[^/]*|ads_information|pages|groups|"
    r"apps_and_websites_off_of_facebook|location|search|preferences|facebook_payments|facebook_marketplace|stories|"
    r"activity_messages|your_interactions_on_facebook|saved_items_and_collections|other_activity|polls)/.*",
    re.IGNORECASE,
)

# An apostrophe, or whatever a system makes of it.
_OF_PAGE = re.compile(r"(?:^|.*/)this_profile.{1,3}s_activity_across_facebook/.*", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"(?:^|.*/)(?:your_facebook_activity|your_activity_across_facebook|friends|friends_and_followers|"
    r"connections/friends)/.*|(?:^|.*/)(?:your_friends|friends)\.(?:json|html)",
    re.IGNORECASE,
)
_OF_PAGES_POSTS = re.compile(r"(?:^|.*/)(?:profile|page)_posts[^/]*", re.IGNORECASE)
_HTML = re.compile(r"(?:^|.*/)(?:[^/]*posts[^/]*|events/[^/]+|start_here|index)\.html?", re.IGNORECASE)


def kind_of(member: Member, alone: bool = False) -> Kind | None:
    """What MEMBER is, None if it may not be opened. A file that was handed in ALONE is what its owner says it is."""
    name = member.name
    if _PRIVATE.fullmatch(name):
        return None
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(name):
            return kind
    if _TABLE.fullmatch(name):
        return Kind.TABLE
    return Kind.DUMP if (_ALONE if alone else _DUMP).fullmatch(name) else None


def sorted_out(bundle: Bundle) -> dict[Kind, list[Member]]:
    """The members that may be opened, by kind; of numbered files, 2 comes before 10."""
    found: dict[Kind, list[Member]] = {kind: [] for kind in Kind}
    for part in bundle.parts:
        members = bundle.of_part(part).members
        for member in members:
            if kind := kind_of(member, alone=len(members) == 1 and "/" not in member.name):
                found[kind].append(member)
    return {kind: sorted(members, key=_in_order) for kind, members in found.items()}


def is_persons(member: Member) -> bool:
    """Whether a file of posts is one of a person's archive, by its name and its folder."""
    return not _OF_PAGES_POSTS.fullmatch(member.name) and not _OF_PAGE.fullmatch(member.name)


def is_of_person(names: Iterable[str]) -> bool:
    """Whether a tree with these NAMES is a person's archive and no page's."""
    names = list(names)
    of_page = any(_OF_PAGE.fullmatch(name) or _OF_PAGES_POSTS.fullmatch(name) for name in names)
    return not of_page and any(_OF_PERSON.fullmatch(name) for name in names)


def is_html(member: Member, alone: bool = False) -> bool:
    """Whether MEMBER is what the HTML export has where the JSON export has posts and events."""
    return bool(_HTML.fullmatch(member.name)) or (alone and member.name.lower().endswith((".html", ".htm")))


def root_of(name: str) -> str:
    """The folder that an export's own folders stand in, "" if there is none around them."""
    before = re.split(
        r"(?:^|/)(?:this_profile.{1,3}s_activity_across_facebook|your_facebook_activity|your_activity_across_facebook|"
        r"posts|events|photos_and_videos|profile_information|personal_information|profile_posts|page_posts)(?=[/_])",
        name,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    return "" if before == name else before


def _in_order(member: Member) -> tuple[object, ...]:
    pieces = re.split(r"(\d+)", member.name)
    return (member.part, *((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces))
