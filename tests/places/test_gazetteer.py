"""The facts: all municipalities and counties, their codes, and the files that the script makes of the origins."""

import csv
import runpy
from pathlib import Path

import pytest

from aggregator import places
from aggregator.places import coded, counties, municipalities, municipalities_called, municipality_at, names

REPOSITORY = Path(__file__).parent.parent.parent
ORIGINS = REPOSITORY / "tools" / "places" / "origins"
BUILT = ("gazetteer.csv", "postal.csv", "phone.csv")


def _origin(file: str) -> list[dict[str, str]]:
    with (ORIGINS / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_all_290_municipalities_and_21_counties_have_the_codes_that_scb_gave_them() -> None:
    known = {(row["kommun_code"], row["name"]) for row in _origin("names.csv") if row["kind"] == "kommun"}
    assert {(place.code, place.name) for place in municipalities()} == known
    assert len(municipalities()) == 290
    known = {(row["lan_code"], row["name"]) for row in _origin("names.csv") if row["kind"] == "lan"}
    assert {(place.code, place.name) for place in counties()} == known
    assert len(counties()) == 21


def test_a_municipality_lies_in_the_county_that_its_code_begins_with() -> None:
    assert all(place.county.is_county and place.code.startswith(place.county.code) for place in municipalities())
    assert coded("1493").county.name == "Västra Götalands län"


def test_every_municipality_and_county_is_in_the_gazetteer_by_its_own_name() -> None:
    written = {(name.text, name.place.code) for name in names()}
    assert {(place.name, place.code) for place in (*municipalities(), *counties())} <= written


def test_names_that_are_also_words_persons_or_places_abroad_say_so() -> None:
    risks = {name.text: name.risks for name in names() if name.kind == "municipality"}
    assert risks["Vara"] == {"word"}
    assert "person" in risks["Nora"]
    assert "abroad" in risks["Boden"]
    assert risks["Mariestad"] == frozenset()


def test_the_package_ships_no_word_frequencies() -> None:
    columns = (REPOSITORY / "aggregator" / "places" / "gazetteer.csv").read_text(encoding="utf-8").splitlines()[0]
    assert columns == "name,kind,code,population,risks"


def test_the_script_makes_the_shipped_files_of_the_origins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = runpy.run_path(str(REPOSITORY / "tools" / "places" / "build.py"))
    monkeypatch.setitem(script["_write"].__globals__, "PACKAGE", tmp_path)
    script["main"]()
    for file in BUILT:
        shipped = REPOSITORY / "aggregator" / "places" / file
        assert (tmp_path / file).read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")


def test_a_postal_code_belongs_to_a_municipality() -> None:
    assert municipality_at("54530") == coded("1473")
    assert municipality_at("62156") == coded("0980")
    assert municipality_at("00000") is None
    assert municipality_at("99999") is None


def test_a_phone_area_code_may_belong_to_several_municipalities() -> None:
    assert municipalities_called("0370") == (coded("0683"),)
    assert municipalities_called("019") == (coded("1880"), coded("1881"))
    assert municipalities_called("099999") == ()


def test_the_door_gives_what_it_promises() -> None:
    assert all(hasattr(places, name) for name in places.__all__)
