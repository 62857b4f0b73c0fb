"""The docs tell the truth of today."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import tomlkit
from conftest import HEAD, REPOSITORY, Site
from documents import HANDBOOK, PAGES, Block, Shell, blocks_of, commands_of, is_printed
from pydantic import BaseModel
from typer.main import get_command

from aggregator.cli import app
from aggregator.config import load
from aggregator.config.tables import File
from aggregator.jobs.health import CONFIG
from aggregator.model.source import FROM_PLACE
from aggregator.publishing.condition import HEADINGS
from aggregator.watching.alarms import NETWORK
from aggregator.watching.checks import CHECKS

WRONG = (REPOSITORY / "docs/handbok/nar-nagot-ar-fel.md").read_text(encoding="utf-8")
REFERENCE = (REPOSITORY / "docs/handbok/kommandon.md").read_text(encoding="utf-8")
# The site that the docs speak of; one on this machine stands in for it.
ACTOR = "https://cykelvannerna.example"
ONE_WITHOUT_A_TABLE = "foreningen"


def named(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def commands() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {below}": each for below, each in inner.items()} if inner else {name: command}
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_handbook(command: str) -> None:
    assert f"`nyhetsflode {command}" in REFERENCE


@pytest.mark.parametrize("command", commands())
def test_every_flag_stands_with_its_command(command: str) -> None:
    """Those that many commands have are told of once, above the table."""
    above, _, table = REFERENCE.partition("| kommando |")
    own = next(line for line in table.splitlines() if line.startswith(f"| `nyhetsflode {command}"))
    for parameter in commands()[command].params:
        for flag in (flag for flag in parameter.opts if flag.startswith("--")):
            assert re.search(rf"(?<![\w-]){flag}(?![\w-])", above + own), flag


def tables(annotation: Any) -> Iterator[type[BaseModel]]:
    """All tables of feeds.toml that a key with this ANNOTATION may hold, and those within them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from tables(field.annotation)
    for inner in get_args(annotation):
        yield from tables(inner)


def keys() -> list[str]:
    """Every key of feeds.toml, but those of a source that follow from where it stands."""
    named = {
        field.alias or name
        for table in tables(File)
        for name, field in table.model_fields.items()
        if field.validation_alias != FROM_PLACE
    }
    return sorted(named)


@pytest.mark.parametrize("key", keys())
def test_every_key_of_feeds_toml_stands_in_the_handbook(key: str) -> None:
    assert re.search(rf"`{key}`|`[^`\n]*\b{key}\b[^`\n]*`", HANDBOOK), key


@pytest.mark.parametrize("kind", [*CHECKS, NETWORK, CONFIG])
def test_every_alarm_stands_in_the_handbook_with_what_readers_see(kind: str) -> None:
    assert f"| `{kind}` | {HEADINGS[kind]} |" in WRONG


def sentences(file: str, *functions: str) -> list[str]:
    """The longest piece of each text that these functions of FILE, or all that begin with "_of_", make."""
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    made = [
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and (function.name in functions or function.name.startswith("_of_"))
        for statement in ast.walk(function)
        if isinstance(statement, ast.Return | ast.Yield | ast.Assign)
        for node in ast.walk(statement)
        if isinstance(node, ast.JoinedStr)
    ]
    pieces = [[part.value for part in text.values if isinstance(part, ast.Constant)] for text in made]
    longest = [max(map(str, piece), key=len, default="") for piece in pieces]
    return [" ".join(re.findall(r"[\w’'-]+", text)[:5]) for text in longest if len(text.split()) > 3]


def test_sentences_are_found() -> None:
    assert len(sentences("aggregator/config/doubts.py")) >= 4
    assert len(sentences("aggregator/matching/flood.py", "_flood", "_past_of_a_new_source")) >= 3


@pytest.mark.parametrize(
    "sentence",
    [
        *sentences("aggregator/config/doubts.py"),
        *sentences("aggregator/config/config.py", "_unmet"),
        *sentences("aggregator/matching/flood.py", "_flood", "_past_of_a_new_source"),
        *sentences("aggregator/jobs/health.py", "why_dead", "why_doubt_clock"),
        *sentences("aggregator/config/kept.py", "with_fault"),
    ],
)
def test_every_warning_and_every_reason_to_hold_news_stands_in_the_handbook(sentence: str) -> None:
    assert sentence in " ".join(re.findall(r"[\w’'-]+", WRONG)), sentence


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_in_the_docs_lead_to_files_and_headings_that_exist(path: Path) -> None:
    for target, _, heading in re.findall(r"\]\(([^)#:]*)(#([^)]+))?\)", path.read_text(encoding="utf-8")):
        page = path.parent / target if target else path
        assert page.exists(), target
        if heading:
            assert heading in headings(page), f"{target}#{heading}"


