"""`nyhetsflode import` and `nyhetsflode try`, as they are typed."""

import json
from pathlib import Path

import pytest
from conftest import Configured
from exports import POSTS, T, a_link, a_photo, a_post, a_table, page_export, unpacked, zipped
from typer.testing import CliRunner

from aggregator.cli import app

runner = CliRunner()

SOURCE = """
[actor.prov]
name = "Provköping Ställer Om"
area = "Mariestad"
facebook = "https://www.facebook.com/ProvkopingStallerOm"

[actor.prov.source.facebook]
export = "inbox/prov/"
"""


@pytest.fixture
def feeds(configured: Configured, tmp_path: Path) -> list[str]:
    configured(SOURCE, store=str(tmp_path / "news.db"))
    return ["--config", str(tmp_path / "feeds.toml")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    posts = [
        a_post(T, "Hej", a_photo(1)),
        a_post(T - 86_400, "", a_link("")),
        a_post(T, ""),
        a_post(T - 9, "", {"poll": 1}),
    ]
    return zipped(tmp_path / "facebook.zip", page_export(posts))


def test_import_says_in_plain_words_what_was_found(feeds: list[str], path: Path) -> None:
    told = runner.invoke(app, ["import", str(path), *feeds])
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "prov/facebook: read facebook.zip.",
        "  pages found:     Provköping Ställer Om (ProvkopingStallerOm)",
        "  period:          2025-09-05 to 2025-09-06",
        "  posts read:      4, of which 1 were told twice and merged",
        "  empty shares:    2 (Facebook does not export what was shared; not published)",
        "  missing media:   1 (pictures and films that are named, but not in these files)",
        "  items:           1 new, 0 changed, 0 removed",
        "  unknown keys:    poll (1)",
    ]
    again = runner.invoke(app, ["import", str(path), *feeds])
    assert again.stdout == "prov/facebook: read before, and not read again: facebook.zip.\n"


def test_import_says_the_same_to_programs(feeds: list[str], path: Path) -> None:
    told = runner.invoke(app, ["import", str(path), "--json", "--source", "prov", *feeds])
    [done] = json.loads(told.stdout)["imports"]
    assert done["source"] == "prov/facebook"
    assert done["pages"] == ["Provköping Ställer Om (ProvkopingStallerOm)"]
    assert (done["from"], done["to"]) == ("2025-09-05T10:00:00Z", "2025-09-06T10:00:00Z")
    figures = ("posts", "merged", "new", "changed", "removed", "shells", "missing_media")
    assert [done[name] for name in figures] == [4, 1, 1, 0, 0, 2, 1]
    assert done["unknown_keys"] == {"poll": 1}


def test_import_names_what_it_cannot_take_and_fails(feeds: list[str], path: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04")
    told = runner.invoke(app, ["import", str(path), str(tmp_path / "bad.zip"), "--source", "prov/facebook", *feeds])
    assert told.exit_code == 1
    assert "1 new" in told.stdout
    assert f"{tmp_path / 'bad.zip'}: is no whole ZIP" in told.stderr


def test_import_of_a_table_tells_of_rows_and_notes(feeds: list[str], tmp_path: Path) -> None:
    other = {"Titel": "Annans", "Sid-id": "7", "Sidnamn": "Annanby", "Publicerings-id": "9"}
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Hej"}, other)}) / "a.csv"
    told = runner.invoke(app, ["import", str(table), *feeds]).stdout
    assert "  period:          no posts\n" in told
    assert "  rows of tables:  1\n" in told
    assert "  ! 1 rows of other pages in a.csv were passed over\n" in told


@pytest.mark.parametrize(("name", "hint"), [("prov/facebok", 'did you mean "prov/facebook"?'), ("x", "is called")])
def test_import_for_nobody_suggests_somebody(feeds: list[str], path: Path, name: str, hint: str) -> None:
    told = runner.invoke(app, ["import", str(path), "--source", name, *feeds])
    assert told.exit_code == 2
    assert hint in " ".join(told.stderr.replace("│", " ").split())


def test_import_for_an_actor_with_two_sources_asks_which(configured: Configured, path: Path, tmp_path: Path) -> None:
    configured(SOURCE + '[actor.prov.source.gammal]\nexport = "inbox/gammal"\n')
    told = runner.invoke(app, ["import", str(path), "--source", "prov", "--config", str(tmp_path / "feeds.toml")])
    assert told.exit_code == 2
    assert "prov has several" in " ".join(told.stderr.replace("│", " ").split())


def test_try_shows_what_an_export_holds(path: Path, tmp_path: Path) -> None:
    feeds = ["--config", str(tmp_path / "none.toml")]
    told = runner.invoke(app, ["try", str(path), "--json", *feeds])
    trial = json.loads(told.stdout)
    assert (trial["kind"], [entry["title"] for entry in trial["entries"]]) == ("export", ["Hej"])
    assert trial["warnings"] == [
        "empty shares: 2; Facebook does not export what was shared",
        "pictures and films that are not in it: 1",
        "unknown keys: poll",
    ]
    shown = runner.invoke(app, ["try", str(path), *feeds]).stdout
    assert shown.startswith(f'{path}: export, 1 entry, titled "Provköping Ställer Om (ProvkopingStallerOm)"')
    assert 'page_name = "Provköping Ställer Om"' in shown


def test_try_tells_tables_and_dumps_from_newsfeeds(tmp_path: Path) -> None:
    feeds = ["--json", "--config", str(tmp_path / "none.toml")]
    dump = '{"data": [{"id": "6_9", "created_time": "2025-09-06T10:00:00+0000", "message": "Hej"}]}'
    unpacked(tmp_path, {"a.csv": a_table({"Titel": "Hej"}), "feed.json": dump, "other.json": '{"a": 1}'})
    for name in ("a.csv", "feed.json"):
        assert json.loads(runner.invoke(app, ["try", str(tmp_path / name), *feeds]).stdout)["kind"] == "export"
    assert json.loads(runner.invoke(app, ["try", str(tmp_path / "other.json"), *feeds]).stdout)["kind"] == "unknown"


def test_try_says_why_an_export_cannot_be_read(tmp_path: Path) -> None:
    feeds = ["--json", "--config", str(tmp_path / "none.toml")]
    html = zipped(tmp_path / "a.zip", {POSTS.replace("json", "html"): "<html>"})
    told = runner.invoke(app, ["try", str(html), *feeds])
    assert told.exit_code == 1
    assert "choose the format JSON" in json.loads(told.stdout)["warnings"][0]
