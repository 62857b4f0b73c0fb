"""How tests look at pages: which there are, one of every kind, and a browser's window on one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A page of every kind, of the example and of articles that are awkward.
PAGES = [
    "index.html",
    "404.html",
    "hitta/index.html",
    "sok/index.html",
    "om/index.html",
    "integritet/index.html",
    "tillganglighet/index.html",
    "status/index.html",
    "redaktioner/index.html",
    "sverige/index.html",
    "vastra-gotaland/index.html",
    "vastra-gotaland/folj/index.html",
    "vastra-gotaland/aktorer/index.html",
    "vastra-gotaland/arkiv/2026-11/index.html",
    "vastra-gotaland/mariestad/2026/11-24/index.html",
    "vastra-gotaland/inbaddad.html",
    "vastra-gotaland/gullspang/index.html",
    "uppsala/habo/index.html",
    "natverk/skagernbladet/index.html",
    "nyhet/1/index.html",
    "nyhet/3/index.html",
    "nyhet/4/index.html",
    "nyhet/8/index.html",
    "nyhet/fientlig/index.html",
    "nyhet/99/index.html",
]


@contextmanager
def opened(browser: Any, address: str, width: int = 1000, scheme: str = "light", script: bool = True) -> Iterator[Any]:
    """A window on ADDRESS; `asked` are the requests it made, `said` what its console holds."""
    context = browser.new_context(
        viewport={"width": width, "height": 1100}, color_scheme=scheme, java_script_enabled=script
    )
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    try:
        page.goto(address)
        yield page
    finally:
        context.close()
