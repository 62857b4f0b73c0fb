"""What readers get of each item, and each story once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from made import ACTOR, MARIESTAD, NOON, SITE, an_article, an_entry, an_item

from aggregator.model import Article, Credit, Finding, Image, Story
from aggregator.publishing import article_of, swedish
from aggregator.publishing.article import BEGINNING, EXCERPT_LENGTH, excerpt
from aggregator.publishing.edition import NEWEST, edition_of
from aggregator.sources import ExportSource, FeedSource

LONG = "Nu är den nya cykelbanan klar efter tre års väntan. " * 12


def article(entry: Any = None, **options: Any) -> Article:
    source = FeedSource(feed="https://cykel.example/feed/", **options).of("cykel", "feed")
    return article_of(Story(an_item(entry=entry or an_entry())), SITE, {"cykel": ACTOR}, {"cykel/feed": source})


def ids(*articles: Article) -> list[str]:
    return [made.id[-1] for made in edition_of(SITE, MARIESTAD, articles, NOON.date()).articles]


@pytest.mark.parametrize(
    ("publish", "summary", "html"),
    [("excerpt", "Nu är den klar.", ""), ("full", "Nu är den klar.", "<p>Nu är den klar.</p>"), ("link", "", "")],
)
def test_no_more_is_published_than_the_source_allows(publish: str, summary: str, html: str) -> None:
    made = article(publish=publish)
    assert (made.summary, made.html) == (summary, html)


def test_pictures_are_published_only_where_an_editor_answers_for_them() -> None:
    entry = an_entry(image=Image("https://cykel.example/b.jpg"))
    assert article(entry).image is None
    assert article(entry, pictures="publish").image == entry.image


def test_an_actor_that_is_no_longer_in_feeds_toml_still_gets_its_credit() -> None:
    made = article_of(Story(an_item()), SITE, {}, {})
    assert (made.actor, made.summary, made.html) == ("cykel", "Nu är den klar.", "")


def test_an_item_without_a_link_is_at_home_on_its_page_with_us() -> None:
    assert article(an_entry(url="")).url == "https://prov.example/flode/nyhet/1/"


def test_a_source_in_a_file_is_credited_by_its_actors_address() -> None:
    source = FeedSource(feed="examples/cykel.xml").of("cykel", "feed")
    assert (
        article_of(Story(an_item()), SITE, {"cykel": ACTOR}, {"cykel/feed": source}).source_url
        == "https://cykel.example/"
    )


def test_a_municipality_brings_its_county_along_and_a_rejected_place_nothing() -> None:
    findings = (Finding("1493", "name"), Finding("2480", "name", rejected="a passing mention"))
    made = article_of(Story(an_item(findings=findings)), SITE, {}, {})
    assert [place.code for place in made.places] == ["1493", "14"]


def test_an_excerpt_ends_with_a_sentence_where_one_ends_in_time() -> None:
    assert excerpt("Kort.\n  Två rader.") == "Kort. Två rader."
    cut = excerpt(LONG)
    assert len(cut) <= EXCERPT_LENGTH
    assert cut.endswith("väntan.")


def test_an_excerpt_of_one_endless_sentence_ends_with_a_word() -> None:
    cut = excerpt("ord " * 200)
    assert len(cut) <= EXCERPT_LENGTH + 1
    assert cut.endswith("ord…")
    assert len(excerpt("x" * 1000)) == EXCERPT_LENGTH + 1


def test_the_newest_come_first_and_no_more_than_readers_programs_take() -> None:
    many = [an_article(number, published=NOON + timedelta(minutes=number)) for number in range(NEWEST + 10)]
    made = edition_of(SITE, MARIESTAD, many, NOON.date()).articles
    assert [one.published for one in made] == sorted((one.published for one in many), reverse=True)[:NEWEST]


def test_an_edition_was_updated_when_anything_in_it_last_was_not_when_it_was_made() -> None:
    made = edition_of(SITE, MARIESTAD, [an_article(1), an_article(2, updated=NOON + timedelta(hours=2))], NOON.date())
    assert made.updated == NOON + timedelta(hours=2)
    assert edition_of(SITE, MARIESTAD, [], NOON.date()).updated == BEGINNING


def test_who_else_told_the_story_is_credited_with_their_own_link() -> None:
    other = an_item(2, actor="mat", source="mat/feed", story="tag:prov.example,2026:cykel/1")
    unseen = an_item(3, actor="hem", story="tag:prov.example,2026:cykel/1", hidden="felaktig")
    actors = {"cykel": ACTOR, "mat": replace(ACTOR, id="mat", name="Matkassen", homepage="https://mat.example/")}
    made = article_of(Story(an_item(1), (other, unseen)), SITE, actors, {})
    assert made.id == "tag:prov.example,2026:cykel/1"
    assert made.also == (Credit("Matkassen", "https://mat.example/", "https://cykel.example/2"),)


def test_a_story_is_about_the_places_of_all_who_tell_it() -> None:
    made = article_of(Story(an_item(1, "1493"), (an_item(2, "2480"), an_item(3, "1480", hidden="x"))), SITE, {}, {})
    assert [place.code for place in made.places] == ["1493", "2480", "14", "24"]


def test_every_article_says_through_what_it_was_seen_and_what_others_may_do_with_it() -> None:
    assert (article().via, article().rights) == ("site", "Länka gärna.")
    assert article(rights="CC BY 4.0, Cykelvännerna").rights == "CC BY 4.0, Cykelvännerna"
    page = ExportSource(export="inbox/").of("cykel", "facebook")
    seen = article_of(Story(an_item(source="cykel/facebook")), SITE, {"cykel": ACTOR}, {"cykel/facebook": page})
    assert swedish.VIA[seen.via] == "på aktörens Facebook-sida"


def test_a_rule_or_the_kind_may_allow_less_than_the_source() -> None:
    source = FeedSource(feed="https://cykel.example/feed/", publish="excerpt").of("cykel", "feed")
    item = an_item(kind="notes", terms="link")
    made = article_of(Story(item), SITE, {"cykel": ACTOR}, {"cykel/feed": source})
    assert (made.kind, made.summary, made.html) == ("notes", "", "")
