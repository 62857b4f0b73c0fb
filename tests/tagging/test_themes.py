"""Which themes of the transition a piece of news has."""

import pytest
from told import judgement

from aggregator.model import Actor, Entry, Knowledge, Rule


def themes(title: str, body: str = "", actor: str = "Föreningen", *rules: Rule) -> tuple[str, ...]:
    return judgement(Entry("1", "", title, body), Actor("actor", actor), Knowledge(rules=rules)).themes


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Villasolceller på taket", "energi"),
        ("Ny cykelväg invigd", "transport"),
        ("Skolköken halverar matsvinnet", "mat"),
        ("Klädbytardag i aulan", "återbruk"),
        ("Förskolan blir ett trähus", "bygg"),
        ("Slåtter på ängen", "natur"),
        ("Klimatbudgeten antagen", "ekonomi"),
        ("Kom med i omställningsgruppen", "engagemang"),
    ],
)
def test_each_theme_is_known_by_its_stems_and_compounds(title: str, theme: str) -> None:
    assert theme in themes(title)


@pytest.mark.parametrize(
    "title",
    [
        "Energidrycken tar över",
        "Så får du ett bättre arbetsklimat",
        "Gröna Lund öppnar",
        "En energisk debut",
        "Ängsliga föräldrar",
        "Motorcykel stulen",
        "",
    ],
)
def test_words_that_only_look_like_a_theme_are_none(title: str) -> None:
    assert themes(title) == ()


def test_a_hint_is_enough_from_an_actor_whose_theme_it_is() -> None:
    assert themes("Ny meny", "Vi provar recept.") == ("mat",)
    assert themes("Nyhet", "Vi provar ett recept.") == ()
    assert themes("Nyhet", "Vi provar ett recept.", actor="Ekologiska odlare") == ("mat",)


def test_an_operator_may_say_what_the_theme_of_some_news_is() -> None:
    rule = Rule(words=("årsmöte*",), theme="engagemang")
    assert themes("Årsmötet flyttas", "", "Föreningen", rule) == ("engagemang",)
    assert themes("Vårfest", "", "Föreningen", rule) == ()


def test_the_strongest_theme_comes_first() -> None:
    assert themes("Solceller och vindkraft", "Du kan cykla dit.") == ("energi", "transport")
