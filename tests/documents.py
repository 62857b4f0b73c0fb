"""The docs, taken apart: their pages, the blocks of code in them, and what a command in them prints.

A block whose first word is `console` holds commands, each on a line that begins with "$ ", and below each all that it
prints. "…" stands for what varies: in a line for any letters, on a line of its own for any lines. The commands of a
page run in order, in one folder; the last of a block whose first line says `exit=1` ends with that code, others with 0.
A block that says `file=NAME` is written to that file first, one that says `append=NAME` is put below what it holds. A
`toml` block is right, as a whole file or as a part of one, unless it says `wrong`. A `diff` block is applied.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conftest import REPOSITORY
from markdown_it import MarkdownIt

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
HANDBOOK = "\n".join(
    page.read_text(encoding="utf-8")
    for page in PAGES
    if "docs/handbok" in page.as_posix() or page.name in ("facebook.md", "vad-syns-var.md")
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: `kind` is its first word, `says` are the words after that, as {"file": "feeds.toml"}."""

    kind: str
    says: dict[str, str]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """A line after "$ ", and the lines that it should print."""

    line: str
    prints: tuple[str, ...]


def blocks_of(page: Path) -> Iterator[Block]:
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            kind, *words = token.info.split() or [""]
            says = dict(word.partition("=")[::2] for word in words)
            yield Block(kind, says, token.content, token.map[0] + 1 if token.map else 0)


def commands_of(block: Block) -> Iterator[Command]:
    for part in re.split(r"(?m)^\$ ", block.text)[1:]:
        line, *prints = part.rstrip("\n").split("\n")
        while line.endswith("\\"):
            line = f"{line[:-1]}{prints.pop(0).strip()}"
        yield Command(line, tuple(prints))


def is_printed(shown: str, printed: str) -> bool:
    """Whether what the docs show is what was PRINTED, but for what "…" stands for."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, f"{printed.rstrip()}\n" if printed.strip() else "") is not None


class Shell:
    """A folder in which commands are run as they stand in the docs; `sites` are stood in for by one on this machine.

    In a `workshop` the house itself lies there as a copy, so that it can be changed.
    """

    def __init__(self, folder: Path, sites: dict[str, str], workshop: bool = False) -> None:
        self.folder = folder
        house = folder if workshop else REPOSITORY
        if workshop:
            for part in ("aggregator", "tests/conformance", "docs"):
                shutil.copytree(REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(REPOSITORY / "tests/conftest.py", folder / "tests")
        self._sites = sites
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        program = f"#!{sys.executable} -Werror\nfrom aggregator.cli import main\n\nmain()\n"
        (programs / "nyhetsflode").write_text(program, encoding="utf-8")
        (programs / "nyhetsflode").chmod(0o755)
        (programs / "python").write_text(f'#!/bin/sh\nexec {sys.executable} -Werror "$@"\n', encoding="utf-8")
        (programs / "python").chmod(0o755)
        (folder / "examples").symlink_to(REPOSITORY / "examples")
        plain = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "COLUMNS")}
        path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
        self._environment = {**plain, "PATH": path, "PYTHONPATH": str(house), "LANG": "C.UTF-8"}

    def write(self, block: Block) -> None:
        if name := block.says.get("file") or block.says.get("append"):
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            before = f"{target.read_text(encoding='utf-8')}\n" if "append" in block.says else ""
            target.write_text(before + self._here(block.text), encoding="utf-8")
        if block.kind == "diff":
            self._apply(block.text)

    def _apply(self, diff: str) -> None:
        """Change files as DIFF says; the lines around a change say where, since numbers of lines do not last."""
        for name, hunks in re.findall(r"(?m)^--- a/(.+)\n\+\+\+ .+\n((?:(?!--- a/).*\n)*)", diff):
            file = self.folder / name
            text = file.read_text(encoding="utf-8")
            for hunk in re.split(r"(?m)^@@.*\n", hunks)[1:]:
                lines = hunk.splitlines()
                old, new = ("".join(f"{line[1:]}\n" for line in lines if line[:1] != sign) for sign in "+-")
                assert text.count(old) == 1, f"{name} does not hold once:\n{old}"
                text = text.replace(old, new)
            file.write_text(text, encoding="utf-8")

    def run(self, line: str) -> tuple[int, str]:
        """The exit code of a command, and what it prints."""
        done = subprocess.run(
            ["bash", "-c", self._here(line)],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        if shlex.split(line)[:2] == ["nyhetsflode", "init"]:
            with (self.folder / "feeds.toml").open("a", encoding="utf-8") as file:
                file.write('\n[collect]\nprivate_networks = ["127.0.0.0/8"]\n')
        printed = done.stdout.replace(str(self.folder), "…")
        for shown, here in self._sites.items():
            printed = printed.replace(here, shown)
        return done.returncode, printed

    def _here(self, text: str) -> str:
        """TEXT with the addresses that are asked, but not those of single items, which nobody asks."""
        for shown, here in self._sites.items():
            text = re.sub(rf"{re.escape(shown)}(?=/(?:nytt\.rss|nyheter)?(?:[\s\"]|$))", here, text)
        return text
