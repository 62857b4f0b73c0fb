"""The example's pages and newsfeeds in a real browser, and the picture of them in docs/."""

import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

import pytest
from conftest import REPOSITORY

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

# Beside running as root in a container: nothing that asks for the network by itself.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".xml": "application/xml"}

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example, collected and published as of one day, and served from a folder below the root."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    (folder / "examples").symlink_to(REPOSITORY / "examples")
    command = [sys.executable, "-m", "aggregator", "run", "--once", "--quiet", "--at", "2026-11-24T12:00"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/output/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Any, address: str, width: int = 1000, scheme: str = "light", script: bool = True) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 1100}, color_scheme=scheme, java_script_enabled=script
    )
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address)
    return page


PAGES = [
    "index.html",
    "sverige/index.html",
    "vastra-gotaland/index.html",
    "vastra-gotaland/gullspang/index.html",
    "status/index.html",
]


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_to_the_side_on_any_screen(browser: Any, address: str, path: str, width: int) -> None:
    page = opened(browser, address + path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_nothing_but_itself_and_its_stylesheet(browser: Any, address: str, path: str) -> None:
    page = opened(browser, address + path)
    asked = [url for url in page.asked if not url.endswith("favicon.ico")]
    assert asked == [address + path, address + "sida.css"]
    page.context.close()


def test_from_the_front_page_by_keyboard_to_ones_own_municipality(browser: Any, address: str) -> None:
    page = opened(browser, address + "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.get_by_role("link", name="Västra Götalands län", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Mariestad", exact=True).first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Mariestad"
    page.context.close()


def test_a_page_is_read_without_any_script(browser: Any, address: str) -> None:
    page = opened(browser, address + "vastra-gotaland/mariestad/index.html", script=False)
    assert page.get_by_role("article").count() >= 5
    page.context.close()


def test_dark_is_dark_and_light_is_light(browser: Any, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = opened(browser, address + "index.html", scheme=scheme)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    light, dark = (sum(map(int, colour[4:-1].split(","))) for colour in colours)
    assert light > 700 > 200 > dark


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_newsfeed_opened_in_a_browser_is_a_readable_page(browser: Any, address: str, name: str) -> None:
    page = opened(browser, f"{address}vastra-gotaland/mariestad/{name}")
    shown = page.evaluate("document.documentElement.innerText || document.documentElement.textContent")
    assert "Mariestad" in shown
    title = "document.getElementsByTagNameNS('*', 'title')[0]"
    assert page.evaluate(f"getComputedStyle({title}).display") == "block"
    assert page.evaluate(f"parseFloat(getComputedStyle({title}).fontSize)") >= 28
    hidden = page.evaluate("getComputedStyle(document.getElementsByTagNameNS('*', 'updated')[0]).display")
    assert hidden == "none"
    page.context.close()


def test_a_newsfeed_opened_in_a_browser_says_how_to_follow_it(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}vastra-gotaland/mariestad/rss.xml")
    links = page.evaluate(
        "[...document.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'a')].map(link => link.href)"
    )
    assert links == [
        "https://koso.example/nyhetsfloden/vastra-gotaland/mariestad/#folj",
        "https://koso.example/nyhetsfloden/vastra-gotaland/mariestad/",
    ]
    page.context.close()


def test_the_picture_in_the_readme_is_made_from_the_example(
    browser: Any, address: str, request: pytest.FixtureRequest
) -> None:
    """Two machines' fonts differ, so the picture is made with `pytest --golden`, and else its size is compared."""
    page = opened(browser, address + "natverk/skagernbladet/index.html", width=900)
    picture, kept = page.screenshot(), REPOSITORY / "docs" / "skagernbladet.png"
    if request.config.getoption("--golden"):
        kept.write_bytes(picture)
    assert _size(picture) == _size(kept.read_bytes()) == (900, 1100)
    page.context.close()


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
