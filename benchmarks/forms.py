"""Every municipality in every way that people write it, and every town whose name is its own."""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from aggregator.model import Actor, Entry
from aggregator.places import municipalities, names
from aggregator.tagging import findings_of

NAMES = Path(__file__).parent.parent / "tools" / "places" / "origins" / "names.csv"

_NOBODY = Actor("actor", "Aktör")
_UNACCENTED = str.maketrans("åäöÅÄÖ", "aaoAAO")


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _tag(name: str) -> str:
    return name.translate(_UNACCENTED).replace(" ", "").replace("-", "")


# Title and body for a name; "list" forms also get two neighbours.
FORMS: dict[str, Callable[[str], tuple[str, str]]] = {
    "i X": lambda name: ("Ny cykelväg invigs", f"Den nya cykelvägen i {name} är fyra kilometer lång."),
    "Xs kommun": lambda name: ("Solceller på taket", f"Nu satsar {_genitive(name)} kommun på solel."),
    "X kommun": lambda name: ("Solceller på taket", f"Nu satsar {name} kommun på solel."),
    "X först i titeln": lambda name: (f"{name} satsar på cykelvägar", "Arbetet börjar i höst."),
    "X: i titeln": lambda name: (f"{name}: Ny bytesbod öppnar", "Alla kan lämna och hämta."),
    "Xs först i titeln": lambda name: (f"{_genitive(name)} nya park öppnar", "Alla är välkomna."),
    "NY SKOLA I X": lambda name: (f"NY SKOLA I {name.upper()}", "Bygget börjar i höst."),
    "#x": lambda name: ("Bytesdag på lördag", f"Kom och byt kläder! #{_tag(name).lower()} #klimat"),
    "#XStallerOm": lambda name: ("Bytesdag på lördag", f"Läs mer: #{_tag(name)}StallerOm"),
    "utan å, ä, ö": lambda name: ("Ny cykelvag", f"Cykelvagen i {name.translate(_UNACCENTED)} invigs pa lordag."),
    "Xbor": lambda name: ("Fler cyklar", f"Allt fler {name}bor tar cykeln till jobbet."),
    "Xs mitt i": lambda name: ("Ny park", f"Snart öppnar {_genitive(name)} nya park."),
    "från X": lambda name: ("Elever bygger", f"Eleverna från {name} bygger holkar."),
    "utanför X": lambda name: ("Solpark", f"En solpark byggs strax utanför {name} nästa år."),
    "i en lista": lambda name: ("Samarbete om avfall", f"Nu går Kramfors, {name} och Lycksele ihop."),
    "först i en lista": lambda name: (f"{name}, Kramfors och Lycksele samarbetar", "Det handlar om avfall."),
}
NEIGHBOURS = {"i en lista", "först i en lista"}


def form_scores() -> dict[str, tuple[float, tuple[str, ...]]]:
    """For each form the share of municipalities that are found, and nothing else; and the names that are not."""
    scores = {}
    for form, write in FORMS.items():
        beside = {"2282", "2481"} if form in NEIGHBOURS else set()
        failing = tuple(place.name for place in municipalities() if _found(*write(place.name)) != {place.code} | beside)
        scores[form] = (1 - len(failing) / len(municipalities()), failing)
    return scores


def town_score() -> tuple[int, float, tuple[str, ...]]:
    """How many towns there are whose name occurs once and is no everyday word, and the share that is found."""
    with NAMES.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kommun_code"]]
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["kind"] not in {"demonym", "tidning", "tidning_omrade"}:
            owners[row["name"]].add(row["kommun_code"])
    words = {name.text for name in names() if "word" in name.risks}
    towns = {
        row["name"]: row["kommun_code"]
        for row in rows
        if row["kind"] == "tatort"
        and len(owners[row["name"]]) == 1
        and row["name"] not in words
        and "," not in row["name"]
    }
    failing = tuple(
        town
        for town, code in towns.items()
        if _found("Ny cykelväg", f"Cykelvägen i {town} invigs på lördag.") != {code}
        or _found(f"{town} får ny pendlarparkering", "Den byggs i höst.") != {code}
    )
    return len(towns), 1 - len(failing) / len(towns), failing


def _found(title: str, body: str) -> set[str]:
    findings = findings_of(Entry("", "", title, body), _NOBODY)
    return {finding.code for finding in findings if not finding.rejected and len(finding.code) == 4}
