"""Who takes part and on what conditions, whose news is published, and who answers for it: [[condition]], [[person]]."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from aggregator.config.newsfeeds import code_of_newsfeed, code_of_owner, county_slugs
from aggregator.config.positions import Path
from aggregator.config.tables import ActorTable, ConditionTable, File
from aggregator.model import Admission, Condition, Person
from aggregator.places import NATION


def conditions_in(file: File) -> tuple[Condition, ...]:
    return tuple(Condition(_code(file, table), table.text, table.from_, table.to) for table in file.condition)


def people_in(file: File) -> tuple[Person, ...]:
    return tuple(
        Person(table.name, table.mail, table.role, code_of_owner(file, name), table.public)
        for table in file.person
        for name in table.for_
    )


def unmet_by(file: File, id: str, actor: ActorTable) -> str:
    """Why news of ACTOR is not published yet: it is only listed, where those are published who meet the conditions."""
    if actor.status != "listed" or _demanded_of(file, actor) == "listed":
        return ""
    return f'actor {id} is listed, but does not meet the conditions yet; when it does, write status = "met"'


def _demanded_of(file: File, actor: ActorTable) -> Admission:
    """What its networks demand, or else its counties, or else the site; the mildest of several."""
    homes = {place.county for place in actor.area}
    networks = (
        table.publish
        for id, table in file.network.items()
        if id in actor.network or not set(table.municipalities).isdisjoint(actor.area)
    )
    counties = (table.publish for slug, table in file.county.items() if county_slugs()[slug] in homes)
    for demands in ({*networks} - {None}, {*counties} - {None}):
        if demands:
            return "listed" if "listed" in demands else "met"
    return file.site.publish


def disagreements_of_people(file: File) -> Iterator[tuple[Path, str, str]]:
    for number, table in enumerate(file.condition):
        yield from _disagreements_of_condition(file, ("condition", number), table)
    for number, person in enumerate(file.person):
        here = ("person", number)
        if "@" not in person.mail.strip("@"):
            yield (*here, "mail"), f'"{person.mail}" is no e-mail address', ""
        for at, name in enumerate(person.for_):
            try:
                code_of_owner(file, name)
            except ValueError as error:
                what, _, hint = str(error).partition("; ")
                yield (*here, "for", at), what, hint
    yield from _pages_of_two(file)


def _disagreements_of_condition(file: File, here: Path, table: ConditionTable) -> Iterator[tuple[Path, str, str]]:
    if table.to and table.to < table.from_:
        yield (*here, "to"), f"ends on {table.to}, before it begins on {table.from_}", ""
    if table.level == "nation" and table.where:
        yield (*here, "where"), "the nation is one; where is for counties and networks", "remove it"
    if table.level != "nation" and not table.where:
        yield here, f"does not say which {table.level} it is for", f'add where = "…", the {table.level}\'s id'
    if table.level != "nation" and table.where:
        try:
            code = code_of_newsfeed(file, table.where)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            yield (*here, "where"), what, hint
        else:
            level = "nation" if code == NATION.code else "network" if "/" in code else "county"
            if level != table.level:
                yield (*here, "where"), f'"{table.where}" is a {level} and no {table.level}', f'level = "{level}"'


def _code(file: File, table: ConditionTable) -> str:
    return code_of_newsfeed(file, table.where) if table.where else NATION.code


def _pages_of_two(file: File) -> Iterator[tuple[Path, str, str]]:
    """A Facebook page is one actor's; of two that name the same, one is mistaken."""
    owners: dict[str, str] = {}
    for id, actor in file.actor.items():
        if actor.facebook:
            first = owners.setdefault(_page_key(actor.facebook), id)
            if first != id:
                what = f"{actor.facebook} is the Facebook page of actor.{first} already"
                yield ("actor", id, "facebook"), what, "a page belongs to one actor"


def _page_key(address: str) -> str:
    """The address of a page without what may be written in several ways."""
    parts = urlsplit(address.lower())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("sv-se.")
    query = f"?{parts.query}" if "profile.php" in parts.path else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
