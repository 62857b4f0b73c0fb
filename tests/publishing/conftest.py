"""The example as it is published, served from a folder below the root, and a browser to read it with."""

import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from awkward import ARTICLES, HOSTILE, WITHDRAWN
from conftest import REPOSITORY
from made import MARIESTAD, NOON, SITE

from aggregator.model import Whereabouts
from aggregator.publishing import article_publications, digest_publications, withdrawal_publications
from aggregator.publishing.edition import digest_of

CHROMIUM = shutil.which("chromium")

# Beside running as root in a container: nothing that asks for the network by itself.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".xml": "application/xml"}

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of the example as of one day, and pages of articles as no source of the example has them."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    (folder / "examples").symlink_to(REPOSITORY / "examples")
    command = [sys.executable, "-m", "aggregator", "run", "--once", "--quiet", "--at", "2026-11-24T12:00"]
    # Where feeds.toml says that it lives.
    (folder / "nyhetsfloden").symlink_to("output")
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    made = [
        publication
        for article in (*ARTICLES, HOSTILE)
        for publication in article_publications(SITE, article, Whereabouts((MARIESTAD,)))
    ]
    day = digest_of(SITE, MARIESTAD, NOON.date(), NOON.date(), ARTICLES, [each for each in ARTICLES if each.event])
    for publication in (*made, *withdrawal_publications(SITE, WITHDRAWN), *digest_publications(day)):
        path = folder / "output" / publication.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(publication.content)
    return folder / "output"


@pytest.fixture(scope="session")
def address(example: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(example.parent)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/nyhetsfloden/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
