"""The map: right codes, addresses that never clash, names that are found or corrected."""

import csv
from importlib.resources import files

import pytest

from aggregator.places import NATION, all_places, coded, counties, municipalities, municipalities_of, named


def test_there_are_21_counties_and_290_municipalities() -> None:
    assert (len(counties()), len(municipalities())) == (21, 290)


def test_every_municipality_lies_in_the_county_that_its_code_begins_with() -> None:
    assert all(place.county in counties() for place in municipalities())
    assert len(municipalities_of(named("Västra Götalands län"))) == 49
    assert municipalities_of(named("Gotlands län")) == (coded("0980"),)


def test_no_two_places_share_an_address() -> None:
    paths = [place.path for place in all_places()]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Västra Götalands län", "vastra-gotaland/"),
        ("Jämtlands län", "jamtland/"),
        ("Kalmar län", "kalmar/"),
        ("Dalarnas län", "dalarna/"),
        ("Håbo", "uppsala/habo/"),
        ("Habo", "jonkoping/habo/"),
        ("Upplands Väsby", "stockholm/upplands-vasby/"),
        ("Malung-Sälen", "dalarna/malung-salen/"),
        ("Gotland", "gotland/gotland/"),
    ],
)
def test_an_address_is_the_map(name: str, path: str) -> None:
    assert named(name).path == path


def test_the_nation_lives_at_sverige() -> None:
    assert NATION.path == "sverige/"


@pytest.mark.parametrize(
    ("written", "code"), [("Mariestad", "1493"), ("1493", "1493"), ("Skåne län", "12"), ("12", "12"), ("Skåne", "12")]
)
def test_a_place_is_found_by_name_and_by_code(written: str, code: str) -> None:
    assert named(written).code == code


def test_a_town_and_its_county_of_the_same_name_are_told_apart() -> None:
    assert named("Uppsala").is_municipality
    assert named("Uppsala län").is_county


def test_a_misspelt_place_is_corrected() -> None:
    with pytest.raises(ValueError, match='is called "Skövdee"; did you mean "Skövde"'):
        named("Skövdee")


def test_every_code_in_the_gazetteer_is_on_the_map() -> None:
    with files("aggregator.places").joinpath("gazetteer.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert all(coded(code) for code in row["code"].split())
