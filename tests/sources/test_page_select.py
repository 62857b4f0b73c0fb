"""What an operator selects on a page, and what is said when the page is no longer as it was."""

from datetime import UTC, datetime

import pytest
from conftest import Configured
from sources.test_page import only, page, read, reading

from aggregator.config import Config
from aggregator.errors import ConfigError, ParseError
from aggregator.model import Image
from aggregator.sources import PageSource, Select

LIST = """<ul class="lista">
<li><a href="/nyheter/a"><b>Första nyheten</b></a> <i>3 nov 2026</i>
<img src="/a.jpg" alt="Ån"><div>Ingressen om ån.</div></li>
<li><a href="/nyheter/b"><b>Andra nyheten</b></a> <i>1 nov 2026</i> <div>Ingressen om sjön.</div></li>
<li><a href="/om">Om oss</a> <i>2020</i></li>
</ul>"""


def test_each_selector_names_where_in_an_item_what_stands():
    told = reading(
        page(LIST), item=".lista li", title="b", link="a", date="i", summary="div", image="img", pattern="/nyheter/*"
    )
    first, second = told.entries
    assert (first.title, first.url) == ("Första nyheten", "https://prov.example/nyheter/a")
    assert (first.html, first.published_raw) == ("Ingressen om ån.", "3 nov 2026")
    assert first.published == datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert first.image == Image("https://prov.example/a.jpg", alt="Ån")
    assert second.image is None
    assert told.notes == ()


def test_what_is_not_selected_is_looked_for():
    first = reading(page(LIST), item=".lista li").entries[0]
    assert (first.title, first.url, first.published_raw, first.html) == (
        "Första nyheten",
        "https://prov.example/nyheter/a",
        "3 nov 2026",
        "",
    )


def test_a_pattern_alone_is_enough_where_all_news_has_such_addresses():
    links = "".join(
        f'<div><span><a href="{url}"><img src="/liten.jpg"></a> <a href="{url}">Nyhet {url[-1]}</a></span>'
        f"<p>2026-11-0{url[-1]}</p></div>"
        for url in ("/nyheter/1", "https://www.prov.example/nyheter/2", "/nyheter/3")
    )
    around = '<nav><a href="/nyheter">Alla nyheter</a><a href="/om">Om oss</a></nav>'
    told = reading(page(around + links), pattern="/nyheter/*")
    assert [(entry.title, entry.published_raw) for entry in told.entries] == [
        ("Nyhet 1", "2026-11-01"),
        ("Nyhet 3", "2026-11-03"),
    ]


@pytest.mark.parametrize(
    ("pattern", "url", "counts"),
    [
        ("/nyheter/*", "/nyheter/a", True),
        ("/nyheter/*", "/nyheter/", True),
        ("/nyheter/*", "/om/nyheter/a", False),
        ("/nyheter/*/2026", "/nyheter/a/b/2026", True),
        ("/nyheter/*/2026", "/nyheter/2026", False),
        ("*/nyheter/*", "/om/nyheter/a", True),
        ("https://prov.example/*.html", "/a.html", True),
        ("http://prov.example/*.html", "/a.html", True),
        ("a*", "/nyheter/ab", True),
        ("/å/*", "/%C3%A5/b", True),
        ("/nyheter/a", "/nyheter/a/", True),
        ("/*?id=*", "/nyhet.asp?id=41", True),
        ("/*a*a*", "/aa", True),
        ("/*a*a*", "/a", False),
    ],
)
def test_an_asterisk_is_anything_and_a_slash_the_root_of_the_site(pattern, url, counts):
    document = page(f'<p><a href="{url}">En nyhet</a></p><p><a href="/x">Annat</a></p>')
    if counts:
        assert only(document, pattern=pattern).title == "En nyhet"
    else:
        with pytest.raises(ParseError):
            reading(document, pattern=pattern)


def test_a_heading_means_also_what_follows_it():
    told = read("hand-written.html", item="h3")
    bridge, meeting, bins, crayfish = told.entries
    assert bridge.title == "2026-11-03 Bryggan är lagad"
    assert bridge.published == datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert "Virke som blev över" in bridge.html
    assert bridge.url == "https://prov.example/nyheter/#:~:text=2026%2D11%2D03%20Bryggan%20%C3%A4r%20lagad"
    assert "skolan klockan sju" in meeting.html
    assert (bins.title, bins.url) == ("Nya kärl för sopor", "https://prov.example/nyheter/sopor.htm")
    assert bins.published_raw == "2026-09-01"
    assert crayfish.published_raw == "2026-08-15"
    assert told.notes == (
        "3 of 4 items have no link, and lead to the page itself: "
        '"2026-11-03 Bryggan är lagad", "2026-10-18 Höstmöte", "2026-08-15 Kräftskiva"',
    )


