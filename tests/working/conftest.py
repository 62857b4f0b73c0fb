"""Hosts that see who calls at them, and workers that do."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import HEAD, empty_database
from teams import PLACES, Hosts, Team, feed


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    hosts, lock = Hosts(), threading.Lock()
    now: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host, path = self.headers["Host"], self.path
            with lock:
                hosts.calls[path] += 1
                now[host] += 1
                now[path] += 1
                hosts.starts[host].append(time.monotonic())
                hosts.most_at_host = max(hosts.most_at_host, now[host])
                hosts.most_at_source = max(hosts.most_at_source, now[path])
            hosts.told(path)
            time.sleep(hosts.takes)
            with lock:
                now[host] -= 1
                now[path] -= 1
            body = feed(path.strip("/"), host)
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(OSError):  # A worker that was killed does not wait for its answer.
                super().handle()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("", 0), Handler)
    hosts.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield hosts
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def team(postgresql: str, tmp_path: Path, hosts: Hosts) -> Iterator[Callable[..., Team]]:
    pytest.importorskip("procrastinate")
    made: list[Team] = []

    def gather(sources: int, on_hosts: int, collect: str = 'gap = "0s"') -> Team:
        empty_database(postgresql)
        lines = [HEAD.format(store=postgresql), collect]
        for number, place in enumerate(PLACES):
            lines += [f"[area.a{number}]", f'municipality = "{place}"', 'content = "extended"']
        for number in range(sources):
            lines += [
                f"[actor.a{number}]",
                f'name = "Aktör {number}"',
                f'area = "{PLACES[number % len(PLACES)]}"',
                f'homepage = "https://a{number}.example/"',
                f'feed = "http://127.0.0.{1 + number % on_hosts}:{hosts.port}/f{number}"',
            ]
        (tmp_path / "feeds.toml").write_text("\n".join(lines), encoding="utf-8")
        upgrade = [sys.executable, "-m", "aggregator", "db", "upgrade"]
        subprocess.run(upgrade, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        made.append(Team(tmp_path, postgresql, sources))
        return made[-1]

    yield gather
    for each in made:
        for worker in each.workers:
            worker.kill()
            worker.wait()
