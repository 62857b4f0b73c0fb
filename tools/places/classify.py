"""Which place names are also something else: an everyday word, a person, a place abroad.

Run once, with a table of word frequencies, spell-checker words, first names and places abroad (`ambiguity.csv`). Its
frequencies may not be passed on (CC BY-SA), so that only what was decided with them is kept, in `origins/risks.csv`.

    python tools/places/classify.py /path/to/ambiguity.csv
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

ORIGINS = Path(__file__).parent / "origins"

COMMON = 2.95  # Zipf frequency from which a lower-case word is one that people meet: about one in a million words
BEARERS = 80  # so many persons with this first name that a text may mean one of them

# The spell-checker knows these in lower case, but nobody writes them so: as words they mean the place and nothing else.
ONLY_PLACES = frozenset(
    "Göteborg Borås Gotland Falun Djurgården Rosengård Upplands-Bro Eksjö Sälen Härjedalen Älvsbyn Lomma Biskopsgården "
    "Älvdalen Sickla Strömma Dala-Järna Dals-Ed Frösön Ramlösa Älta Nacka Skara Grums Fristad Riksgränsen Hamra "
    "Slottsskogen Kisa Midsommarkransen Råda Forsa".split()
)
# Rarer than COMMON, but words for all that.
ALSO_WORDS = frozenset(
    "Skatan Bua Härad Maran Bona Spikarna Trekanten Harva Bönan Gropen Teg Liden Malmen Magra Solsidan Lugnet Grönskan "
    "Odlaren Gryt Stånga Hult Sund Holm Hammar Haga Marken Parksidan Slottshagen Högland Eket Skäret Stocka Ryk Hagen "
    "Vinberg Kungsgården Tun Sanda Liden Insjön Forsen Ängen Gården Backen Heden Hästhagen Getterön Fors Bro Ed Lit "
    "Ås Ör Los Vi Bor Or Rud Teg Rya Lugnet Tomta Sylta Brunna Skede Åsen".split()
)
# Names that people bear and that the tables leave out, or that are too few to count there.
ALSO_PERSONS = frozenset("Nora Salem Eda Kinda Vilhelmina Dorotea Linné Fredrika Holm Hammar Solberg".split())
NOT_PERSONS = frozenset({"Avesta", "Ale"})


def main(table: Path) -> None:
    with table.open(encoding="utf-8") as lines, (ORIGINS / "risks.csv").open("w", encoding="utf-8") as out:
        risks = csv.writer(out, lineterminator="\n")
        risks.writerow(("name", "risks"))
        for row in sorted(csv.DictReader(lines), key=lambda row: row["name"]):
            if found := " ".join(_risks(row)):
                risks.writerow((row["name"], found))


def _risks(row: dict[str, str]) -> Iterator[str]:
    name = row["name"]
    if name in ALSO_WORDS or (row["common_word"] == "1" and float(row["zipf"]) >= COMMON and name not in ONLY_PLACES):
        yield "word"
    if name in ALSO_PERSONS or (int(row["firstname_persons"] or 0) >= BEARERS and name not in NOT_PERSONS):
        yield "person"
    if row["surname"] == "1":
        yield "surname"
    if row["foreign_countries"]:
        yield "abroad"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
