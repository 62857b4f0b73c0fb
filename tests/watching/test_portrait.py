"""What a source is like."""

import pytest
from made import an_entry

from aggregator.model import Portrait
from aggregator.watching.portrait import language_of, portrait_of

SWEDISH = "Vi ses på torget och lagar cyklar med alla som vill vara med, och det kostar inte en krona att delta i det. "
ENGLISH = "We meet at the market and mend the bikes of all who want to be with us, and it is free for you to join in. "
CHINESE = "我们在市场见面，修理自行车，大家都可以来参加，不需要付钱。" * 20


@pytest.mark.parametrize(
    ("text", "language"),
    [(SWEDISH * 3, "sv"), (ENGLISH * 3, "en"), (CHINESE, "other"), ("Hej på dig", ""), ("", "")],
)
def test_a_language_is_known_by_its_commonest_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("id", "form"),
    [
        ("", "missing"),
        ("1234", "number"),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "uuid"),
        ("tag:aktor.example,2026:1", "tag"),
        ("https://aktor.example/?p=1234", "address"),
        ("https://aktor.example/2026/11/en-nyhet/", "address"),
        ("en-nyhet", "text"),
    ],
)
def test_ids_have_a_form(id: str, form: str) -> None:
    assert portrait_of([an_entry(id=id)]).ids == form


def test_an_empty_source_has_no_portrait() -> None:
    assert portrait_of([]) == Portrait()
