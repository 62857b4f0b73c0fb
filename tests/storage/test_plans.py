"""No statement that is sent often reads through a table that grows: what the database itself says it would do.

The statements are those that are sent in real runs, so that a new one cannot be forgotten. SQLite chooses without
counting rows. PostgreSQL counts them, so it is given thousands of others, and told to read through tables only where no
index serves; an index that is read from end to end serves nobody either.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from conftest import Configured, Site
from made import NOON, an_entry, an_item
from sqlalchemy import Connection, Engine, event, inspect, text

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Event, Tombstone, Visit
from aggregator.storage import Storage, open_storage

DAY = timedelta(days=1)

# The tables of which a row is never removed, or only because of its age.
GROWING = {"item", "alias", "trace", "finding", "placed", "tombstone", "alarm", "letter", "import"}

TABLES = """
[nation]
carries = "{nation}"

[network.skagern]
title = "Skagern"
municipalities = ["Mariestad", "Laxå"]

[area.mariestad]
municipality = "Mariestad"
content = "extended"

[county.orebro]
carries = "events"

[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
feed = "{feed}"

[mail]
smtp = "smtp://127.0.0.1:9"
hour = 0
[mail.digest.orebro]
daily = ["redaktion@prov.example"]
"""

A_FEED = """<rss version="2.0"><channel><title>Cykel</title>{}</channel></rss>"""
AN_ENTRY = """<item><title>Möte {0} i Laxå</title><guid>{0}</guid><link>https://cykel.example/ny/{0}</link>
<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate><description>Kom {0}</description></item>"""

Sent = list[tuple[str, Any]]
Work = Callable[[Config, Storage], object]


def a_round(config: Config, storage: Storage) -> None:
    """What `run` does, in its order."""
    at = NOON + DAY
    jobs.watch_config(config, storage, at)
    jobs.due(config, storage, at)
    asyncio.run(jobs.collect(config, storage, at, config.sources.values()))
    jobs.take_effect(config, storage, at)
    jobs.publish(config, storage, at)
    jobs.mail_digests(config, storage, at)
    jobs.mail_status(config, storage, at)
    jobs.put_away(config, storage, at)
    jobs.remember_round(storage, at)


def status(config: Config, storage: Storage) -> None:
    jobs.health(config, storage, NOON)
    storage.found_by("unsure")
    storage.letters.undelivered(20)


def items(config: Config, storage: Storage) -> None:
    list(storage.items("cykel/feed"))
    list(storage.items(codes=["1493"]))
    list(storage.items(since=NOON))
    storage.held_items("cykel/feed")


def explain(config: Config, storage: Storage) -> None:
    jobs.explain(config, storage, "tag:prov.example,2026:cykel/1")
    jobs.explain(config, storage, "https://cykel.example/1")


def edited(config: Config, storage: Storage) -> None:
    """The next publishing after an actor got another name in feeds.toml."""
    actor = replace(config.actors["cykel"], name="Cykelfolket")
    jobs.publish(replace(config, actors={"cykel": actor}), storage, NOON + DAY)


WORKS: Mapping[str, Work] = {
    "a round": a_round,
    "publishing after an edit": edited,
    "status": status,
    "items": items,
    "explain": explain,
}


def fill(storage: Storage) -> None:
    for number in range(60):
        when = NOON - number * DAY
        event = Event(when + 3 * DAY) if number % 3 == 0 else None
        entry = an_entry(id=f"{number}", url=f"https://cykel.example/{number}", published=when, event=event)
        item = an_item(number, ["1493", "1860", "SE", "14"][number % 4], entry=entry, entered=when, first_seen=when)
        storage.keep("cykel/feed", Visit(), [item])
    storage.keep_items([replace(item, withdrawn=NOON) for item in storage.called("tag:prov.example,2026:cykel/7")])
    gone = Tombstone("tag:x", "cykel/feed", frozenset({"guid:gone"}), "x", NOON, frozenset({"1493"}), True)
    storage.keep_import("cykel/feed", {"f": "file.zip"}, [], [gone], NOON)


# Of each row that hangs on an item, what that of another has instead.
THEIRS = {
    "alias": "theirs.source, old.alias || theirs.id, theirs.id",
    "trace": "old.trace || n, theirs.id",
    "finding": "theirs.id, number, old.code || 'x' || n, rule, words, start, score, rejected",
}
COLUMNS = {
    "alias": "source, alias, item_id",
    "trace": "trace, item_id",
    "finding": "item_id, number, code, rule, words, start, score, rejected",
}


def crowd(connection: Connection) -> None:
    """Fifty times the rows of others, so that PostgreSQL does not read all that there is because it is little."""
    others = {"public_id": "public_id || 'x' || n", "story": "public_id || 'x' || n", "url": "url || n"}
    others |= {"actor": "'a' || n", "source": "'a' || n || '/feed'", "version": "0", "compared": "true"}
    others |= {"traced": "true", "first_seen": "first_seen - interval '1 year'"}
    columns = [column["name"] for column in inspect(connection).get_columns("item") if column["name"] != "id"]
    names, told = (
        ", ".join(each) for each in (map('"{}"'.format, columns), (others.get(c, f'"{c}"') for c in columns))
    )
    connection.execute(text(f"INSERT INTO item ({names}) SELECT {told} FROM item, generate_series(1, 50) n"))
    for table, values in THEIRS.items():
        connection.execute(
            text(
                f"INSERT INTO {table} ({COLUMNS[table]}) SELECT {values} FROM {table} old "
                "JOIN item mine ON mine.id = old.item_id CROSS JOIN generate_series(1, 50) n "
                "JOIN item theirs ON theirs.public_id = mine.public_id || 'x' || n"
            )
        )
    connection.execute(text("ANALYZE item, alias, trace, finding"))
    connection.commit()


@contextmanager
def listening() -> Iterator[Sent]:
    """All that is sent to any database meanwhile, with its first values."""
    sent: Sent = []

    def note(_: Connection, cursor: object, statement: str, values: Any, context: object, many: bool) -> None:
        sent.append((statement, (values[0] if many and isinstance(values, list) else values) or None))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def read_through(connection: Connection, statement: str, values: Any) -> list[str]:
    """What the database would read from end to end for STATEMENT."""
    if connection.dialect.name == "sqlite":
        told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        # In the order of an index, and no further than the limit.
        if "LIMIT" in statement and not any("TEMP B-TREE" in row.detail for row in told):
            told = [row for row in told if "USING" not in row.detail]
        whole = [row.detail for row in told if row.detail.startswith("SCAN ")]
        return [detail for detail in whole if _grows(detail.split()[1]) and not PARTIAL & {*detail.split()}]
    [[plan]] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).all()
    [top] = json.loads(plan) if isinstance(plan, str) else plan
    return list(_whole_reads(top["Plan"], limited=False))


def _grows(name: str) -> bool:
    return name in GROWING or name.rpartition("_")[0] in GROWING


def _whole_reads(node: Mapping[str, Any], limited: bool) -> Iterator[str]:
    """Those nodes of a plan of PostgreSQL that read a table, or an index of it, from end to end."""
    is_bare = node["Node Type"] in ("Seq Scan", "Index Scan", "Index Only Scan") and "Index Cond" not in node
    index = node.get("Index Name", "")
    if is_bare and node.get("Relation Name") in GROWING and not limited and index not in PARTIAL:
        yield f"{node['Node Type']} on {node['Relation Name']} {index} {node.get('Filter', '')}"
    for below in node.get("Plans", ()):
        yield from _whole_reads(below, limited or node["Node Type"] == "Limit")


# To read the whole of an index that holds few rows is no harm.
PARTIAL = {"ix_letter_problem_begun", "ix_item_source_hidden"}


@pytest.mark.parametrize("what", WORKS)
@pytest.mark.parametrize("nation", ["own", "all"])
def test_what_is_asked_often_is_found_by_an_index(
    configured: Configured, site: Site, store: str, what: str, nation: str
) -> None:
    config = configured(TABLES.format(feed=site.says("/feed", A_FEED.format("")), nation=nation), store=store)
    with open_storage(store) as storage:
        fill(storage)
        a_round(config, storage)
        site.says("/feed", A_FEED.format("".join(map(AN_ENTRY.format, range(3)))))
        with listening() as sent:
            WORKS[what](config, storage)
        plans: dict[str, list[str]] = {}
        with storage._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                crowd(connection)
                for way in ("seqscan", "mergejoin", "hashjoin"):
                    connection.execute(text(f"SET enable_{way} = off"))
            for statement, values in sent:
                if statement.split()[0] in ("SELECT", "UPDATE", "DELETE", "WITH", "INSERT") and statement not in plans:
                    plans[statement] = read_through(connection, statement, values)
    assert len(plans) > 2
    wrong = [f"{statement}\n    {found}" for statement, found in plans.items() if found]
    assert not wrong, "\n".join(wrong)
