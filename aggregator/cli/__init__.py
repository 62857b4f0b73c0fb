"""The commands, one file a family. They ask the jobs, and print what the jobs report.

Exit codes: 0 all is well, 1 something failed (and is named), 2 feeds.toml or the arguments are wrong. What a command
needs is imported when it runs, so that the command line itself is quick.
"""

import re
import sys

import typer
from typer.exceptions import TyperException

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
from aggregator.cli.common import complain
from aggregator.errors import AggregatorError, ConfigError

__all__ = ["app", "main"]

# How typer begins its sentences about arguments.
_FOREIGN = re.compile(r"^Invalid value(?: for '?([^':]+)'?)?: ")

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
        sys.exit(app(prog_name="nyhetsflode", standalone_mode=False))
    except ConfigError as error:
        complain(str(error))
        sys.exit(2)
    except AggregatorError as error:
        complain(f"nyhetsflode: {error}")
        sys.exit(1)
    except typer.Abort:
        complain("nyhetsflode: stopped")
        sys.exit(1)
    except TyperException as error:
        _complain_of_arguments(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has read enough (`nyhetsflode items | head`).
        sys.stderr.close()
        sys.exit(0)


def _complain_of_arguments(error: TyperException) -> None:
    """One sentence on one line, and where to read more; who gave no command has been shown all of them."""
    if sentence := _FOREIGN.sub(lambda found: f"{found[1]}: " if found[1] else "", error.format_message()).strip():
        context = getattr(error, "ctx", None)
        complain(f"nyhetsflode: {sentence}")
        complain(f"'{context.command_path if context else 'nyhetsflode'} --help' tells how it is written.")
