"""Reading an export as the import does, without a store: files on disk, a bundle of streams, what it says."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from exports import Read, page_export, zipped
from made import NOON

from aggregator.fetching import open_bundle
from aggregator.model import Bundle, Export
from aggregator.sources import ExportSource

ADDRESS = "https://www.facebook.com/ProvkopingStallerOm"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads files at these paths, or a ZIP with such posts, as one export of the page at ADDRESS."""

    def reading(*told: Path | list[dict[str, Any]], address: str = ADDRESS, more: Any = None, **keys: Any) -> Export:
        paths = [
            one if isinstance(one, Path) else zipped(tmp_path / f"{number}.zip", page_export(one, **(more or {})))
            for number, one in enumerate(told)
        ]
        with ExitStack() as stack:
            bundles = [stack.enter_context(open_bundle(path)) for path in paths]
            members = tuple(member for bundle in bundles for member in bundle.members)
            return ExportSource(export="inbox", **keys).gather(Bundle(members), NOON, address)

    return reading
