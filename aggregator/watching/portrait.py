"""What a source is like, in a few traits that seldom change by themselves."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from aggregator.model import Entry, Portrait

# The commonest words of a language are in every text of some length, and tell it from the others.
WORDS = {
    "sv": frozenset("och att det som på är för med av till inte den har ett om vi i en".split()),
    "en": frozenset("the and of to is for with on that you are this it be at in a".split()),
}
ENOUGH_WORDS = 40
# So many characters of each entry tell its language.
READ = 500

FORMS = {
    "missing": re.compile(r""),
    "number": re.compile(r"\d+"),
    "uuid": re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE),
    "tag": re.compile(r"tag:.*"),
    "address": re.compile(r"https?://.*"),
}


def portrait_of(entries: Sequence[Entry]) -> Portrait:
    if not entries:
        return Portrait()
    return Portrait(
        language=language_of(" ".join(f"{entry.title} {entry.body[:READ]}" for entry in entries)),
        ids=Counter(_form(entry.id) for entry in entries).most_common(1)[0][0],
        length=round(median(len(entry.body or entry.title) for entry in entries)),
        entries=len(entries),
        dated=sum(bool(entry.published or entry.updated or entry.event) for entry in entries),
    )


def language_of(text: str) -> str:
    """ "sv", "en" or "other"; "" when there is too little text to tell."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < ENOUGH_WORDS and len(text) < 10 * ENOUGH_WORDS:
        return ""
    shares = {language: _share(words, common) for language, common in WORDS.items()}
    likely = max(shares, key=lambda language: shares[language])
    return likely if shares[likely] > 0.1 else "other"


def _share(words: Sequence[str], common: Iterable[str]) -> float:
    return len([word for word in words if word in common]) / len(words)


def _form(id: str) -> str:
    return next((form for form, pattern in FORMS.items() if pattern.fullmatch(id)), "text")
