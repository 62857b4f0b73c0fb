"""The pages and newsfeeds of the example in a real browser, and the pictures of them in docs/."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import brotli
import pytest
from browsing import PAGES, opened
from conftest import REPOSITORY

# Beside the page itself.
DRESS = {"sida.css", "ikon.svg"}
COMFORTS = {"kopiera.js", "hitta.js", "sok.js", "hitta/orter.json"}

STICKING_OUT = """
[...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.unseen, .skip, svg') && one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 200))
"""
CUT = """
[...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.unseen, .skip, svg, input, select'))
  .filter(one => getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
  .map(one => one.outerHTML.slice(0, 200))
"""
OVERLAPPING = """
(() => {
  const shown = [...document.querySelectorAll('main a, main button, main summary, header a, footer a')]
    .filter(one => !one.closest('svg, .unseen, .skip') && one.checkVisibility() && one.getClientRects().length === 1);
  const boxes = shown.map(one => [one, one.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([one, box], at) => boxes.slice(at + 1, at + 12).forEach(([other, beside]) => {
    const wide = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
    const high = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
    if (wide > 1 && high > 4) found.push(one.textContent + ' | ' + other.textContent);
  }));
  return found;
})()
"""
SHIFT = """
new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { shift += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(shift), 300);
})
"""


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_is_cut_or_lies_over_another_on_any_screen(
    browser: Any, address: str, path: str, width: int
) -> None:
    with opened(browser, address + path, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(CUT) == []
        assert page.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("path", PAGES)
def test_text_twice_as_large_and_wider_spaced_still_fits(browser: Any, address: str, path: str) -> None:
    """WCAG 1.4.4 and 1.4.12, on a small screen: 1280 pixels at 200 % are 640."""
    with opened(browser, address + path, 640) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(CUT) == []
        page.evaluate("document.documentElement.style.fontSize = ''")
        spaced = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important"
        page.evaluate(
            "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);"
            "document.adoptedStyleSheets = [sheet]; }",
            f"* {{ {spaced} }} p {{ margin-bottom: 2em !important }}",
        )
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nobody_else_for_anything_and_needs_little(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path) as page:
        page.wait_for_load_state("networkidle")
        assert all(url.startswith(address) for url in page.asked), page.asked
        others = {url.removeprefix(address) for url in page.asked} - {path, *DRESS, *COMFORTS}
        assert all(name.startswith("sok/pagefind/") for name in others), others
        assert page.said == []
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", [path for path in PAGES if path != "sok/index.html"])
def test_nothing_moves_while_a_page_is_loaded(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path, 390) as page:
        assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_its_dress_is_less_than_60_kilobytes(example: Path, path: str) -> None:
    files = [path, "sida.css", "ikon.svg", "kopiera.js"]
    assert sum(len(brotli.compress((example / file).read_bytes(), quality=5)) for file in files) < 60_000
    assert len(brotli.compress((example / "sida.css").read_bytes(), quality=5)) < 8000


def test_from_the_front_page_by_keyboard_to_ones_own_municipality(browser: Any, address: str) -> None:
    with opened(browser, address + "index.html") as page:
        page.emulate_media(reduced_motion="reduce")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "innehall"
        tab_to(page, "Västra Götalands län")
        page.keyboard.press("Enter")
        page.wait_for_url("**/vastra-gotaland/index.html")
        tab_to(page, "Mariestad")
        page.keyboard.press("Enter")
        page.wait_for_url("**/mariestad/index.html")
        assert page.get_by_role("heading", level=1).inner_text() == "Kommunområdet Mariestad"


def tab_to(page: Any, words: str) -> None:
    """Press Tab until WORDS have the focus; whatever has it on the way is seen to have it."""
    for _ in range(600):
        page.keyboard.press("Tab")
        told, seen = page.evaluate(
            "[document.activeElement.textContent.trim(), (() => { const box = document.activeElement"
            ".getBoundingClientRect(); const style = getComputedStyle(document.activeElement);"
            "return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2"
            " && box.bottom > 0 && box.top < innerHeight })()]"
        )
        assert seen, f"{told} has the focus, and nobody sees it"
        if told == words:
            return
    raise AssertionError(f"{words} cannot be reached by keyboard")


def test_the_map_is_for_pointers_and_in_nobodys_way(browser: Any, address: str) -> None:
    with opened(browser, address + "index.html", 1280) as page:
        shape = page.locator("svg.map a[href='vastra-gotaland/mariestad/index.html']")
        assert shape.get_attribute("tabindex") == "-1"
        shape.click()
        page.wait_for_url("**/vastra-gotaland/mariestad/index.html")


def test_a_page_is_read_and_a_municipality_found_without_any_script(browser: Any, address: str) -> None:
    with opened(browser, address + "vastra-gotaland/mariestad/index.html", script=False) as page:
        assert page.get_by_role("article").count() >= 5
        page.get_by_text("Varför ser jag detta?").first.click()
        assert page.locator("details[open] li").first.inner_text().startswith("Mariestad:")
    with opened(browser, address + "index.html", script=False) as page:
        page.get_by_role("link", name="Hitta din kommun i listan").click()
        page.get_by_role("link", name="Hova", exact=True).click()
        assert page.get_by_role("heading", level=1).inner_text() == "Kommunområdet Gullspång"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hova", ["Hova, Gullspång", "Hovås, Göteborg"]),
        ("54230", ["Mariestad"]),
        ("542 3", ["Mariestad"]),
        ("malmo", ["Malmö", "Malmöhus", "Malmön, Sotenäs"]),
        ("xyzzy", []),
    ],
)
def test_a_municipality_is_found_by_postal_code_or_town(
    browser: Any, address: str, typed: str, offered: list[str]
) -> None:
    with opened(browser, address + "index.html") as page:
        page.get_by_label("Postnummer eller ort").fill(typed)
        page.locator(".find [role=status]:not(:empty)").wait_for(state="attached")
        found = page.locator(".found a").all_inner_texts()
        assert [town for town in offered if town in found] == [town for town in found if town in offered]
        assert bool(found) == bool(offered)
        if offered:
            assert found[0] == offered[0]


def test_the_address_of_a_newsfeed_is_copied(browser: Any, address: str) -> None:
    with opened(browser, address + "vastra-gotaland/folj/index.html") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopiera").first.click()
        page.get_by_role("button", name="Kopierad").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "https://koso.example/nyhetsfloden/vastra-gotaland/rss.xml"


def test_articles_are_searched_in_the_readers_own_browser(browser: Any, address: str, example: Path) -> None:
    pytest.importorskip("pagefind_bin")
    with opened(browser, address + "sok/index.html") as page:
        page.get_by_label("Sök efter").fill("cykelbanor")
        page.locator(".results a").first.wait_for()
        told = page.locator(".results a").all_inner_texts()
        assert any("cykelbanan" in title for title in told)
        page.get_by_label("Län", exact=True).select_option("Örebro län")
        page.get_by_text("Inget hittades.").wait_for()
        page.get_by_label("Sök efter").fill("")
        page.locator(".results a").first.wait_for()
        page.locator(".results a").first.click()
        page.wait_for_url("**/nyhet/*/index.html")


def test_an_address_may_say_what_to_search_for(browser: Any, address: str, example: Path) -> None:
    pytest.importorskip("pagefind_bin")
    with opened(browser, address + "sok/index.html?q=cykelbanor") as page:
        page.locator(".results a").first.wait_for()
        assert page.get_by_label("Sök efter").input_value() == "cykelbanor"
    with opened(browser, address + "sok/index.html?q=%3Cimg%20src=x%20onerror=alert(1)%3E") as page:
        page.get_by_text("Inget hittades.").wait_for()
        assert page.get_by_label("Sök efter").input_value() == "<img src=x onerror=alert(1)>"


def test_without_a_script_search_leads_to_the_archives(browser: Any, address: str) -> None:
    with opened(browser, address + "sok/index.html", script=False) as page:
        page.get_by_role("link", name="Västra Götalands län").click()
        assert page.url.endswith("vastra-gotaland/index.html#arkiv")


def test_dark_is_dark_and_light_is_light(browser: Any, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        with opened(browser, address + "index.html", scheme=scheme) as page:
            colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, colour[4:-1].split(","))) for colour in colours)
    assert light > 700 > 200 > dark


def test_on_paper_there_are_news_and_addresses_and_nothing_to_click(browser: Any, address: str) -> None:
    with opened(browser, address + "vastra-gotaland/index.html") as page:
        page.emulate_media(media="print")
        hidden = (
            "[...document.querySelectorAll('nav, .beside, .why, .skip')].filter(one => one.getClientRects().length)"
        )
        assert page.evaluate(f"{hidden}.map(one => one.outerHTML.slice(0, 99))") == []
        assert page.get_by_role("article").first.is_visible()
        after = page.evaluate("getComputedStyle(document.querySelector('h3 a'), '::after').content")
        assert "https://" in after or "attr(href)" in after
        assert len(page.pdf()) > 10_000


def test_nothing_moves_for_those_who_do_not_want_it(browser: Any, address: str) -> None:
    with opened(browser, address + "index.html") as page:
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_nothing_hostile_runs_or_leads_astray(browser: Any, address: str) -> None:
    with opened(browser, address + "nyhet/fientlig/index.html") as page:
        assert page.said == []
        assert page.locator("script:not([type='application/ld+json']), img, iframe, [onerror], [onload]").count() == 0
        assert "<script>alert(1)</script>" in page.get_by_role("heading", level=1).inner_text()
        assert "{{ 7 * 7 }}" in page.title()
        assert page.evaluate("JSON.parse(document.querySelector('script').textContent).name") == page.get_by_role(
            "heading", level=1
        ).evaluate("heading => heading.textContent")


def test_the_pages_open_from_a_folder_too(browser: Any, example: Path) -> None:
    with opened(browser, (example / "index.html").as_uri()) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        page.get_by_role("link", name="Örebro län", exact=True).click()
        assert page.get_by_role("heading", level=1).inner_text() == "Örebro län"


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_newsfeed_opened_in_a_browser_is_a_readable_page(browser: Any, address: str, name: str) -> None:
    with opened(browser, f"{address}vastra-gotaland/mariestad/{name}") as page:
        shown = page.evaluate("document.documentElement.innerText || document.documentElement.textContent")
        assert "Mariestad" in shown
        title = "document.getElementsByTagNameNS('*', 'title')[0]"
        assert page.evaluate(f"getComputedStyle({title}).display") == "block"
        assert page.evaluate(f"parseFloat(getComputedStyle({title}).fontSize)") >= 28
        hidden = page.evaluate("getComputedStyle(document.getElementsByTagNameNS('*', 'updated')[0]).display")
        assert hidden == "none"


def test_a_newsfeed_opened_in_a_browser_says_how_to_follow_it(browser: Any, address: str) -> None:
    with opened(browser, f"{address}vastra-gotaland/mariestad/rss.xml") as page:
        links = page.evaluate(
            "[...document.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'a')].map(link => link.href)"
        )
    assert links == [
        "https://koso.example/nyhetsfloden/vastra-gotaland/mariestad/#folj",
        "https://koso.example/nyhetsfloden/vastra-gotaland/mariestad/",
    ]


@pytest.mark.parametrize(
    ("name", "path", "width", "scheme"),
    [
        ("framsida", "index.html", 1200, "light"),
        ("skagernbladet", "natverk/skagernbladet/index.html", 1200, "light"),
        ("mariestad-morker", "vastra-gotaland/mariestad/index.html", 420, "dark"),
    ],
)
def test_the_pictures_in_the_docs_are_made_from_the_example(
    browser: Any, address: str, request: pytest.FixtureRequest, name: str, path: str, width: int, scheme: str
) -> None:
    """Two machines' fonts differ, so pictures are made with `pytest --golden`, and else their sizes are compared."""
    kept = REPOSITORY / "docs" / f"{name}.png"
    with opened(browser, address + path, width, scheme) as page:
        picture = page.screenshot()
    if request.config.getoption("--golden"):
        kept.write_bytes(few_colours(picture))
    assert size(picture) == size(kept.read_bytes()) == (width, 1100)


def few_colours(png: bytes) -> bytes:
    """PNG with 64 colours, which is a third of its bytes and looks the same."""
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def size(png: bytes) -> Iterable[int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
