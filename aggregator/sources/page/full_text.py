"""The text of an article on its own page, without what stands around it on every page of the site.

Finding it is what trafilatura is for. It is an extra ("fulltext"), and imported only when a source wants it.
"""

import logging
import re
from importlib.util import find_spec
from itertools import islice

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import clean
from aggregator.sources.page.markup import page_in

ELEMENTS = 20_000  # of an article's page; for three times as many trafilatura takes some seconds

LIBRARIES = ("trafilatura", "lxml_html_clean")

_FIRST_HEADING = re.compile(r"\A\s*<h[1-3]>(?P<words>.*?)</h[1-3]>\s*", re.DOTALL)


def lacking() -> str:
    """What has to be installed before full texts can be read, in a sentence; "" if nothing."""
    there = all(find_spec(name) for name in LIBRARIES)
    return "" if there else "full_text needs a library that is not installed: pip install 'nyhetsflode[fulltext]'"


def full_text_in(document: Document, title: str) -> str:
    """The text of the article called TITLE, as safe HTML; ParseError if there is none on its page."""
    import trafilatura

    # What it cannot read is told to the operator by us, and by its address.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = page_in(document)
    if sum(1 for _ in islice(page.root.iter(), ELEMENTS + 1)) > ELEMENTS:
        raise ParseError(document.location, f"has more than {ELEMENTS:,} elements, which no article has")
    try:
        found = trafilatura.extract(
            page.root, url=page.base or None, output_format="html", include_comments=False, include_links=True
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise ParseError(document.location, f"is too broken for its text to be found ({error!r})") from error
    text = clean.sanitised(found or "", page.base)
    heading = _FIRST_HEADING.match(text)
    if heading and clean.plain(heading["words"]) == title:
        text = text[heading.end() :]
    if not text:
        raise ParseError(document.location, "has no text that looks like an article")
    return text
