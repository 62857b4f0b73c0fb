"""The last feeds.toml that was right, kept for the day on which it is not; and when any of its files was edited.

It lies in the folder store/ beside feeds.toml, wherever the store is: a file that cannot be read does not say where.
"""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

from aggregator.config.config import Config, config_in
from aggregator.config.sheets import Sheet, Sheets, matching
from aggregator.errors import ConfigError

Stamp = tuple[tuple[str, int, int, int], ...]


def keep_good(config: Config) -> str:
    """Keep the files that CONFIG was read from; a sentence if that is impossible, else empty."""
    place = _place_of(config.path)
    text = json.dumps([[sheet.name, sheet.text] for sheet in config.sheets.sheets], ensure_ascii=False)
    draft = place.with_name(f".{place.name}.draft")
    try:
        if place.exists() and place.read_text(encoding="utf-8") == text:
            return ""
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)  # As secret as feeds.toml may be.
        draft.write_text(text, encoding="utf-8")
        draft.replace(place)
    except OSError as error:
        return f"{place} cannot be written, so that a bad {config.path.name} would stop us: {error.strerror or error}"
    return ""


def last_good(path: Path) -> Config | None:
    """What the file at PATH said when it was last right; None if that is not known, or cannot be used any more."""
    try:
        kept = json.loads(_place_of(path).read_text(encoding="utf-8"))
        sheets = [Sheet(path.parent / name if name else path, name, text, tomllib.loads(text)) for name, text in kept]
        return config_in(Sheets(tuple(sheets), ()))
    except (OSError, TypeError, ValueError, ConfigError):
        return None


def with_fault(config: Config, error: ConfigError) -> Config:
    """CONFIG, as what counts while the file has the faults in ERROR."""
    first, count = error.problems[0], len(error.problems)
    where = f" in line {first.line} of {first.file or error.path.name}" if first.line else ""
    told = "a problem" if count == 1 else f"{count} problems, the first"
    fault = f"{error.path.name} has {told}{where}, and is not used: the last version that was right still counts"
    return replace(config, fault=fault)


def stamp_of(config: Config) -> Stamp:
    """Another one whenever any of the files was edited, came or went."""
    included = (file for pattern in config.sheets.patterns for file in matching(config.path, pattern))
    return tuple(_stamp_of_file(file) for file in (config.path, *included))


def _stamp_of_file(file: Path) -> tuple[str, int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), found.st_mtime_ns, found.st_size, found.st_ino


def _place_of(path: Path) -> Path:
    return path.parent / "store" / f"{path.stem}.last-good.json"
