"""A first feeds.toml, from four answers."""

import json
import os
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from aggregator.config.config import load
from aggregator.errors import ConfigError, Problem


def authority_of(url: str) -> str:
    """What most would answer: the domain of the site without its www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def write_new(path: Path, title: str, url: str, authority: str, contact: str) -> None:
    """Write feeds.toml to PATH, and beside it the schema by which editors check it.

    ConfigError if there is one already, or if an answer makes none that can be used.
    """
    answers = {"title": title, "url": url, "authority": authority, "contact": contact}
    text = files(__package__).joinpath("new.toml").read_text(encoding="utf-8")
    for name, answer in answers.items():
        # A string of JSON is one of TOML too.
        text = text.replace(f"{{{name}}}", json.dumps(answer, ensure_ascii=False))
    if path.exists():
        raise ConfigError(path, [Problem("", "there is one already; it is left as it is")])
    draft = path.with_name(f".{path.name}.draft")
    try:
        load(path, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        os.link(draft, path)
        _write_schema(path.with_name("feeds.schema.json"))
    except FileExistsError as error:
        raise ConfigError(path, [Problem("", "there is one already; it is left as it is")]) from error
    except OSError as error:
        raise ConfigError(path, [Problem("", f"cannot be written: {error.strerror or error}")]) from error
    finally:
        draft.unlink(missing_ok=True)


def _write_schema(path: Path) -> None:
    # Only a new file needs it, and it takes a tenth of a second to make.
    from aggregator.config.schema import as_text

    if not path.exists():
        path.write_text(as_text(), encoding="utf-8")
