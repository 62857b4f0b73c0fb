"""A Facebook page whose exports are handed in as files."""

from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Annotated, ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator

from aggregator.model import Bundle, Document, Export, Member, Reading, Source, Via
from aggregator.model.units import Text
from aggregator.sources.facebook.gather import Wishes, gathered
from aggregator.sources.facebook.layouts import Kind, kind_of, sorted_out
from aggregator.sources.facebook.pages import Page, is_one_of, key_of, page_at, page_of

# What the albums of profile pictures and covers are called, in the languages that administrators here have.
NO_NEWS = ("Profilbilder", "Omslagsbilder", "Omslagsfoton", "Profile pictures", "Cover photos", "Profilbilleder")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        from difflib import get_close_matches

        near = get_close_matches(name, available_timezones(), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise ValueError(f'no time zone is called "{name}"{hint}') from error
    return name


Zone = Annotated[str, AfterValidator(_zone)]


class ExportSource(Source, frozen=True):
    """`export` is the folder that exports are dropped in, counted from feeds.toml.

    `page_name` is the page's name, username, number or address, where the actor's Facebook address does not tell it.
    `csv_zone` is the zone of the times in tables. With `full`, each ZIP is everything that the page has had between its
    first post and its last: what is missing there was deleted. Of `skip_albums`, pictures without words are no news.
    """

    is_by_hand: ClassVar[bool] = True
    via: ClassVar[Via] = "facebook"

    export: Text
    page_name: str = ""
    csv_zone: Zone = "America/Los_Angeles"
    full: bool = False
    skip_albums: tuple[str, ...] = NO_NEWS

    @property
    def location(self) -> str:
        return self.export

    def below(self, folder: Path) -> Self:
        return self.model_copy(update={"export": str(folder / self.export)})

    def read(self, document: Document) -> Reading:
        """A single file that came as a document: a table or an answer of the Graph API."""
        name = PurePosixPath(document.location).name
        content = document.content
        member = Member(document.location, name, len(content), lambda: BytesIO(content))
        export = self.gather(Bundle((member,)), datetime.max.replace(year=9000, tzinfo=ZoneInfo("UTC")))
        return Reading(tuple(told.entry for told in export.entries), "", export.tally.notes)

    def expected(self, address: str = "") -> tuple[Page, ...]:
        """The page that exports should be of: the one named here, else at the actor's Facebook ADDRESS."""
        page = page_at(self.page_name or address)
        return (page,) if page.keys else ()

    def gather(self, bundle: Bundle, now: datetime, address: str = "") -> Export:
        """What an export says, if it is of the page at the actor's ADDRESS; ParseError if it is not for us."""
        skipped = frozenset(map(key_of, self.skip_albums))
        return gathered(bundle, Wishes(self.expected(address), self.csv_zone, skipped), now)

    def may_open(self, name: str) -> bool:
        """Whether the file of this NAME in an export is one whose words are read."""
        return kind_of(Member("", name, 0, BytesIO)) not in (None, Kind.PICTURE)

    def is_of(self, bundle: Bundle, address: str) -> bool:
        """Whether the profile in an export is that of this source's page."""
        profiles = sorted_out(bundle)[Kind.PROFILE]
        return any(is_one_of(page_of(profile), self.expected(address)) for profile in profiles)
