"""Which place names are also something else: an everyday word, a person, a place abroad.

Run once, with a table of word frequencies, spell-checker words, first names and places abroad (`ambiguity.csv`). Its
frequencies may not be passed on (CC BY-SA), so that only what was decided with them is kept, in `origins/risks.csv`.
Where numbers mislead, `origins/judged.csv` decides: the spell-checker knows 'göteborg', and nobody bears 'Kinda'.

    python tools/places/classify.py /path/to/ambiguity.csv
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ORIGINS = Path(__file__).parent / "origins"

COMMON = 2.95  # Zipf frequency from which a lower-case word is one that people meet: about one in a million words
BEARERS = 80  # so many persons with this first name that a text may mean one of them


def main(table: Path) -> None:
    judgements: dict[str, set[str]] = defaultdict(set)
    with (ORIGINS / "judged.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            judgements[row["name"]].add(row["judgement"])
    with table.open(encoding="utf-8") as lines, (ORIGINS / "risks.csv").open("w", encoding="utf-8") as out:
        risks = csv.writer(out, lineterminator="\n")
        risks.writerow(("name", "risks"))
        for row in sorted(csv.DictReader(lines), key=lambda row: row["name"]):
            if found := " ".join(_risks(row, judgements)):
                risks.writerow((row["name"], found))


def _risks(row: dict[str, str], judgements: dict[str, set[str]]) -> Iterator[str]:
    judged = judgements[row["name"]]
    common = row["common_word"] == "1" and float(row["zipf"]) >= COMMON
    if "word" in judged or (common and "only a place" not in judged):
        yield "word"
    if "person" in judged or (int(row["firstname_persons"] or 0) >= BEARERS and "no person" not in judged):
        yield "person"
    if row["surname"] == "1":
        yield "surname"
    if row["foreign_countries"]:
        yield "abroad"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
