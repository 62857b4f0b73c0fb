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

# The forms that place names take inside compounds and before "län", where the name itself does not show.
STEMS = {
    "östgöta": ("05",), "västgöta": ("14",), "hälsinge": ("21",), "gästrike": ("21",), "dala": ("20",),
    "lunda": ("1281",), "bohus": ("14",), "roslags": ("01",), "sjuhärads": ("14",),
}  # fmt: skip
# Adjectives by stem; the endings -sk, -ska and -skt come with the reading.
ADJECTIVES = {
    "skån": ("12",), "blekin": ("10",), "öländ": ("08",), "halländ": ("13",), "småländ": ("06", "07", "08"),
    "gotländ": ("0980",), "västgöt": ("14",), "östgöt": ("05",), "bohuslän": ("14",), "dalslän": ("14",),
    "dalsländ": ("14",), "bohusländ": ("14",), "närki": ("18",), "sörmländ": ("04",), "södermanländ": ("04",),
    "värmländ": ("17",), "västmanländ": ("19",), "uppländ": ("03", "01"), "gästrikländ": ("21",), "gästrik": ("21",),
    "hälsing": ("21",), "härjedal": ("2361",), "medelpad": ("22",), "ångermanländ": ("22",), "jämt": ("23",),
    "jämtländ": ("23",), "västerbottni": ("24",), "västerbotten": ("24",), "norrbottni": ("25",),
    "norrbotten": ("25",), "lappländ": ("24", "25"), "norrländ": ("21", "22", "23", "24", "25"),
    "skaraborg": ("14",), "österlen": ("12",), "sjuhärad": ("14",), "roslag": ("01",), "tornedal": ("25",),
}  # fmt: skip
# Landskap that lie, for all that matters, in the counties named here.
DISTRICTS = {
    "Norrland": ("21", "22", "23", "24", "25"), "Lappland": ("24", "25"), "Siljan": ("20",), "Inlandsbanan": (),
    "Sörmland": ("04",), "Öland": ("08",), "Östra Skåne": ("12",), "Nordvästskåne": ("12",), "Sydöstskåne": ("12",),
    "Göinge": ("12",), "Bergslagen": ("18", "19", "20"), "Sydskåne": ("12",), "Mellanskåne": ("12",),
    "Storsjöbygden": ("23",), "Kullabygden": ("12",), "Fyrstad": ("14",), "Trestad": ("14",), "Norduppland": ("03",),
    "Vänersborgsviken": ("14",), "Bohusbygden": ("14",), "Göinge": ("12",), "Tiveden": ("14", "18"), "Sarek": ("25",),
}  # fmt: skip
EXTRA_FORMS = {"Falu": "2080", "Göteborgs-stad": "1480", "Norrköpings stad": "0581", "Upplands Väsby": "0114"}
EXTRA_INHABITANTS = {"bodensare": "2582", "jämtlänning": "23", "dalkull": "20", "roslagsbo": "01"}
WESTERN = {"Västkusten": ("14", "13")}
# Quarters and landmarks that the origins leave out.
QUARTERS = {
    "0191": "Arlanda", "2584": "Kebnekaise", "1284": "Kullaberg", "1486": "Kosteröarna", "0480": "Skavsta", "0120": "Sandhamn",
    "1480": "Backa Hisings-Backa Johanneberg Guldheden Landala Lunden Örgryte Härlanda Olskroken Bergum Gunnared "
    "Lövgärdet Tynnered Älvsborg Högsbo Nordstan Slottsskogen Gårda Kvillebäcken",
    "0180": "Akalla Hjulsta Rågsved Högdalen Blackeberg Råcksta Hammarbyhöjden Björkhagen Kärrtorp Skarpnäck Fruängen "
    "Västertorp Hallonbergen Slakthusområdet Stadshagen Fredhäll Gärdet Hjorthagen Årstaberg Telefonplan",
    "1280": "Sturup Slottsstaden Dammfri Kronprinsen Seved Holma Kroksbäck Bellevue Husie Videdal Jägersro",
    "0380": "Eriksberg Sala-backe Sävja Nåntuna Ulleråker Årsta Löten Norby Valsätra",
    "1281": "Möllevångslund Gunnesbo Klostergården Värpinge Nöbbelöv Mårtens-Fälad",
    "0580": "Ryd Johannelund Berga Ekholmen Hjulsbro Valla Ebbepark", "1880": "Baronbackarna Tybble Norrby Markbacken Adolfsberg Almby",
    "1980": "Hammarby Pettersberg Vallby Viksäng Gideonsberg Råby Skiljebo", "1283": "Tågaborg Elineberg Närlunda Planteringen Söder Fredriksdal Ödåkra",
}  # fmt: skip


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
    names = sorted({*_municipalities(rows, risks), *_localities(rows, risks), *_counties(rows), *_others(rows)})
    _write("gazetteer.csv", Row._fields, names)
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
    forms = {row["name"]: row["kommun_code"] for row in rows if row["kind"] == "kommun_form"} | EXTRA_FORMS
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

    for code, quarters in QUARTERS.items():
        for name in quarters.split():
            if (name, code) not in sizes and name not in {"Söder", "Lunden", "Valla"}:
                yield Row(
                    name.replace("Sala-", "Sala ").replace("-Fälad", " Fälad"),
                    "quarter",
                    code,
                    SMALL,
                    risks.get(name, ""),
                )


