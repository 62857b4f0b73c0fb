"""How long, and in how much memory, 10 MB of each bad shape that we know of is read as a page.

    python -m benchmarks.hostile_pages [NAME …]

Each shape is read in a process of its own, as the page declares itself, by selectors, and as `try` does.
"""

import sys
from collections.abc import Callable

from aggregator.model import Document, Reading
from aggregator.sources import PageSource, Select, proposed
from benchmarks.shapes import alone, asked_for, measured

SIZE = 10_000_000
NEWS = (
    b'<article><h2><a href="/a">Nyhet</a></h2><time>2026-11-03</time><p>En ingress om det som har skett.</p></article>'
)
SELECT = Select(item="article, div, li, tr", title="h2, a", date="time, i, td", summary="p p, p", image="img")
SECONDS = 60


def page(inside: bytes) -> bytes:
    return b"<!DOCTYPE html><html><head><title>T</title></head><body>" + NEWS * 2 + inside + b"</body></html>"


def full(unit: bytes, size: int = SIZE) -> bytes:
    return unit * (size // len(unit))


def numbered(pattern: str, size: int = SIZE) -> bytes:
    return b"".join(pattern.replace("#", str(number)).encode() for number in range(size // (len(pattern) + 4)))


def nested(begin: bytes, end: bytes, depth: int, inside: bytes = b"x") -> bytes:
    return full(begin * depth + inside + end * depth)


def json_ld(inside: bytes) -> bytes:
    return page(b'<script type="application/ld+json">' + inside + b"</script>")


ITEM = b'{"@type":"Article","headline":"x","url":"/x"},'
SHAPES: dict[str, Callable[[], bytes]] = {
    "articles": lambda: page(full(NEWS)),
    "articles in articles": lambda: page(nested(b"<article><a href=x>y</a>", b"</article>", 100)),
    "list": lambda: page(b"<ul>" + full(b'<li><a href="/b">En nyhet om n\xc3\xa5got</a> 3 nov 2026</li>')),
    "links": lambda: page(numbered('<a href="/#">x</a>')),
    "links, nested": lambda: page(nested(b"<div>", b"</div>", 200, b'<a href="/x">x</a>')),
    "headings": lambda: page(full(b"<h3>2026-11-03 x</h3><p>y")),
    "entries": lambda: page(full(b'<div class="h-entry"><b class="p-name">x</b></div>')),
    "entries in entries": lambda: page(nested(b'<div class="h-entry hentry vevent">', b"</div>", 200)),
    "microdata": lambda: page(nested(b'<div itemscope itemtype="https://schema.org/Event">', b"</div>", 200)),
    "classes": lambda: page(b'<div class="' + numbered("a# ", 40_000) + b'">' + full(b'<i class="date">x</i>')),
    "nested elements": lambda: page(nested(b"<b>", b"</b>", 3_000_000)),
    "nested lists": lambda: page(nested(b"<ul><li>", b"</li></ul>", 120)),
    "nested tables": lambda: page(full(b"<table><tr><td>")),
    "open paragraphs": lambda: page(full(b"<p>")),
    "open links": lambda: page(full(b"<a href=x>")),
    "elements": lambda: page(full(b"<i></i>")),
    "end tags": lambda: page(full(b"</a>")),
    "attributes": lambda: page(b"<p " + numbered("a# ") + b">"),
    "attributes, some": lambda: page(full(b"<p " + numbered("a# ", 900) + b">x</p>")),
    "attributes, quoted": lambda: page(b"<p " + numbered('a#=">" ') + b">"),
    "half tags": lambda: page(full(b"<a ")),
    "half quotes": lambda: page(full(b'<a b="')),
    "half comments": lambda: page(full(b"<!--")),
    "comments": lambda: page(full(b"<!---->")),
    "less than": lambda: page(full(b"<")),
    "ampersands": lambda: page(full(b"&")),
    "references": lambda: page(full(b"&#x")),
    "a long text": lambda: page(full(b"hej ")),
    "a long title": lambda: page(
        b"<article><time>2026-11-03</time><h2><a href=x>" + full(b"&lt;b&gt; ") + b"</a></h2></article>"
    ),
    "long titles": lambda: page(
        full(b"<article><h2><a href=x>" + b"<dl><dd>" * 4_000 + b"</a></h2><time>2026-11-03</time></article>")
    ),
    "dates": lambda: page(b"<article><a href=x>y</a>" + full(b"<i class=date>1 jan</i>") + b"<time>x</time></article>"),
    "times": lambda: page(full(b"<article><a href=x>y</a><time datetime='" + b"1 jan " * 30 + b"'></article>")),
    "scripts": lambda: page(full(b"<script></script>")),
    "a picture": lambda: page(b'<img src="data:image/png;base64,' + full(b"A") + b'">'),
    "styles": lambda: page(full(b'<div style="background:url(' + b"a" * 900 + b')">x</div>')),
    "zeros": lambda: page(full(b"\0")),
    "JSON, deep": lambda: json_ld(full(b"[", 1_900_000)),
    "JSON, deep objects": lambda: json_ld(full(b'{"a":', 1_900_000)),
    "JSON, items": lambda: json_ld(b"[" + full(ITEM, 1_900_000) + b"{}]"),
    "JSON, scripts": lambda: page(full(b'<script type="application/ld+json">{"@type":"Event"}</script>')),
    "JSON, keywords": lambda: json_ld(
        b'{"@type":"Article","headline":"x","url":"/x","keywords":"' + full(b"a,", 1_900_000) + b'"}'
    ),
    "sitemap": lambda: (
        b"<urlset xmlns:n='n'>" + full(b"<url><loc>http://a.example/x</loc><n:news><n:title>x</n:title></n:news></url>")
    ),
    "sitemap, nested": lambda: b"<urlset>" + full(b"<url>"),
    "sitemap, entities": lambda: b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset>" + full(b"<url><loc>&a;</loc></url>"),
}


def read(document: Document, how: str) -> Reading:
    if how == "try":
        return proposed(document).reading
    return PageSource(page=document.location, select=SELECT if how == "selected" else None).read(document)


def main(arguments: list[str]) -> None:
    if one := asked_for(arguments):
        name, how = one
        # What is read is made before the clock starts.
        document = Document("https://prov.example/", SHAPES[name](), "text/html")
        print(measured(f"{name}, {how}", lambda: read(document, how)), flush=True)
        return
    for name in arguments or SHAPES:
        for how in ("declared", "selected", "try"):
            alone("benchmarks.hostile_pages", SECONDS, name, how)


if __name__ == "__main__":
    main(sys.argv[1:])
