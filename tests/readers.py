"""The programs of others that read what we publish, as the tests call them. CI has all; elsewhere some may lack."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

CLIENTS = Path(__file__).parent / "clients"
JAVA = Path("/usr/share/java")
ROME = [JAVA / f"{name}.jar" for name in ("rome", "rome-utils", "jdom2", "slf4j-api")]
SIMPLEPIE = CLIENTS / "wordpress" / "usr" / "share" / "wordpress" / "wp-includes" / "class-simplepie.php"


def needs(what: str, *present: object) -> pytest.MarkDecorator:
    """Skip without WHAT, unless this is CI, which must have it."""
    return pytest.mark.skipif(not all(present) and not os.environ.get("CI"), reason=f"{what} is not installed")


needs_newsboat = needs("newsboat", shutil.which("newsboat"))
needs_sfeed = needs("sfeed", shutil.which("sfeed"))
needs_node = needs("tests/clients (npm ci)", shutil.which("node"), (CLIENTS / "node_modules").exists())
needs_rome = needs("librome-java with a JDK", shutil.which("javac"), all(jar.exists() for jar in ROME))
needs_wordpress = needs("WordPress' SimplePie", shutil.which("php"), SIMPLEPIE.exists())


def in_node(library: str, path: Path) -> Any:
    return json.loads(_output("node", CLIENTS / "read.mjs", library, path))


def in_rome(path: Path) -> list[list[str]]:
    """A row for each entry: id, link, title, seconds, categories, enclosure."""
    told = _output("java", "-cp", ":".join(map(str, ROME)), CLIENTS / "Read.java", path)
    return [line.split("\t") for line in told.decode().splitlines()]


def in_wordpress(path: Path) -> Any:
    return json.loads(_output("php", CLIENTS / "read.php", path))


def in_newsboat(path: Path) -> list[tuple[str, str, str, int]]:
    """Id, link, title and seconds of each entry, as newsboat's own store has them; in no order."""
    folder = path.parent
    (folder / "urls").write_text(f"file://{path}\n")
    (folder / "config").write_text("")
    files = ("-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config")
    environment = {"HOME": str(folder), "TERM": "xterm"}
    subprocess.run(["newsboat", *files, "-x", "reload"], check=True, timeout=30, env=environment)
    with closing(sqlite3.connect(folder / "cache.db")) as connection:
        return connection.execute("SELECT guid, url, title, pubDate FROM rss_item").fetchall()


def in_sfeed(path: Path) -> list[tuple[str, str, str, int]]:
    """Id, link, title and seconds of each entry."""
    told = subprocess.run(["sfeed"], input=path.read_bytes(), capture_output=True, check=True, timeout=30).stdout
    rows = [line.split("\t") for line in told.decode().splitlines()]
    return [(row[5], row[2], row[1], int(row[0])) for row in rows]


def _output(*command: object) -> bytes:
    return subprocess.run([str(part) for part in command], capture_output=True, check=True, timeout=120).stdout