def _size(row: dict[str, str]) -> int:
    """About how many people mean this place by the name; 0 when its postal town hardly reaches the municipality."""
    if row["kind"] != "postort":
        return int(row["population"] or SMALL)
    here, everywhere = map(int, row["source"].rsplit("share ", 1)[1].split("/"))
    return POSTAL_CODE_COUNTS * here if here * 3 >= everywhere else 0


def _counties(rows: list[dict[str, str]]) -> Iterator[Row]:
    """Counties under every name: with län, without, as a region; and landskap and nicknames by their counties."""
    named: dict[str, tuple[str, ...]] = {}
    for kind in ("landskap", "bygd", "lan_short"):
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row["kind"] == kind:
                found[row["name"]].append(row["lan_code"])
        named |= {name: tuple(dict.fromkeys(codes)) for name, codes in found.items()}
    for name, codes in (named | DISTRICTS | WESTERN).items():
        if name not in {"Gotland", "Härjedalen"}:
            yield from (Row(name, "district", code, 0, "") for code in codes)
    for row in rows:
        if row["kind"] in {"lan", "region"}:
            yield Row(row["name"], "county" if row["kind"] == "lan" else "region", row["lan_code"], 0, "")


def _others(rows: list[dict[str, str]]) -> Iterator[Row]:
    """Newspapers, which swallow their names; inhabitants whose name does not show their town's; adjectives."""
    for row in rows:
        if row["kind"] == "tidning":
            yield Row(row["name"], "paper", "", 0, "")
    yield from (Row(stem, "stem", code, 0, "") for stem, codes in STEMS.items() for code in codes)
    yield from (Row(stem, "adjective", code, 0, "") for stem, codes in ADJECTIVES.items() for code in codes)
    towns = {row["kommun_code"]: row["name"].lower() for row in rows if row["kind"] == "kommun"}
    for row in rows:
        if row["kind"] != "demonym":
            continue
        code, name = row["kommun_code"] or row["lan_code"], row["name"]
        town = towns.get(code, "")
        if town and (name.startswith(town) or len(name) < 8 and name[:4] != "falu" and name[:3] not in {"ume", "pit"}):
            continue
        yield Row(name, "inhabitant", code, 0, "")
    yield from (Row(name, "inhabitant", code, 0, "") for name, code in EXTRA_INHABITANTS.items())


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