def test_an_item_without_a_link_leads_to_its_id_if_it_has_one():
    assert only(page('<div class="n" id="ås"><h2>A</h2></div>'), item=".n").url.endswith("/nyheter/#%C3%A5s")


def test_a_selector_as_browsers_copy_it_fits_a_table_without_tbody():
    told = read("table.html", item="table.nyheter > tbody > tr")
    assert [entry.title for entry in told.entries] == [
        "Fiber till sista huset",
        "Grannsamverkan mot stölder",
        "Belysning längs bruksvägen",
    ]
    assert told.notes == ("1 of 4 items have no title, and were passed over",)


@pytest.mark.parametrize(
    ("select", "sentence"),
    [
        ({"item": ".borta"}, r'has nothing that select.item = ".borta" matches; the page may have been made anew'),
        ({"item": ".lista > p"}, r'has nothing that select.item = ".lista > p" matches; ".lista" is there; '),
        ({"item": "li", "title": "h2"}, "has 3 items, and none has a title; see select.title"),
        ({"item": "li", "pattern": "/nyhet/*"}, 'has 3 items, but no link of them is like "/nyhet/\\*"'),
        ({"pattern": "/nyhet/*"}, 'has no link that is like select.pattern = "/nyhet/\\*"'),
    ],
)
def test_a_selector_that_finds_nothing_is_an_error_that_says_which(select, sentence):
    with pytest.raises(ParseError, match=f"^https://prov.example/nyheter/: {sentence}"):
        reading(page(LIST), **select)


def test_a_part_that_no_item_has_is_noted():
    told = reading(page(LIST), item="li", date=".dag", image="video")
    assert told.notes == (
        'select.date = ".dag" matches nothing in any item',
        'select.image = "video" matches nothing in any item',
    )
    assert {entry.published for entry in told.entries} == {None}


def test_a_day_that_cannot_be_read_is_kept_as_it_stands():
    entry = only(page('<div class="n"><h2><a href="/a">A</a></h2><i>i våras</i></div>'), item=".n", date="i")
    assert (entry.published, entry.published_raw) == (None, "i våras")


def source(configured: Configured, lines: str) -> Config:
    return configured(f'[actor.prov]\nname = "Prov"\narea = "Mariestad"\nhomepage = "https://prov.example/"\n{lines}')


def test_feeds_toml_has_a_short_form_and_a_long_one(configured: Configured) -> None:
    config = source(
        configured,
        'page = "https://prov.example/nyheter/"\n[actor.prov.source.brev]\npage = "brev.html"\nevery = "6h"\n'
        'select = { item = "article", pattern = "/brev/*" }\nfull_text = true\n',
    )
    short, long = config.sources["prov/page"], config.sources["prov/brev"]
    assert isinstance(short, PageSource)
    assert isinstance(long, PageSource)
    assert (short.location, short.select, short.is_page) == ("https://prov.example/nyheter/", None, True)
    assert long.location.endswith("/brev.html")
    assert long.select == Select(item="article", pattern="/brev/*")
    assert long.full_text


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('page = { url = "x" }', "the short form is an address or a path in quotation marks"),
        ('[actor.prov.source.a]\npage = "https://a.example/"\nselect = {}', "select needs item"),
        ('[actor.prov.source.a]\npage = "https://a.example/"\nselect = { item = "p:(" }', '"p:\\(" is no CSS selector'),
        (
            '[actor.prov.source.a]\npage = "https://a.example/"\nselect = { item = "p:foo" }',
            '"p:foo" is no CSS selector',
        ),
        ('[actor.prov.source.a]\npage = "https://a.example/"\nselect = { itme = "p" }', 'unknown key "itme"'),
        ('[actor.prov.source.a]\npage = "https://a.example/"\nfeed = "https://a.example/"', 'unknown key "page"'),
        ('page = "https://a.example/"\n[actor.prov.source.page]\npage = "https://b.example/"', "is there twice"),
    ],
)
def test_what_is_wrong_in_feeds_toml_is_told_in_a_sentence(configured: Configured, lines: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        source(configured, lines)
