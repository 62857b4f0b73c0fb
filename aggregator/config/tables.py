"""The shape of feeds.toml, table by table, as its writers see it.

What a key may hold stands with its name; what several tables must agree on is checked when they are put together.
"""

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo

from aggregator.model import Admission, Kind, PublishPolicy, Role, Scope, Status, Theme, Trials, units
from aggregator.places import named
from aggregator.sources import AnySource, CalendarSource, FeedSource, InboxSource, PageSource


class Table(BaseModel, frozen=True, extra="forbid"):
    pass


class SiteTable(Table):
    """Who publishes, and where."""

    title: units.Text
    url: units.FolderAddress
    authority: units.Authority
    contact: units.Text
    store: units.Secret = "store/nyhetsflode.db"
    output: units.Secret = "output"
    rights: units.Words = "Länka gärna. Texten tillhör respektive aktör."
    publisher: units.Words = ""
    about: units.Words = ""
    privacy: units.Words = ""
    accessibility: units.Words = ""
    publish: Admission = "listed"
    hub: units.WebAddress | None = None


class CollectTable(Table):
    """How sources are called at."""

    every: units.Pace = "auto"
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 50
    per_host: Annotated[int, Field(ge=1, le=10)] = 2
    gap: units.Gap = timedelta(seconds=0.25)
    timeout: units.Timeout = timedelta(seconds=30)
    max_bytes: units.Size = 5_000_000
    private_networks: tuple[units.AddressRange, ...] = ()
    proxies: bool = False


class KeepTable(Table):
    """What is kept, and for how long."""

    items: units.Age = timedelta(days=2 * 365)
    backups: Annotated[int, Field(ge=0, le=366)] = 7


class DigestTable(Table):
    """Who gets the digests of a newsfeed by mail."""

    daily: Annotated[tuple[units.MailAddress, ...], BeforeValidator(units.listed)] = ()
    weekly: Annotated[tuple[units.MailAddress, ...], BeforeValidator(units.listed)] = ()


class MailTable(Table):
    """What goes by mail: the server that carries it, to whom digests go, by the path of each newsfeed, and to whom goes
    what looks wrong."""

    smtp: units.MailServer = ""
    sender: units.MailAddress | Literal[""] = ""
    hour: Annotated[int, Field(ge=0, le=23)] = 7
    unsubscribe: units.Unsubscribe = ""
    status: tuple[units.MailAddress, ...] = ()
    digest: dict[str, DigestTable] = {}


class DeployTable(Table):
    """Where the output folder is sent."""

    to: units.HostFolder
    key: units.Words = ""
    known_hosts: units.Words = ""
    by_itself: bool = False


class NationTable(Table):
    carries: Literal["own", "events", "all"] = "own"


class CountyTable(Table):
    carries: Literal["all", "events", "own"] = "all"
    official: units.WebAddress | None = None
    contact: units.Words = ""
    publish: Admission | None = None


def _key_of_municipality(key: str) -> str:
    """The key as it is written, which tells where it stands, if it is a municipality's name or code."""
    if not named(key).is_municipality:
        raise ValueError(f'"{key}" is no municipality')
    return key


MunicipalityKey = Annotated[str, AfterValidator(_key_of_municipality)]


class NetworkTable(Table):
    """Municipalities as a whole, and of others parts only: localities under the municipality's name.

    `was` are the ids it had before, the oldest first: that one stays in its address.
    """

    was: units.FormerIds = ()
    title: units.Text
    municipalities: units.Municipalities = ()
    parts: dict[MunicipalityKey, Annotated[tuple[units.Text, ...], Field(min_length=1)]] = {}
    without: Annotated[tuple[str, ...], BeforeValidator(units.listed)] = ()
    publish: Admission | None = None


class AreaTable(Table):
    municipality: units.Municipality
    content: Literal["extended", "events"]
    interim: bool = False


def short_form(value: Any, info: ValidationInfo) -> Any:
    """`feed = "…"` on an actor is a source of that kind with all the defaults."""
    if not isinstance(value, str):
        raise ValueError(
            "the short form is an address or a path in quotation marks; options go into [actor.….source.…]"
        )
    return {info.field_name: value}


# The kinds of source that an actor may have in short form, each by its key.
SHORT_FORMS = ("feed", "page", "calendar", "inbox")


class ActorTable(Table):
    """`was` are the ids it had before, the oldest first."""

    was: units.FormerIds = ()
    name: units.Text
    area: units.Places = ()
    scope: Scope | None = None
    network: Annotated[tuple[str, ...], BeforeValidator(units.listed)] = ()
    status: Status = "listed"
    since: units.Day | None = None
    homepage: units.WebAddress | None = None
    facebook: units.WebAddress | None = None
    feed: Annotated[FeedSource | None, BeforeValidator(short_form)] = None
    calendar: Annotated[CalendarSource | None, BeforeValidator(short_form)] = None
    inbox: Annotated[InboxSource | None, BeforeValidator(short_form)] = None
    page: Annotated[PageSource | None, BeforeValidator(short_form)] = None
    source: dict[units.Slug, AnySource] = {}

    @property
    def sources(self) -> dict[str, AnySource]:
        """All sources by their names, the short forms among them under the names of their keys."""
        short: dict[str, AnySource] = {kind: source for kind in SHORT_FORMS if (source := getattr(self, kind))}
        return short | self.source


class PlaceTable(Table):
    """What the map cannot know of a place: other names for it, and words that must stand near its own."""

    aliases: tuple[units.Text, ...] = ()
    require_near: tuple[units.Text, ...] = ()


class ConditionTable(Table):
    """A condition for taking part, and the days from which and until which it held."""

    level: Literal["nation", "county", "network"]
    where: str = ""
    text: units.Text
    from_: Annotated[units.Day, Field(alias="from")]
    to: units.Day | None = None


class PersonTable(Table):
    """Who answers for what; nothing of it is published unless `public`."""

    name: units.Text
    mail: units.Text
    role: Role
    for_: Annotated[tuple[units.Text, ...], BeforeValidator(units.listed), Field(alias="for", min_length=1)]
    public: bool = False


class WhenTable(Table):
    """Which news a rule is for: of this actor or source, with any of these words, of this kind, a single item."""

    actor: str = ""
    source: str = ""
    kind: Kind | None = None
    words: Annotated[tuple[units.Text, ...], BeforeValidator(units.listed)] = ()
    item: str = ""


class ThenTable(Table):
    """What becomes of it."""

    places: units.Places = ()
    theme: Theme | None = None
    kind: Kind | None = None
    publish: PublishPolicy | None = None
    promote: Annotated[tuple[units.Text, ...], BeforeValidator(units.listed)] = ()
    hide: bool = False
    fan_out: bool = False


class RuleTable(Table):
    when: WhenTable
    then: ThenTable
    test: Trials = Trials()


class File(Table):
    schema_: Annotated[Literal[1], Field(alias="schema")]
    include: Annotated[tuple[units.Text, ...], BeforeValidator(units.listed)] = ()
    site: SiteTable
    collect: CollectTable = CollectTable()
    keep: KeepTable = KeepTable()
    mail: MailTable = MailTable()
    deploy: DeployTable | None = None
    nation: NationTable = NationTable()
    county: dict[str, CountyTable] = {}
    network: dict[units.Slug, NetworkTable] = {}
    area: dict[units.Slug, AreaTable] = {}
    actor: dict[units.Slug, ActorTable] = {}
    place: dict[str, PlaceTable] = {}
    condition: tuple[ConditionTable, ...] = ()
    person: tuple[PersonTable, ...] = ()
    rule: tuple[RuleTable, ...] = ()
