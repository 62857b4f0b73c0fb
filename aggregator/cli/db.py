"""Commands about the store."""

import typer

from aggregator.cli.common import FEEDS, ConfigOption, say

app = typer.Typer(help="The store: its schema.", no_args_is_help=True)


@app.callback()
def store() -> None:
    """The store: its schema."""


@app.command()
def upgrade(config: ConfigOption = FEEDS) -> None:
    """Bring the store's schema to the newest; SQLite is also upgraded by itself when it is opened.

    Example: nyhetsflode db upgrade
    """
    from aggregator.config import load
    from aggregator.storage import upgrade_storage

    before, after = upgrade_storage(load(config).store)
    say(f"The schema is {after}" + (", as it was." if before == after else f"; it was {before or 'not there'}."))
