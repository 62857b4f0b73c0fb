"""Notes as volunteers write them: what their heads say, what is understood all the same, and errors in plain words."""

from datetime import UTC, date, datetime

import pytest
from conftest import REPOSITORY

from aggregator.errors import ParseError
from aggregator.model import Document, Entry
from aggregator.sources import HandWritten, InboxSource

SOURCE = InboxSource(inbox="inbox")


def told(text: str | bytes, name: str = "not.md") -> HandWritten:
    return SOURCE.told(Document(name, text.encode() if isinstance(text, str) else text))


def entry(text: str | bytes) -> Entry:
    return told(text).entry


NOTE = """+++
rubrik = "Repairkafé i Töreboda"
datum = 2026-11-20
till = ["Töreboda", "Västra Götalands län", "Sverige", "nätverk/skagernbladet"]
länk = "https://kafe.example/host"
skribent = "Redaktionen"

[evenemang]
börjar = 2026-12-05T13:00:00
slutar = 2026-12-05T16:00:00
plats = "Biblioteket"
adress = "Storgatan 1"
arrangör = "Lagningskaféet"
+++

Ta med något **trasigt**.

* kaffe
* verktyg
"""


def test_a_note_says_all_that_its_writer_wants_said() -> None:
    written = told(NOTE)
    entry = written.entry
    assert (entry.title, entry.url, entry.authors) == (
        "Repairkafé i Töreboda",
        "https://kafe.example/host",
        ("Redaktionen",),
    )
    assert entry.places == ("1473", "14", "SE", "natverk/skagernbladet")
    assert written.since == entry.published == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert entry.html == (
        "<p>Ta med något <strong>trasigt</strong>.</p>\n<ul>\n<li>kaffe</li>\n<li>verktyg</li>\n</ul>"
    )
    assert entry.event is not None
    assert entry.event.begins == datetime(2026, 12, 5, 12, tzinfo=UTC)
    assert entry.event.is_over_at == datetime(2026, 12, 5, 15, tzinfo=UTC)
    assert (entry.event.place, entry.event.address) == ("Biblioteket", "Storgatan 1")
    assert entry.event.organiser == "Lagningskaféet"


def test_the_keys_may_be_english_too() -> None:
    text = """+++
title = "Kafé"
to = "Mariestad"
link = "https://kafe.example/"
image = "https://kafe.example/bild.jpg"
language = "en"
draft = true
actor = "cykelvannerna"
[event]
start = 2026-12-05
place = "Torget"
cancelled = true
+++
Welcome."""
    written = told(text)
    assert (written.draft, written.actor, written.entry.language) == (True, "cykelvannerna", "en")
    assert written.entry.image is not None
    assert written.entry.event is not None
    assert (written.entry.event.start, written.entry.event.cancelled) == (date(2026, 12, 5), True)


@pytest.mark.parametrize(
    "line",
    [
        "rubrik = Kafé på lördag",
        "rubrik: Kafé på lördag",
        "Rubrik = ”Kafé på lördag”",
        "titel = “Kafé på lördag“",
        "title='Kafé på lördag'",
        "  RUBRIK   =   Kafé på lördag  ",
    ],
)
def test_what_toml_does_not_allow_but_everyone_understands_is_understood(line: str) -> None:
    assert entry(f"+++\n{line}\n+++\nKom!").title == "Kafé på lördag"
    assert entry(f"{line}\n\nKom!").title == "Kafé på lördag"


@pytest.mark.parametrize(
    "when",
    [
        "2026-12-05 13:00",
        '"5 december 2026 kl. 13.00"',
        "lördagen den 5 december 2026 kl 13.00",
        "2026-12-05T13:00:00+01:00",
        "2026-12-05T12:00Z",
    ],
)
def test_days_and_times_are_read_as_people_write_them(when: str) -> None:
    text = f"+++\nrubrik = Kafé\n[evenemang]\nnär = {when}\n+++\n"
    event = entry(text).event
    assert event is not None
    assert event.begins == datetime(2026, 12, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("to", "codes"),
    [
        ("mariestad", ("1493",)),
        ("VÄSTRA GÖTALANDS LÄN", ("14",)),
        ("västra götaland, Lilla edet", ("14", "1462")),
        ("[Götene, ”Skara”]", ("1471", "1495")),
        ('["Götene", "Skara"]', ("1471", "1495")),
        ("Hela landet", ("SE",)),
        ("Nätverk/skagernbladet/", ("natverk/skagernbladet",)),
        ("1493", ("1493",)),
        ("Uppsala, Uppsala län", ("0380", "03")),
    ],
)
def test_newsfeeds_are_named_as_people_write_them(to: str, codes: tuple[str, ...]) -> None:
    assert entry(f"+++\nrubrik = Kafé\ntill = {to}\n+++\n").places == codes


