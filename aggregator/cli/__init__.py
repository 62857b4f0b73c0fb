"""The commands, one file a family. They ask the jobs, and print what the jobs report.

Exit codes: 0 all is well, 1 something failed (and is named), 2 feeds.toml or the arguments are wrong. What a command
needs is imported when it runs, so that the command line itself is quick.
"""

import sys

import typer

from aggregator.cli import (
    adding,
    db,
    file,
    importing,
    init,
    look,
    plan,
    quarantine,
    run,
    serving,
    tags,
    takedown,
    worker,
)
from aggregator.errors import AggregatorError, ConfigError

__all__ = ["app", "main"]

app = typer.Typer(
    name="nyhetsflode",
    help="Collects news from local actors, tags it by place, and publishes a newsfeed for each place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    init.init,
    file.check,
    plan.plan,
    run.run,
    worker.worker,
    run.collect,
    run.publish,
    run.deploy,
    serving.serve,
    importing.import_,
    look.try_,
    adding.add,
    adding.import_opml,
    look.items,
    look.tag,
    tags.retag,
    tags.explain,
    tags.split,
    takedown.takedown,
    look.status,
)
for command in COMMANDS:
    app.command(name=command.__name__.rstrip("_").replace("_", "-"))(command)
app.add_typer(db.app, name="db")
app.add_typer(quarantine.app, name="quarantine")


def main() -> None:
    try:
        app()
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except AggregatorError as error:
        sys.stderr.write(f"nyhetsflode: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has read enough (`nyhetsflode items | head`).
        sys.stderr.close()
        sys.exit(0)
