"""Who tells the same story?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOON, an_entry, an_item

from aggregator.matching import Telling, bond_between, meaningless_links, plain_link, story_of
from aggregator.matching.links import of_one_piece
from aggregator.model import Entry, Item
from benchmarks.stories import pairs_in, scored

ARTICLE = "https://tidning.example/nyheter/ny-cykelbana"
TEXT = (
    "<p>Kommunen bygger en cykelbana mellan skolan och stationen. Den blir två kilometer lång och ska vara klar till "
    "hösten. Grävmaskinerna kommer på måndag, och medan de arbetar är vägen avstängd för bilar.</p>"
)


def by(source: str, entry: Entry, number: int = 1, **told: object) -> Telling:
    return Telling(an_item(number, source=f"{source}/feed", actor=source, entry=entry, **told))


def a_post(url: str = "", html: str = "<p>Titta här!</p>", **told: object) -> Entry:
    return an_entry(**{"id": "p", "form": "post", "url": url, "title": "", "html": html, **told})


@pytest.mark.parametrize("half", ["seen", "hidden"])
def test_stories_are_told_apart_and_together_as_well_as_promised(half: str) -> None:
    score = scored(half)
    assert score.precision >= 0.99, [(pair.one.item.public_id, pair.other.item.public_id) for pair in score.false]
    assert score.recall >= 0.8


def test_the_labelled_halves_are_large_hard_and_different() -> None:
    halves = {half: list(pairs_in(half)) for half in ("seen", "hidden")}
    assert sum(len(pairs) for pairs in halves.values()) >= 300
    for pairs in halves.values():
        assert 2 * sum(not pair.same for pair in pairs) >= len(pairs)
    seen, hidden = ({pair.one.text.whole for pair in pairs} for pairs in halves.values())
    assert not seen & hidden


@pytest.mark.parametrize("half", ["seen", "hidden"])
def test_nearly_whatever_tells_the_same_story_is_found_by_its_traces(half: str) -> None:
    joined = [pair for pair in pairs_in(half) if pair.joined]
    found = [pair for pair in joined if pair.one.traces & pair.other.traces]
    assert len(found) >= 0.98 * len(joined)


@pytest.mark.parametrize(
    "other",
    [
        "http://tidning.example/nyheter/ny-cykelbana/",
        "https://www.tidning.example/nyheter/ny-cykelbana?utm_source=rss&fbclid=x",
        "https://m.tidning.example/nyheter/ny-cykelbana#kommentarer",
        "https://TIDNING.example/nyheter/ny-cykelbana/amp/",
        "https://amp.tidning.example/nyheter/ny-cykelbana?amp=1",
    ],
)
def test_an_article_has_many_addresses(other: str) -> None:
    assert plain_link(other) == plain_link(ARTICLE)


@pytest.mark.parametrize(
    "url",
    [
        "https://tidning.example",
        "https://tidning.example/nyheter/",
        "https://tidning.example/2026/11/",
        "https://tidning.example/nyheter/page/2",
        "https://forening.example/om-oss/kontakt",
        "https://www.facebook.com/cykelvannerna",
        "https://www.facebook.com/profile.php?id=100",
        "https://instagram.com/cykelvannerna/",
        "mailto:hej@tidning.example",
        "https://[::1",
        "",
    ],
)
def test_front_pages_and_pages_of_persons_are_no_piece_of_news(url: str) -> None:
    assert of_one_piece(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        "https://tidning.example/?p=4711",
        "https://tidning.example/nyheter/4711",
        "https://www.facebook.com/cykelvannerna/posts/123",
        "https://www.facebook.com/permalink.php?story_fbid=1&id=2",
        "https://www.facebook.com/events/99/",
    ],
)
def test_articles_posts_and_events_are(url: str) -> None:
    assert of_one_piece(url)


def test_a_share_leads_to_its_article_by_its_address_or_by_a_link_in_its_text() -> None:
    article = by("tidning", an_entry(url=ARTICLE, title="Ny cykelbana"))
    for share in (a_post(f"{ARTICLE}?fbclid=1"), a_post(html=f'<p>Läs <a href="{ARTICLE}">här</a></p>')):
        bond = bond_between(by("cykel", share), article)
        assert bond
        assert bond.by == "link"


def test_a_post_with_many_links_and_an_article_with_any_lead_nowhere() -> None:
    article = by("tidning", an_entry(url=ARTICLE, title="Ny cykelbana"))
    links = f'<p><a href="{ARTICLE}">ett</a> <a href="https://annan.example/tips/2">två</a></p>'
    assert bond_between(by("cykel", a_post(html=links)), article) is None
    other = an_entry(url="https://blogg.example/lastips", title="Lästips", html=f'<p><a href="{ARTICLE}">ett</a></p>')
    assert bond_between(by("blogg", other), article) is None


def test_a_link_that_a_source_gives_several_items_means_nothing_unless_it_is_an_article_shared_twice() -> None:
    join = "https://forening.example/vara-grupper"
    posts = [by("cykel", a_post(join, id=f"{n}"), n) for n in range(2)]
    assert meaningless_links(posts) == {plain_link(join)}
    article = by("forening", an_entry(url=join), 9)
    assert meaningless_links([*posts, article]) == frozenset()
    assert meaningless_links([*posts, by("cykel", a_post(join, id="3"), 3), article]) == {plain_link(join)}
    assert bond_between(posts[0], article, {plain_link(join)}) is None


def test_one_source_tells_no_story_twice() -> None:
    assert bond_between(by("a", an_entry(html=TEXT)), by("a", an_entry(id="2", html=TEXT), 2)) is None


def test_the_same_words_after_a_week_are_of_something_new() -> None:
    first = an_entry(url="https://a.example/x1", html=TEXT)
    for days, same in ((5, True), (6, False)):
        later = replace(
            first, url="https://b.example/x2", published=first.published and first.published + timedelta(days)
        )
        assert (bond_between(by("a", first), by("b", later, 2)) is not None) == same


@pytest.mark.parametrize(
    ("told", "otherwise"),
    [("på måndag", "på tisdag"), ("två kilometer", "tre kilometer"), ("stationen. Den", "Ekuddens hamn. Den")],
)
def test_another_day_number_or_place_in_the_same_words_is_another_story(told: str, otherwise: str) -> None:
    text = TEXT.replace("stationen.", "Moholms station.") if "Ekudden" in otherwise else TEXT
    other = text.replace(told, otherwise) if told in text else text.replace("Moholms station", "Ekuddens hamn")
    one, two = (an_entry(url=f"https://{n}.example/sida", html=html) for n, html in enumerate((text, other)))
    assert text != other
    assert bond_between(by("a", one), by("b", two, 2)) is None


def test_a_number_in_words_is_the_same_number_in_figures() -> None:
    one, two = an_entry(html=TEXT, url=""), an_entry(html=TEXT.replace("två", "2"), url="")
    assert bond_between(by("a", one), by("b", two, 2))


def test_of_several_stories_it_joins_the_one_with_its_link_and_else_the_most_alike() -> None:
    def named(item: Item, story: str) -> Telling:
        return Telling(replace(item, story=story))

    new = by("ny", a_post(ARTICLE, html=TEXT, published=NOON), 1, date=NOON)
    linked = named(by("tidning", an_entry(url=ARTICLE, title="Ny cykelbana"), 2, date=NOON).item, "by link")
    alike = named(by("kommun", an_entry(url="", html=TEXT), 3, date=NOON).item, "by text")
    less = named(by("blogg", an_entry(url="", html=TEXT.replace("Grävmaskinerna", "De")), 4, date=NOON).item, "less")
    assert story_of(new, [less, alike, linked]) == "by link"
    assert story_of(new, [less, alike]) == "by text"
    assert story_of(new, []) == ""
