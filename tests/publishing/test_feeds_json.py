"""JSON Feed, ninjs and the list of newsfeeds: what programs are told."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from awkward import EDITION, EMPTY, LIVELY, ONLY_WITH_US, TOLD_BY_MANY, WITHDRAWN
from made import MARIESTAD, NOON, SITE
from ninjs_schemas import IPTC, TT

from aggregator.model import Edition
from aggregator.publishing.feeds import (
    article_ninjs,
    expired,
    json_feed,
    listing,
    ninjs,
    tt_ninjs,
    withdrawal_ninjs,
)

EDITIONS = pytest.mark.parametrize("edition", [EDITION, EMPTY, LIVELY], ids=["awkward", "empty", "lively"])


def item_of(edition: Edition, id: str) -> dict[str, Any]:
    return next(item for item in json.loads(json_feed(edition))["items"] if item["id"] == id)


@EDITIONS
def test_json_feed_has_what_it_must_have_and_nothing_empty(edition: Edition) -> None:
    feed = json.loads(json_feed(edition))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == edition.address()
    assert feed["feed_url"] == edition.address("feed.json")
    assert [item["id"] for item in feed["items"]] == [article.id for article in edition.articles]
    for item in feed["items"]:
        assert item["content_html"]
        assert all(value not in ("", None, [], {}) for value in item.values())
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
        assert all("mime_type" in attachment for attachment in item.get("attachments", []))


def test_json_feed_names_its_hub_and_what_was_taken_back() -> None:
    feed = json.loads(json_feed(LIVELY))
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["_koso"]["withdrawn"] == [{"id": WITHDRAWN.id, "since": "2026-11-24T13:00:00Z"}]
    assert feed["_koso"]["updated"] == "2026-11-24T13:00:00Z"
    assert "hubs" not in json.loads(json_feed(EDITION))


def test_json_feed_tells_programs_what_it_has_no_words_for() -> None:
    own = item_of(LIVELY, TOLD_BY_MANY.id)["_koso"]
    assert own["actor"]["id"] == "cykel"
    assert own["page"] == "https://prov.example/flode/nyhet/9/"
    assert [place["code"] for place in own["places"]] == ["1493", "14"]
    assert (own["kind"], own["themes"], own["corrected"]) == ("article", ["Cykling"], "2026-11-24T12:30:10Z")
    assert own["also"] == [
        {"name": "Örjans vänner", "url": "https://orjan.example/upprop?a=1&b=2"},
        {"name": "Naturen", "url": ""},
    ]
    event = item_of(EDITION, "tag:prov.example,2026:cykel/4")["_koso"]["event"]
    assert event == {"start": "2026-12-06", "place": "Kanalen", "cancelled": True}


@EDITIONS
@pytest.mark.parametrize(("render", "schema"), [(ninjs, IPTC), (tt_ninjs, TT)], ids=["iptc", "tt"])
def test_ninjs_is_valid_and_has_every_item(edition: Edition, render: Callable[[Edition], bytes], schema: Any) -> None:
    told = json.loads(render(edition))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    assert [error.message for item in told["hits"] for error in validator.iter_errors(item)] == []
    assert told["total"] == len(edition.articles) + len(edition.withdrawn)
    usable = [item["uri"] for item in told["hits"] if item["pubstatus"] == "usable"]
    assert usable == [article.id for article in edition.articles]


def test_the_schemas_find_what_is_wrong() -> None:
    """So that the test above can fail: what one of the two forbids, the other's items have."""
    tt = json.loads(tt_ninjs(EDITION))["hits"]
    iptc = json.loads(ninjs(EDITION))["hits"]
    assert not all(jsonschema.Draft4Validator(IPTC).is_valid(item) for item in tt)
    assert not any(jsonschema.Draft4Validator(TT).is_valid(item) for item in iptc)


def test_ninjs_ends_every_moment_in_z() -> None:
    for item in json.loads(ninjs(LIVELY))["hits"]:
        moments = [item[name] for name in ("version", "firstcreated", "versioncreated") if name in item]
        assert all(moment.endswith("Z") for moment in moments)


def test_ninjs_tells_places_by_the_words_and_codes_that_swedish_newsrooms_know() -> None:
    [item] = [each for each in json.loads(ninjs(LIVELY))["hits"] if each["uri"] == TOLD_BY_MANY.id]
    assert [(place["rel"], place["code"], place["name"]) for place in item["place"]] == [
        ("kommun", "1493", "Mariestad"),
        ("län", "14", "Västra Götalands län"),
    ]
    assert [source["name"] for source in item["infosource"]] == ["Tåg & Co", "Örjans vänner", "Naturen"]
    assert item["usageterms"] == "Länka gärna. Källa: Tåg & Co, även hos Örjans vänner, Naturen."
    assert item["altids"]["originaltransmissionreference"] == "https://cykel.example/9"


def test_tts_profile_tells_of_events_in_its_own_members() -> None:
    events = {item["uri"]: item for item in json.loads(tt_ninjs(EDITION))["hits"] if item["type"] == "event"}
    feast, walk = (events[f"tag:prov.example,2026:cykel/{number}"] for number in (3, 4))
    assert (feast["datetime"], feast["enddatetime"]) == ("2026-12-05T12:00:00Z", "2026-12-05T14:00:00Z")
    assert (feast["body_event"]["municipality"], feast["body_event"]["eventstatus"]) == ("1493", "1")
    assert (walk["date"], walk["enddate"], "datetime" in walk) == ("2026-12-06", "2026-12-06", False)
    assert walk["body_event"]["eventstatus_text"] == "Inställt"
    # That something is cancelled is news: TT keeps such items usable.
    assert walk["pubstatus"] == "usable"


def test_an_item_of_its_own_is_the_one_of_the_newsfeeds() -> None:
    assert json.loads(article_ninjs(LIVELY.site, ONLY_WITH_US)) in json.loads(ninjs(LIVELY))["hits"]


def test_what_is_taken_back_is_cancelled_where_its_item_was() -> None:
    told = json.loads(withdrawal_ninjs(SITE, WITHDRAWN))
    assert (told["uri"], told["pubstatus"]) == (WITHDRAWN.id, "canceled")
    assert told in json.loads(ninjs(LIVELY))["hits"]


def test_a_later_version_is_later() -> None:
    later = replace(TOLD_BY_MANY, updated=TOLD_BY_MANY.updated.replace(hour=20))
    versions = [json.loads(article_ninjs(SITE, each))["version"] for each in (TOLD_BY_MANY, later)]
    assert versions == ["2026-11-24T12:30:10Z", "2026-11-24T20:30:10Z"]


def test_the_list_has_every_newsfeed_in_every_format() -> None:
    told = json.loads(
        listing(SITE, [MARIESTAD], lambda _: ["rss.xml", "feed.json"], {"1493": 7}, {MARIESTAD.path: NOON})
    )
    assert told["newsfeeds"] == [
        {
            "path": "vastra-gotaland/mariestad/",
            "name": "Mariestad",
            "level": "municipality",
            "codes": ["14", "1493"],
            "lately": {"1493": 7},
            "updated": "2026-11-24T12:00:00Z",
            "formats": {
                "rss.xml": "https://prov.example/flode/vastra-gotaland/mariestad/rss.xml",
                "feed.json": "https://prov.example/flode/vastra-gotaland/mariestad/feed.json",
            },
        }
    ]


def test_a_newsfeed_that_is_no_more_says_so_once() -> None:
    told = expired(json_feed(EDITION))
    assert json.loads(told) == {**json.loads(json_feed(EDITION)), "expired": True}
    assert expired(told) == told
