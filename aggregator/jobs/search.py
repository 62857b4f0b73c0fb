"""Search: what Pagefind makes of the articles' pages, so that readers can search in their own browser.

It reads every page anew, and so is asked at most once an hour. Without the extra `search` there is no search, and the
page that offers it leads to the archives instead.
"""

import shutil
import subprocess
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from aggregator.publishing import Output

INDEX = "sok/pagefind"
DRAFT = "sok/.pagefind"
PAGES = "nyhet/*/index.html"
LONGEST = 600.0  # seconds


def make_searchable(folder: Path, output: Output, origin: str, now: datetime) -> str:
    """Index the articles in FOLDER, unless that was done of ORIGIN, or in this hour. What went wrong, or nothing."""
    hour = f"{now:%Y-%m-%dT%H}"
    last_hour, _, last_origin = output.origin("search").partition("/")
    done = last_origin == origin or last_hour == hour
    if find_spec("pagefind_bin") is None or not any(folder.glob(PAGES)):
        return ""
    if done and output.has(INDEX):
        return ""
    output.note("search", f"{hour}/{origin}")
    return _indexed(folder)


def forget_search(folder: Path) -> None:
    """Remove the index, so that the next publishing makes it anew at once: something must not be found any more."""
    shutil.rmtree(folder / INDEX, ignore_errors=True)


def _indexed(folder: Path) -> str:
    """The index is made beside the one that is in use, and then put in its place."""
    draft, index = folder / DRAFT, folder / INDEX
    options = ["--site", str(folder), "--glob", PAGES, "--output-path", str(draft), "--keep-index-url", "--silent"]
    try:
        shutil.rmtree(draft, ignore_errors=True)
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
