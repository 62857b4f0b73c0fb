"""include = ["feeds.d/*.toml"]: other files add tables, and what is wrong in them is told of them."""

from pathlib import Path

import pytest
from conftest import HEAD, Configured

from aggregator.config import NewActor, add_actors, load
from aggregator.errors import ConfigError

INCLUDING = HEAD.replace("schema = 1", 'schema = 1\ninclude = ["feeds.d/*.toml"]')


def actor(id: str, more: str = "") -> str:
    return f'[actor.{id}]\nname = "{id}"\narea = "Mariestad"\nhomepage = "https://{id}.example/"\n{more}\n'


@pytest.fixture
def included(tmp_path: Path) -> Path:
    folder = tmp_path / "feeds.d"
    folder.mkdir()
    return folder


def complaint(configured: Configured, tables: str) -> str:
    with pytest.raises(ConfigError) as told:
        configured(tables, head=INCLUDING)
    return str(told.value)


def test_included_files_add_tables_and_rules_in_the_order_of_their_names(
    configured: Configured, included: Path
) -> None:
    rule = '[[rule]]\nwhen = { words = "W" }\nthen = { hide = true }\n'
    (included / "b.toml").write_text(actor("b") + rule.replace("W", "b"), encoding="utf-8")
    (included / "a.toml").write_text(
        actor("a", 'feed = "a.xml"') + '[network.n]\ntitle = "N"\nmunicipalities = "Hjo"\n' + rule.replace("W", "a"),
        encoding="utf-8",
    )
    config = configured(actor("main") + rule.replace("W", "main"), head=INCLUDING)
    assert list(config.actors) == ["main", "a", "b"]
    assert [rule.words for rule in config.knowledge.rules] == [("main",), ("a",), ("b",)]
    assert [network.id for network in config.networks] == ["n"]
    assert config.sources["a/feed"].location == str(included / "a.xml")


def test_what_is_wrong_is_told_with_the_file_that_it_stands_in(configured: Configured, included: Path) -> None:
    (included / "a.toml").write_text("# å\n" + actor("a", 'nam = "x"'), encoding="utf-8")
    (included / "b.toml").write_text('[[rule]]\nwhen = { words = "x" }\nthen = { hide = 3 }\n', encoding="utf-8")
    told = complaint(configured, '[[rule]]\nwhen = { words = "x" }\nthen = { hide = true }\n')
    assert 'feeds.d/a.toml:6:1: actor.a: unknown key "nam"\n   6 | nam = "x"\n' in told
    assert "feeds.d/b.toml:3:17: rule.then.hide: must be true or false" in told
    assert told.endswith("2 problems; feeds.toml was not used.")


def test_what_tables_do_not_agree_on_is_told_where_it_stands(configured: Configured, included: Path) -> None:
    (included / "a.toml").write_text(actor("a", 'network = "x"'), encoding="utf-8")
    assert 'feeds.d/a.toml:5:11: actor.a.network: there is no network "x"' in complaint(configured, "")


def test_all_files_that_are_no_toml_are_named(configured: Configured, included: Path) -> None:
    (included / "a.toml").write_text("[actor", encoding="utf-8")
    (included / "b.toml").write_bytes("name = 'å'".encode("latin-1"))
    told = complaint(configured, "")
    assert "feeds.d/a.toml:1:1: is no TOML here" in told
    assert "feeds.d/b.toml: cannot be read: 'utf-8' codec" in told


@pytest.mark.parametrize(
    ("main", "other", "sentence"),
    [
        (actor("a"), actor("a"), "feeds.d/a.toml:1:2: actor.a: stands in feeds.toml:15:2 already"),
        ("[nation]\n", "[nation]\n", "feeds.d/a.toml:1:2: nation: stands in feeds.toml:15:2 already"),
        ("", '[site]\ntitle = "x"\n', "feeds.d/a.toml:1:2: site: is for feeds.toml itself"),
        ("", 'include = "x"\n', "feeds.d/a.toml:1:1: include: is for feeds.toml itself"),
        ("", "actor = 3\n", "feeds.d/a.toml:1:9: actor: must be a table"),
        ("", "rule = 3\n", "feeds.d/a.toml:1:8: rule: must be a list"),
    ],
)
def test_a_table_stands_in_one_file(
    configured: Configured, included: Path, main: str, other: str, sentence: str
) -> None:
    (included / "a.toml").write_text(other, encoding="utf-8")
    told = complaint(configured, main)
    assert sentence in told
    assert told.endswith("1 problem; feeds.toml was not used."), told


def test_two_included_files_that_say_the_same_are_both_named(configured: Configured, included: Path) -> None:
    for name in ("a", "b"):
        (included / f"{name}.toml").write_text(actor("x"), encoding="utf-8")
    assert "feeds.d/b.toml:1:2: actor.x: stands in feeds.d/a.toml:1:2 already" in complaint(configured, "")


def test_a_pattern_that_no_file_answers_to_is_worth_a_warning(configured: Configured) -> None:
    assert any('no file is called "feeds.d/*.toml"' in text for text in configured("", head=INCLUDING).warnings)


def test_a_file_does_not_include_itself_nor_drafts(configured: Configured, tmp_path: Path) -> None:
    (tmp_path / ".draft.toml").write_text("[", encoding="utf-8")
    head = HEAD.replace("schema = 1", 'schema = 1\ninclude = "*.toml"')
    config = configured(actor("a"), head=head)
    assert list(config.actors) == ["a"]
    add_actors(config.path, [NewActor("ny", "Ny", ("Hjo",), homepage="https://ny.example/")])
    assert list(load(config.path).actors) == ["a", "ny"]


def test_new_actors_go_into_the_main_file(configured: Configured, included: Path) -> None:
    (included / "a.toml").write_text(actor("a"), encoding="utf-8")
    config = configured("", head=INCLUDING)
    add_actors(config.path, [NewActor("ny", "Ny", ("Hjo",), homepage="https://ny.example/")])
    assert "[actor.ny]" in config.path.read_text(encoding="utf-8")
    assert list(load(config.path).actors) == ["ny", "a"]