def test_a_text_without_a_head_is_titled_by_its_heading_or_its_beginning() -> None:
    first = entry("# Kafé på lördag\n\nTa med något trasigt.")
    assert (first.title, first.html) == ("Kafé på lördag", "<p>Ta med något trasigt.</p>")
    assert entry("Ta med något trasigt. Vi bjuder på kaffe.").title == "Ta med något trasigt."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("+++\nrubrik = Kafé\n", r"line 1: the head that begins here has no end; write a line with \+\+\+ below it"),
        ("---\nrubrik: Kafé\n---\n", r"line 1: the head stands between two lines of three plus signs"),
        (
            "\n\n+++\nrubrik = Kafé\ndatumm = 2026-11-20\n+++\n",
            'line 5: the head knows no "datumm"; did you mean "datum"',
        ),
        ("+++\nrubrik = Kafé\ntill = Mariesta\n+++\n", 'line 3: .*"Mariesta"; did you mean "Mariestad"'),
        (
            "+++\nrubrik = Kafé\ndatum = snart\n+++\n",
            'line 3: datum cannot be read as a day: "snart"; write  datum = 2026',
        ),
        ("+++\nrubrik = Kafé\nlänk = javascript:alert(1)\n+++\n", "line 3: länk is an address of the web"),
        ("+++\nrubrik = Kafé\nbild = bild.jpg\n+++\n", "line 3: bild is an address of the web"),
        ("+++\nrubrik = Kafé\nutkast = kanske\n+++\n", "line 3: utkast is yes or no"),
        ("+++\nrubrik = Kafé\n[evenemang]\nplats = Torget\n+++\n", "line 3: an event must say when it begins"),
        ("+++\nrubrik = Kafé\nevenemang = på lördag\n+++\n", r"line 3: when and where .* \[evenemang\]"),
        (
            "+++\nrubrik = Kafé\n[evenemang]\nstart = 2026-12-05\nslut = 2026-12-04\n+++\n",
            "line 5: the event ends before it begins",
        ),
        ("+++\nrubrik = Kafé\nVälkomna allihop!\n+++\n", "line 3: cannot be understood: 'Välkomna allihop!'"),
        ("+++\nrubrik = Kafé\nrubrik = Te\n+++\n", "line 3: this is said twice"),
        ("+++\nrubrik = Kafé\ntitel = Te\n+++\n", 'line 3: "titel" and "rubrik" say the same'),
        ("+++\ntill = Mariestad\n+++\n", "says nothing"),
        ("+++\nrubrik = [1]\n+++\n", 'line 2: rubrik is a text: write  rubrik = "…"'),
        ("+++\nrubrik = Kafé\nx = " + "[" * 4000 + "\n+++\n", 'the head knows no "x"'),
    ],
)
def test_an_error_names_the_line_and_says_what_to_write(text: str, problem: str) -> None:
    with pytest.raises(ParseError, match=problem):
        told(text)


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_note_may_be_saved_in_the_letters_and_lines_of_any_program(letters: str, ends: str) -> None:
    written = told(NOTE.replace("\n", ends).encode(letters))
    assert written.entry.title == "Repairkafé i Töreboda"
    assert written.entry.event is not None
    assert "<strong>trasigt</strong>" in written.entry.html


def test_a_picture_that_was_named_as_a_note_is_declined() -> None:
    with pytest.raises(ParseError, match="is no text"):
        told(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(500))


def test_tags_in_a_note_are_words_and_links_lead_to_the_web_only() -> None:
    html = entry(
        "+++\nrubrik = <b>Kafé</b>\n+++\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> "
        "[klicka](javascript:alert(1)) [läs](https://kafe.example/) https://kafe.example/mer\n"
    ).html
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:alert" not in html.replace("(javascript:alert(1))", "")
    assert '<a href="https://kafe.example/">läs</a>' in html
    assert '<a href="https://kafe.example/mer">' in html


def test_text_that_is_moved_in_is_no_code_and_a_line_of_hyphens_no_heading() -> None:
    html = entry("+++\nrubrik = Kafé\n+++\n    Ta med kaffe.\n\nOch bullar\n---\nTack").html
    assert "<pre>" not in html
    assert "<h2>" not in html


def test_the_example_in_the_handbook_is_an_event_in_the_newsfeed_that_it_names() -> None:
    handbook = (REPOSITORY / "docs" / "handbok" / "skriva-sjalv.md").read_text(encoding="utf-8")
    note = handbook.partition("file=repairkafe.md\n+++")[2].partition("```")[0]
    written = told(f"+++{note}")
    assert (written.entry.title, written.entry.places) == ("Repairkafé på biblioteket", ("1473",))
    assert written.entry.event is not None
    assert written.entry.event.begins == datetime(2026, 12, 5, 12, tzinfo=UTC)
    assert written.entry.html.endswith("<li>kaffe</li>\n</ul>")
