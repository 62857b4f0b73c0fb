"""How long work shows how it goes: a bar on a terminal, nothing elsewhere, where the report's lines are enough."""

from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars


class Progress:
    def __init__(self, quiet: bool) -> None:
        console = Console(stderr=True)
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )

    def begin(self, what: str, total: int | None) -> Callable[..., None]:
        """Show WHAT; the function that comes back takes it a step further, and may be told how many there are."""
        task = self._bars.add_task(what, total=total)

        def step(of: int | None = None) -> None:
            self._bars.update(task, advance=1, total=of if of is not None else total)

        return step

    def __enter__(self) -> "Progress":
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
