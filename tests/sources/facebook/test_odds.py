"""Odds and ends that exports have been seen with, or might come with."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import REPOSITORY
from exports import (
    POSTS,
    PROFILE,
    ROOT,
    Read,
    T,
    a_link,
    a_photo,
    a_post,
    a_table,
    entries,
    only,
    page_export,
    profile,
    unpacked,
    zipped,
)

from aggregator.errors import ParseError
from aggregator.sources.facebook.links import cleaned
from aggregator.sources.facebook.pages import Page, page_at
from aggregator.sources.facebook.posts import happening_of, second_of


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=1", "https://a.example/"),
        (
            "https://lm.facebook.com/l.php?u=https://l.facebook.com/l.php?u=https%253A%252F%252Fa.example",
            "https://a.example",
        ),
        ("https://scontent.xx.fbcdn.net/v/1_n.jpg?oe=69390123", ""),
        ("https://www.facebook.com/a/posts/1?__cft__[0]=AZ&__tn__=%2CO", "https://www.facebook.com/a/posts/1"),
        ("https://a.example/?q=1&access_token=EAAB", "https://a.example/?q=1"),
        ("https://[", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("https://l.facebook.com/l.php?" + "u=https%3A%2F%2Fl.facebook.com%2Fl.php%3F", "https://l.facebook.com/l.php"),
    ],
)
def test_an_address_is_where_it_leads(address: str, clean: str) -> None:
    assert cleaned(address).rstrip("?") == clean


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (
            "https://www.facebook.com/p/Annanby-Ställer-Om-61571000000001/",
            Page("", "Annanby-Ställer-Om", "61571000000001"),
        ),
        ("https://www.facebook.com/61571000000001", Page("", "", "61571000000001")),
        ("61571000000001", Page(number="61571000000001")),
        ("www.facebook.com/annanby", Page("", "annanby")),
        ("https://www.facebook.com/", Page()),
        ("Annanby Ställer Om", Page("Annanby Ställer Om")),
    ],
)
def test_a_page_is_told_in_many_ways(told: str, page: Page) -> None:
    assert page_at(told) == page


def test_a_page_of_which_nothing_is_known_is_called_so() -> None:
    assert str(Page()) == "a page without a name"


@pytest.mark.parametrize(
    ("value", "second"),
    [
        ("1757152800", T),
        (T, T),
        (T + 0.5, T),
        (True, 0),
        (None, 0),
        (float("nan"), 0),
        (10**400, 0),
        ("nyss", 0),
        ([], 0),
    ],
)
def test_a_time_is_a_number_of_seconds_or_nothing(value: Any, second: int) -> None:
    assert second_of(value) == second


def test_an_event_without_a_beginning_is_none() -> None:
    assert happening_of({"name": "Träff", "start_timestamp": 0}) is None
    assert happening_of({"start_timestamp": T}) is None


def test_a_profile_without_the_profile_tells_no_page(read: Read, tmp_path: Path) -> None:
    for told in ({}, [], {"profile_v2": {"name": 3, "username": 4}}):
        export = read(zipped(tmp_path / "a.zip", {POSTS: [a_post(T, "Hej")], PROFILE: told}))
        assert (only(export).title, export.tally.pages) == ("Hej", ())


def test_records_of_any_shape_are_survived(read: Read, tmp_path: Path) -> None:
    odd = [
        3,
        None,
        "text",
        [],
        {"data": []},
        {"timestamp": T, "data": None, "attachments": {"data": []}},
        {"timestamp": T - 1, "data": [{"post": 3}, 4], "attachments": [3, {"data": [4, {"media": 5, "place": 6}]}]},
        {"timestamp": T - 2, "data": [{"post": "Hej"}], "attachments": [{"data": [{"place": {"coordinate": 3}}]}]},
        {"timestamp": T - 3, "data": [{"post": "Här"}], "attachments": [{"data": [{"place": {"name": "Torget"}}]}]},
        {"timestamp": T - 4, "attachments": [{"data": [a_link("https://a.example/"), a_link("https://a.example/")]}]},
    ]
    events = {"your_events_v2": [3, {}, {"name": "Träff", "start_timestamp": T, "place": 3}]}
    album = {"photos": [3, {"uri": 4}, {"uri": "a/b.jpg", "creation_timestamp": -62169958800}], "name": 4}
    files = page_export(odd, events=events, hosted=[3, {"fbid": 3, "title": 4}]) | {f"{ROOT}/posts/album/0.json": album}
    export = read(zipped(tmp_path / "a.zip", files))
    assert set(entries(export)) == {"Hej", "Här", "Träff", "Inlägg från Provköping Ställer Om"}
    assert entries(export)["Här"].html == "<p>Här</p><p>Plats: Torget</p>"
    assert dict(export.tally.unknown) == {"(a record without a time)": 5}


def test_films_alone_are_called_films(read: Read) -> None:
    film = {"media": {"uri": f"{ROOT}/posts/media/videos/1.mp4", "creation_timestamp": T}}
    assert only(read([a_post(T, "", film)])).title == "Film från Provköping Ställer Om"


def test_what_looks_like_markup_is_text(read: Read) -> None:
    entry = only(read([a_post(T, "Vi & ni <3 tåg <script>alert(1)</script>\n\n\nhttps://a.example/?a=1&b=2")]))
    assert entry.title == "Vi & ni <3 tåg <script>alert(1)</script>"
    assert entry.html == (
        "<p>Vi &amp; ni &lt;3 tåg &lt;script&gt;alert(1)&lt;/script&gt;</p>"
        '<p><a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a></p>'
    )


def test_an_event_has_a_map(read: Read) -> None:
    place = {"name": "Torget", "coordinate": {"latitude": 58.7, "longitude": 13.8}}
    event = {"name": "Träff", "start_timestamp": T, "description": "Kom!", "place": place}
    html = only(read([], more={"events": {"your_events_v2": [event]}})).html
    assert html.startswith('<p>Kom!</p><p>Plats: <a href="https://www.openstreetmap.org/?mlat=58.70000')


def test_a_thousand_captions_are_no_longer_than_a_post_may_be(read: Read) -> None:
    photos = [a_photo(number, description=f"{number} " + "ord " * 2000) for number in range(100)]
    assert len(only(read([a_post(T, "Hej", *photos)])).html) < 100_000


def test_a_record_may_be_longer_than_what_is_read_at_once_and_a_number_may_be_cut(read: Read, tmp_path: Path) -> None:
    text = json.dumps([a_post(T, "x" * 60_000, extra=["y" * 300_000] * 3)])
    export = read(zipped(tmp_path / "a.zip", {POSTS: text, PROFILE: profile()}))
    assert len(only(export).html) == 60_000 + len("<p></p>")
    padded = b"[" + b" " * (256 * 1024 - 4) + b"12345678, 1]"
    export = read(zipped(tmp_path / "a.zip", {POSTS: padded, PROFILE: profile()}))
    assert dict(export.tally.unknown) == {"(a record without a time)": 2}


def test_a_record_without_an_end_does_not_fill_the_memory(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aggregator.sources.facebook import records

    monkeypatch.setattr(records, "LARGEST_RECORD", 1_000_000)
    path = unpacked(tmp_path / "a", {POSTS: b'["' + b"x" * 20_000_000, PROFILE: profile()})
    with pytest.raises(ParseError, match="Unterminated string"):
        read(path)


def test_json_that_is_too_deep_to_be_mended_is_declined(read: Read, tmp_path: Path) -> None:
    text = '[{"timestamp": 1, "x": ' + "[" * 900 + "]" * 900 + "}]"
    with pytest.raises(ParseError, match="nested too deeply"):
        read(zipped(tmp_path / "a.zip", {POSTS: text, PROFILE: profile()}))


def test_a_table_without_rows_says_so(read: Read, tmp_path: Path) -> None:
    export = read(unpacked(tmp_path, {"a.csv": a_table()}) / "a.csv")
    assert "has no rows; was the page chosen" in export.tally.notes[0]


def test_a_table_with_a_cell_without_an_end_is_declined(read: Read, tmp_path: Path) -> None:
    path = unpacked(tmp_path, {"a.csv": 'Publicerings-id,Publiceringstid\n"' + "x" * 200_000}) / "a.csv"
    with pytest.raises(ParseError, match="is no table that can be read: field larger"):
        read(path)


def test_html_beside_json_is_passed_over_with_a_note(read: Read, tmp_path: Path) -> None:
    files = page_export([a_post(T, "Hej")]) | {POSTS.replace("json", "html"): "<html>"}
    export = read(zipped(tmp_path / "a.zip", files))
    assert only(export).title == "Hej"
    assert "1 files in HTML were passed over" in export.tally.notes[0]


def test_an_address_that_only_leads_on_and_on_ends_somewhere() -> None:
    address = "https://a.example/"
    for _ in range(9):
        address = f"https://l.facebook.com/l.php?{urlencode({'u': address})}"
    assert cleaned(address).startswith("https://l.facebook.com/")


def test_blank_rows_and_events_without_numbers_are_nothing(read: Read, tmp_path: Path) -> None:
    table = unpacked(tmp_path, {"a.csv": a_table({"Titel": "Hej"}) + ",,\n"}) / "a.csv"
    assert read(table).tally.rows == 1
    event = {"name": "Träff", "start_timestamp": T, "create_timestamp": T}
    hosted = [{"title": "Träff", "timestamp": T, "fbid": None}]
    assert only(read([], more={"events": {"your_events": [event]}, "hosted": hosted})).url == ""


def test_the_example_is_read(read: Read) -> None:
    export = read(REPOSITORY / "examples/facebook-export", address="https://facebook.example/kladbytet-i-toreboda")
    assert set(entries(export)) == {
        "Vinterklädbyte",
        "Sy om och laga",
        "412 plagg bytte ägare i söndags – rekord!",
        "Läs hos Återbyggarna i Lidköping: så lagar du en dragkedja.",
        "Vi söker fler som kan sy.",
    }
    assert (export.tally.shells, export.tally.merged) == (1, 2)


def test_a_post_a_share_and_an_event_are_told_apart(read: Read, tmp_path: Path) -> None:
    link = {"external_context": {"url": "https://annan.example/nytt"}}
    files = {
        POSTS: [
            a_post(T, "Hej"),
            a_post(T + 60, "Läs det här", link),
            a_post(T + 120, "", {"external_context": {"url": "https://annan.example/2"}}),
        ],
        PROFILE: profile(),
    }
    found = [told.entry for told in read(zipped(tmp_path / "a.zip", files)).entries]
    forms = {entry.title: entry.form for entry in found}
    assert (forms["Hej"], forms["Läs det här"]) == ("post", "share")
    assert sorted(entry.form for entry in found) == ["post", "share", "share"]
