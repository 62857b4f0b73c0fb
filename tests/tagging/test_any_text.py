"""Whatever is written, there is an answer and never an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Actor, Entry
from aggregator.places import all_places, named
from aggregator.tagging import findings_of, themes_of

ACTORS = st.sampled_from(
    [
        Actor("a", "A"),
        Actor("b", "B", (named("Vara"),)),
        Actor("c", "C", (named("Gotland"),), scope="county"),
        Actor("d", "D", (named("Lund"), named("Berg")), scope="national"),
    ]
)
# The pieces that rules look for, in any order and any company.
PIECES = st.sampled_from(
    [
        "Vara",
        "Mora",
        "Lund",
        "Nora",
        "Berg",
        "i",
        "på",
        "från",
        "kommun",
        "län",
        "och",
        ",",
        ".",
        "–",
        "#",
        "-",
        ":",
        "542",
        "30",
        "0370-123",
        "45",
        "Mariestads",
        "mariestadsbor",
        "GÖTEBORG",
        "Götebrog",
        "universitet",
        "säger",
        "Anna",
        "<p>",
        "</div>",
        "&amp;",
        "İ",
        "ß",
        "å",
        "å",
        "🌱",
        "👩\u200d🌾",
        "قرية",
        "село",
        "村",
        "\xa0",
        "\u200b",
        "\n",
        "http://lund.se",
        "#vara",
        "Region",
        "Skåne",
        "Höga",
        "kusten",
        "tyska",
        "Tyskland",
        "inspirerade",
        "av",
        "regeringen",
        "energi",
        "cykel",
    ]
)
CODES = frozenset(place.code for place in all_places())


def answers(title: str, body: str, actor: Actor) -> None:
    entry = Entry("1", "", title, body)
    whole = f"{title}\n{body}"
    for finding in findings_of(entry, actor):
        assert finding.code in CODES
        assert 0 <= finding.score <= 1
        assert not finding.words or whole[finding.start :].startswith(finding.words)
    themes = themes_of(entry, actor)
    assert len(set(themes)) == len(themes)


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=400), ACTORS)
def test_any_text_at_all_has_an_answer(title: str, body: str, actor: Actor) -> None:
    answers(title, body, actor)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=40), ACTORS, st.sampled_from([" ", "", "\n"]))
def test_any_company_of_what_rules_look_for_has_an_answer(
    title: list[str], body: list[str], actor: Actor, between: str
) -> None:
    answers(between.join(title), between.join(body), actor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Mariestad",
        "vara",
        "🌱🌍♻️",
        "Мариестад 马里斯塔德 Mariestad",
        "<p class='x'>Mariestad</p><br/>&nbsp;&lt;b",
        "#",
        "##### #",
        "S" * 5000,
    ],
)
def test_odd_texts_have_an_answer(text: str) -> None:
    answers(text, "", Actor("a", "A"))
    answers("", text, Actor("a", "A"))


@pytest.mark.parametrize("piece", ["Lund, ", "i Vara ", "#vara ", "a", "542 30 Mariestad ", "Anna Berg säger ", "<p>"])
def test_a_text_of_a_megabyte_is_read_as_far_as_news_goes(piece: str) -> None:
    answers(piece, piece * (1_000_000 // len(piece)), Actor("a", "A", (named("Vara"),)))
