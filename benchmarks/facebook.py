"""How long an export of 200 MB with 10,000 posts takes, and how much memory: `python -m benchmarks.facebook`."""

import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator.config import load
from aggregator.jobs import export_sources, import_paths
from aggregator.storage import open_storage

POSTS = 10_000
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = "this_profile's_activity_across_facebook"
TEXT = "På lördag är det höstmarknad på torget i Mariestad – cykla gärna hit! 🌱 Ta med en kasse och en vän. "
FEEDS = """
schema = 1
[site]
title = "Prov"
url = "https://prov.example/"
authority = "prov.example"
contact = "redaktion@prov.example"
[actor.prov]
name = "Provköping Ställer Om"
area = "Mariestad"
facebook = "https://www.facebook.com/ProvkopingStallerOm"
[actor.prov.source.facebook]
export = "inbox"
"""


def posts() -> Iterator[dict[str, Any]]:
    """Posts with many pictures each, as those of busy pages are: most of such a file is about cameras."""
    for number in range(POSTS):
        exif = {"upload_ip": "192.0.2.7", "taken_timestamp": 1_500_000_000, "camera": "x" * 300, "lens": "y" * 300}
        photos = [
            {
                "media": {
                    "uri": f"{ROOT}/posts/media/Tidslinjefoton_1/{number * 100 + photo}.jpg",
                    "creation_timestamp": 1_500_000_000,
                    "media_metadata": {"photo_metadata": {"exif_data": [exif]}},
                    "description": TEXT * 2,
                }
            }
            for photo in range(16)
        ]
        yield {
            "timestamp": 1_300_000_000 + number * 40_000,
            "attachments": [{"data": photos}],
            "data": [{"post": f"Nr {number}. " + TEXT * 6}, {}],
            "title": "Provköping Ställer Om har lagt till 15 foton.",
        }


def written(path: Path) -> int:
    """The export, in a ZIP; how large its posts are."""
    size = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"{ROOT}/posts/profile_posts_1.json", "w", force_zip64=True) as file,
    ):
        for number, post in enumerate(posts()):
            text = json.dumps(as_facebook_writes(post))
            size += file.write((("[" if not number else ",") + text).encode())
        size += file.write(b"]")
    return size


def as_facebook_writes(value: Any) -> Any:
    """VALUE with UTF-8's bytes written as letters."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [as_facebook_writes(part) for part in value]
    if isinstance(value, dict):
        return {key: as_facebook_writes(part) for key, part in value.items()}
    return value


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feeds.toml").write_text(FEEDS, encoding="utf-8")
        if sys.argv[1:]:
            _measure(folder, Path(sys.argv[1]))
            return
        size = written(folder / "export.zip")
        sys.stdout.write(
            f"{size / 1e6:.0f} MB of JSON in {(folder / 'export.zip').stat().st_size / 1e6:.1f} MB of ZIP\n"
        )
        _measure(folder, folder / "export.zip")


def _measure(folder: Path, path: Path) -> None:
    config = load(folder / "feeds.toml")
    [source] = export_sources(config)
    with open_storage(config.store) as storage:
        started = time.perf_counter()
        done = import_paths(config, storage, source, [path], NOW)
        took = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    sys.stdout.write(f"{done.tally.records} posts, {done.new} new items: {took:.1f} s, at most {most:.0f} MB\n")


if __name__ == "__main__":
    main()
