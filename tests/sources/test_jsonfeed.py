"""JSON Feed 1.0 and 1.1, and what calls itself so."""

import json
from datetime import UTC, datetime

import pytest
from sources.test_feed import read, reading

from aggregator.errors import ParseError
from aggregator.model import Entry, Event, Image

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: object) -> str:
    return json.dumps({"version": VERSION, "items": items})


def test_version_1_0_with_plain_text_one_author_and_a_number_for_an_id():
    told = read("jsonfeed10.json")
    assert told.title == "Lånegarderoben <3"
    coats, shoes = told.entries
    assert coats == Entry(
        id="7",
        url="https://garderoben.example/rock",
        title="Rockar & <regn>",
        html="<p>Tre rockar kom in.</p><p>Två är &lt;torra&gt;.</p>",
        authors=("Garderobsgruppen",),
        categories=("kläder", "lån & byte"),
        published=datetime(2026, 11, 5, 8, tzinfo=UTC),
        published_raw="2026-11-05T09:00:00+01:00",
        image=Image("https://prov.example/bilder/rock.jpg"),
    )
    assert (shoes.url, shoes.title, shoes.html) == (
        "https://annan.example/skor",
        "Skor efterlyses.",
        "<p>Skor efterlyses.</p>",
    )
    assert shoes.image is None


def test_version_1_1_with_everything():
    told = read("jsonfeed11.json")
    assert told.entries[0] == Entry(
        id="a",
        url="https://prov.example/a",
        title="Skolgården blir grön",
        summary="Kort & gott <nu>.",
        html='<p>Vi planterar <a href="https://prov.example/karta">här</a>.</p>',
        authors=("Ali", "Bo"),
        language="en",
        published=datetime(2026, 11, 5, 9, tzinfo=UTC),
        published_raw="2026-11-05T09:00:00Z",
        updated=datetime(2026, 11, 6, 9, tzinfo=UTC),
        updated_raw="2026-11-06T09:00:00Z",
        image=Image("https://elev.example/b.jpg"),
    )


def test_what_is_of_the_wrong_type_is_as_if_it_were_not_there():
    told = read("jsonfeed11.json")
    assert told.notes == ("1 of 4 items have neither title, text nor link, and were passed over",)
    wrong = told.entries[1]
    assert (wrong.id, wrong.url, wrong.title, wrong.html, wrong.categories, wrong.image) == ("", "", "12", "", (), None)


def test_half_letters_and_control_characters_are_left_out():
    half = read("jsonfeed11.json").entries[2]
    assert (half.title, half.html) == ("Halv sak", "text")


@pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "windows-1252"])
def test_other_letters_than_utf_8_are_read_all_the_same(letters):
    document = json.dumps({"version": VERSION, "items": [{"title": "Räksmörgås"}]}, ensure_ascii=False)
    assert reading(document.encode(letters)).entries[0].title == "Räksmörgås"


def test_of_very_many_items_the_newest_are_read():
    items = [{"id": number, "title": "A", "date_published": f"20{number:02}-01-01"} for number in range(100)] * 6
    told = reading(feed(*items))
    assert len(told.entries) == 500
    assert min(entry.published_raw for entry in told.entries) == "2016-01-01"
    assert told.notes == ("has 600 items; the newest 500 were read",)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{", "is no JSON that can be read"),
        ('{"version": ', "is no JSON that can be read"),
        ("{}", "is JSON but no JSON Feed"),
        ('{"version": 1, "items": []}', "is JSON but no JSON Feed"),
        ('{"version": "2.0", "items": []}', "is JSON but no JSON Feed"),
        (f'{{"version": "{VERSION}"}}', 'is a JSON Feed without its list of "items"'),
        (f'{{"version": "{VERSION}", "items": {{"0": {{}}}}}}', 'is a JSON Feed without its list of "items"'),
        (f'{{"version": "{VERSION}", "items": ' + "[" * 100_000, "is no JSON that can be read"),
        (f'{{"version": "{VERSION}", "items": [{{"id": ' + "1" * 5000 + "}]}", "is no JSON that can be read"),
        ("[]", "is neither RSS, Atom nor JSON Feed"),
        ('"text"', "is neither RSS, Atom nor JSON Feed"),
    ],
)
def test_what_is_no_json_feed_is_one_sentence(document, sentence):
    with pytest.raises(ParseError, match=f"^https://prov.example/flode/feed: {sentence}"):
        reading(document)


def test_numbers_beyond_measure_are_no_harm():
    told = reading(f'{{"version": "{VERSION}", "items": [{{"id": 1e999, "title": "A", "date_published": NaN}}]}}')
    assert told.entries[0].title == "A"
    assert told.entries[0].published is None


def test_an_event_in_an_extension_is_an_event():
    told = {"start_date": "2026-12-12T13:00:00", "endDate": "2026-12-12T15:00:00", "location": "Mat & prat <hus>"}
    [entry] = reading(feed({"id": 1, "title": "A", "_other": {"start": "nonsens"}, "_event": told})).entries
    assert entry.event == Event(
        datetime(2026, 12, 12, 12, tzinfo=UTC), datetime(2026, 12, 12, 14, tzinfo=UTC), "Mat & prat <hus>"
    )
    [plain] = reading(feed({"id": 1, "title": "A", "_event": "2026-12-12", "start_date": "2026-12-12"})).entries
    assert plain.event is None
