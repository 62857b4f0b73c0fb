"""The first command: a feeds.toml from four questions."""

from typing import Annotated

import typer

from aggregator.cli.common import FEEDS, ConfigOption, QuietOption, say


def init(
    config: ConfigOption = FEEDS,
    title: Annotated[str | None, typer.Option("--title", help="What the site is called.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where it will be served: https://…/")] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", help="A domain that is yours for good; part of every id.")
    ] = None,
    contact: Annotated[str | None, typer.Option("--contact", help="The mail address of the editors.")] = None,
    quiet: QuietOption = False,
) -> None:
    """Write a first feeds.toml; what no option says is asked for.

    Example: nyhetsflode init --title "Nyheter från Skaraborg" --url https://koso.example/ --contact info@koso.example
    """
    from aggregator.config import authority_of, write_new

    if title is None:
        title = typer.prompt("What is the site called?")
    if url is None:
        url = typer.prompt("Where will it be served (https://…/)?")
    if authority is None:
        guess = authority_of(url)
        asked = "Which domain is yours for good? It becomes part of every id, and must never change."
        authority = guess if contact is not None and guess else typer.prompt(asked, default=guess or None)
    if contact is None:
        contact = typer.prompt("Which mail address do the editors read?")
    write_new(config, title, url, authority, contact)
    if quiet:
        return
    say(f"{config} is written, with explanations in it. What comes next:")
    say("  nyhetsflode add https://… --area Mariestad    finds an actor's newsfeed and writes it down")
    say("  nyhetsflode run --once                        collects, tags and publishes once")
    say("  nyhetsflode serve                             shows what was published")
