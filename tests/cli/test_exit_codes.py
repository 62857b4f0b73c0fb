"""Every command, three times: well (0), something failed and is named (1), bad arguments or a bad file (2).

JSON goes to standard output alone, and messages to standard error. The cases run in this process, one store for each.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import REPOSITORY
from test_docs import commands

from aggregator.cli import main

SITE = """schema = 1
[site]
title = "N"
url = "https://prov.example/"
authority = "prov.example"
contact = "red@prov.example"
store = "news.db"
"""
ACTORS = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "cykel.xml"
[actor.klad]
name = "Klädbytet i Töreboda"
area = "Töreboda"
homepage = "https://klad.example/"
[actor.klad.source.facebook]
export = "inbox/"
page_name = "Klädbytet i Töreboda"
"""
LOST = """
[actor.borta]
name = "Borta"
area = "Hjo"
homepage = "https://borta.example/"
feed = "borta.xml"
"""
EXPORT = REPOSITORY / "examples/facebook-export"
OPML = '<opml version="2.0"><body>{}</body></opml>'
OUTLINE = '<outline type="rss" text="Ny" htmlUrl="https://ny.example/" xmlUrl="https://ny.example/rss"/>'


@dataclass(frozen=True, slots=True)
class Case:
    """`well`, `failing` and `wrong` are arguments; `before` are commands that come first. What cannot fail, or is not
    seen by people before it has been stopped, has none."""

    well: str
    failing: str = ""
    wrong: str = "--no-such-flag"
    before: tuple[str, ...] = ()


COLLECTED = ("collect",)
FLOODED = ("collect", "flood", "collect cykel --quiet")
CASES = {
    "init": Case(
        "--config ny/feeds.toml --title N --url https://n.example/ --contact a@n.example",
        wrong="--title N --url n --authority n.example --contact a@n.example --config ny/feeds.toml",
    ),
    "check": Case("", wrong="--config broken.toml"),
    "plan": Case("", wrong="--config broken.toml"),
    "run": Case(
        "--once --at 2026-11-24T12:00",
        "--once --config broken-lately.toml",
        "--once --at igår",
        ("run --once --quiet --config broken-lately.toml", "break"),
    ),
    "worker": Case("--help", "--queue web", "--queue nix"),
    "collect": Case("cykel", "borta", "cykell"),
    "publish": Case("", "--config unwritable.toml", "--config broken.toml"),
    "deploy": Case("--help", "--config nowhere.toml", "--config feeds.toml"),
    "serve": Case("--help", "--host 192.0.2.1 --port 0", "--port 99999"),
    "import": Case(f"{shlex.quote(str(EXPORT))} --source klad", "nix.zip --source klad", "nix.zip --source cykel"),
    "try": Case("cykel.xml", "nix.xml", ""),
    "add": Case("other.xml --area Hjo --id ny --name Ny --dry-run", "nix.xml --area Hjo", "cykel.xml --area Hjoo"),
    "import-opml": Case("list.opml --area Hjo", "empty.opml --area Hjo", "list.opml --area Hjoo"),
    "items": Case("--source cykel", wrong="--kind nyhet", before=COLLECTED),
    "tag": Case("lines.jsonl", "bad.jsonl", "nix.jsonl"),
    "retag": Case("", "--config unopenable.toml", before=COLLECTED),
    "explain": Case("Mariestad", "finns-inte", "", COLLECTED),
    "split": Case("", "finns-inte", ""),
    "takedown": Case("--list", "finns-inte --reason x", "finns-inte"),
    "status": Case("cykel", "", "cykell", COLLECTED),
    "db upgrade": Case("", "--config unopenable.toml"),
    "db backup": Case("copy.db", "cykel.xml/copy.db"),
    "db restore": Case("copy.db --config empty.toml", "nix.db", "", ("db backup copy.db",)),
    "db check": Case("", "--config unopenable.toml", before=COLLECTED),
    "quarantine list": Case("", "--config unopenable.toml"),
    "quarantine release": Case("cykel/feed", "cykel/feed --config unopenable.toml", "nix/feed", FLOODED),
    "quarantine drop": Case("cykel/feed", "cykel/feed --config unopenable.toml", "nix/feed", FLOODED),
}
# Those that go on until they are stopped are tried elsewhere, and one that needs a story of several is, too.
ELSEWHERE = ("split", "serve", "deploy", "worker")


