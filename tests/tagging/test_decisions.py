"""What operators decide in feeds.toml of news of a kind."""

from datetime import date

import pytest
from made import an_entry
from told import LOCAL, judgement

from aggregator.model import Actor, Event, Item, Knowledge, Rule, WhatCounts
from aggregator.places import municipalities_of, named
from aggregator.sources import FeedSource

NOTES = "Mötesanteckningar från nätverksmötet i Mariestad"


def judged(*rules: Rule, title: str = "Nytt i Mariestad", actor: Actor = LOCAL, **options: object) -> Item:
    source = FeedSource.model_validate({"feed": "x", **options}).of(actor.id, "feed")
    return judgement(an_entry(title=title, html=""), actor, Knowledge(rules=rules), source)


def found_by(item: Item, rule: str) -> set[str]:
    return {finding.code for finding in item.findings if finding.rule == rule and not finding.rejected}


def test_what_a_rule_hides_is_withheld_and_the_rule_is_named() -> None:
    rule = Rule(words=("årsmöte*",), hide=True)
    assert judged(rule, title="Årsmötet i Mariestad").withheld == "a rule hides it (words årsmöte*)"
    assert judged(rule).withheld == ""


def test_promotion_to_the_county_is_to_where_the_news_is_and_else_to_where_its_actor_is() -> None:
    rule = Rule(actor="forening", promote=("county",))
    assert found_by(judged(rule), "promotion") == {"14"}
    assert found_by(judged(rule, title="Nytt i Mora"), "promotion") == {"20"}
    national = Actor("forening", "Föreningen", (named("Mariestad"),), "national")
    assert found_by(judged(rule, actor=national), "promotion") == {"14"}
    assert found_by(judged(rule, title="Nytt", actor=Actor("forening", "F")), "promotion") == set()


def test_what_is_the_countys_already_is_not_promoted_to_it() -> None:
    county = Actor("forening", "F", (named("Västra Götalands län"),), "county")
    item = judged(Rule(actor="forening", promote=("county", "SE")), title="Nytt", actor=county)
    assert found_by(item, "promotion") == {"SE"}
    assert (item.about, item.codes) == ({"14"}, {"14", "SE"})


def test_fan_out_carries_a_countys_news_to_all_its_municipalities() -> None:
    item = judged(Rule(actor="forening", fan_out=True), title="Nytt i Västra Götalands län")
    codes = {place.code for place in municipalities_of(named("Västra Götalands län"))}
    assert found_by(item, "fan-out") == codes
    assert item.about == {"14"}
    nowhere = Actor("forening", "F")
    assert judged(Rule(actor="forening", fan_out=True), title="Nytt", actor=nowhere).codes == set()


def test_a_rule_may_be_for_a_source_a_kind_or_a_single_item_by_its_id_or_its_page() -> None:
    for rule, applies in (
        (Rule(source="forening/feed", hide=True), True),
        (Rule(source="forening/annan", hide=True), False),
        (Rule(kind="article", hide=True), True),
        (Rule(kind="event", hide=True), False),
        (Rule(item="tag:prov.example,2026:cykel/1", hide=True), True),
        (Rule(item="https://prov.example/flode/nyhet/1/", hide=True), True),
        (Rule(item="https://prov.example/flode/nyhet/11/", hide=True), False),
        (Rule(item="https://cykel.example/1", hide=True), True),
    ):
        assert bool(judged(rule).withheld) is applies, rule


def test_a_kind_that_a_rule_gives_counts_for_the_other_rules() -> None:
    item = judged(Rule(words=("nytt",), becomes="notes"), Rule(kind="notes", places=(named("Hjo"),)))
    assert (item.kind, item.about, item.terms) == ("notes", {"1497"}, "link")


def test_notes_of_meetings_are_title_and_link_only_unless_the_source_is_set_to_full() -> None:
    assert (judged(title=NOTES).kind, judged(title=NOTES).terms) == ("notes", "link")
    assert judged(title=NOTES, publish="full").terms is None
    assert judged(Rule(kind="notes", publish="excerpt"), title=NOTES).terms == "excerpt"
    assert judged(kind="notes").terms == "link"
    assert judged().terms is None


def test_a_source_says_what_all_its_items_are() -> None:
    assert judged(kind="course").kind == "course"
    assert judged(Rule(words=("nytt",), becomes="article"), kind="course").kind == "article"


def test_what_tells_when_it_happens_is_an_event() -> None:
    entry = an_entry(title=NOTES, event=Event(date(2026, 12, 1)))
    assert judgement(entry).kind == "event"


@pytest.mark.parametrize(
    ("title", "counts"),
    [
        ("Klimatet och vi", True),
        ("Cykelvägen invigd", True),
        ("Ny solcellspark", True),
        ("Fotboll och klimat", False),
        ("Ny korv i kiosken", False),
    ],
)
def test_of_a_source_that_publishes_everything_only_what_counts_is_published(title: str, counts: bool) -> None:
    about = WhatCounts(words=["klimat*", "cykel*"], without=["fotboll*"], themes=["energi"])
    item = judged(title=title, about=about)
    assert (item.withheld == "") is counts
    if title.startswith("Fotboll"):
        assert item.withheld == 'does not count: it says "Fotboll", which is among the words of without'
    elif not counts:
        assert item.withheld == 'does not count: it has none of "klimat*", "cykel*", the theme energi'


def test_an_actor_that_does_not_meet_the_conditions_has_its_news_withheld_with_that_reason() -> None:
    actor = Actor("forening", "F", (named("Mariestad"),), unmet="actor forening is listed, but …")
    assert judged(actor=actor).withheld == "actor forening is listed, but …"
