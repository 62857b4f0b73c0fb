"""What can go wrong, in sentences that name the thing, the place and what to do.

Errors hold plain values only. They are raised by the steps, and caught where someone can answer for them: where a
source is called at (one source fails, the others go on), and where a command ends (one sentence, and an exit code).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# What stands between "//" and "@" in an address: a name and a password, which are nobody else's business.
_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@")


def without_secrets(text: str) -> str:
    """TEXT with the addresses in it without names and passwords (https://name:password@host/)."""
    return _USERINFO.sub("", text)


class AggregatorError(Exception):
    """Base of all errors that are shown as plain sentences, without a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in feeds.toml.

    `line` and `column` count from 1 (0: the place is not known); `hint` stands under the words it is about, which
    are `width` characters wide. `text` is the whole line, and `file` the included file it stands in, as seen from
    feeds.toml (empty: it stands in feeds.toml itself).
    """

    where: str
    what: str
    line: int = 0
    column: int = 0
    width: int = 1
    hint: str = ""
    text: str = ""
    file: str = ""


class ConfigError(AggregatorError):
    """feeds.toml cannot be used; it holds everything that is wrong, not just the first."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        shown = "\n".join(self._shown(problem) for problem in self.problems)
        super().__init__(f"{shown}\n{count}; {path.name} was not used.")

    def _shown(self, problem: Problem) -> str:
        file = problem.file or self.path.name
        place = f"{file}:{problem.line}:{problem.column}" if problem.line else file
        subject = f"{problem.where}: " if problem.where else ""
        sentence = f"{place}: {subject}{without_secrets(problem.what)}"
        if not problem.text:
            return sentence + (f"; {problem.hint}" if problem.hint else "")
        margin = " " * len(str(problem.line))
        marks = " " * (problem.column - 1) + "^" * problem.width
        pointer = f"   {margin} | {marks} {problem.hint}".rstrip()
        line = _USERINFO.sub(lambda found: "*" * len(found[0]), problem.text)
        return f"{sentence}\n   {problem.line} | {line}\n{pointer}"


class SourceError(AggregatorError):
    """A call at one source failed; the others go on. It names addresses without the passwords in them."""

    def __init__(self, location: str, reason: str) -> None:
        self.location = without_secrets(location)
        self.reason = without_secrets(reason)
        super().__init__(f"{self.location}: {self.reason}")


class FetchError(SourceError):
    """The source did not answer, or answered with something that we will not take.

    `status` is the HTTP status of the answer, 0 if there was none. `retry_after` is how many seconds `host` asked us to
    stay away, 0 if it did not say. `requests` and `received` (bytes) are what the call cost.
    """

    def __init__(
        self,
        location: str,
        reason: str,
        *,
        status: int = 0,
        retry_after: float = 0,
        host: str = "",
        requests: int = 0,
        received: int = 0,
    ) -> None:
        self.status = status
        self.retry_after = retry_after
        self.host = host
        self.requests = requests
        self.received = received
        super().__init__(location, reason)


class BusyError(FetchError):
    """The source was not called at, since its host has asked us to stay away; `retry_after` is how long still."""


class ParseError(SourceError):
    """The source answered, but not in the shape that its kind promises."""


class StoreError(AggregatorError):
    """The store cannot be opened or written; says which one, and what to do."""


class MailError(AggregatorError):
    """A mail server does not take our letters; those that did not go out are tried again in the next round."""

    def __init__(self, server: str, reason: object) -> None:
        super().__init__(f"{server} takes no letters now: {reason}; trying again in the next round")


class DeployError(AggregatorError):
    """What was published could not be sent to the host that serves it; the next round tries again."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: what was published could not be sent: {without_secrets(reason)}")


class ServeError(AggregatorError):
    """The address cannot be listened at."""

    def __init__(self, host: str, port: int, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        super().__init__(f"cannot listen at {host}:{port}: {reason}; is it served already? --port names another")


class OutputError(AggregatorError):
    """A published file cannot be written; what was published before stays."""
