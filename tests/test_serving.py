"""Serving: what browsers, newsfeed readers and newspapers' systems ask for over real HTTP, and what they get."""

import gzip
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import httpx
import pytest
from conftest import REPOSITORY

from aggregator.errors import ServeError
from aggregator.serving import Address, Folder, served

RSS = "<rss>åäö</rss>" * 100


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "output"
    place = root / "vastra-gotaland" / "mariestad"
    place.mkdir(parents=True)
    (root / "index.html").write_text("<h1>Start</h1>", encoding="utf-8")
    (root / "404.html").write_text("<h1>Sidan finns inte</h1>", encoding="utf-8")
    (place / "rss.xml").write_text(RSS, encoding="utf-8")
    (place / "rss.xml.br").write_bytes(brotli.compress(RSS.encode()))
    (place / "rss.xml.gz").write_bytes(gzip.compress(RSS.encode()))
    (place / "index.html").write_text("<h1>Mariestad</h1>", encoding="utf-8")
    (place / "feed.json").write_text("{}", encoding="utf-8")
    (place / "kalender.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    (place / "inbaddad.html").write_text("<p>Fem nyheter</p>", encoding="utf-8")
    gone = root / "nyhet" / "abc"
    gone.mkdir(parents=True)
    (gone / "index.html").write_text("<h1>Borttagen</h1>", encoding="utf-8")
    (gone / ".gone").write_bytes(b"")
    (root / ".manifest.json").write_text("{}", encoding="utf-8")
    (root / "tom").mkdir()
    (tmp_path / "feeds.toml").write_text("hemligt", encoding="utf-8")
    (root / "lank.html").symlink_to(tmp_path / "feeds.toml")
    return root


@pytest.fixture
def address(root: Path) -> Iterator[Address]:
    folder = Folder(root, "https://koso.example/floden/", "/floden/", "https://hub.example/")
    with served(folder, Address(port=0)) as at:
        yield at


@pytest.fixture
def web(address: Address) -> Iterator[httpx.Client]:
    headers = {"Accept-Encoding": "identity"}
    with httpx.Client(base_url=f"http://{address.host}:{address.port}", headers=headers) as client:
        yield client


FEED = "/vastra-gotaland/mariestad/rss.xml"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (FEED, "application/xml; charset=utf-8"),
        ("/vastra-gotaland/mariestad/feed.json", "application/feed+json; charset=utf-8"),
        ("/vastra-gotaland/mariestad/kalender.ics", "text/calendar; charset=utf-8"),
        ("/vastra-gotaland/mariestad/", "text/html; charset=utf-8"),
        ("/floden/vastra-gotaland/mariestad/", "text/html; charset=utf-8"),
    ],
)
def test_every_file_is_served_as_what_it_is(web: httpx.Client, path: str, kind: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=900"
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("zstd", "")]
)
def test_a_client_gets_the_smallest_form_that_it_takes(web: httpx.Client, accepted: str, encoding: str) -> None:
    answer = web.get(FEED, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding", "") == encoding
    assert answer.text == RSS
    assert answer.headers["vary"] == "Accept-Encoding"


def test_who_has_it_already_is_told_so_and_each_form_has_its_own_tag(web: httpx.Client) -> None:
    whole, small = web.get(FEED), web.get(FEED, headers={"Accept-Encoding": "br"})
    assert whole.headers["etag"] != small.headers["etag"]
    assert not whole.headers["etag"].startswith("W/")
    again = web.get(FEED, headers={"If-None-Match": f'"x", {whole.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", whole.headers["etag"])
    assert web.get(FEED, headers={"If-None-Match": '"x"'}).status_code == 200
    since = {"If-Modified-Since": whole.headers["last-modified"]}
    assert web.get(FEED, headers=since).status_code == 304
    assert web.get(FEED, headers={**since, "If-None-Match": '"x"'}).status_code == 200
    assert web.get(FEED, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_the_tag_is_of_the_bytes_and_not_of_when_they_were_written(web: httpx.Client, root: Path) -> None:
    before = web.get(FEED).headers["etag"]
    os.utime(root / FEED[1:], (1, 1))
    assert web.get(FEED).headers["etag"] == before
    (root / FEED[1:]).write_text("annat", encoding="utf-8")
    assert web.get(FEED).headers["etag"] != before


def test_head_is_get_without_the_body(web: httpx.Client) -> None:
    head, whole = web.head(FEED), web.get(FEED)
    assert head.content == b""
    assert {name: head.headers[name] for name in ("etag", "content-length", "content-type")} == {
        name: whole.headers[name] for name in ("etag", "content-length", "content-type")
    }


@pytest.mark.parametrize(
    ("span", "part", "told"),
    [("bytes=0-4", slice(0, 5), "0-4"), ("bytes=1590-", slice(1590, None), "1590-"), ("bytes=-5", slice(-5, None), "")],
)
def test_a_part_can_be_asked_for(web: httpx.Client, span: str, part: slice, told: str) -> None:
    content = RSS.encode()
    answer = web.get(FEED, headers={"Range": span})
    assert (answer.status_code, answer.content) == (206, content[part])
    assert answer.headers["content-range"].startswith(f"bytes {told}")
    assert answer.headers["content-range"].endswith(f"/{len(content)}")


@pytest.mark.parametrize("span", ["bytes=0-4,6-8", "bytes=x-y", "lines=1-2", "bytes=-"])
def test_a_part_that_we_do_not_cut_is_answered_with_the_whole(web: httpx.Client, span: str) -> None:
    assert web.get(FEED, headers={"Range": span}).status_code == 200


def test_a_part_beyond_the_end_is_none_and_one_of_an_older_version_is_the_whole(web: httpx.Client) -> None:
    assert web.get(FEED, headers={"Range": "bytes=999999-"}).status_code == 416
    assert web.get(FEED, headers={"Range": "bytes=0-4", "If-Range": '"x"'}).status_code == 200


def test_newsfeeds_may_be_read_by_other_sites_and_name_themselves_and_their_hub(web: httpx.Client) -> None:
    headers = web.get(FEED).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["link"] == (
        '<https://koso.example/floden/vastra-gotaland/mariestad/rss.xml>; rel="self", <https://hub.example/>; rel="hub"'
    )
    assert "access-control-allow-origin" not in web.get("/").headers
    assert web.options(FEED).headers["access-control-allow-methods"] == "GET, HEAD"


def test_pages_run_only_our_own_and_only_the_small_one_may_be_framed(web: httpx.Client) -> None:
    page, framed = web.get("/").headers, web.get("/vastra-gotaland/mariestad/inbaddad.html").headers
    assert "default-src 'none'" in page["content-security-policy"]
    assert "frame-ancestors 'none'" in page["content-security-policy"]
    assert page["x-frame-options"] == "DENY"
    assert "frame-ancestors *" in framed["content-security-policy"]
    assert "x-frame-options" not in framed


def test_what_is_not_there_is_a_page_that_says_so_and_what_was_taken_back_is_gone(web: httpx.Client) -> None:
    missing, gone = web.get("/finns-inte.html"), web.get("/nyhet/abc/")
    assert (missing.status_code, missing.text) == (404, "<h1>Sidan finns inte</h1>")
    assert (gone.status_code, gone.text) == (410, "<h1>Borttagen</h1>")


def test_a_folder_leads_to_its_page_and_is_never_listed(web: httpx.Client) -> None:
    answer = web.get("/floden/vastra-gotaland/mariestad")
    assert (answer.status_code, answer.headers["location"]) == (301, "mariestad/")
    assert web.get("/tom/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../feeds.toml",
        "/%2e%2e/feeds.toml",
        "/..%2ffeeds.toml",
        "/vastra-gotaland/..%2f..%2f..%2ffeeds.toml",
        "/%5c..%5cfeeds.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/.manifest.json",
        "/nyhet/abc/.gone",
        "/lank.html",
        "/index.html%00.txt",
        "/" + "a" * 5000,
        "/floden/../feeds.toml",
    ],
)
def test_nothing_outside_of_the_folder_and_nothing_hidden_is_served(address: Address, path: str) -> None:
    with socket.create_connection((address.host, address.port), timeout=5) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.split(b" ", 2)[1] in (b"404", b"400")
    assert b"hemligt" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_changed(web: httpx.Client, method: str) -> None:
    answer = web.request(method, FEED)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_address_that_is_taken_is_named(address: Address, root: Path) -> None:
    with pytest.raises(ServeError, match=f"cannot listen at 127.0.0.1:{address.port}"), served(Folder(root), address):
        pass


def test_one_process_is_the_whole_service_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    head = (REPOSITORY / "feeds.toml").read_text(encoding="utf-8").replace('"examples/', f'"{REPOSITORY}/examples/')
    (tmp_path / "feeds.toml").write_text(head, encoding="utf-8")
    command = [sys.executable, "-m", "aggregator", "run", "--serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().rpartition(" ")[2].strip()
        for _ in range(600):
            try:
                answer = httpx.get(f"{address}vastra-gotaland/mariestad/rss.xml")
            except httpx.TransportError:
                answer = None
            if answer and answer.status_code == 200:
                break
            time.sleep(0.1)
        process.terminate()
        assert process.wait(30) == 0
    assert answer is not None
    assert "<rss" in answer.text
