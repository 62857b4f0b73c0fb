"""The table of Meta Business Suite, and what the Graph API answers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from exports import NAME, NUMBER, Read, T, a_post, a_table, entries, only, page_export, unpacked, zipped

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import ExportSource

MARKET = {"Titel": "Höstmarknad på torget – cykla gärna hit! 🌱\nTack alla"}


def table(folder: Path, *rows: dict[str, str], heading: str = "") -> Path:
    return unpacked(folder, {"Sep-01-2025_Sep-30-2025_1.csv": a_table(*rows, heading=heading)}) / (
        "Sep-01-2025_Sep-30-2025_1.csv"
    )


def declined(read: Read, path: Path, **how: Any) -> str:
    with pytest.raises(ParseError) as told:
        read(path, **how)
    return told.value.reason


def test_a_row_is_a_post_with_its_address_and_its_time_in_california(read: Read, tmp_path: Path) -> None:
    entry = only(read(table(tmp_path, MARKET)))
    assert (entry.title, entry.id) == ("Höstmarknad på torget – cykla gärna hit!", f"{NUMBER}_122158000000000001")
    assert entry.url == "https://www.facebook.com/122158/posts/1"
    assert entry.published == datetime(2025, 9, 6, 10, tzinfo=UTC)


def test_english_headings_and_a_second_empty_column_mean_the_same(read: Read, tmp_path: Path) -> None:
    heading = "Post ID,Page ID,Page name,Title,Titel,Publish  time,\u200bPermalink"
    row = {
        "Post ID": "122158000000000009",
        "Page ID": NUMBER,
        "Page name": NAME,
        "Titel": "Samma sak",
        "Publish  time": "2025-09-06 03:00:00",
        "\u200bPermalink": "https://www.facebook.com/122158/posts/9?__cft__[0]=AZX",
    }
    entry = only(read(table(tmp_path, row, heading=heading)))
    assert (entry.title, entry.url) == ("Samma sak", "https://www.facebook.com/122158/posts/9")
    assert entry.published == datetime(2025, 9, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "zone", "hour"),
    [
        ("03/20/2026 04:00", "America/Los_Angeles", 11),
        ("01/20/2026 03:00", "America/Los_Angeles", 11),
        ("01/20/2026 12:00", "Europe/Stockholm", 11),
    ],
)
def test_times_go_through_the_zones_own_rules(read: Read, tmp_path: Path, told: str, zone: str, hour: int) -> None:
    entry = only(read(table(tmp_path, {**MARKET, "Publiceringstid": told}), csv_zone=zone))
    assert entry.published
    assert entry.published.hour == hour


def test_ids_that_excel_has_rounded_are_declined_with_advice(read: Read, tmp_path: Path) -> None:
    advice = "has passed through Excel, which rounds off long ids"
    assert advice in declined(read, table(tmp_path, {**MARKET, "Publicerings-id": "1.22158E+17"}))
    rounded = [{**MARKET, "Publicerings-id": f"12215800000000{number}000"} for number in (1, 2)]
    assert advice in declined(read, table(tmp_path, *rounded))


def test_a_table_of_days_is_declined(read: Read, tmp_path: Path) -> None:
    assert "a daily breakdown" in declined(read, table(tmp_path, *[MARKET] * 28))
    heading = "Publicerings-id,Sid-id,Sidnamn,Titel,Publiceringstid,Datum"
    assert "a daily breakdown" in declined(read, table(tmp_path, {**MARKET, "Datum": "2025-09-06"}, heading=heading))


def test_a_right_table_may_have_some_rows_twice(read: Read, tmp_path: Path) -> None:
    rows = [
        {"Titel": f"Nr {n}", "Publicerings-id": f"{n}", "Publiceringstid": f"09/0{n}/2025 03:00"} for n in (1, 2, 3)
    ]
    assert len(read(table(tmp_path, *rows, rows[0])).entries) == 3


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Publicerings-id,Konto-id,Kontots användarnamn,Publiceringstid", "is about Instagram"),
        ("Namn,Adress", "is no table of content from Meta Business Suite"),
    ],
)
def test_tables_of_other_sorts_are_declined(read: Read, tmp_path: Path, heading: str, what: str) -> None:
    assert what in declined(read, table(tmp_path, MARKET, heading=heading))


def test_a_table_that_is_no_utf8_is_declined(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Publicerings-id,Inläggstyp".encode("latin-1"))
    assert "is no UTF-8; it was saved anew by another program" in declined(read, path)


def test_of_a_table_of_many_pages_only_ours_is_read(read: Read, tmp_path: Path) -> None:
    other = {"Titel": "Annans", "Sid-id": "7", "Sidnamn": "Annanby", "Publicerings-id": "9"}
    path = table(tmp_path, MARKET, other)
    export = read(path)
    assert only(export).title.startswith("Höstmarknad")
    assert "1 rows of other pages" in export.tally.notes[0]
    assert "has posts of several pages" in declined(read, path, address="")
    assert "has posts of Annanby (7), and none of ProvkopingStallerOm" in declined(read, table(tmp_path, other))


def test_a_row_gives_the_post_of_a_zip_its_address_and_nothing_else(read: Read, tmp_path: Path) -> None:
    posts = [a_post(T + 20, MARKET["Titel"] + " och er"), a_post(T + 30, "Något annat i samma minut")]
    without = read(zipped(tmp_path / "a.zip", page_export(posts)))
    export = read(zipped(tmp_path / "a.zip", page_export(posts)), table(tmp_path, MARKET))
    assert [told.marks[0] for told in export.entries] == [told.marks[0] for told in without.entries]
    entry = entries(export)["Höstmarknad på torget – cykla gärna hit!"]
    assert entry.url == "https://www.facebook.com/122158/posts/1"
    assert entry.body.endswith("och er")
    assert "1 rows of tables belong to posts of the export" in export.tally.notes


def test_rows_that_cannot_be_dated_are_counted(read: Read, tmp_path: Path) -> None:
    export = read(table(tmp_path, MARKET, {**MARKET, "Publicerings-id": "2", "Publiceringstid": "i går"}))
    assert (len(export.entries), export.tally.undated, export.tally.rows) == (1, 1, 2)


def a_told(number: int = 1, **told: Any) -> dict[str, Any]:
    return {
        "id": f"{NUMBER}_{number}",
        "created_time": "2025-09-06T10:00:00+0000",
        "message": f"Nr {number}",
        "permalink_url": f"https://www.facebook.com/122158/posts/{number}",
        **told,
    }


NEXT = "https://graph.facebook.com/v21.0/1/published_posts?access_token=EAAB-hemlig&after=QVFJ"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"data": [a_told(1), a_told(2, created_time="2025-09-06T10:00:01+0000")], "paging": {"next": NEXT}}),
        json.dumps([{"data": [a_told(1)], "paging": {"next": NEXT}}, {"data": [a_told(2, created_time="2025-09-06")]}]),
        json.dumps([a_told(1), a_told(2, created_time="2025-09-07T10:00:00+0000")]),
        "\n".join(json.dumps(a_told(number, created_time=f"2025-09-0{number}T10:00:00+0000")) for number in (1, 2)),
        "\n".join(json.dumps({"data": [a_told(n, created_time=f"2025-09-0{n}T10:00:00+0000")]}) for n in (1, 2)),
        json.dumps({"id": NUMBER, "posts": {"data": [a_told(1), a_told(2, created_time="2025-09-08")]}}),
    ],
)
def test_a_dump_may_be_a_page_pages_lines_or_a_list_and_its_token_is_forgotten(
    read: Read, tmp_path: Path, text: str
) -> None:
    export = read(unpacked(tmp_path, {"published_posts.json": text}) / "published_posts.json")
    assert set(entries(export)) == {"Nr 1", "Nr 2"}
    assert "hemlig" not in repr(export)


def test_what_a_dump_says_is_clean_and_no_picture_of_it_is_published(read: Read, tmp_path: Path) -> None:
    signed = "https://scontent.example.fbcdn.net/v/x_n.jpg?oh=00_A&oe=69390123"
    card = {"type": "share", "title": "Tåg", "url": "https://tag.example/?utm_source=x&access_token=EAAB"}
    own = {"type": "album", "title": "Foton", "url": "https://www.facebook.com/x", "media": {"image": {"src": signed}}}
    told = a_told(
        updated_time="2025-09-06T11:12:13+0000",
        full_picture=signed,
        attachments={"data": [own, card]},
        message="Smörgås på Åland Ã¥",
    )
    entry = only(read(unpacked(tmp_path, {"a.json": json.dumps({"data": [told]})}) / "a.json"))
    assert (entry.title, entry.url) == ("Smörgås på Åland Ã¥", "https://tag.example/")
    assert entry.updated == datetime(2025, 9, 6, 11, 12, 13, tzinfo=UTC)
    assert entry.image is None
    assert "fbcdn" not in repr(entry)
    assert "EAAB" not in repr(entry)


def test_shares_without_words_and_what_the_page_has_withdrawn_are_not_published(read: Read, tmp_path: Path) -> None:
    share = a_told(1, message=None, story=f"{NAME} delade ett inlägg.", parent_id="555_777")
    hidden = [
        a_told(2, is_hidden=True),
        a_told(3, is_published=False),
        a_told(4, is_expired=True),
    ]
    export = read(unpacked(tmp_path, {"a.json": json.dumps({"data": [share, *hidden]})}) / "a.json")
    assert (export.entries, export.tally.shells, export.tally.left_out) == ((), 1, 3)


def test_a_dump_of_another_page_is_declined(read: Read, tmp_path: Path) -> None:
    path = unpacked(tmp_path, {"a.json": json.dumps({"data": [a_told()]})}) / "a.json"
    assert "and this source is for 99" in declined(read, path, address="https://www.facebook.com/profile.php?id=99")
    named = unpacked(tmp_path, {"b.json": json.dumps({"data": [a_told(**{"from": {"name": "Annanby"}})]})}) / "b.json"
    assert "is of the page Annanby (61571000000001), and this source is for ProvkopingStallerOm" in declined(
        read, named
    )
    assert len(read(path, address=f"https://www.facebook.com/profile.php?id={NUMBER}").entries) == 1


@pytest.mark.parametrize("text", ['{"error": {"message": "EAAB expired"}}', "[]", '{"data": []}', "[1]"])
def test_json_without_posts_is_declined_without_repeating_it(read: Read, tmp_path: Path, text: str) -> None:
    told = declined(read, unpacked(tmp_path, {"a.json": text}) / "a.json")
    assert "is JSON, but neither an export from Facebook nor an answer of the Graph API that holds posts" in told
    assert "EAAB" not in told


def test_a_document_is_read_as_a_file_would_be() -> None:
    document = Document("https://arkiv.example/published_posts.json", json.dumps({"data": [a_told()]}).encode())
    assert [entry.title for entry in ExportSource(export="x").read(document).entries] == ["Nr 1"]
