"""Lists of newsfeeds, as newsreaders and people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import Outline, outlines_in


def outlines(content: bytes | str) -> list[Outline]:
    return outlines_in(Document("lista.opml", content.encode() if isinstance(content, str) else content))


def opml(body: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="ISO-8859-1"?>{head}<opml version="1.0"><head/><body>{body}</body></opml>'


def test_lines_stand_in_folders() -> None:
    body = (
        '<outline text="Skövde"><outline title="Kök &amp; cykel" xmlUrl="https://a.example/feed"'
        ' htmlUrl="https://a.example/"/><outline text="Inre"><outline text="B" type="rss" XMLURL="http://b.example/"'
        ' category="/Mariestad,odling"/></outline></outline><outline text="Tom"/>'
    )
    assert outlines(opml(body)) == [
        Outline("Kök & cykel", "https://a.example/feed", "https://a.example/", ("Skövde",)),
        Outline("B", "http://b.example/", "", ("Skövde", "Inre", "Mariestad", "odling")),
        Outline("Tom"),
    ]


def test_letters_and_ampersands_are_read_as_in_newsfeeds() -> None:
    body = '<outline text="Räksmörgås & co" xmlUrl="https://a.example/?a=1&b=2"/>'
    assert outlines(opml(body).encode("windows-1252")) == [Outline("Räksmörgås & co", "https://a.example/?a=1&b=2")]


def test_an_address_that_is_none_of_the_web_is_none() -> None:
    assert outlines(opml('<outline text="A" xmlUrl="javascript:alert(1)" htmlUrl="file:///etc/passwd"/>')) == [
        Outline("A")
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "is no XML that can be read"),
        ("<html></html>", "is no OPML: it begins with <html>"),
        ("<opml><body>", "is no XML that can be read"),
        (opml("", '<!DOCTYPE opml [<!ENTITY a "b">]>'), "declares a document type of its own"),
        (opml("", '<!DOCTYPE opml SYSTEM "http://ond.example/x.dtd">'), "declares a document type of its own"),
        (opml("<outline/>" * 30_000), "is too tangled to be read"),
        (opml(f"<outline {' '.join(f'a{number}=' for number in range(9000))}/>"), "is too tangled to be read"),
        (b" " * 5_000_001, "is larger than 5,000,000 bytes"),
        (opml("<outline>" * 5000 + "</outline>" * 5000), "is no XML that can be read"),
    ],
)
def test_what_is_no_list_is_one_sentence(content: bytes | str, what: str) -> None:
    with pytest.raises(ParseError, match=what):
        outlines(content)


@given(
    st.one_of(
        st.binary(max_size=2000),
        st.lists(
            st.sampled_from(
                ["<opml>", "<body>", "<outline ", "xmlUrl='http://a.example/' ", ">", "/>", "</outline>", "&a;"]
            )
        ).map(lambda pieces: "".join(pieces).encode()),
    )
)
def test_any_bytes_are_a_list_or_one_named_error(content: bytes) -> None:
    with suppress(ParseError):
        assert all(isinstance(outline, Outline) for outline in outlines(content))
