"""The examples in deploy/: the servers themselves say that they are right, and serve what they promise."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import REPOSITORY

from aggregator.model import Publication
from aggregator.publishing import Output

DEPLOY = REPOSITORY / "deploy"
PLACE = "vastra-gotaland/mariestad/"
FEED = f"/{PLACE}rss.xml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "output"
    output = Output(root)
    files = {
        "index.html": "<h1>Start</h1>",
        "404.html": "<h1>Sidan finns inte</h1>",
        f"{PLACE}index.html": "<h1>Mariestad</h1>",
        f"{PLACE}rss.xml": "<rss>åäö</rss>" * 800,
        f"{PLACE}feed.json": "{}",
        f"{PLACE}kalender.ics": "BEGIN:VCALENDAR",
        f"{PLACE}inbaddad.html": "<p>Fem nyheter</p>",
        "nyhet/abc/index.html": "<h1>Borttagen</h1>",
        "nyhet/abc/.gone": "",
        "nyhet/def/index.html": "<h1>Kvar</h1>",
        "sida.css": "body { margin: 0 }",
    }
    output.write(Publication(path, content.encode()) for path, content in files.items())
    (tmp_path / "feeds.toml").write_text("hemligt", encoding="utf-8")
    return root


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def nginx(folder: Path, root: Path, port: int) -> list[str]:
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
    (folder / "site.conf").write_text(site.replace("/srv/nyhetsflode/output", str(root)), encoding="utf-8")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"user root; pid {folder}/pid; daemon off; error_log {folder}/log; events {{}} http {{ "
        f"client_body_temp_path {folder}/body; {temporary} include {folder}/site.conf; }}",
        encoding="utf-8",
    )
    command = ["nginx", "-c", str(folder / "nginx.conf")]
    told = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return command


def caddy(folder: Path, root: Path, port: int) -> list[str]:
    site = (
        (DEPLOY / "Caddyfile").read_text(encoding="utf-8").replace("\nkoso.example {", f"\nhttp://127.0.0.1:{port} {{")
    )
    config = folder / "Caddyfile"
    config.write_text("{\n\tadmin off\n}\n" + site.replace("/srv/nyhetsflode/output", str(root)), encoding="utf-8")
    at = ["--config", str(config), "--adapter", "caddyfile"]
    told = subprocess.run(["caddy", "validate", *at], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return ["caddy", "run", *at]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def web(request: pytest.FixtureRequest, root: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    program = request.param.__name__
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    port = free_port()
    command = request.param(tmp_path, root, port)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=tmp_path) as process:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Accept-Encoding": "identity"}) as client:
            for _ in range(300):
                try:
                    client.get("/")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client
        process.terminate()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (FEED, "application/xml; charset=utf-8"),
        (f"/{PLACE}feed.json", "application/feed+json; charset=utf-8"),
        (f"/{PLACE}kalender.ics", "text/calendar; charset=utf-8"),
        (f"/{PLACE}", "text/html; charset=utf-8"),
        ("/sida.css", "text/css; charset=utf-8"),
    ],
)
def test_other_servers_serve_every_file_as_what_it_is(web: httpx.Client, path: str, kind: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"] == "public, max-age=900"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "etag" in answer.headers


def test_other_servers_send_what_stands_compressed_beside(web: httpx.Client, root: Path) -> None:
    with web.stream("GET", FEED, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert b"".join(answer.iter_raw()) == (root / f"{FEED[1:]}.gz").read_bytes()


def test_other_servers_open_newsfeeds_to_all_and_pages_to_nobody(web: httpx.Client) -> None:
    assert web.get(FEED).headers["access-control-allow-origin"] == "*"
    page, framed = web.get("/"), web.get(f"/{PLACE}inbaddad.html")
    assert "access-control-allow-origin" not in page.headers
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" not in framed.headers.get("content-security-policy", "")


def test_other_servers_say_what_is_missing_what_is_gone_and_what_is_nobodys_business(web: httpx.Client) -> None:
    missing, gone, kept = web.get("/finns-inte"), web.get("/nyhet/abc/"), web.get("/nyhet/def/")
    assert (missing.status_code, missing.text) == (404, "<h1>Sidan finns inte</h1>")
    assert (gone.status_code, gone.text) == (410, "<h1>Borttagen</h1>")
    assert (kept.status_code, kept.text) == (200, "<h1>Kvar</h1>")
    assert web.get("/nyhet/abc/.gone").status_code == 404
    assert "hemligt" not in web.get("/%2e%2e/feeds.toml").text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize(
    ("name", "instance"),
    [
        ("nyhetsflode.service", "nyhetsflode.service"),
        ("nyhetsflode-worker@.service", "nyhetsflode-worker@web.service"),
    ],
)
def test_systemd_takes_the_unit(tmp_path: Path, name: str, instance: str) -> None:
    unit = tmp_path / instance
    text = (DEPLOY / name).read_text(encoding="utf-8")
    unit.write_text(text.replace("/srv/nyhetsflode/venv/bin/nyhetsflode", "/bin/true"), encoding="utf-8")
    told = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
