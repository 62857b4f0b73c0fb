"""What feeds.toml says of places and of news of a kind: [place."…"], [[rule]], and what counts of a source."""

from collections.abc import Iterator

from aggregator import places
from aggregator.config.newsfeeds import code_of_newsfeed, first_id
from aggregator.config.positions import Path
from aggregator.config.problems import did_you_mean
from aggregator.config.renames import hint_for, renames_in
from aggregator.config.tables import File, NetworkTable, RuleTable, ThenTable
from aggregator.model import ITS_COUNTY, Actor, Entry, Knowledge, Network, Part, Rule
from aggregator.places import Place
from aggregator.tagging import themes_of

Disagreement = tuple[Path, str, str]


def knowledge_in(file: File) -> Knowledge:
    tables = {places.named(key).code: table for key, table in file.place.items()}
    return Knowledge(
        aliases=tuple((alias, code) for code, table in tables.items() for alias in table.aliases),
        near=tuple((code, table.require_near) for code, table in tables.items() if table.require_near),
        rules=tuple(_rule(file, table) for table in file.rule),
        parts=tuple(
            Part(network.code_of_part(place), network.id, place.code, localities)
            for network in networks_in(file)
            for place, localities in network.parts
        ),
    )


def networks_in(file: File) -> tuple[Network, ...]:
    return tuple(
        Network(
            first_id(file, id),
            table.title,
            table.municipalities,
            tuple((places.named(key), localities) for key, localities in table.parts.items()),
            tuple((actor, file.actor[actor].name) for actor in dict.fromkeys(table.without) if actor in file.actor),
        )
        for id, table in file.network.items()
    )


def _rule(file: File, table: RuleTable) -> Rule:
    when, then = table.when, table.then
    return Rule(
        actor=when.actor,
        words=when.words,
        item=when.item,
        places=then.places,
        theme=then.theme,
        source=when.source,
        kind=when.kind,
        hide=then.hide,
        promote=tuple(name if name == ITS_COUNTY else code_of_newsfeed(file, name) for name in then.promote),
        fan_out=then.fan_out,
        publish=then.publish,
        becomes=then.kind,
    )


def disagreements_of_places(file: File) -> Iterator[Disagreement]:
    for key in file.place:
        try:
            places.named(key)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            yield ("place", key), what, hint


def disagreements_of_networks(file: File) -> Iterator[Disagreement]:
    """A network has members, each as a whole or in part; what is a part of a municipality lies in it."""
    for id, table in file.network.items():
        if not table.municipalities and not table.parts:
            what = "a network without municipalities has no members"
            yield ("network", id), what, 'write municipalities = ["…"], or parts = { "…" = ["…"] }'
        for key in table.parts:
            yield from _disagreements_of_part(file, table, ("network", id, "parts", key))
        for number, actor in enumerate(table.without):
            if actor not in file.actor:
                hint = hint_for(actor, file.actor, renames_in(file).actors)
                yield ("network", id, "without", number), f'there is no actor "{actor}"', hint


def _disagreements_of_part(file: File, table: NetworkTable, here: Path) -> Iterator[Disagreement]:
    key = str(here[-1])
    place = places.named(key)
    if place in table.municipalities:
        what = f"{place.name} is in the network as a whole already"
        yield here, what, "name it in municipalities or in parts, not in both"
    known = _localities(file, place)
    for number, locality in enumerate(table.parts[key]):
        if locality not in known:
            what = f'no locality in {place.name} is called "{locality}"'
            if elsewhere := sorted(
                {name.place.name for name in places.names() if _is_part(name) and name.text == locality}
            ):
                what += f", but there is one in {', '.join(elsewhere[:3])}"
            add = f'if it is one, add [place."{place.code}"] aliases = ["{locality}"]'
            yield (*here, number), what, did_you_mean(locality, known) or add


def _is_part(name: places.Name) -> bool:
    """Whether it may be a part of a municipality."""
    return name.kind in ("locality", "quarter")


def _localities(file: File, place: Place) -> set[str]:
    own = {name.text for name in places.names() if name.place == place and _is_part(name)}
    return own.union(*(table.aliases for key, table in file.place.items() if key in (place.code, place.name)))


def disagreements_of_rules(file: File) -> Iterator[Disagreement]:
    """A rule is for some news, does something, and does with its own trials what they say."""
    renamed = renames_in(file)
    sources = {f"{id}/{name}" for id, actor in file.actor.items() for name in actor.sources}
    for number, table in enumerate(file.rule):
        here = ("rule", number)
        when, then = table.when, table.then
        if when.actor and when.actor not in file.actor:
            yield (
                (*here, "when", "actor"),
                f'there is no actor "{when.actor}"',
                hint_for(when.actor, file.actor, renamed.actors),
            )
        if when.source and when.source not in sources:
            yield (
                (*here, "when", "source"),
                f'there is no source "{when.source}"',
                hint_for(when.source, sources, renamed.sources),
            )
        if not (when.actor or when.source or when.words or when.item or when.kind):
            yield (*here, "when"), "is for all news", "name an actor, a source, words, a kind or an item"
        if then == ThenTable():
            yield (*here, "then"), "does nothing", "name places, a theme or a kind; promote, fan_out, publish or hide"
        yield from _unknown_newsfeeds(file, here, then)
        yield from _failed_trials(here, table)


def _unknown_newsfeeds(file: File, here: Path, then: ThenTable) -> Iterator[Disagreement]:
    for number, name in enumerate(then.promote):
        if name != ITS_COUNTY:
            try:
                code_of_newsfeed(file, name)
            except ValueError as error:
                what, _, hint = str(error).partition("; ")
                yield (
                    (*here, "then", "promote", number),
                    what,
                    hint or 'promote to "county", "nation", a county or a network',
                )


def _failed_trials(here: Path, table: RuleTable) -> Iterator[Disagreement]:
    rule = Rule(words=table.when.words)
    for wanted, titles in (("match", table.test.match), ("miss", table.test.miss)):
        for number, title in enumerate(titles):
            if rule.says(title) != (wanted == "match"):
                does = "do not match" if wanted == "match" else "match"
                yield (*here, "test", wanted, number), f'the words of the rule {does} "{title}"', ""


def disagreements_of_what_counts(file: File) -> Iterator[Disagreement]:
    """What counts of a source says something, and does with its own trials what they say."""
    for id, actor in file.actor.items():
        for name, source in actor.source.items():
            here, about = ("actor", id, "source", name, "about"), source.about
            if "about" in source.model_fields_set and not (about.words or about.without or about.themes):
                yield here, "says nothing of what counts", "name words, themes, or words to be without"
            for wanted, titles in (("match", about.test.match), ("miss", about.test.miss)):
                for number, title in enumerate(titles):
                    objection = about.rule.objection(title, themes_of(Entry("", "", title), Actor("", "")))
                    if bool(objection) == (wanted == "match"):
                        what = f'"{title}" does not count: {objection}' if objection else f'"{title}" counts'
                        yield (*here, "test", wanted, number), what, ""
