"""A county's actors in files, for benchmarks: sources that tell what they are made to tell, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from aggregator.places import Place, municipalities

HEAD = """
schema = 1

[site]
title = "Omställningsnyheter"
url = "https://nyheter.example/"
authority = "nyheter.example"
contact = "redaktion@nyheter.example"
store = "news.db"

[collect]
every = "15m"

[keep]
backups = 0
items = "{keep}"
"""

WORDS = """cykel bana solceller delning verkstad odling granne buss tåg vind mat klimat möte kommun skola hus energi
lagning byte torg kurs natur vatten skog framtid tillsammans förening budget förslag arbete kväll hållbar omställning
återbruk kompost bibliotek frivillig insamling""".split()

# So many entries a feed holds.
WINDOW = 20


def places_of_county() -> Sequence[Place]:
    """The municipalities of Västra Götaland, where all actors are at home."""
    return [place for place in municipalities() if place.code.startswith("14")]


@dataclass
class Actor:
    """An actor with its feed in a file, which holds what it told last."""

    number: int
    place: Place
    folder: Path
    told: list[tuple[str, str, datetime]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "feeds" / f"{self.number}.xml"

    def tell(self, when: datetime) -> None:
        """Tell one more piece of news, made from its number alone; one of five says when something happens."""
        random = Random(f"{self.number}/{len(self.told)}")
        title = " ".join(random.choices(WORDS, k=7)).capitalize()
        text = f"{' '.join(random.choices(WORDS, k=90)).capitalize()} i {self.place.name}."
        if random.random() < 0.2:
            text += f" Välkomna den 1 i månaden klockan 18, {when.year + 1}-01-01 18:00."
        self.told.append((title, text, when))

    def write(self) -> None:
        first = max(0, len(self.told) - WINDOW)
        entries = "".join(
            f"<item><title>{escape(title)}</title><guid>{self.number}-{first + place}</guid>"
            f"<link>https://a{self.number}.example/{first + place}</link><pubDate>{format_datetime(when)}</pubDate>"
            f"<description>{escape(text)}</description></item>\n"
            for place, (title, text, when) in reversed(list(enumerate(self.told[first:])))
        )
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Förening {self.number}</title>'
            f"<link>https://a{self.number}.example/</link><description>Nytt</description>\n{entries}</channel></rss>\n",
            encoding="utf-8",
        )


def actors_in(folder: Path, count: int, keep: str) -> list[Actor]:
    """COUNT actors in FOLDER, and the feeds.toml that names them."""
    places = places_of_county()
    actors = [Actor(number, places[number % len(places)], folder) for number in range(count)]
    tables = [
        f'[area.a{place.code}]\nmunicipality = "{place.code}"\ncontent = "extended"\n' for place in places[:20]
    ] + [
        f'[actor.a{actor.number}]\nname = "Förening {actor.number}"\narea = "{actor.place.code}"\n'
        f'homepage = "https://a{actor.number}.example/"\nfeed = "feeds/{actor.number}.xml"\n'
        for actor in actors
    ]
    (folder / "feeds.toml").write_text(HEAD.format(keep=keep) + "\n".join(tables), encoding="utf-8")
    return actors
