"""How long, and in how much memory, 5 MB of each bad shape that we know of is read.

    python -m benchmarks.hostile_feeds [NAME …]

Each shape is read in a process of its own, which is given 20 seconds.
"""

import sys
from collections.abc import Callable
from functools import partial

from aggregator.model import Document
from aggregator.sources import FeedSource
from benchmarks.shapes import alone, asked_for, measured

SIZE = 5_000_000
SECONDS = 20


def rss(inside: bytes) -> bytes:
    return (
        b'<rss version="2.0"><channel><title>T</title><link>https://prov.example/</link>' + inside + b"</channel></rss>"
    )


def item(inside: bytes) -> bytes:
    return rss(b"<item><title>x</title>" + inside + b"</item>")


def atom(inside: bytes) -> bytes:
    content = b'<content type="xhtml"><div>' + inside + b"</div></content>"
    return b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title>' + content + b"</entry></feed>"


def json_feed(inside: bytes) -> bytes:
    return b'{"version":"https://jsonfeed.org/version/1","items":[' + inside + b"]}"


def full(unit: bytes, size: int = SIZE) -> bytes:
    return unit * (size // len(unit))


def numbered(pattern: str, size: int = SIZE) -> bytes:
    return b"".join(pattern.replace("#", str(number)).encode() for number in range(size // (len(pattern) + 4)))


def nested(begin: bytes, end: bytes) -> bytes:
    count = SIZE // len(begin + end)
    return begin * count + end * count


def texts(unit: bytes, size: int = 99_000) -> bytes:
    """As many entries as there is room for, each with as much text as is looked at."""
    description = b"<description><![CDATA[" + full(unit, size) + b"]]></description>"
    return rss((b"<item><title>x</title>" + description + b"</item>") * (SIZE // size))


BROKEN = b"</q>"
SHAPES: dict[str, Callable[[], bytes]] = {
    "entries": lambda: rss(full(b"<item><title>x</title></item>")),
    "attributes": lambda: item(b"<description " + numbered('a#="b" ') + b"/>"),
    "attributes in XHTML": lambda: atom(b"<p " + numbered('a#="b" ') + b"/>"),
    "nested elements": lambda: item(nested(b"<b>", b"</b>")),
    "nested XHTML": lambda: atom(nested(b"<b>", b"</b>")),
    "nested entries": lambda: rss(nested(b"<item>", b"</item>")),
    "elements": lambda: item(full(b"<a/>")),
    "XHTML elements": lambda: atom(full(b"<i/>")),
    "namespaces": lambda: item(numbered('<x xmlns:n#="u#"/>')),
    "categories": lambda: item(numbered("<category>a#</category>")),
    "links": lambda: item(full(b'<link rel="alternate" href="b"/>')),
    "authors": lambda: item(full(b"<author>a@b.example</author>")),
    "a long author": lambda: item(b"<author>" + full(b"a.") + b"</author>"),
    "a long date": lambda: item(b"<pubDate>" + full(b"1 jan ") + b"</pubDate>"),
    "a long link": lambda: item(b"<link>http://prov.example" + full(b"/..") + b"</link>"),
    "a long title": lambda: item(b"<title>" + full(b"& ") + b"</title>"),
    "a long text": lambda: item(b"<description>" + full(b"hej ") + b"</description>"),
    "escaped tags": lambda: item(b"<description>" + full(b"&lt;b&gt;") + b"</description>"),
    "a polygon": lambda: item(b'<g:polygon xmlns:g="http://www.georss.org/georss">' + full(b"1 2 ") + b"</g:polygon>"),
    "ampersands": lambda: item(b"<description>" + full(b"&") + b"</description>"),
    "references": lambda: item(b"<description>" + full(b"&#x") + b"</description>"),
    "comments": lambda: item(full(b"<!---->")),
    "lines before": lambda: b'<?xml version="1.0"?>' + full(b"\n") + rss(b""),
    "entities": lambda: b"<!DOCTYPE x [" + numbered('<!ENTITY a# "b">\n') + b"]>" + rss(b""),
    "open tags": lambda: rss(full(b"<a>")),
    "open entries": lambda: rss(full(b"<item>")),
    "end tags": lambda: rss(full(b"</a>")),
    "half tags": lambda: rss(full(b"<a ")),
    "half comments": lambda: rss(full(b"<!--")),
    "half declarations": lambda: rss(full(b"<![")),
    "half CDATA": lambda: rss(full(b"<![CDATA[")),
    "half quotes": lambda: rss(full(b'<a b="')),
    "less than": lambda: rss(full(b"<")),
    "broken, entries": lambda: rss(BROKEN + full(b"<item><title>x</title></item>")),
    "broken, text": lambda: rss(BROKEN + b"<item><description>" + full(b"hej ", 390_000) + b"</description></item>"),
    "broken, author": lambda: rss(
        BROKEN + b"<item><author>" + full(b"a" * 499 + b"</x>", 390_000) + b"</author></item>"
    ),
    "broken, authors": lambda: rss(BROKEN + full(b"<item><author>" + b"a" * 499 + b"</author></item>")),
    "broken, categories": lambda: rss(
        BROKEN + (b"<item>" + numbered("<category>c#</category>", 60_000) + b"</item>") * 10
    ),
    "zeros": lambda: rss(full(b"\0")),
    "JSON, deep": lambda: json_feed(full(b"[")),
    "JSON, items": lambda: json_feed(full(b'{"id":1,"title":"x"},') + b"{}"),
    "JSON, HTML": lambda: json_feed(b'{"content_html":"' + full(b"<b>") + b'"}'),
    "JSON, tags": lambda: json_feed(b'{"title":"x","tags":[' + numbered('"#",') + b'""]}'),
    **{
        f"HTML {unit.decode()}": partial(texts, unit)
        for unit in (
            *(b"& ", b"&a;", b"<dl><dd>", b"<a><div>", b"<i><p>", b"<p><table>", b"<dl><dd></x></x>", b"<b></i>", b" "),
            *(
                b"<dl><table></dl>",
                b"<p>The post x appeared first on </p>",
                b'<img src="x">',
                b"<",
                b"<a href=x>",
                b"[...] ",
            ),
        )
    },
}


def main(arguments: list[str]) -> None:
    if one := asked_for(arguments):
        [name] = one
        # What is read is made before the clock starts.
        document = Document("https://prov.example/feed", SHAPES[name](), "application/xml")
        print(measured(name, lambda: FeedSource(feed=document.location).read(document)), flush=True)
        return
    for name in arguments or SHAPES:
        alone("benchmarks.hostile_feeds", SECONDS, name)


if __name__ == "__main__":
    main(sys.argv[1:])
