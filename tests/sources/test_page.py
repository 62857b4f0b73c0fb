"""What is read of pages that declare their news: the documents in tests/documents/page, and what each says."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from made import NOON

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, Event, Image, Reading
from aggregator.sources import PageSource, Select

DOCUMENTS = Path(__file__).parent.parent / "documents" / "page"
PAGE = "https://prov.example/nyheter/"


def read(name: str, **told: object) -> Reading:
    return reading((DOCUMENTS / name).read_bytes(), **told)


def reading(content: bytes | str, media_type: str = "", location: str = PAGE, **select: object) -> Reading:
    whole = content.encode() if isinstance(content, str) else content
    selected = Select(**select) if select else None
    return PageSource(page=location, select=selected).read(Document(location, whole, media_type, at=NOON))


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="sv"><head><title>Prov</title>{head}</head><body>{body}</body></html>'


def json_ld(script: str) -> str:
    return page("", f'<script type="application/ld+json">{script}</script>')


def only(content: bytes | str, **select: object) -> Entry:
    (entry,) = reading(content, **select).entries
    return entry


def test_json_ld_with_a_graph_a_list_references_and_a_comma_too_much():
    told = read("json-ld-news.html")
    assert (told.title, told.whole) == ("Nyheter | Nya Torget", True)
    assert told.notes == ("1 of its 2 scripts of JSON-LD cannot be read",)
    assert told.entries == (
        Entry(
            id="https://torget.example/nyheter/solceller/#article",
            url="https://torget.example/nyheter/solceller/",
            title="Solceller på taket & värme i golvet",
            html="Styrelsen har sagt ja. Nu börjar arbetet.",
            authors=("Saga Wik",),
            categories=("Energi", "sol", "tak"),
            language="sv",
            published=datetime(2026, 11, 10, 6, 30, tzinfo=UTC),
            published_raw="2026-11-10T07:30:00+01:00",
            updated=datetime(2026, 11, 11, 7, tzinfo=UTC),
            updated_raw="2026-11-11T08:00:00+01:00",
            image=Image(
                "https://prov.example/bilder/tak.jpg", alt="Taket sett från kyrktornet", width=1600, height=900
            ),
        ),
        Entry(
            id="",
            url="https://torget.example/nyheter/bytesdag/",
            title="Bytesdag i november",
            html="<p>Ta med det du inte behöver.</p><p>Gå hem med något annat.</p>",
            authors=("Saga Wik", "Ali Noor"),
            language="sv",
            published=datetime(2026, 11, 1, 23, tzinfo=UTC),
            published_raw="2026-11-02",
            image=Image("https://torget.example/bilder/byte.jpg"),
        ),
    )


def test_events_in_json_ld():
    choir, bicycles, circle = read("json-ld-events.html").entries
    assert choir.event is not None
    assert (choir.event.start, choir.event.end) == (
        datetime(2026, 12, 5, 17, tzinfo=UTC),
        datetime(2026, 12, 5, 19, tzinfo=UTC),
    )
    assert (choir.event.organiser, choir.event.cancelled) == ("Klimatkören", False)
    assert (choir.event.place, choir.event.address) == ("Folkets hus", "Storgatan 4, Tibro")
    assert (choir.url, choir.html) == (
        "https://prov.example/evenemang/klimatkoren",
        "<p>Fri entré. Vi bjuder på soppa.</p>",
    )
    assert bicycles.event == Event(date(2026, 11, 28), place="Torget i Tibro", organiser="Cykelklubben", cancelled=True)
    assert circle.event == Event(datetime(2027, 1, 14, 16, 30, tzinfo=UTC), place="Biblioteket")
    assert circle.url == "https://prov.example/nyheter/#:~:text=Studiecirkel%20om%20energi"
    assert {entry.published for entry in (choir, bicycles, circle)} == {None}


def test_microformats_with_a_base_a_comment_and_an_event():
    wings, shares, visit = read("h-feed.html").entries
    assert wings == Entry(
        id="",
        url="https://vindbruket.example/blogg/2026/vingar",
        title="Nya vingar på plats",
        html="<p>Kranen kom, och vinden höll sig borta hela dagen.</p>",
        authors=("Elin Strand",),
        categories=("vind", "bygge"),
        language="sv",
        published=datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        published_raw="2026-11-19 14:05",
        image=Image("https://vindbruket.example/bilder/kran.jpg", alt="Kranen över tallarna"),
    )
    assert shares.html == "<p>Alla 400 andelar såldes på en vecka.</p><p>Nu står vi <em>två hundra</em> på kö.</p>"
    assert shares.published == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert visit.published is None
    assert visit.event == Event(
        datetime(2026, 12, 12, 10, tzinfo=UTC), datetime(2026, 12, 12, 12, tzinfo=UTC), "Kullen, Hova"
    )


def test_the_classic_hatom_that_themes_of_wordpress_carry():
    road, minutes = read("wordpress-hatom.html").entries
    assert (road.title, road.url) == ("Cykelvägen ”klar” i juni", "https://skarvan.example/cykelvagen/")
    assert (road.authors, road.categories) == (("Lisa Holm",), ("Klimat", "cykel"))
    assert road.published == datetime(2026, 6, 17, 10, tzinfo=UTC)
    assert road.updated == datetime(2026, 6, 19, 6, 30, tzinfo=UTC)
    assert road.html.startswith("<p>Kommunen har asfalterat det sista stycket mellan <b>Norrby</b> och skolan.</p>")
    assert minutes.html == "<p>Nu finns protokollet att läsa för den som inte kunde komma.</p>"


def test_hcalendar_in_iso_8859_1():
    owls, scythes = read("hcalendar.html").entries
    assert (owls.title, owls.url) == ("Ugglelyssning", "https://prov.example/kalender/ugglor")
    assert owls.event == Event(
        datetime(2026, 3, 20, 18, tzinfo=UTC),
        datetime(2026, 3, 20, 21, tzinfo=UTC),
        place="Parkeringen vid Hökensås",
        organiser="Naturskyddarna",
    )
    assert scythes.event == Event(date(2026, 8, 1), place="Nolgården")


def test_microdata_as_joomla_writes_it():
    cars, bus = read("joomla.html").entries
    assert (cars.title, cars.url, cars.authors) == (
        "Bilpoolen växer",
        "https://prov.example/nyheter/31-bilpoolen-vaxer",
        ("Tor Hed",),
    )
    assert cars.published == datetime(2026, 11, 5, 7, 12, tzinfo=UTC)
    assert bus.html == "<p>Från årsskiftet kommer linje fyra varje kvart på morgonen.</p>"


def test_articles_with_time_as_squarespace_writes_them():
    lamp, machines = read("squarespace.html").entries
    assert lamp == Entry(
        id="",
        url="https://prov.example/blogg/lampan",
        title="Lampan som fick nytt liv",
        html="<p>Sladden kostade trettio kronor och tog tio minuter att byta.</p>",
        language="sv-se",
        published=datetime(2026, 11, 13, 23, tzinfo=UTC),
        published_raw="2026-11-14",
        image=Image("https://images.squarespace.example/lampa.jpg", alt="En lampa utan sladd"),
    )
    assert machines.title == "Symaskinerna är här"


def test_a_news_sitemap():
    marsh, train = read("news-sitemap.xml").entries
    assert marsh == Entry(
        id="",
        url="https://bladet.example/nyheter/vatmark",
        title="Våtmark & vass: så blev Mossen räddad",
        categories=("natur", "vatten"),
        language="sv",
        published=datetime(2026, 11, 20, 15, 45, tzinfo=UTC),
        published_raw="2026-11-20T16:45:00+01:00",
        updated=datetime(2026, 11, 21, 9, tzinfo=UTC),
        updated_raw="2026-11-21T09:00:00Z",
        image=Image("https://bladet.example/bilder/mossen.jpg", alt="Mossen i dimma"),
    )
    assert (train.title, train.published) == ("Tåget stannar igen i Moholm", datetime(2026, 11, 18, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"", "answers with nothing at all"),
        (b" \n\x00", "answers with nothing at all"),
        ("<rss version='2.0'><channel/></rss>", "is a newsfeed; write feed = instead of page ="),
        ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "is a newsfeed; write feed ="),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "is a calendar and no web page"),
        ('{"items": []}', "is JSON and no web page"),
        (b"%PDF-1.7 \xff", "is a PDF and no web page"),
        (b"PK\x03\x04", "is a file of some other kind"),
        (b"\x89PNG\r\n", "is a file of some other kind"),
        ("<!-- -->", "is no web page: there is no text in it"),
        ("<p>Hej</p>", "is a web page that declares no news that we can read: looked for JSON-LD"),
        (
            "<sitemapindex><sitemap><loc>https://a.example/n.xml</loc></sitemap></sitemapindex>",
            "is a list of sitemaps; ",
        ),
        ("<urlset/>", "is a sitemap that tells addresses only, no titles"),
    ],
)
def test_what_is_no_list_of_news_is_one_sentence_that_says_what_to_do(document, sentence):
    with pytest.raises(ParseError, match=f"^https://prov.example/nyheter/: {sentence}"):
        reading(document)


def test_a_page_that_declares_only_itself_declares_no_news():
    with pytest.raises(ParseError, match=r"tells of one article only, its own.*give select = { item"):
        read("no-news.html")


def test_json_ld_is_trusted_before_microformats_and_those_before_articles():
    news = (
        '<article class="h-entry"><h2><a class="u-url" href="/1">Ur sidan</a></h2><b class="p-name">Ur klasserna</b>'
        '<time datetime="2026-11-03">3 nov</time><p>En ingress som bara står på sidan.</p></article>'
    )
    script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ur JSON","url":"/1"}</script>'
    assert only(page(script + news)).title == "Ur JSON"
    assert only(page(news)).title == "Ur klasserna"
    assert only(page(news.replace("h-entry", ""))).title == "Ur sidan"


def test_what_one_way_leaves_open_another_fills_for_the_same_address():
    news = (
        '<article><h2><a href="http://www.prov.example/1/">Annan rubrik</a></h2>'
        '<time datetime="2026-11-03">3 nov</time><img src="/a.jpg" alt="Ån">'
        "<p>En ingress som bara står på sidan.</p></article>"
    )
    script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rubrik","url":"/1"}</script>'
    entry = only(page(script + news))
    assert (entry.title, entry.url) == ("Rubrik", "https://prov.example/1")
    assert (entry.html, entry.published_raw) == ("<p>En ingress som bara står på sidan.</p>", "2026-11-03")
    assert entry.image == Image("https://prov.example/a.jpg", alt="Ån")


def test_one_piece_in_json_ld_does_not_hide_a_list_beside_it():
    articles = "".join(
        f'<article><h2><a href="/{n}">Nyhet {n}</a></h2><time>2026-11-0{n}</time></article>' for n in (1, 2, 3)
    )
    script = '<script type="application/ld+json">{"@type":"Event","name":"Fest","startDate":"2026-12-01"}</script>'
    assert [entry.title for entry in reading(page(script + articles)).entries] == ["Nyhet 1", "Nyhet 2", "Nyhet 3"]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"A","url":"/a"}',
        '[{"@type":"NewsArticle","headline":"A","url":"/a"}]',
        '{"@graph":[{"@type":["Thing","BlogPosting"],"name":"A","mainEntityOfPage":"/a"}]}',
        '{"@type":"Blog","blogPost":[{"@type":"http://schema.org/BlogPosting","headline":"A","url":["/a","/b"]}]}',
        '{"@type":"ItemList","itemListElement":[{"@type":"ListItem","name":"A","url":"/a"}]}',
        '{"@type":"ItemList","itemListElement":[{"@type":"ListItem","name":"A","item":"https://prov.example/a"}]}',
        '{"@type":"ItemList","itemListElement":{"@type":"ListItem","item":{"@type":"Article","name":"A","url":"/a"}}}',
        '{"@type":"schema:Report","headline":{"@value":"A","@language":"sv"},"@id":"https://prov.example/a"}',
        '<!--\n{"@type":"Article","headline":"A","url":"/a"}\n//-->'.replace("<!--", "").replace("//-->", ""),
        '/*<![CDATA[*/{"@type":"Article","headline":"A","url":"/a"}/*]]>*/',
        '{"@type":"Article","headline":"A","url":"/a","articleBody":"rad\nrad",};',
    ],
)
def test_json_ld_in_all_the_shapes_that_sites_give_it(script):
    entry = only(json_ld(script))
    assert (entry.title, entry.url) == ("A", "https://prov.example/a")


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Hem","item":"/hem"}]}',
        '{"@type":"SiteNavigationElement","name":"Om oss","url":"/om"}',
        '{"@type":"Product","name":"Spade","url":"/spade"}',
        '{"@type":"WebPage","headline":"Om oss","url":"/om"}',
        '{"@type":"Review","itemReviewed":"x","isPartOf":{"@type":"Article","headline":"A","url":"/a"}}',
        "[[[[[[" * 50 + "]]]]]]" * 50,
        "1e999",
        '"NewsArticle"',
    ],
)
def test_what_is_no_news_in_json_ld_is_none(script):
    with pytest.raises(ParseError, match="declares no news"):
        reading(json_ld(script))


def test_a_day_without_a_year_looks_back_from_the_round():
    told = read("without-years.html", item=".anslag section", date=".dag").entries
    assert [entry.published for entry in told] == [
        datetime(2026, 11, 11, 23, tzinfo=UTC),
        datetime(2026, 10, 27, 23, tzinfo=UTC),
        datetime(2025, 12, 19, 23, tzinfo=UTC),
    ]
    assert [entry.published_raw for entry in told] == ["12 november", "28 oktober", "20 december"]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/2026/11/03/stadmote", 3),
        ("/nyheter/2026-11-03-stadmote", 3),
        ("/nyheter/2026-11-03", 3),
        ("/2026/11/stadmote", None),
        ("/2026-11-031", None),
        ("/2026/13/03/stadmote", None),
    ],
)
def test_where_a_list_tells_no_day_the_address_may(address, day):
    script = f'{{"@type":"Article","headline":"A","url":"{address}"}}'
    entry = only(json_ld(script))
    assert entry.published == (datetime(2026, 11, day - 1, 23, tzinfo=UTC) if day else None)


@pytest.mark.parametrize(
    ("declared", "media_type"),
    [
        ('<meta charset="iso-8859-1">', ""),
        ('<meta http-equiv=Content-Type content="text/html; charset=windows-1252">', "text/html; charset=utf-8"),
        ("", "text/html; charset=ISO-8859-1"),
        ("", ""),
    ],
)
def test_letters_are_those_of_the_page_whatever_is_said_of_them(declared, media_type):
    news = page('<article><h2><a href="/a">Ångbåt på ån</a></h2><time>2026-11-03</time></article>', declared)
    assert reading(news.encode("windows-1252"), media_type).entries[0].title == "Ångbåt på ån"
    assert reading(news.encode(), media_type).entries[0].title == "Ångbåt på ån"


def test_a_page_that_came_as_a_file_is_at_home_where_it_says_that_it_is():
    news = page(
        '<article><h2><a href="a">A</a></h2><time>2026-11-03</time></article>',
        '<link rel="canonical" href="https://hemma.example/nytt/">',
    )
    assert reading(news, location="sparad.html").entries[0].url == "https://hemma.example/nytt/a"


def test_a_page_that_breaks_off_says_so():
    whole = page('<article><h2><a href="/a">A</a></h2><time>2026-11-03</time></article>')
    assert reading(whole).whole
    assert not reading(whole.removesuffix("</body></html>")).whole
