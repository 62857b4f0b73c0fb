"""From the tables of feeds.toml to the nouns of the house, and what the tables must agree on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pydantic import ValidationError

from aggregator import __version__, places
from aggregator.config.doubts import doubts
from aggregator.config.mail import disagreements_of_mail, mail_in
from aggregator.config.newsfeeds import county_slugs, first_id
from aggregator.config.people import conditions_in, disagreements_of_people, people_in, unmet_by
from aggregator.config.positions import Path as KeyPath
from aggregator.config.problems import did_you_mean, problem_at, problems_in
from aggregator.config.renames import disagreements_of_renames, renames_in
from aggregator.config.rules import (
    disagreements_of_networks,
    disagreements_of_places,
    disagreements_of_rules,
    disagreements_of_what_counts,
    knowledge_in,
    networks_in,
)
from aggregator.config.sheets import Sheets, read
from aggregator.config.tables import SHORT_FORMS, ActorTable, DeployTable, File
from aggregator.errors import ConfigError
from aggregator.model import (
    Actor,
    Area,
    Condition,
    County,
    Deploy,
    Knowledge,
    Mail,
    Manners,
    Nation,
    Network,
    Person,
    Renames,
    Site,
    Source,
)
from aggregator.places import Place


@dataclass(frozen=True, slots=True)
class Config:
    """What feeds.toml says. `store` is a path or an address, and so is `output`: a folder, or an object store's; paths
    in the file have been counted from the file.

    `keep_items` is how long texts of news are kept, None if for ever. `fault` is what is wrong with the file as it is
    now, if this is the last version of it that was right.
    """

    path: Path
    site: Site
    store: str
    output: Path | str
    manners: Manners
    nation: Nation
    counties: tuple[County, ...]
    networks: tuple[Network, ...]
    areas: tuple[Area, ...]
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    knowledge: Knowledge
    conditions: tuple[Condition, ...]
    people: tuple[Person, ...]
    warnings: tuple[str, ...]
    mail: Mail
    deploy: Deploy | None
    backups: int
    keep_items: timedelta | None
    renames: Renames
    sheets: Sheets
    fault: str = ""

    @property
    def live_sources(self) -> Mapping[str, Source]:
        """The sources that are called at: an actor that has left keeps its items, but nothing new comes from it."""
        return {id: source for id, source in self.sources.items() if self.actors[source.actor].status != "left"}

    def name_of(self, code: str) -> str:
        """What the newsfeed or place with this code is called."""
        networks = {network.code: network.title for network in self.networks}
        owner, _, municipality = code.rpartition("/")
        if owner in networks:
            return f"{networks[owner]}: its part of {places.coded(municipality).name}"
        return networks.get(code) or places.name_of(code)


def load(path: Path, text: str | None = None) -> Config:
    """Read feeds.toml, as if it held TEXT if that is given; ConfigError with every problem if it cannot be used."""
    return config_in(read(path, text))


def config_in(sheets: Sheets) -> Config:
    """What SHEETS say; ConfigError with every problem if they cannot be used."""
    path = sheets.sheets[0].path
    try:
        file = File.model_validate(sheets.tables)
    except ValidationError as error:
        raise ConfigError(path, problems_in(error, sheets.place_of)) from error
    if disagreements := list(_disagreements(file)):
        raise ConfigError(path, [problem_at(sheets.place_of, *found) for found in disagreements])
    return _config(path, file, sheets)


def _disagreements(file: File) -> Iterator[tuple[KeyPath, str, str]]:
    """What is wrong between tables that are each well-formed: where, what, and a hint."""
    for slug in file.county.keys() - county_slugs().keys():
        yield ("county", slug), f'no county has the address "{slug}"', did_you_mean(slug, county_slugs())
    declared: dict[Place, str] = {}
    for id, area in file.area.items():
        first = declared.setdefault(area.municipality, id)
        if first != id:
            what = f"{area.municipality.name} is the municipality of area.{first} already"
            yield ("area", id, "municipality"), what, "a municipality has one newsfeed"
        if area.interim and area.content == "extended":
            what = "an area in the interim solution carries events only, since it has no newsfeed of its own"
            yield ("area", id, "content"), what, 'write content = "events", or remove interim'
    for id, actor in file.actor.items():
        yield from _disagreements_of_actor(file, id, actor)
    yield from disagreements_of_renames(file)
    yield from disagreements_of_mail(file)
    yield from disagreements_of_networks(file)
    yield from disagreements_of_places(file)
    yield from disagreements_of_what_counts(file)
    yield from disagreements_of_people(file)
    yield from disagreements_of_rules(file)


def _disagreements_of_actor(file: File, id: str, actor: ActorTable) -> Iterator[tuple[KeyPath, str, str]]:
    for number, network in enumerate(actor.network):
        if network not in file.network:
            where: KeyPath = ("actor", id, "network", number)
            yield where, f'there is no network "{network}"', did_you_mean(network, file.network)
    if not actor.homepage and not actor.facebook:
        yield ("actor", id), "an actor needs a homepage or a facebook address, so that readers can find it", ""
    if not actor.area and actor.scope != "national":
        yield ("actor", id), 'an actor needs an area, unless its scope is "national"', ""
    for kind in SHORT_FORMS:
        if getattr(actor, kind) and kind in actor.source:
            what = f"is there twice: as {kind} = … and as a table of its own"
            yield ("actor", id, "source", kind), what, "give one of them another name, or remove it"


def _config(path: Path, file: File, sheets: Sheets) -> Config:
    folder = path.parent
    people = people_in(file)
    sources = {
        source.id: source
        for actor_id, actor in file.actor.items()
        for name, table in actor.sources.items()
        for source in [_source(sheets.folder_of("actor", actor_id), file, actor_id, name, table)]
    }
    store = file.site.store if "://" in file.site.store else str(folder / file.site.store)
    return Config(
        path=path,
        site=Site(
            title=file.site.title,
            url=file.site.url,
            authority=file.site.authority,
            contact=file.site.contact,
            rights=file.site.rights,
            publisher=file.site.publisher or file.site.title,
            about=file.site.about,
            privacy=file.site.privacy,
            accessibility=file.site.accessibility,
            hub=file.site.hub or "",
            unsubscribe=file.mail.unsubscribe,
        ),
        store=store,
        output=file.site.output if "://" in file.site.output else folder / file.site.output,
        manners=Manners(
            # A header carries ASCII only.
            user_agent=quote(
                f"nyhetsflode/{__version__} (+{file.site.url}; {file.site.contact})", safe=" ()+/:;@?=&~,"
            ),
            concurrency=file.collect.concurrency,
            per_host=file.collect.per_host,
            gap=file.collect.gap,
            timeout=file.collect.timeout,
            max_bytes=file.collect.max_bytes,
            private_networks=file.collect.private_networks,
            proxies=file.collect.proxies,
        ),
        nation=Nation(file.nation.carries),
        counties=tuple(
            County(county_slugs()[slug], county.carries, county.official or "", county.contact)
            for slug, county in file.county.items()
        ),
        networks=networks_in(file),
        areas=tuple(Area(id, area.municipality, area.content, area.interim) for id, area in file.area.items()),
        actors={id: _actor(file, id, actor, people) for id, actor in file.actor.items()},
        sources=sources,
        knowledge=knowledge_in(file),
        conditions=conditions_in(file),
        people=people,
        warnings=(*_unmet(sheets), *doubts(file, people)),
        mail=mail_in(file),
        deploy=_deploy(sheets.folder_of("deploy"), file.deploy) if file.deploy else None,
        renames=renames_in(file),
        sheets=sheets,
        backups=file.keep.backups,
        keep_items=None if file.keep.items == "for ever" else file.keep.items,
    )


def _unmet(sheets: Sheets) -> Iterator[str]:
    for pattern in sheets.unmet:
        yield f'include: no file is called "{pattern}", seen from {sheets.sheets[0].path.name}'


def _deploy(folder: Path, table: DeployTable) -> Deploy:
    parts = urlsplit(table.to)
    return Deploy(
        way="rsync" if parts.scheme == "rsync" else "sftp",
        host=parts.hostname or "",
        folder=unquote(parts.path),
        user=unquote(parts.username or ""),
        port=parts.port or 22,
        key=str(folder / table.key) if table.key else "",
        known_hosts=str(folder / table.known_hosts) if table.known_hosts else "",
        by_itself=table.by_itself,
    )


def _actor(file: File, id: str, table: ActorTable, people: Iterable[Person]) -> Actor:
    return Actor(
        id=id,
        name=table.name,
        areas=table.area,
        scope=table.scope,
        status=table.status,
        since=table.since,
        homepage=table.homepage or "",
        facebook=table.facebook or "",
        networks=tuple(first_id(file, network) for network in table.network),
        unmet=unmet_by(file, id, table),
        people=tuple(person for person in people if person.public and person.of == f"actor/{id}"),
    )


def _source(folder: Path, file: File, actor: str, name: str, table: Source) -> Source:
    """The source with what follows from where it stands: its id, the common pace, the path counted from the file."""
    every = table.every if "every" in table.model_fields_set else file.collect.every
    return table.model_copy(update={"every": every}).of(actor, name, file.actor[actor].was).below(folder)
