"""A bare limit: `python -m benchmarks.bare DATABASE < addresses`, as fast as the same work may be done.

pycurl fetches, lxml reads the four plain kinds of feeds that the workload has, nh3 cleans, an automaton finds the names
of municipalities, and one insert stores. It keeps no promise that a collector must keep: no politeness, no limits, no
odd feeds, no corrections, no stories, no pages. With `--titles` as a second argument it prints the address and the
title of every entry, a JSON list a line.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BytesIO
from typing import NamedTuple

import nh3
import pycurl
from ahocorasick_rs import AhoCorasick
from lxml import etree

from aggregator.places import municipalities

AT_ONCE = 50
ATOM, RSS1, CONTENT = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/rss/1.0/}",
    "{http://purl.org/rss/1.0/modules/content/}",
)

TABLES = """
create table if not exists feed (url text primary key, etag text, modified text);
create table if not exists entry (url text primary key, title text, html text, places text);
"""


class Told(NamedTuple):
    url: str
    title: str
    html: str


class Fetch:
    """One request, with what the host said last time."""

    def __init__(self, url: str, etag: str, modified: str) -> None:
        self.url, self.etag, self.modified = url, etag, modified
        self.body = BytesIO()
        self.handle = pycurl.Curl()
        self.handle.setopt(pycurl.URL, url)
        self.handle.setopt(pycurl.WRITEDATA, self.body)
        self.handle.setopt(pycurl.HEADERFUNCTION, self._header)
        told = (f"If-None-Match: {etag}", f"If-Modified-Since: {modified}") if etag else ()
        self.handle.setopt(pycurl.HTTPHEADER, list(told))

    def _header(self, line: bytes) -> None:
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "etag":
            self.etag = value.strip()
        elif name.lower() == "last-modified":
            self.modified = value.strip()


def main() -> None:
    with closing(sqlite3.connect(sys.argv[1])) as store:
        if "--titles" in sys.argv:
            for row in store.execute("select url, title from entry"):
                print(json.dumps(row))
            return
        store.executescript(TABLES)
        validators = {url: (etag, modified) for url, etag, modified in store.execute("select * from feed")}
        names = [place.short_name for place in municipalities()]
        automaton = AhoCorasick(names)
        rows, seen = [], []
        for fetch in fetched([Fetch(url, *validators.get(url, ("", ""))) for url in sys.stdin.read().split()]):
            if fetch.handle.getinfo(pycurl.RESPONSE_CODE) == 200:
                seen.append((fetch.url, fetch.etag, fetch.modified))
                for told in entries_in(fetch.body.getvalue()):
                    html = nh3.clean(told.html)
                    found = {names[number] for number, *_ in automaton.find_matches_as_indexes(f"{told.title} {html}")}
                    rows.append((told.url, told.title, html, ",".join(sorted(found))))
        store.executemany("insert or replace into feed values (?, ?, ?)", seen)
        store.executemany("insert or ignore into entry values (?, ?, ?, ?)", rows)
        store.commit()


def fetched(waiting: Sequence[Fetch]) -> Iterator[Fetch]:
    multi = pycurl.CurlMulti()
    left = list(reversed(waiting))
    running: dict[pycurl.Curl, Fetch] = {}
    while left or running:
        while left and len(running) < AT_ONCE:
            fetch = left.pop()
            running[fetch.handle] = fetch
            multi.add_handle(fetch.handle)
        while multi.perform()[0] == pycurl.E_CALL_MULTI_PERFORM:
            pass
        _, done, failed = multi.info_read()
        for handle, *problem in failed:
            raise SystemExit(f"{handle.getinfo(pycurl.EFFECTIVE_URL)}: {problem}")
        for handle in done:
            multi.remove_handle(handle)
            yield running.pop(handle)
        if not done:
            multi.select(1.0)


def entries_in(content: bytes) -> Iterator[Told]:
    if content.startswith(b"{"):
        for item in json.loads(content)["items"]:
            yield Told(item["url"], item["title"], item["content_html"])
        return
    root = etree.fromstring(content)
    if root.tag == f"{ATOM}feed":
        for entry in root.iterfind(f"{ATOM}entry"):
            # XHTML stands as elements, HTML as text.
            inside = entry.find(f"{ATOM}content/*")
            html = entry.findtext(f"{ATOM}content") if inside is None else etree.tostring(inside, encoding="unicode")
            yield Told(_attribute(entry, f"{ATOM}link", "href"), _text(entry, f"{ATOM}title"), html or "")
        return
    name = "" if root.tag == "rss" else RSS1
    for item in root.iter(f"{name}item"):
        yield Told(_text(item, f"{name}link"), _text(item, f"{name}title"), _text(item, f"{CONTENT}encoded"))


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(name) or ""


def _attribute(element: etree._Element, name: str, attribute: str) -> str:
    found = element.find(name)
    return "" if found is None else found.get(attribute, "")


if __name__ == "__main__":
    main()
