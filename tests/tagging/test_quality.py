"""What the tagger must reach on news that people have labelled; the figures are in docs/places.md."""

import pytest

from benchmarks.forms import form_scores, town_score
from benchmarks.labelled import labelled, scored, themes_scored


@pytest.mark.parametrize("name", ["seen", "hidden"])
def test_places_are_found_as_well_as_promised(name: str) -> None:
    municipal, county, kinds = scored(labelled(name))
    assert municipal.f1 >= 0.95
    assert county.f1 >= 0.96
    assert municipal.exact >= 0.92 * municipal.items
    assert kinds["passing"].exact >= 0.6 * kinds["passing"].items


def test_the_labelled_sets_are_large_and_different() -> None:
    seen, hidden = ({(item.entry.title, item.entry.body) for item in labelled(name)} for name in ("seen", "hidden"))
    assert len(seen) + len(hidden) >= 300
    assert not seen & hidden


def test_every_municipality_is_found_in_every_written_form() -> None:
    for form, (share, failing) in form_scores().items():
        assert share >= (0.95 if "först" in form or "titel" in form else 0.98), (form, failing)


def test_towns_whose_name_is_their_own_are_found() -> None:
    _, share, failing = town_score()
    assert share >= 0.98, failing


@pytest.mark.parametrize("name", ["themes_seen", "themes_hidden"])
def test_news_of_the_transition_is_told_from_other_news(name: str) -> None:
    relevant, _ = themes_scored(name)
    assert relevant.f1 >= 0.85


def test_the_sets_of_themes_are_large_enough() -> None:
    assert sum(themes_scored(name)[0].items for name in ("themes_seen", "themes_hidden")) >= 150
