"""Commands about the store."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, JsonOption, QuietOption, complain, counted, now, tell

app = typer.Typer(
    help="The store: its schema, copies of it, and whether it is sound.\n\nExample: nyhetsflode db backup",
    no_args_is_help=True,
)


@app.callback()
def store() -> None:
    """The store: its schema, copies of it, and whether it is sound."""


@app.command()
def upgrade(config: ConfigOption = FEEDS, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Bring the store's schema to the newest; SQLite is also upgraded by itself when it is opened.

    In PostgreSQL, the tables of the queue that workers share are made or upgraded too, if the extra `worker` is there.

    Example: nyhetsflode db upgrade
    """
    from aggregator.config import load
    from aggregator.storage import upgrade_storage

    store = load(config).store
    before, after = upgrade_storage(store)
    was = ", as it was." if before == after else f"; it was {before or 'not there'}."
    lines, queue = [f"The schema is {after}{was}"], None
    if "://" in store and find_spec("procrastinate"):
        from aggregator.working import upgrade_queue

        queue = upgrade_queue(store)
        lines.append(f"The queue for workers is that of Procrastinate {queue}.")
    tell({"before": before or None, "after": after, "queue": queue}, lines, as_json, quiet)


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to; a dated file if not given.")] = None,
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Copy the store as it is now into a file of SQLite, also while others work with it.

    Example: nyhetsflode db backup ~/koso-2026-11-24.db
    """
    from aggregator.config import load
    from aggregator.storage import open_storage

    loaded = load(config)
    target = file or loaded.path.parent / "store" / f"backup-{now():%Y-%m-%d-%H%M%S}.db"
    with open_storage(loaded.store) as storage:
        storage.back_up(target)
    size = target.stat().st_size
    told = f"The store is in {target}, {size / 1e6:.1f} MB; 'nyhetsflode db restore' reads it back."
    tell({"file": str(target), "bytes": size}, [told], as_json, quiet)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    config: ConfigOption = FEEDS,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fill an empty store, in SQLite or PostgreSQL, with a backup; publish then makes the same newsfeeds.

    Example: nyhetsflode db restore ~/koso-2026-11-24.db
    """
    from aggregator.config import load
    from aggregator.storage import open_storage, restore_storage

    address = load(config).store
    restore_storage(file, address)
    with open_storage(address) as storage:
        count = sum(1 for _ in storage.items())
    told = f"The store has {counted(count, 'item')} from {file}; 'nyhetsflode publish' makes their newsfeeds."
    tell({"file": str(file), "items": count}, [told], as_json, quiet)


@app.command()
def check(config: ConfigOption = FEEDS, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Whether the store is sound; exit 1 and a sentence for each thing that is wrong if it is not.

    Example: nyhetsflode db check
    """
    from aggregator.config import load
    from aggregator.storage import check_storage

    problems = check_storage(load(config).store)
    well = [] if problems else ["The store is sound."]
    tell({"sound": not problems, "problems": problems}, well, as_json, quiet)
    for problem in problems:
        complain(f"store: {problem}")
    if problems:
        raise typer.Exit(1)
