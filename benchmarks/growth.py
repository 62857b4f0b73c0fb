"""Does a round cost more the more is kept? `python -m benchmarks.growth [ROUNDS [ITEMS …]]`

Stores with 0, 100,000 and 1,000,000 old items get the same 300 sources (files on this machine) with a few entries each
of the last weeks. The old ones are from 90 days to five years ago, and the older half of them is put away. Then `run
--once` as a process of its own, store after store in turns: IDLE, nothing is new; CHURN, one source in twenty has one
more entry.
Prints medians of CPU seconds, the most memory in use, and each store's share of the first. Exit code 1 if one is more
than a fifth dearer than the store without a past.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.county import Actor, actors_in

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
SOURCES = 300
SIZES = (0, 100_000, 1_000_000)
ROUNDS = 5
# So many entries each source told before the first round.
LATELY = 5
AT_MOST = 1.2

# A past as rounds would have left it: rows made by the database itself, since millions of them are wanted.
PAST = """
CREATE TEMP TABLE past AS
WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :count)
SELECT n, n % 300 AS actor, n < :count / 2 AS away,
  'tag:nyheter.example,2026:a' || (n % 300) || '/past' || n AS public_id,
  strftime('%Y-%m-%d %H:%M:%S.000000', :first + (:last - :first) * n / :count) AS at,
  (SELECT code FROM places WHERE place = (n % 300) % (SELECT count(*) FROM places)) AS code
FROM counted;

INSERT INTO item (id, public_id, source, actor, entry_id, url, title, summary, html, authors, categories, themes,
  language, published, published_raw, updated_raw, date, first_seen, entered, hidden, withheld, form, places, kind,
  story, starts, ends, event, traced, compared, version, remains)
SELECT 1000000 + n, public_id, 'a' || actor || '/feed', 'a' || actor, 'past' || n,
  'https://a' || actor || '.example/past/' || n, 'Nytt om cykelbanan och odlingen nummer ' || n, '',
  CASE WHEN away THEN '' ELSE :html || n END, '[]', '[]', '["transport"]', 'sv', at, at, '', at, at, at, '', '',
  'article', '[]', CASE WHEN n % 5 THEN 'article' ELSE 'event' END, public_id,
  CASE WHEN n % 5 THEN NULL ELSE at END, CASE WHEN n % 5 THEN NULL ELSE at END,
  CASE WHEN n % 5 THEN NULL ELSE '{"start": "' || replace(substr(at, 1, 19), ' ', 'T') ||
    '+00:00", "end": null, "place": "", "address": "", "organiser": "", "cancelled": false}' END,
  1, 1, 1, CASE WHEN away THEN printf('%016x/%016x', n, n) END
FROM past;
INSERT INTO alias SELECT 'a' || actor || '/feed', 'guid:' || printf('%032x', n), 1000000 + n FROM past;
INSERT INTO alias SELECT 'a' || actor || '/feed', 'link+title:' || printf('%032x', n), 1000000 + n FROM past;
INSERT INTO finding SELECT 1000000 + n, 0, code, 'own', '', -1, 1.0, '' FROM past;
INSERT INTO trace SELECT 'text:' || printf('%032x', n * 8 + k), 1000000 + n
FROM past, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) WHERE NOT away;
INSERT INTO placed (story, code, date, entered, month, tells, starts, ends)
SELECT public_id, code, at, at, substr(at, 1, 7), 1, CASE WHEN n % 5 THEN NULL ELSE at END,
  CASE WHEN n % 5 THEN NULL ELSE at END FROM past;
INSERT OR IGNORE INTO touched SELECT DISTINCT code, month, 0 FROM placed;
"""


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    sizes = [int(size) for size in sys.argv[2:]] or SIZES
    with tempfile.TemporaryDirectory() as name:
        stores = [made(Path(name, f"{size}"), size) for size in sizes]
        hour = 0
        rows = []
        for phase, prepare in (("IDLE", nothing), ("CHURN", churn)):
            costs: list[list[tuple[float, int]]] = [[] for _ in stores]
            for number in range(rounds + 1):
                hour += 1
                for cost, actors in zip(costs, stores, strict=True):
                    prepare(actors, number, NOW + timedelta(minutes=20 * hour))
                    cost.append(a_round(actors[0].folder, NOW + timedelta(minutes=20 * hour)))
            # The first of each is for the caches of the machine.
            rows.append((phase, [cost[1:] for cost in costs]))
        kept = [(actors[0].folder / "news.db").stat().st_size for actors in stores]
    return printed(sizes, kept, rows)


def printed(
    sizes: Sequence[int], kept: Sequence[int], rows: Sequence[tuple[str, list[list[tuple[float, int]]]]]
) -> int:
    print(f"{SOURCES} sources, {LATELY} entries each and more; medians of {len(rows[0][1][0])} rounds in turns")
    print(
        f"{'old items':>10}{'store MB':>10}"
        + "".join(f"{f'{phase} CPU s':>13}{'share':>7}{'MB':>6}" for phase, _ in rows)
    )
    worst = 0.0
    for place, size in enumerate(sizes):
        line = f"{size:>10,}{kept[place] // 1_000_000:>10}"
        for _, costs in rows:
            first, median = (statistics.median(cpu for cpu, _ in costs[each]) for each in (0, place))
            worst = max(worst, median / first)
            line += f"{median:>13.2f}{median / first:>7.2f}{max(peak for _, peak in costs[place]) // 1024:>6}"
        print(line)
    return int(worst > AT_MOST)


def made(folder: Path, old: int) -> list[Actor]:
    """A store with OLD items, and all that its sources told lately, published."""
    folder.mkdir()
    actors = actors_in(folder, SOURCES, "4y")
    for actor in actors:
        random = Random(actor.number)
        for back in sorted((random.randrange(30 * 24) for _ in range(LATELY)), reverse=True):
            actor.tell(NOW - timedelta(hours=back + 1))
        actor.write()
    a_round(folder, NOW)
    with closing(sqlite3.connect(folder / "news.db")) as connection:
        connection.execute("CREATE TEMP TABLE places (place INTEGER PRIMARY KEY, code TEXT)")
        codes = list(dict.fromkeys(actor.place.code for actor in actors))
        connection.executemany("INSERT INTO places VALUES (?, ?)", enumerate(codes))
        first, last = (connection.execute("SELECT julianday(?)", [f"{day:%Y-%m-%d}"]).fetchone()[0] for day in span())
        values = {"count": old, "first": first, "last": last, "html": f"<p>{'cykel och odling ' * 90}</p>"}
        for statement in PAST.split(";\n"):
            if statement.strip() and old:
                connection.execute(statement, values)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"made a store with {old:,} old items", file=sys.stderr)
    return actors


def span() -> tuple[datetime, datetime]:
    return NOW - timedelta(days=5 * 365), NOW - timedelta(days=90)


def nothing(actors: Sequence[Actor], number: int, now: datetime) -> None:
    pass


def churn(actors: Sequence[Actor], number: int, now: datetime) -> None:
    """One actor in twenty tells one more."""
    for actor in actors[number::20]:
        actor.tell(now - timedelta(minutes=1))
        actor.write()


def a_round(folder: Path, now: datetime) -> tuple[float, int]:
    """The CPU seconds and the most memory (kB) of a process that does one round as of NOW."""
    command = [sys.executable, "-m", "aggregator", "run", "--once", "--quiet", "--at", now.isoformat()]
    process = os.posix_spawn(sys.executable, [*command, "--config", str(folder / "feeds.toml")], os.environ)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"the round in {folder} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