def rss(titles: list[str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><guid>{number}</guid><link>https://cykel.example/{number}</link></item>"
        for number, title in enumerate(titles)
    )
    return f'<rss version="2.0"><channel><title>Cykel</title>{items}</channel></rss>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "cykel.xml": rss(["Nytt i Mariestad"]),
        "other.xml": rss(["Nytt i Hjo"]),
        "feeds.toml": SITE + ACTORS + LOST,
        "broken.toml": SITE + "[sit]\n",
        "broken-lately.toml": SITE + ACTORS,
        "unwritable.toml": SITE.replace("[site]", '[site]\noutput = "cykel.xml"') + ACTORS,
        "unopenable.toml": SITE.replace("news.db", "cykel.xml") + ACTORS,
        "empty.toml": SITE.replace("news.db", "other.db") + ACTORS,
        "nowhere.toml": SITE + '[deploy]\nto = "rsync://nobody@host.invalid/x/"\n',
        "list.opml": OPML.format(OUTLINE),
        "empty.opml": OPML.format(""),
        "lines.jsonl": '{"id": 1, "title": "Nytt i Mariestad"}\n',
        "bad.jsonl": "rappakalja\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    return tmp_path


def done(monkeypatch: pytest.MonkeyPatch, line: str) -> int:
    """The exit code of a command; two words stand for what happens to files meanwhile."""
    if line == "flood":
        Path("cykel.xml").write_text(rss([f"Nytt {number}" for number in range(50)]), encoding="utf-8")
        return 0
    if line == "break":
        Path("broken-lately.toml").write_text(SITE + "[sit]\n", encoding="utf-8")
        return 0
    monkeypatch.setattr("sys.argv", ["nyhetsflode", *shlex.split(line)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_every_command_has_its_cases() -> None:
    assert CASES.keys() == commands().keys()


@pytest.mark.parametrize("command", [name for name in CASES if name not in ELSEWHERE])
def test_what_goes_well_ends_with_0(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for line in CASES[command].before:
        done(monkeypatch, line)
    capfd.readouterr()
    assert done(monkeypatch, f"{command} {CASES[command].well}") == 0, capfd.readouterr()


@pytest.mark.parametrize("command", [name for name, case in CASES.items() if case.failing or name == "status"])
def test_what_fails_is_named_and_ends_with_1(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for line in CASES[command].before:
        done(monkeypatch, line)
    capfd.readouterr()
    assert done(monkeypatch, f"{command} {CASES[command].failing}") == 1
    told = capfd.readouterr()
    assert told.err.strip() or command == "status"
    assert "Traceback" not in told.err


@pytest.mark.parametrize("command", CASES)
def test_bad_arguments_and_bad_files_end_with_2_and_one_sentence(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert done(monkeypatch, f"{command} {CASES[command].wrong}") == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.strip()
    assert "Traceback" not in told.err
    assert all(path.name.startswith("news.db") for path in folder.rglob("*") if path not in before)


WITH_JSON = [name for name, command in commands().items() if any("--json" in each.opts for each in command.params)]


@pytest.mark.parametrize("command", [name for name in WITH_JSON if name != "split"])
def test_json_is_all_that_is_on_standard_output(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for line in CASES[command].before:
        done(monkeypatch, line)
    capfd.readouterr()
    assert done(monkeypatch, f"{command} {CASES[command].well} --json") == 0
    for line in capfd.readouterr().out.splitlines():
        json.loads(line)


QUIET = [name for name, command in commands().items() if any("--quiet" in each.opts for each in command.params)]


@pytest.mark.parametrize("command", [name for name in QUIET if name not in ELSEWHERE])
def test_quiet_commands_print_nothing_when_all_is_well(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if command == "run":
        Path("feeds.toml").write_text(SITE + ACTORS, encoding="utf-8")
    for line in CASES[command].before:
        done(monkeypatch, line)
    capfd.readouterr()
    assert done(monkeypatch, f"{command} {CASES[command].well} --quiet") == 0
    assert capfd.readouterr().out == ""


def test_serving_before_anything_was_published_says_so(folder: Path) -> None:
    command = [sys.executable, "-m", "aggregator", "serve", "--port", "0", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as run:
        told = run.stderr.readline() if run.stderr else ""
        run.send_signal(signal.SIGTERM)
    assert "there is no folder output yet" in told
