"""New actors in feeds.toml: everything else stays byte for byte, and nothing is written that could not be used."""

import resource
import tomllib
from pathlib import Path

import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

from aggregator.config import NewActor, add_actors, lines_of, load, name_from, slug_of
from aggregator.errors import ConfigError

NEW = NewActor(
    "ny", "Nya föreningen", ("Mariestad",), homepage="https://ny.example/", location="https://ny.example/feed"
)

BEFORE = """schema = 1  # låt stå

[site]
title     = "Prov"   # så heter vi
url = "https://prov.example/"
authority = "prov.example"
contact = "a@prov.example"

[actor.gammal]
name = "Gamla"
area = ["Mariestad",
        "Skövde"]  # två
homepage = "https://gammal.example/"

[actor.gammal.source.nyheter]
feed = "https://gammal.example/feed"

# --- Regler ---

[[rule]]
when = { words = ["årsmöte"] }
then = { theme = "engagemang" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def test_a_new_actor_stands_below_the_last_and_all_else_stays(file: Path) -> None:
    add_actors(file, [NEW])
    text = file.read_text(encoding="utf-8")
    assert text.replace(f"\n{lines_of(NEW)}\n", "") == BEFORE
    assert text.index("[actor.gammal.source.nyheter]") < text.index("[actor.ny]") < text.index("# --- Regler")
    assert load(file).actors["ny"].name == "Nya föreningen"


def test_several_are_written_at_once_in_their_order(file: Path) -> None:
    add_actors(file, [NEW, NewActor("zzz", "Z", ("14",), facebook="https://www.facebook.com/z")])
    assert list(load(file).actors) == ["gammal", "ny", "zzz"]


def test_the_example_takes_an_actor_and_keeps_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    before = (REPOSITORY / "feeds.toml").read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    add_actors(path, [NEW])
    assert path.read_text(encoding="utf-8").replace(f"\n{lines_of(NEW)}\n", "") == before
    assert "ny" in load(path).actors


@pytest.mark.parametrize("text", [BEFORE.replace("\n", "\r\n"), "\ufeff" + BEFORE, BEFORE.rstrip("\n")])
def test_line_endings_and_marks_of_other_editors_stay(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    add_actors(file, [NEW])
    after = file.read_bytes().decode()
    assert after.startswith(text[: len(text) // 2])
    assert after.count("\r\n") in (0, after.count("\n"))
    assert "ny" in load(file).actors


def test_a_file_without_actors_gets_its_first_at_the_end(file: Path) -> None:
    head = BEFORE.partition("[actor.gammal]")[0]
    file.write_text(head, encoding="utf-8")
    add_actors(file, [NEW])
    assert file.read_text(encoding="utf-8") == f"{head}\n{lines_of(NEW)}\n"


def test_a_list_whose_lines_look_like_tables_is_not_cut(file: Path) -> None:
    odd = BEFORE + '\n[place."2326"]\naliases = [\n"""\n[actor.x]\n"""\n]\n'
    file.write_text(odd, encoding="utf-8")
    add_actors(file, [NEW])
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    assert tables["place"]["2326"]["aliases"] == ["[actor.x]\n"]
    assert set(tables["actor"]) == {"gammal", "ny"}


@pytest.mark.parametrize(
    ("actor", "what"),
    [
        (NewActor("ny", "Ny", ("Mariestadd",), homepage="https://ny.example/"), 'no municipality or county is called'),
        (NewActor("ny", "Ny", ("Mariestad",)), "homepage"),
        (NewActor("gammal", "Ny", ("Mariestad",), homepage="https://ny.example/"), "is no TOML here"),
        (NewActor("ny", "Ny\x01", ("Mariestad",), homepage="https://ny.example/"), "no page can show"),
    ],
)  # fmt: skip
def test_what_check_would_not_pass_leaves_the_file_untouched(file: Path, actor: NewActor, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        add_actors(file, [actor])
    assert file.read_text(encoding="utf-8") == BEFORE
    assert [path.name for path in file.parent.iterdir()] == ["feeds.toml"]


def test_rights_and_links_of_the_file_stay(file: Path) -> None:
    file.chmod(0o640)
    link = file.parent / "lank.toml"
    link.symlink_to(file)
    add_actors(link, [NEW])
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert "ny" in load(file).actors


def test_a_disk_that_is_full_is_told_and_the_file_stays_as_it_was(file: Path) -> None:
    before, (soft, hard) = file.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), hard))
    try:
        with pytest.raises(ConfigError, match="cannot be written"):
            add_actors(file, [NEW])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Cykelköket i Skövde", "cykelkoket-i-skovde"),
        ("  Åsas & Örjans – blogg! ", "asas-orjans-blogg"),
        ("Café Ünder", "cafe-under"),
        ("日本", ""),
        ("a" * 100, "a" * 60),
    ],
)
def test_an_id_is_made_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mariestads Naturskyddsförening", "Mariestads Naturskyddsförening"),
        ("Hem | Cykelköket", "Cykelköket"),
        ("Nyheter - Cykelköket", "Cykelköket"),
        ("Cykelköket » RSS", "Cykelköket"),
        ("Välkommen till Cykelköket – startsida", "Cykelköket"),
        ("Startsidan - Hem", "Startsidan - Hem"),
        ("Ida-Maria bygger om", "Ida-Maria bygger om"),
        ("", ""),
    ],
)
def test_a_site_is_called_by_its_title_without_what_names_the_page(title: str, name: str) -> None:
    assert name_from(title) == name


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_whatever_an_actor_is_called_its_lines_are_toml_that_says_it(name: str, home: str, areas: list[str]) -> None:
    actor = NewActor("x", name, tuple(areas), homepage=home)
    table = tomllib.loads(lines_of(actor))["actor"]["x"]
    assert (table["name"], table["homepage"]) == (name, home)
    assert table["area"] == (areas if len(areas) > 1 else "".join(areas))
