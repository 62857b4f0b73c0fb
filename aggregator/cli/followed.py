"""feeds.toml, as a command that goes on for long sees it: it may be edited meanwhile, and the edit may be a bad one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.cli.common import complain
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from aggregator.config import Config


class Followed:
    """A feeds.toml that may be edited while we run: the last version that was right is the one that counts."""

    def __init__(self, path: Path, config: "Config") -> None:
        from aggregator.config import stamp_of

        self._path = path
        self._stamp = stamp_of(config)
        self.config = config

    def look(self) -> bool:
        """Take a new version, and tell if there is one; of one that cannot be used, tell what is wrong."""
        from aggregator.config import stamp_of, with_fault

        stamp = stamp_of(self.config)
        if stamp == self._stamp:
            return False
        try:
            self.config = _load_to_keep(self._path)
            self._stamp = stamp_of(self.config)
        except ConfigError as error:
            complain(f"{error} Going on with the last version that was right.")
            self.config = with_fault(self.config, error)
            self._stamp = stamp
        return True


def load_or_last_good(path: Path) -> "Config":
    """What feeds.toml says; if it cannot be used, what it said when it last could, and what is wrong is told."""
    from aggregator.config import with_fault

    config, error = used_by_run(path, _load_to_keep)
    if error is None:
        return config
    complain(f"{error} GOING ON WITH THE LAST VERSION THAT WAS RIGHT, until {path.name} is mended.")
    return with_fault(config, error)


def used_by_run(path: Path, load: Callable[[Path], "Config"]) -> tuple["Config", ConfigError | None]:
    """The feeds.toml that `run` goes by, and why that is not the file as it is now, if it is not."""
    from aggregator.config import last_good

    try:
        return load(path), None
    except ConfigError as error:
        kept = last_good(path)
        if kept is None:
            raise
        return kept, error


def _load_to_keep(path: Path) -> "Config":
    from aggregator.config import keep_good, load

    config = load(path)
    if problem := keep_good(config):
        complain(f"nyhetsflode: {problem}")
    return config
