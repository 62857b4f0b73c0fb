"""Place names in running text, as whole words, with or without the genitive -s."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.places import Name, names

# Names that are also everyday words or surnames count only with their title: 'Vara kommun'.
EVERYDAY = frozenset({"Ale", "Berg", "Boden", "Ed", "Eda", "Kil", "Köping", "Lund", "Mark", "Mora", "Nora", "Vara"})


@cache
def _known() -> dict[str, Name]:
    """Each name once; a municipality goes before a town of the same name, and a large town before a small one."""
    by_weight = sorted(names(), key=lambda name: (name.kind == "kommun", name.population))
    return {name.text: name for name in by_weight}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _known()), key=len, reverse=True)
    return re.compile(rf"\b(?P<name>{'|'.join(longest_first)})s?\b")


def names_in(text: str) -> Iterator[tuple[Name, int, str]]:
    """Each place name in TEXT: the name, where it begins, and the words as they stand there."""
    for match in _pattern().finditer(text):
        if match["name"] not in EVERYDAY:
            yield _known()[match["name"]], match.start(), match[0]
