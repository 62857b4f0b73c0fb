"""Build the map's names: from the facts in `origins/` to the compact files that the package carries.

    python tools/places/build.py

The names that a text may use for a place become `gazetteer.csv`, with what else each may mean; postal codes become
runs; phone area codes keep the municipality that each belongs to.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ORIGINS = HERE / "origins"
PACKAGE = HERE.parent.parent / "aggregator" / "places"

# Names that would do more harm than good: countries, crowns, everyday words that no cue can save.
LEFT_OUT = frozenset({"Danmark", "Or", "Se", "Ryk", "Linné", "Tollarp1", "St Lars", "Gamla Stan", "Sverige"})
POSTAL_CODE_COUNTS = 400  # about so many people share a postal code; only used to choose between namesakes
SMALL = 100  # people in a locality that the statistics do not count

LOCALITIES = {"tatort", "tatort_del", "ort", "postort"}


class Row(NamedTuple):
    """A line of `gazetteer.csv`."""

    name: str
    kind: str
    code: str
    population: int
    risks: str


def main() -> None:
    rows = _read("names.csv")
    risks = {row["name"]: row["risks"] for row in _read("risks.csv")}
    names = {*_municipalities(rows, risks), *_localities(rows, risks), *_counties(rows), *_others(rows)}
    known = {(row.name, row.code) for row in names}
    names |= {row for row in _own(risks) if (row.name, row.code) not in known}
    _write("gazetteer.csv", Row._fields, sorted(names))
    _write("postal.csv", ("first", "last", "code"), _runs(_read("postnummer.csv")))
    _write("phone.csv", ("area", "codes"), ((row["riktnummer"], row["kommun_codes"].replace("|", " ").replace(";", " "))
                                            for row in _read("riktnummer.csv")))  # fmt: skip


def _municipalities(rows: list[dict[str, str]], risks: dict[str, str]) -> Iterator[Row]:
    own = {row["kommun_code"]: row["name"] for row in rows if row["kind"] == "kommun"}
    for row in rows:
        if row["kind"] == "kommun":
            yield Row(
                row["name"], "municipality", row["kommun_code"], int(row["population"]), risks.get(row["name"], "")
            )
    forms = {row["name"]: row["kommun_code"] for row in rows if row["kind"] == "kommun_form"}
    regular = {f"{name}{s} kommun" for name in own.values() for s in ("", "s")} | set(own.values())
    for name, code in forms.items():
        if name not in regular and name not in {"Visby", "Kinna", "Sälen", "Malung", "Region Gotland"}:
            yield Row(name, "form", code, 0, risks.get(name, ""))


def _localities(rows: list[dict[str, str]], risks: dict[str, str]) -> Iterator[Row]:
    """One row for a name in a municipality; what only GeoNames knows gives way to a namesake that SCB knows."""
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    counted = {row["name"] for row in rows if row["kind"] in {"tatort", "kommun", "stadsdel", "postort"}}
    municipal = {(row["name"], row["kommun_code"]) for row in rows if row["kind"] == "kommun"}
    for row in rows:
        name, place = row["name"], (row["name"], row["kommun_code"])
        if row["kind"] not in LOCALITIES or name in LEFT_OUT or "," in name or place in municipal:
            continue
        if row["kind"] == "ort" and name in counted:
            continue
        if (size := _size(row)) > 0:
            sizes[place] = max(sizes[place], size)
    for (name, code), size in sizes.items():
        yield Row(name, "locality", code, size, risks.get(name, "" if len(name) > 2 else "word"))
    for row in rows:
        if row["kind"] in {"stadsdel", "delomrade"} and (row["name"], row["kommun_code"]) not in sizes:
            if row["name"] in LEFT_OUT or row["name"] in {"Österlen", "Öland", "Härjedalen"}:
                continue
            yield Row(row["name"], "quarter", row["kommun_code"], SMALL, risks.get(row["name"], ""))


def _size(row: dict[str, str]) -> int:
    """About how many people mean this place by the name; 0 when its postal town hardly reaches the municipality."""
    if row["kind"] != "postort":
        return int(row["population"] or SMALL)
    here, everywhere = map(int, row["source"].rsplit("share ", 1)[1].split("/"))
    return POSTAL_CODE_COUNTS * here if here * 3 >= everywhere else 0


def _counties(rows: list[dict[str, str]]) -> Iterator[Row]:
    """Counties under every name: with län, without, as a region; and landskap and nicknames by their counties."""
    own = {row["name"] for row in _read("own.csv") if row["kind"] == "district"}
    named: dict[str, tuple[str, ...]] = {}
    for kind in ("landskap", "bygd", "lan_short"):
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row["kind"] == kind:
                found[row["name"]].append(row["lan_code"])
        named |= {name: tuple(dict.fromkeys(codes)) for name, codes in found.items()}
    for name, codes in named.items():
        if name not in {"Gotland", "Härjedalen"} | own:
            yield from (Row(name, "district", code, 0, "") for code in codes)
    for row in rows:
        if row["kind"] in {"lan", "region"}:
            yield Row(row["name"], "county" if row["kind"] == "lan" else "region", row["lan_code"], 0, "")


def _others(rows: list[dict[str, str]]) -> Iterator[Row]:
    """Newspapers, which swallow their names; inhabitants whose name does not show their town's; adjectives."""
    for row in rows:
        if row["kind"] == "tidning":
            yield Row(row["name"], "paper", "", 0, "")
    towns = {row["kommun_code"]: row["name"].lower() for row in rows if row["kind"] == "kommun"}
    for row in rows:
        if row["kind"] != "demonym":
            continue
        code, name = row["kommun_code"] or row["lan_code"], row["name"]
        town = towns.get(code, "")
        if town and (name.startswith(town) or (len(name) < 8 and not name.startswith(("falu", "ume", "pit")))):
            continue
        yield Row(name, "inhabitant", code, 0, "")


def _own(risks: dict[str, str]) -> Iterator[Row]:
    """What we know ourselves: stems of compounds, adjectives, landmarks, nicknames."""
    for row in _read("own.csv"):
        size = SMALL if row["kind"] == "quarter" else 0
        yield from (
            Row(row["name"], row["kind"], code, size, row["risks"] or risks.get(row["name"], ""))
            for code in row["codes"].split()
        )


def _runs(codes: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Postal codes as runs of the same municipality: the codes that nobody lists belong where their neighbours do."""
    known = sorted((row["postnummer"], row["kommun_code"]) for row in codes)
    first, last, code = known[0][0], *known[0]
    for number, municipality in known[1:]:
        if municipality != code:
            yield first, last, code
            first, code = number, municipality
        last = number
    yield first, last, code


def _read(file: str) -> list[dict[str, str]]:
    with (ORIGINS / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _write(file: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with (PACKAGE / file).open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


if __name__ == "__main__":
    main()
