"""A process that is killed at any moment leaves the store and the output whole, and the next round mends the rest."""

import gzip
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import REPOSITORY
from lxml import etree

from aggregator.storage import open_storage

AT = "2026-11-24T12:00"
RUN = [sys.executable, "-m", "aggregator", "run", "--once", "--quiet", "--at", AT]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (tmp_path / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    return tmp_path


def published(folder: Path) -> dict[str, bytes]:
    found = (path for path in (folder / "output").rglob("*") if path.is_file() and not path.name.startswith("."))
    # Pagefind names its files otherwise each time, from the same pages.
    ours = (path for path in found if not {".drafts", ".manifest", "pagefind"} & set(path.parts))
    return {str(path.relative_to(folder)): path.read_bytes() for path in ours}


def test_killed_at_any_moment_nothing_is_half_and_nothing_is_lost_or_doubled(example: Path) -> None:
    whole = example / "whole"
    whole.mkdir()
    (whole / "feeds.toml").write_bytes((example / "feeds.toml").read_bytes())
    (whole / "examples").symlink_to(REPOSITORY / "examples")
    started = time.monotonic()
    subprocess.run(RUN, cwd=whole, check=True, capture_output=True, timeout=120)
    lasts = time.monotonic() - started

    chance = random.Random(20261124)
    for _ in range(8):
        with subprocess.Popen(RUN, cwd=example, stderr=subprocess.DEVNULL) as running:
            time.sleep(chance.uniform(0.2, 1) * lasts)
            running.send_signal(signal.SIGKILL)
        for path, content in published(example).items():
            if path.endswith(".xml"):
                etree.fromstring(content)
            elif path.endswith(".html"):
                end = b"</p>" if path.endswith("utdrag.html") else b"</html>"
                assert content.rstrip().endswith(end), path
            elif path.endswith(".json"):
                json.loads(content)
            elif path.endswith(".ics"):
                assert content.endswith(b"END:VCALENDAR\r\n"), path
            elif path.endswith(".gz"):
                assert gzip.decompress(content), path
        if (example / "store/nyhetsflode.db").exists():
            with open_storage(str(example / "store/nyhetsflode.db")) as storage:
                ids = [item.public_id for item in storage.items()]
            assert len(set(ids)) == len(ids)

    subprocess.run(RUN, cwd=example, check=True, capture_output=True, timeout=120)
    ours, theirs = published(example), published(whole)
    assert ours.keys() == theirs.keys()
    assert [path for path, content in ours.items() if content != theirs[path]] == []
    assert not (example / "output/.drafts").exists()
