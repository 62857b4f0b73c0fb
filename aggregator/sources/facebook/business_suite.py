"""The table of content that Meta Business Suite exports (CSV): the only file with posts' numbers and addresses.

Its times are Meta's own, in California, unless feeds.toml says otherwise. Figures of reach are nobody's business here.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from aggregator.errors import ParseError
from aggregator.model import Member
from aggregator.sources.facebook.links import cleaned
from aggregator.sources.facebook.pages import Page
from aggregator.sources.facebook.posts import Post, words_of

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "post": ("publicerings-id", "post id"),
    "page": ("sid-id", "page id"),
    "name": ("sidnamn", "page name"),
    "title": ("titel", "title"),
    "description": ("beskrivning", "description"),
    "time": ("publiceringstid", "publish time"),
    "link": ("permalänk", "permalink"),
    "scope": ("datum", "date"),
    "views": ("visningar", "views", "impressions"),
}
_INSTAGRAM = {"konto-id", "kontots användarnamn", "account id", "account username"}

_TIMES = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
_BY_EXCEL = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_DAY = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")

# Of the right files nearly every row is a post of its own; of a daily breakdown, one of thirty.
LEAST_DISTINCT = 0.5
EXCEL_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Row:
    """A row: whose post, and the post, None if its time cannot be read."""

    page: Page
    post: Post | None


def rows_in(member: Member, zone: str) -> list[Row]:
    """The posts of a table; ParseError says what it is instead, and what to do."""
    with member.open() as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        try:
            table = csv.reader(text, delimiter=_delimiter(text), strict=False)
            columns = _columns(member, next(table, []))
            told = list(_told(table, columns))
        except UnicodeDecodeError as error:
            raise _declined(member, "is no UTF-8; it was saved anew by another program. Download it again") from error
        except csv.Error as error:
            raise _declined(member, f"is no table that can be read: {error}") from error
    _see_that_it_is_whole(member, told, "views" in columns)
    return [_row(row, ZoneInfo(zone)) for row in told]


def _declined(member: Member, what: str) -> ParseError:
    return ParseError(member.part, f"{member.name} {what}")


def _delimiter(text: io.TextIOWrapper) -> str:
    """What stands between the columns: a comma, unless another program wrote the file again."""
    heading = text.readline()
    text.seek(0)
    return max(",;\t", key=heading.count)


def _columns(member: Member, heading: Sequence[str]) -> dict[str, list[int]]:
    """Where each thing stands; some files have a column twice, in Swedish and in English, and one of them empty."""
    names = [_plainly(name) for name in heading]
    if not _INSTAGRAM.isdisjoint(names):
        raise _declined(member, "is about Instagram; choose the Facebook page when you export the content")
    columns = {
        what: found
        for what, known in _HEADERS.items()
        if (found := [number for number, name in enumerate(names) if name in known])
    }
    if not {"post", "time"} <= columns.keys():
        raise _declined(member, "is no table of content from Meta Business Suite: it has no column with posts' ids")
    return columns


def _plainly(name: str) -> str:
    return " ".join(re.sub("[\u200b-\u200f\u2060\ufeff]", "", name).casefold().split())


def _told(table: Iterator[list[str]], columns: Mapping[str, list[int]]) -> Iterator[dict[str, str]]:
    for row in table:
        if any(cell.strip() for cell in row):
            yield {
                what: next((row[at].strip() for at in places if at < len(row) and row[at].strip()), "")
                for what, places in columns.items()
            }


def _see_that_it_is_whole(member: Member, told: Sequence[Mapping[str, str]], has_views: bool) -> None:
    ids = [row["post"] for row in told if row["post"]]
    if any(_BY_EXCEL.fullmatch(id) for row in told for id in (row["post"], row.get("page", ""))) or _is_rounded(ids):
        what = "has passed through Excel, which rounds off long ids (1.22E+17); download it again, and do not save it"
        raise _declined(member, what)
    days = bool(told) and not has_views and all(_DAY.match(row.get("scope", "")) for row in told)
    if days or (ids and len(set(ids)) / len(ids) < LEAST_DISTINCT):
        what = "tells of each day by itself (a daily breakdown); choose the whole lifetime of the posts when you export"
        raise _declined(member, what)


def _is_rounded(ids: Sequence[str]) -> bool:
    """Whether all that came after the digits that Excel keeps is nought."""
    long = {id for id in ids if id.isdecimal() and len(id) > EXCEL_DIGITS}
    return len(long) > 1 and all(not id[EXCEL_DIGITS:].strip("0") for id in long)


def _row(told: Mapping[str, str], zone: ZoneInfo) -> Row:
    page = Page(name=told.get("name", ""), number=told.get("page", ""))
    second = _second(told["time"], zone)
    post = told["post"].rpartition("_")[2]
    if not second or not post:
        return Row(page, None)
    return Row(
        page,
        Post(
            second,
            words_of(told.get("title") or told.get("description")),
            exact=False,
            id=f"{page.number}_{post}" if page.number else post,
            permalink=cleaned(told.get("link", "")),
        ),
    )


def _second(told: str, zone: ZoneInfo) -> int:
    for form in _TIMES:
        try:
            return int(datetime.strptime(told, form).replace(tzinfo=zone).astimezone(UTC).timestamp())
        except (ValueError, OverflowError):
            continue
    return 0
