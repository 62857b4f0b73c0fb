"""JSON of any size, read record by record: the file of a busy page is larger than the memory it should take."""

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any, BinaryIO

from aggregator.errors import ParseError
from aggregator.model import Member

STEP = 256 * 1024
LARGEST_RECORD = 32 * 1000 * 1000

OBJECT_ENDS = ("}", None)

_BLANK = " \t\r\n"


def records(member: Member) -> Iterator[tuple[str, Any]]:
    """The records of a file, each with the key that it stands under.

    Those of a bare list stand under "", those of `{"videos_v2": [...]}` under "videos_v2". A value that is no list
    comes with its own key, and OBJECT_ENDS after them. Of several values one after another (JSON Lines), each comes
    like that in turn.
    """
    with member.open() as stream:
        text = _Text(stream, member)
        while text.peek():
            if text.peek() == "[":
                yield from (("", value) for value in text.elements())
            elif text.peek() == "{":
                yield from text.pairs()
                yield OBJECT_ENDS
            else:
                raise text.problem("neither a list nor an object")


class _Text:
    """The text of a stream, of which only the part at hand is in memory."""

    def __init__(self, stream: BinaryIO, member: Member) -> None:
        self._stream = stream
        self._member = member
        self._decoder = getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._ended = False

    def problem(self, what: str) -> ParseError:
        return ParseError(self._member.part, f"{self._member.name} is not the JSON that it should be: {what}")

    def peek(self) -> str:
        """The next sign that is not blank, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def elements(self) -> Iterator[Any]:
        """The elements of the list that begins here."""
        self._take("[")
        while self.peek() != "]":
            yield self._value()
            if self.peek() != "]":
                self._take(",")
        self._take("]")

    def pairs(self) -> Iterator[tuple[str, Any]]:
        """The pairs of the object that begins here, those whose value is a list once for each element."""
        self._take("{")
        while self.peek() != "}":
            key = self._value()
            if not isinstance(key, str):
                raise self.problem("a key that is no text")
            self._take(":")
            if self.peek() == "[":
                yield from ((key, value) for value in self.elements())
            else:
                yield key, self._value()
            if self.peek() != "}":
                self._take(",")
        self._take("}")

    def _take(self, sign: str) -> None:
        if (found := self.peek()) != sign:
            raise self.problem(f"{sign!r} expected, and not {found!r}" if found else "it ends in the middle")
        self._at += 1

    def _value(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self.problem("nested too deeply") from error
            except ValueError as error:
                if len(self._text) - self._at > LARGEST_RECORD or not self._more():
                    raise self.problem("it ends in the middle" if self._ended else str(error)) from error
                continue
            # A number may go on in what was not read yet.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        """Have more text at hand; twice as much each time, so that a large record is not tried too often."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        try:
            chunk = self._stream.read(max(STEP, len(rest)))
            self._ended = not chunk
            self._text = rest + self._decoder.decode(chunk, self._ended)
        except UnicodeDecodeError as error:
            raise self.problem(f"no UTF-8 ({error.reason})") from error
        self._at = 0
        return not self._ended
