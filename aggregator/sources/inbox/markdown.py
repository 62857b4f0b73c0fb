"""From Markdown to HTML: what volunteers know of it, and nothing that runs."""

import re
from functools import cache

from markdown_it import MarkdownIt

# In signs. Nobody writes so much for neighbours, and markdown-it takes seconds for twice as many brackets.
LONGEST = 50_000

_HEADING = re.compile(r"\s*# +(?P<title>[^\n]+)(?:\n|$)")
# An address that stands by itself in the text, and not in a link or in code.
_ADDRESS = re.compile(r"""(?<!\]\()(?<![\w<\["'`/=])https?://[^\s<>"'`)\]]{1,2000}(?<![.,;:!?])""")
# A line that was hardly broken because it was full: the end of an address, a verse, an item in somebody's own list.
SHORT_LINE = 55


def html_of(text: str) -> str:
    """TEXT as HTML. Tags in it are taken as words; the caller sanitises what comes out all the same."""
    return str(_renderer().render(_ADDRESS.sub(r"<\g<0>>", text[:LONGEST])))


def title_in(text: str) -> tuple[str, str]:
    """The heading that TEXT begins with ("" if it does not), and what stands below it."""
    found = _HEADING.match(text)
    return (found["title"].rstrip(" #"), text[found.end() :]) if found else ("", text)


def with_short_lines(text: str) -> str:
    """Plain TEXT as Markdown in which lines that end early stay lines."""
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(f"{line}  " if line and len(line) < SHORT_LINE else line for line in lines)


@cache
def _renderer() -> MarkdownIt:
    """CommonMark with tables and struck words. Text that is moved in is no code, and a line of
    hyphens below a paragraph no heading: hardly anyone who writes for neighbours means that."""
    renderer = MarkdownIt("commonmark", {"html": False})
    return renderer.enable(["table", "strikethrough"]).disable(["code", "lheading", "html_block", "html_inline"])
