"""What was corrected and withdrawn, as newsrooms' programs take it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import feedparser
import pytest
from awkward import HOSTILE
from made import MARIESTAD, NOON, SITE, an_article
from readers import (
    in_newsboat,
    in_node,
    in_rome,
    in_sfeed,
    in_wordpress,
    needs_newsboat,
    needs_node,
    needs_rome,
    needs_sfeed,
    needs_wordpress,
)

from aggregator.model import Article, CorrectedPart, Correction, Event, Withdrawal
from aggregator.publishing import WHOLE, correction_publications
from aggregator.publishing.corrections import NOTICES, corrections_of
from aggregator.publishing.feeds import corrections_ninjs, corrections_rss
from aggregator.publishing.swedish import told_correction

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def corrected(number: int, *corrections: Correction, **told: object) -> Article:
    last = corrections[-1].moment
    return an_article(number, **{"corrections": corrections, "corrected": last, "updated": last, **told})


ARTICLES = (
    corrected(1, Correction(NOON + HOUR, ("title",)), Correction(NOON + 2 * HOUR, ("title", "time", "text"))),
    corrected(2, Correction(NOON + 3 * HOUR, ("cancelled",)), event=Event(NOON + DAY, cancelled=True)),
    corrected(3, Correction(NOON + 4 * HOUR)),
    replace(HOSTILE, corrections=(Correction(NOON + 5 * HOUR, ("link",)),), corrected=NOON + 5 * HOUR),
)
GONE = (Withdrawal("tag:prov.example,2026:cykel/9", "nyhet/9/", NOON + 6 * HOUR),)
MADE = corrections_of(SITE, WHOLE, ARTICLES, GONE, NOON)

WANTED = [
    ("rattelse/9/20261124T180000Z/tillbaka", "nyhet/9/", "Tillbakadragen nyhet", NOON + 6 * HOUR),
    ("rattelse/3/20261124T160000Z", "nyhet/3/", "Rättad: Ny cykelbana i Mariestad", NOON + 4 * HOUR),
    ("rattelse/2/20261124T150000Z", "nyhet/2/", "Inställt: Ny cykelbana i Mariestad", NOON + 3 * HOUR),
    ("rattelse/1/20261124T140000Z", "nyhet/1/", "Rättad: Ny cykelbana i Mariestad", NOON + 2 * HOUR),
    ("rattelse/1/20261124T130000Z", "nyhet/1/", "Rättad: Ny cykelbana i Mariestad", NOON + HOUR),
]
ROWS: list[tuple[str, str, str, datetime]] = [
    (f"tag:prov.example,2026:{id}", f"{SITE.url}{path}", title, moment) for id, path, title, moment in WANTED
]
SECONDS = [(id, link, title, int(moment.timestamp())) for id, link, title, moment in ROWS]
PLAIN = corrections_of(SITE, WHOLE, ARTICLES[:3], GONE, NOON)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rattelser.xml"
    path.write_bytes(corrections_rss(PLAIN))
    return path


def test_each_correction_says_what_is_other_in_a_sentence() -> None:
    told = {
        ("title",): "Rubriken är ändrad.",
        ("title", "time", "text"): "Rubriken, tiden och texten är ändrade.",
        ("place", "organiser"): "Platsen och arrangören är ändrade.",
        ("cancelled",): "Evenemanget är inställt.",
        ("resumed", "time"): "Evenemanget är inte längre inställt. Tiden är ändrad.",
        (): "Nyheten är rättad.",
    }
    assert {parts: told_correction(Correction(NOON, parts)) for parts in told} == told
    assert all(told_correction(Correction(NOON, (part,))) != "Nyheten är rättad." for part in get_args(CorrectedPart))


def test_feedparser_has_a_notice_of_each_correction_with_its_own_id_and_date_and_the_page_of_the_item() -> None:
    feed = feedparser.parse(corrections_rss(PLAIN))
    assert not feed.bozo
    assert feed.feed.title == "Rättelser: alla nyhetsflöden – Nyheter på prov"
    assert feed.feed.link == "https://prov.example/flode/redaktioner/"
    read = [(each.id, each.link, each.title, datetime(*each.published_parsed[:6], tzinfo=UTC)) for each in feed.entries]
    assert read == ROWS
    assert feed.entries[3].summary.startswith("Rubriken, tiden och texten är ändrade. Nyhetens id: tag:")
    assert [tag.term for tag in feed.entries[3].tags][:2] == ["Mariestad", "Västra Götalands län"]


def test_of_what_was_taken_back_nothing_is_told_but_its_id() -> None:
    notice = corrections_of(SITE, WHOLE, (), GONE, NOON).notices[0]
    assert (notice.actor, notice.places, notice.html) == (SITE.publisher, (), "")
    assert notice.summary.endswith("Nyhetens id: tag:prov.example,2026:cykel/9")


def test_hostile_words_stay_words() -> None:
    feed = feedparser.parse(corrections_rss(MADE))
    assert not feed.bozo
    assert len(feed.entries) == 6
    assert b"<script" not in corrections_rss(MADE)


def test_old_corrections_are_told_no_more_and_never_too_many() -> None:
    since = NOON + 90 * timedelta(minutes=1)
    assert [notice.published for notice in corrections_of(SITE, WHOLE, ARTICLES[:1], (), since).notices] == [
        NOON + 2 * HOUR
    ]
    assert corrections_of(SITE, WHOLE, ARTICLES, GONE, NOON + DAY).notices == ()
    many = [corrected(number, Correction(NOON + number * HOUR, ("text",))) for number in range(NOTICES + 5)]
    assert len(corrections_of(SITE, WHOLE, many, (), NOON).notices) == NOTICES


def test_as_ninjs_the_article_itself_comes_under_its_own_id_and_what_was_withdrawn_is_canceled() -> None:
    told = json.loads(corrections_ninjs(PLAIN))
    assert [(hit["uri"], hit["pubstatus"], hit["version"]) for hit in told["hits"]] == [
        ("tag:prov.example,2026:cykel/1", "usable", "2026-11-24T14:00:00Z"),
        ("tag:prov.example,2026:cykel/2", "usable", "2026-11-24T15:00:00Z"),
        ("tag:prov.example,2026:cykel/3", "usable", "2026-11-24T16:00:00Z"),
        ("tag:prov.example,2026:cykel/9", "canceled", "2026-11-24T18:00:00Z"),
    ]
    note = "Rättad 24 november 2026 kl. 15.00: Rubriken, tiden och texten är ändrade. Från Redaktionen."
    assert told["hits"][0]["ednote"].replace("\u00a0", " ").startswith(note)


def test_a_newsfeed_and_its_corrections_have_ids_of_their_own() -> None:
    county = corrections_of(SITE, MARIESTAD, ARTICLES, (), NOON)
    files = {publication.path: publication.content for publication in correction_publications(county)}
    assert set(files) == {
        f"{MARIESTAD.path}{name}" for name in ("rattelser.xml", "rattelser-ninjs.json", "rattelser-ttninjs.json")
    }


@needs_node
def test_rss_parser_has_them_all(file: Path) -> None:
    found = in_node("rss-parser", file)
    assert [(each["id"], each["link"], datetime.fromisoformat(each["date"])) for each in found] == [
        (id, link, moment) for id, link, _, moment in ROWS
    ]


@needs_sfeed
def test_sfeed_has_them_all(file: Path) -> None:
    assert in_sfeed(file) == SECONDS


@needs_newsboat
def test_newsboat_has_them_all(file: Path) -> None:
    assert sorted(in_newsboat(file)) == sorted(
        (id, link, title, int(moment.timestamp())) for id, link, title, moment in ROWS
    )


@needs_rome
def test_rome_has_them_all(file: Path) -> None:
    assert [(row[0], row[1], int(row[3])) for row in in_rome(file)] == [
        (id, link, int(moment.timestamp())) for id, link, _, moment in ROWS
    ]


@needs_wordpress
def test_wordpress_has_them_all(file: Path) -> None:
    assert [(each["id"], each["link"], each["date"]) for each in in_wordpress(file)["items"]] == [
        (id, link, int(moment.timestamp())) for id, link, _, moment in ROWS
    ]
