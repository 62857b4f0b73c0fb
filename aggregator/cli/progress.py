"""How long work shows how it goes: a bar on a terminal, nothing elsewhere, where the report's lines are enough."""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bars


class Progress:
    def __init__(self, quiet: bool) -> None:
        self._bars = None if quiet or not sys.stderr.isatty() else _bars()

    def begin(self, what: str, total: int | None) -> Callable[..., None]:
        """Show WHAT; the function that comes back takes it a step further, and may be told how many there are."""
        bars = self._bars
        if bars is None:
            return lambda of=None: None
        task = bars.add_task(what, total=total)

        def step(of: int | None = None) -> None:
            bars.update(task, advance=1, total=of if of is not None else total)

        return step

    def __enter__(self) -> "Progress":
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Bars(*columns, console=Console(stderr=True), transient=True)
