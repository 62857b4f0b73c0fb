"""Where in feeds.toml each key and each value stands, so that a problem can point at it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import tree_sitter
import tree_sitter_toml

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text: line and column count from 1, width is in characters."""

    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Place:
    """A spot, if it is known, with the whole line it is in; `file` is empty for feeds.toml itself."""

    spot: Spot | None
    text: str = ""
    file: str = ""


Part = Literal["key", "value"]
# Finds where the key or the value under a path stands.
Whereabouts = Callable[[Path, Part], Place]


class Positions:
    """The spots of a text of TOML, and its lines.

    A path names tables and keys from the top, and elements of arrays by number.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._lines = [line.encode() for line in self.lines]
        self._keys: dict[Path, Spot] = {}
        self._values: dict[Path, Spot] = {}
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        self._document(parser.parse(text.encode()).root_node)

    def of(self, path: Path, part: Part = "value") -> Spot | None:
        """Where PATH stands, or the nearest table around it that stands anywhere."""
        first, other = (self._values, self._keys) if part == "value" else (self._keys, self._values)
        around = (path[:end] for end in range(len(path), 0, -1))
        return next((spot for path in around if (spot := first.get(path) or other.get(path))), None)

    def _document(self, root: tree_sitter.Node) -> None:
        tables: Counter[Path] = Counter()
        for node in root.children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                name = next(child for child in node.children if child.type.endswith("_key"))
                path = self._named(tuple(_words(name)), tables, node.type == "table_array_element")
                self._keys[path] = self._spot(name)
                # [actor.x.source.y] makes the tables above it too, which may have no header of their own.
                for end in range(1, len(path)):
                    self._keys.setdefault(path[:end], self._spot(name))
                for pair in (child for child in node.children if child.type == "pair"):
                    self._pair(pair, path)

    @staticmethod
    def _named(words: Path, tables: Counter[Path], is_array: bool) -> Path:
        """The path of a table's header; [[rule]] is rule.0, rule.1 and so on, also where a later header goes on."""
        path: Path = ()
        for number, word in enumerate(words, start=1):
            path = (*path, word)
            if is_array and number == len(words):
                tables[path] += 1
            if path in tables:
                path = (*path, tables[path] - 1)
        return path

    def _pair(self, node: tree_sitter.Node, above: Path) -> None:
        key, value = node.children[0], node.children[-1]
        path = (*above, *_words(key))
        self._keys[path] = self._spot(key)
        self._value(value, path)

    def _value(self, node: tree_sitter.Node, path: Path) -> None:
        self._values[path] = self._spot(node)
        if node.type == "array":
            elements = [child for child in node.children if child.is_named and child.type != "comment"]
            for number, element in enumerate(elements):
                self._value(element, (*path, number))
        elif node.type == "inline_table":
            for pair in (child for child in node.children if child.type == "pair"):
                self._pair(pair, path)

    def _spot(self, node: tree_sitter.Node) -> Spot:
        """Tree-sitter counts bytes; people count letters."""
        (row, start), (end_row, end) = node.start_point, node.end_point
        line = self._lines[row]
        shown = line[start : end if end_row == row else len(line)]
        return Spot(row + 1, len(line[:start].decode()) + 1, max(1, len(shown.decode(errors="replace"))))


def _words(key: tree_sitter.Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for part in key.children:
            if part.type != ".":
                yield from _words(part)
    else:
        text = (key.text or b"").decode()
        yield text[1:-1] if key.type == "quoted_key" else text