def headings(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of PAGE."""
    found = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_paths_named_in_the_docs_exist(path: Path) -> None:
    for told in re.findall(
        r"`((?:aggregator|tests|docs|examples|deploy|benchmarks)/[\w./]+)`", path.read_text("utf-8")
    ):
        assert (REPOSITORY / told).exists(), told


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_command_line_in_the_docs_is_one_that_we_know(path: Path) -> None:
    known = commands()
    for told in re.findall(r"(?:^|[`$ /])nyhetsflode ([a-z][^`\n|#&]*)", path.read_text(encoding="utf-8"), re.M):
        words = shlex.split(told.replace("”", "").replace("“", "").replace("'", "").replace("\\", ""), posix=False)
        command = next((name for name in (" ".join(words[:2]), words[0]) if name in known), None)
        if command is None:  # A word after our name, in running text.
            assert words[0] not in ("db", "quarantine"), told
            continue
        flags = {flag for parameter in known[command].params for flag in parameter.opts} | {"--help"}
        for word in words:
            assert not word.startswith("--") or word.partition("=")[0].rstrip(".,)") in flags, told


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_target_of_make_in_the_docs_exists(path: Path) -> None:
    known = re.findall(r"(?m)^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"))
    for target in re.findall(r"(?:^|`|\$ )make ([a-z]+)", path.read_text(encoding="utf-8"), re.M):
        assert target in known, target


FIGURE = re.compile(r"\b\d[\d.,]*\s(?:s|ms|MB|seconds|percent)\b|\b\d+(?:\.\d+)? %")


@pytest.mark.parametrize("path", sorted((REPOSITORY / "docs").glob("*.md")), ids=named)
def test_every_figure_in_the_docs_names_the_command_that_gives_it(path: Path) -> None:
    for section in re.split(r"(?m)^## ", path.read_text(encoding="utf-8")):
        if found := FIGURE.search(section):
            assert re.search(r"`?(?:make [a-z]+|python -m [\w.]+)|\.py`", section), (section[:40], found[0])


TOML = [
    (path, block) for path in PAGES for block in blocks_of(path) if block.kind == "toml" and "wrong" not in block.says
]


@pytest.mark.parametrize(("path", "block"), TOML, ids=[f"{named(path)}:{block.line}" for path, block in TOML])
def test_every_table_in_the_docs_is_right(
    path: Path, block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in re.findall(r'env = "(\w+)"', block.text):
        monkeypatch.setenv(name, "smtp://127.0.0.1" if "SMTP" in name else "news.db")
    file = tmp_path / "feeds.toml"
    file.write_text(tomlkit.dumps(completed(tomllib.loads(block.text))), encoding="utf-8")
    load(file)


def completed(told: dict[str, Any]) -> dict[str, Any]:
    """What the docs show, as a whole file: with a site, and with a name for each actor that is spoken of."""
    known = {field.alias or name for name, field in File.model_fields.items()}
    if alone := {key: value for key, value in told.items() if key not in known}:
        told = {"actor": {ONE_WITHOUT_A_TABLE: alone}}
    actors = told.setdefault("actor", {})
    for rule in told.get("rule", ()):
        actors.setdefault(rule["when"].get("actor", ONE_WITHOUT_A_TABLE), {})
    for actor in actors.values():
        actor.setdefault("name", "Föreningen")
        actor.setdefault("area", "Mariestad")
        actor.setdefault("homepage", "https://foreningen.example/")
    head = tomllib.loads(HEAD.format(store="news.db"))
    return {**head, **told, "site": {**head["site"], **told.get("site", {})}}


RUN = [page for page in PAGES if any(block.kind == "console" for block in blocks_of(page))]


@pytest.mark.parametrize("path", RUN, ids=named)
def test_every_example_in_the_docs_prints_what_is_shown(path: Path, site: Site, tmp_path: Path) -> None:
    feed = (REPOSITORY / "examples/cykelvannerna-mariestad.xml").read_bytes()
    site.says("/nytt.rss", feed, Content_Type="application/rss+xml")
    link = '<link rel="alternate" type="application/rss+xml" href="/nytt.rss">'
    site.says("/", f"<!doctype html><html><title>Cykelvännerna</title>{link}", Content_Type="text/html; charset=utf-8")
    listed = (
        f'<div class="nyhet"><h2><a href="/nyheter/{number}">{title}</a></h2>'
        f'<span class="datum">{number} nov 2026</span><p class="ingress">Läs mer om {title.lower()}.</p></div>'
        for number, title in enumerate(("Cykelskola", "Vinterdäck", "Reflexer", "Lådcyklar"), start=1)
    )
    page = f"<!doctype html><html><title>Nyheter</title><body><main>{''.join(listed)}</main></body></html>"
    site.says("/nyheter", page, Content_Type="text/html; charset=utf-8")
    shell = Shell(tmp_path, {ACTOR: site.url}, workshop=path.name == "extending.md")
    if path.name == "README.md" and path.parent == REPOSITORY:
        (tmp_path / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    for block in blocks_of(path):
        shell.write(block)
        todo = list(commands_of(block)) if block.kind == "console" else []
        for number, command in enumerate(todo, start=1):
            code, printed = shell.run(command.line)
            shown = "".join(f"{line}\n" for line in command.prints)
            assert is_printed(shown, printed), f"$ {command.line}\n{printed}"
            expected = int(block.says.get("exit", "0")) if number == len(todo) else 0
            assert code == expected, f"$ {command.line}\n{printed}"


def test_what_varies_is_left_out_and_nothing_else() -> None:
    assert is_printed("a … c\n…\nend\n", "a b c\none\ntwo\nend\n")
    assert is_printed("…\nend\n", "end\n")
    assert not is_printed("a … c\n", "a b d\n")
    assert not is_printed("a\n", "a\nb\n")
    assert not is_printed("", "a\n")
