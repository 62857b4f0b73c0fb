"""How well the tagger finds places and themes, and how fast: `python -m benchmarks.tagging [--write]`.

With --write, the tables in docs/places.md are made anew.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from aggregator.model import Actor, Entry
from aggregator.places import named
from aggregator.tagging import findings_of
from benchmarks.forms import form_scores, town_score
from benchmarks.labelled import labelled, scored, themes_scored

DOCS = Path(__file__).parent.parent / "docs" / "places.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"

_PARAGRAPH = (
    "Föreningen bjuder in till en kväll om hur vi kan ställa om vår vardag. Vi börjar med fika och sedan berättar Anna "
    "Karlsson om sin trädgård. Kommunen har avsatt medel för fler cykelbanor och under våren ska de första sträckorna "
    "byggas. Det är viktigt att alla är med, säger ordföranden. Anmäl dig senast på fredag till styrelsen. "
)
_PLACES = "Träffen hålls i Mariestad och ordnas tillsammans med Skövde och Falköpings kommun. "


def main() -> None:
    table = "".join(_quality())
    if "--write" in sys.argv:
        text = DOCS.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        DOCS.write_text(f"{before}{BEGIN}{table}{END}{after}", encoding="utf-8")
    sys.stdout.write(f"{table}\n{_speed()}")


def _quality() -> Iterator[str]:
    yield from _by_set()
    yield "\n| written form of the 290 names | found |\n|---|--:|\n"
    for form, (share, failing) in form_scores().items():
        yield f"| {form} | {share:.1%}{_but(failing)} |\n"
    towns, share, failing = town_score()
    yield f"| {towns:,} tätorter whose name is their own | {share:.1%}{_but(failing)} |\n"
    yield "\n| themes | items | relevant or not, F1 | theme among those found |\n|---|--:|--:|--:|\n"
    for name in ("themes_seen", "themes_hidden"):
        relevant, theme = themes_scored(name)
        yield f"| {name} | {relevant.items} | {relevant.f1:.3f} | {theme.exact} of {theme.items} |\n"


def _by_set() -> Iterator[str]:
    yield "| set | items | municipality P / R / F1 | county P / R / F1 | exact |\n|---|--:|---|---|--:|\n"
    kinds = {}
    for name in ("seen", "hidden"):
        municipal, county, kinds[name] = scored(labelled(name))
        figures = (f"{score.precision:.3f} / {score.recall:.3f} / {score.f1:.3f}" for score in (municipal, county))
        yield f"| {name} | {municipal.items} | {' | '.join(figures)} | {municipal.exact / municipal.items:.1%} |\n"
    yield "\n| kind | seen, exact | hidden, exact |\n|---|--:|--:|\n"
    for kind in sorted(kinds["seen"].keys() | kinds["hidden"].keys()):
        cells = (kinds[name].get(kind) for name in ("seen", "hidden"))
        yield f"| {kind} | {' | '.join(f'{score.exact} of {score.items}' if score else '' for score in cells)} |\n"


def _but(failing: tuple[str, ...]) -> str:
    return f" (not {', '.join(failing[:12])}{' …' if len(failing) > 12 else ''})" if failing else ""


def _speed() -> str:
    body = (_PARAGRAPH * 4 + _PLACES + _PARAGRAPH)[:1500]
    entry, actor = Entry("", "", "Omställningskväll i Mariestad", body), Actor("a", "A", (named("Mariestad"),))
    rounds = [_seconds(entry, actor, 100) for _ in range(15)]
    loading = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True).stdout
    item = f"{min(rounds) * 1e6:.0f} µs an item of {len(body):,} characters"
    return f"{item}; names loaded in {float(loading) * 1e3:.0f} ms\n"


_LOADING = """
from time import perf_counter
from aggregator.model import Actor, Entry
from aggregator.tagging import findings_of
began = perf_counter()
findings_of(Entry("", "", "Sol i Mora"), Actor("a", "A"))
print(perf_counter() - began)
"""


def _seconds(entry: Entry, actor: Actor, times: int) -> float:
    began = perf_counter()
    for _ in range(times):
        findings_of(entry, actor)
    return (perf_counter() - began) / times


if __name__ == "__main__":
    main()
