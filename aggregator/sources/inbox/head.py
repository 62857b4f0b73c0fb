"""The head of a note: what its writer says of it, in TOML between two lines of three plus signs.

Volunteers write these, in Swedish or English, in whatever program is at hand. What TOML does not allow but everyone
understands (no quotation marks, curly ones, a colon for the equals sign, å in a key, a time without seconds) is
understood; for anything else, the error says which line it is about and what to write instead.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from typing import Any

from aggregator import places
from aggregator.model import SWEDEN, Event
from aggregator.sources import clean, dates

FENCE = "+++"
LONGEST_HEAD = 5000

# What a writer may call each thing, without the dots and rings of å, ä and ö.
KEYS = {
    "title": "title titel rubrik",
    "date": "date datum publiceras",
    "to": "to till area omrade",
    "link": "link lank url",
    "image": "image bild",
    "image_text": "image_text bildtext",
    "author": "author skribent forfattare",
    "actor": "actor aktor",
    "language": "language sprak",
    "draft": "draft utkast",
    "event": "event evenemang",
}
EVENT_KEYS = {
    "start": "start startar borjar nar",
    "end": "end slut slutar",
    "place": "place plats",
    "address": "address adress",
    "organiser": "organiser arrangor",
    "cancelled": "cancelled installt",
}

_KEY = r"[\w-]+"
_TABLE = re.compile(rf"\s*\[\s*({_KEY})\s*\]\s*", re.UNICODE)
_PAIR = re.compile(rf"\s*({_KEY})\s*[=:]\s*(.*?)\s*", re.UNICODE)
_QUOTED = re.compile("[\"'”“„«»](.*)[\"'”“„«»]")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_NETWORK = re.compile(r"(?:natverk|network)/+([a-z0-9-]+)/?")


class HeadError(Exception):
    """What is wrong in a head; `line` counts from 1 in the file, 0 if it is about no line of its own."""

    def __init__(self, what: str, line: int = 0) -> None:
        self.what = what
        self.line = line
        super().__init__(f"line {line}: {what}" if line else what)


@dataclass(frozen=True, slots=True)
class Head:
    """What the writer says of the text. `date` is when it is to be published, None for at once; `to` are the codes of
    the newsfeeds that it is for, and `actor` the id of the actor in whose name it is written, if they say so."""

    title: str = ""
    date: datetime | None = None
    to: tuple[str, ...] = ()
    link: str = ""
    image: str = ""
    image_text: str = ""
    author: str = ""
    actor: str = ""
    language: str = ""
    draft: bool = False
    event: Event | None = None


def divided(text: str) -> tuple[Head, str]:
    """The head of TEXT and its body; a text without a head is all body. HeadError says what is wrong.

    Who begins with "Rubrik: …" means a head that ends at the first empty line.
    """
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    first = lines[start].strip() if start < len(lines) else ""
    if first == "---" and any(_PAIR.fullmatch(line) for line in lines[start + 1 : start + 3]):
        raise HeadError(f"the head stands between two lines of three plus signs ({FENCE}), not of hyphens", start + 1)
    if (found := _PAIR.fullmatch(first)) and places.folded(found[1]) in KEYS["title"].split():
        end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
        return _Reader(lines[start:end], start + 1).head(), "\n".join(lines[end:])
    if first != FENCE:
        return Head(), text
    end = next((number for number in range(start + 1, len(lines)) if lines[number].strip() == FENCE), 0)
    if not end:
        raise HeadError(f"the head that begins here has no end; write a line with {FENCE} below it", start + 1)
    return _Reader(lines[start + 1 : end], start + 2).head(), "\n".join(lines[end + 1 :])


class _Reader:
    """Reads one head, whose first line is number `offset` of the file."""

    def __init__(self, lines: list[str], offset: int) -> None:
        self._lines = lines
        self._offset = offset

    def head(self) -> Head:
        told = self._named(self._table(), KEYS)
        read: Mapping[str, Callable[[str, Any], Any]] = {
            "title": self._text,
            "date": lambda key, value: _at_midnight(self._when(key, value)),
            "to": self._to,
            "link": self._address,
            "image": self._address,
            "image_text": self._text,
            "author": self._text,
            "actor": self._text,
            "language": self._text,
            "draft": self._yes_or_no,
            "event": self._event,
        }
        return Head(**{name: read[name](key, value) for name, (key, value) in told.items()})

    def _table(self) -> dict[str, Any]:
        text = "\n".join(self._lines)
        if len(text) > LONGEST_HEAD:
            raise HeadError("the head is too long; the text itself stands below it", self._offset)
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            pass
        try:
            return tomllib.loads("\n".join(map(_mended, self._lines)))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            number = min(int(found[1]), len(self._lines)) if found else len(self._lines)
            raise self._error(number, str(error)) from error
        except RecursionError as error:
            raise HeadError("there are too many brackets within brackets", self._offset) from error

    def _error(self, number: int, told: str) -> HeadError:
        line = self._lines[number - 1].strip() if self._lines else ""
        if "overwrite" in told.lower() or "twice" in told or "Duplicate" in told or "mutable" in told:
            return HeadError(f"this is said twice: {line[:60]!r}; remove one of them", self._offset + number - 1)
        what = f'cannot be understood: {line[:60]!r}; a line of the head looks like  rubrik = "Repairkafé på lördag"'
        return HeadError(what, self._offset + number - 1)

    def _named(self, table: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, tuple[str, Any]]:
        """What the table says by our names, each with the key that its writer used."""
        names = {word: name for name, words in keys.items() for word in words.split()}
        told: dict[str, tuple[str, Any]] = {}
        for key, value in table.items():
            name = names.get(places.folded(key).replace("-", "_") if "_" in key else places.folded(key))
            if name is None:
                near = get_close_matches(places.folded(key), names, n=1)
                hint = (
                    f'did you mean "{near[0]}"?'
                    if near
                    else f"it may say {', '.join(w.split()[-1] for w in keys.values())}"
                )
                raise self._wrong(key, f'the head knows no "{key}"; {hint}')
            if name in told:
                raise self._wrong(key, f'"{key}" and "{told[name][0]}" say the same; remove one of them')
            told[name] = (key, value)
        return told

    def _wrong(self, key: str, what: str) -> HeadError:
        """An error about the line that KEY stands on."""
        at = re.compile(rf"(?:^|[\[{{,\s\"'])\s*{re.escape(key)}[\"']?\s*(?:[=:\]]|$)")
        number = next((number for number, line in enumerate(self._lines) if at.search(line)), 0)
        return HeadError(what, self._offset + number)

    def _text(self, key: str, value: Any) -> str:
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise self._wrong(key, f'{key} is a text: write  {key} = "…"')

    def _address(self, key: str, value: Any) -> str:
        text = self._text(key, value)
        whole = clean.whole_url(f"https://{text}" if text.startswith("www.") else text)
        if text and not whole:
            raise self._wrong(key, f'{key} is an address of the web: write  {key} = "https://…"')
        return whole

    def _yes_or_no(self, key: str, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in ("ja", "yes", "true", "sant"):
            return True
        if word in ("nej", "no", "false", "falskt", ""):
            return False
        raise self._wrong(key, f"{key} is yes or no: write  {key} = true  or  {key} = false")

    def _when(self, key: str, value: Any) -> datetime | date | None:
        if isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, time):
            raise self._wrong(key, f"{key} says no day: write  {key} = 2026-12-05 13:00")
        text = self._text(key, value)
        told = dates.moment_or_day(text)
        if text and told is None:
            what = (
                f'{key} cannot be read as a day: "{text[:60]}"; write  {key} = 2026-12-05  or  {key} = 2026-12-05 13:00'
            )
            raise self._wrong(key, what)
        return told

    def _to(self, key: str, value: Any) -> tuple[str, ...]:
        values = value if isinstance(value, list) else self._text(key, value).strip("[]").split(",")
        names = [self._text(key, name).strip("\"'”“ ") for name in values]
        return tuple(dict.fromkeys(self._code(key, name) for name in names if name))

    def _code(self, key: str, name: str) -> str:
        low = places.folded(name.strip())
        if low in ("sverige", "landet", "hela-landet", "nationen", "se"):
            return places.NATION.code
        if found := _NETWORK.fullmatch(low):
            return f"natverk/{found[1]}"
        try:
            return places.named(_in_any_case().get(" ".join(name.lower().split()), name)).code
        except ValueError as error:
            what = f'{error}; {key} names a municipality, a county, "Sverige" or "natverk/…"'
            raise self._wrong(key, what) from error

    def _event(self, key: str, value: Any) -> Event:
        if not isinstance(value, dict):
            what = (
                f"when and where it happens stands on lines of their own: [{key}], below it  start = …  and  plats = …"
            )
            raise self._wrong(key, what)
        told = self._named(value, EVENT_KEYS)
        start = self._when(*told["start"]) if "start" in told else None
        if start is None:
            raise self._wrong(key, "an event must say when it begins: write  start = 2026-12-05 13:00")
        end = self._when(*told["end"]) if "end" in told else None
        place, address, organiser = (
            self._text(*told[name]) if name in told else "" for name in ("place", "address", "organiser")
        )
        event = Event(
            start,
            end,
            place=clean.plain(place),
            address=clean.plain(address),
            organiser=clean.plain(organiser),
            cancelled=self._yes_or_no(*told["cancelled"]) if "cancelled" in told else False,
        )
        is_backwards = event.is_over_at < event.begins
        if is_backwards or (not isinstance(end, datetime | None) and event.is_over_at == event.begins):
            raise self._wrong(told["end"][0], "the event ends before it begins; look at both days")
        return event


@cache
def _in_any_case() -> Mapping[str, str]:
    """The names of places as the map writes them, by their names in lower case."""
    names = [name for place in places.all_places() for name in (place.short_name, place.name)]
    return {name.lower(): name for name in names}


def _at_midnight(told: datetime | date | None) -> datetime | None:
    if told is None or isinstance(told, datetime):
        return told
    return datetime.combine(told, time(), SWEDEN)


def _mended(line: str) -> str:
    """A line as TOML would have it, if it is plain what it means."""
    if found := _TABLE.fullmatch(line):
        return f"[{json.dumps(found[1], ensure_ascii=False)}]"
    found = _PAIR.fullmatch(line)
    if not found:
        return line
    key, value = found.groups()
    return f"{json.dumps(key, ensure_ascii=False)} = {_value(value)}"


def _value(value: str) -> str:
    try:
        tomllib.loads(f"x = {value}")
    except (tomllib.TOMLDecodeError, RecursionError):
        quoted = _QUOTED.fullmatch(value)
        # A control character cannot be in TOML, however it is written; json escapes it as TOML does.
        return json.dumps(quoted[1] if quoted else value, ensure_ascii=False).replace("\x7f", "")
    return value
