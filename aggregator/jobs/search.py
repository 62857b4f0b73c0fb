"""Search: what Pagefind makes of the articles' pages, so that readers can search in their own browser.

It reads every page anew, and so is asked at most once an hour. Without the extra `search` there is no search, and the
page that offers it leads to the archives instead.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator.errors import OutputError
from aggregator.model import Publication
from aggregator.publishing import Output

INDEX = "sok/pagefind"
DRAFT = "sok/.pagefind"
PAGES = "nyhet/*/index.html"
LONGEST = 600.0  # seconds

# By this name, the manifest knows of which pages the index was made, and in which hour.
SEARCH = "@sok"

# So many pages are fetched at once from an object store.
AT_ONCE = 16


def make_searchable(where: Path | str, output: Output, origin: str, now: datetime) -> str:
    """Index the articles in OUTPUT, which is at WHERE, unless that was done of ORIGIN, or in this hour.

    What went wrong, or nothing.
    """
    hour = f"{now:%Y-%m-%dT%H}"
    last_hour, _, last_origin = output.origin(SEARCH).partition("/")
    done = last_origin == origin or last_hour == hour
    if find_spec("pagefind_bin") is None or (done and output.has(INDEX)):
        return ""
    if isinstance(where, str):
        return _indexed_far(output, hour, origin)
    if not any(where.glob(PAGES)):
        return ""
    output.note(SEARCH, f"{hour}/{origin}")
    return _indexed(where)


def forget_search(output: Output) -> None:
    """Remove the index, so that the next publishing makes it anew at once: something must not be found any more."""
    output.replace_folder(INDEX, [])


def _indexed_far(output: Output, hour: str, origin: str) -> str:
    """Index pages that stand in an object store: here, of copies, and then put there."""
    pages = [path for path in output.under("nyhet") if path.endswith("/index.html")]
    if not pages:
        return ""
    output.note(SEARCH, f"{hour}/{origin}")
    with TemporaryDirectory(prefix="nyhetsflode-") as here:
        folder = Path(here)
        _copy(output, pages, folder)
        if problem := _indexed(folder):
            return problem
        found = sorted(path for path in (folder / INDEX).rglob("*") if path.is_file())
        # What names all the others comes last, so that whoever searches meanwhile finds what it names.
        found.sort(key=lambda path: path.name == "pagefind-entry.json")
        output.replace_folder(
            INDEX, [Publication(path.relative_to(folder).as_posix(), path.read_bytes()) for path in found]
        )
    return ""


def _copy(output: Output, pages: Sequence[str], folder: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as hands:
        for path, content in zip(pages, hands.map(output.read, pages), strict=True):
            if content is None:
                raise OutputError(f"{path} is not there any more, although it was listed; trying again next time")
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _indexed(folder: Path) -> str:
    """The index is made beside the one that is in use, and then put in its place."""
    draft, index = folder / DRAFT, folder / INDEX
    options = ["--site", str(folder), "--glob", PAGES, "--output-path", str(draft), "--keep-index-url", "--silent"]
    try:
        shutil.rmtree(draft, ignore_errors=True)
        index.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pagefind", *options], check=True, capture_output=True, timeout=LONGEST)
        shutil.rmtree(index, ignore_errors=True)
        draft.replace(index)
    except subprocess.CalledProcessError as error:
        return f"{index} could not be made by Pagefind, so search shows what was there before: {_last_line(error)}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{index} could not be made, so search shows what was there before: {error}"
    return ""


def _last_line(error: subprocess.CalledProcessError) -> str:
    lines = (error.stderr or error.stdout or b"").decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"it ended with {error.returncode}"
