"""What feeds.toml says of places and of news of a kind: [place."…"] and [[rule]]."""

from collections.abc import Iterator

from aggregator import places
from aggregator.config.positions import Path
from aggregator.config.problems import did_you_mean
from aggregator.config.tables import File, RuleTable
from aggregator.model import Knowledge, Rule


def knowledge_in(file: File) -> Knowledge:
    tables = {places.named(key).code: table for key, table in file.place.items()}
    return Knowledge(
        aliases=tuple((alias, code) for code, table in tables.items() for alias in table.aliases),
        near=tuple((code, table.require_near) for code, table in tables.items() if table.require_near),
        rules=tuple(map(_rule, file.rule)),
    )


def _rule(table: RuleTable) -> Rule:
    when, then = table.when, table.then
    return Rule(when.actor, when.words, when.item, then.places, then.theme)


def disagreements_of_places(file: File) -> Iterator[tuple[Path, str, str]]:
    for key in file.place:
        try:
            places.named(key)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            yield ("place", key), what, hint


def disagreements_of_rules(file: File) -> Iterator[tuple[Path, str, str]]:
    """A rule is for some news, does something, and does with its own trials what they say."""
    for number, table in enumerate(file.rule):
        here = ("rule", number)
        when, then = table.when, table.then
        if when.actor and when.actor not in file.actor:
            yield (*here, "when", "actor"), f'there is no actor "{when.actor}"', did_you_mean(when.actor, file.actor)
        if not (when.actor or when.words or when.item):
            yield (*here, "when"), "is for all news", "name an actor, words or an item"
        if not (then.places or then.theme):
            yield (*here, "then"), "does nothing", "name places or a theme"
        yield from _failed_trials(here, table)


def _failed_trials(here: Path, table: RuleTable) -> Iterator[tuple[Path, str, str]]:
    rule = _rule(table)
    for wanted, titles in (("match", table.test.match), ("miss", table.test.miss)):
        for number, title in enumerate(titles):
            if rule.says(title) != (wanted == "match"):
                does = "do not match" if wanted == "match" else "match"
                yield (*here, "test", wanted, number), f'the words of the rule {does} "{title}"', ""
