"""The gate: what comes out of it is text, whole addresses, and nothing that XML cannot carry."""

import pytest
from lxml import etree

from aggregator.model import text_of
from aggregator.sources import clean

BASE = "https://prov.example/nyheter/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://prov.example/a", "https://prov.example/a"),
        ("HTTPS://Prov.Example/A", "https://prov.example/A"),
        ("a/b.html", "https://prov.example/nyheter/a/b.html"),
        ("/a", "https://prov.example/a"),
        ("../a", "https://prov.example/a"),
        ("?sida=2", "https://prov.example/nyheter/?sida=2"),
        ("//annan.example/a", "https://annan.example/a"),
        ("http://prov.example", "http://prov.example"),
        ("http://prov.example:8080/a", "http://prov.example:8080/a"),
        ("http://prov.example:/a", "http://prov.example/a"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
        ("http://192.0.2.7/a", "http://192.0.2.7/a"),
        ("https://räksmörgås.example/a", "https://xn--rksmrgs-5wao1o.example/a"),
        ("https://RÄKSMÖRGÅS.example/a", "https://xn--rksmrgs-5wao1o.example/a"),
        ("https://prov.example/åäö", "https://prov.example/%C3%A5%C3%A4%C3%B6"),
        ("https://prov.example/%C3%A5", "https://prov.example/%C3%A5"),
        ("https://prov.example/%e5", "https://prov.example/%e5"),
        ("https://prov.example/en sida", "https://prov.example/en%20sida"),
        (" \n https://prov.example/a\t ", "https://prov.example/a"),
        ("https://prov.example/a\nb", "https://prov.example/ab"),
        ("https://kim:hemligt@prov.example/a", "https://prov.example/a"),
        ("https://kim@prov.example/a", "https://prov.example/a"),
        ("https://prov.example/?q=å&b=c d", "https://prov.example/?q=%C3%A5&b=c%20d"),
        ("https://prov.example/?a=1&a=2&b=&c&d=%2F/;=", "https://prov.example/?a=1&a=2&b=&c&d=%2F/;="),
        ("https://prov.example/?utm_source=rss&id=7&utm_medium=rss", "https://prov.example/?id=7"),
        ("https://prov.example/?id=7&fbclid=IwAR0&x=%20y", "https://prov.example/?id=7&x=%20y"),
        ("https://prov.example/?UTM_SOURCE=rss", "https://prov.example/"),
        ("https://prov.example/?gclid=1&mc_cid=2&mc_eid=3", "https://prov.example/"),
        ("https://prov.example/?utmost=1", "https://prov.example/?utmost=1"),
        ("https://prov.example/#utm_source=rss", "https://prov.example/#utm_source=rss"),
        ("https://prov.example/a#rubrik-å", "https://prov.example/a#rubrik-%C3%A5"),
        ("https://prov.example/\"'<>\\`{|}^", "https://prov.example/%22'%3C%3E%5C%60%7B%7C%7D%5E"),
        ("https://prov.example/a\u202eb\u0000c", "https://prov.example/abc"),
    ],
)
def test_an_address_comes_out_whole_in_ascii_and_otherwise_as_it_was(url, expected):
    assert clean.whole_url(url, BASE) == expected
    assert clean.whole_url(expected, BASE) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "mailto:kim@prov.example",
        "tel:+46700000000",
        "ftp://prov.example/a",
        "file:///etc/passwd",
        "vbscript:msgbox(1)",
        "blob:https://prov.example/1",
        "urn:uuid:00000000-0000-0000-0000-000000000000",
        "tag:prov.example,2026:1",
        "http://",
        "http:///a",
        "https://prov.example:port/a",
        "https://prov.example:99999/a",
        "http://[2001:db8::1/a",
        "http://[nej]/a",
        "http://" + "a" * 64 + ".example/",
        "http://a..example/",
        "https://prov.example/" + "a" * 4000,
        "http://exa mple.se/a",
        "http://a<b>/",
        'http://a"b/',
    ],
)
def test_what_is_no_address_of_the_web_is_no_address(url):
    assert clean.whole_url(url) == ""
    assert clean.whole_url(url, BASE) == ""


@pytest.mark.parametrize("base", ["", "mailto:a@b.example", "feeds/nyheter.xml", "http://[", "javascript:1"])
def test_a_relative_address_without_a_usable_base_is_no_address(base):
    assert clean.whole_url("a.html", base) == ""


@pytest.mark.parametrize(
    ("text", "markup", "expected"),
    [
        ("Kaffe &amp; kaka", "html", "Kaffe & kaka"),
        ("Kaffe &amp;amp; kaka", "html", "Kaffe &amp; kaka"),
        ("<b>Kaffe</b> <i>&</i> kaka", "html", "Kaffe & kaka"),
        ("Kaffe <3 kaka", "html", "Kaffe <3 kaka"),
        ("Kaffe<br>kaka", "html", "Kaffe kaka"),
        ("<p>Kaffe</p><p>kaka</p>", "html", "Kaffe kaka"),
        ("<script>alert(1)</script>Kaffe<style>p{}</style>", "html", "Kaffe"),
        ("Kaffe &lt;b&gt;", "escaped", "Kaffe <b>"),
        ("Kaffe <b>", "escaped", "Kaffe <b>"),
        ("Kaffe &lt;b&gt;", "text", "Kaffe &lt;b&gt;"),
        ("  Kaffe \n\t kaka\u00a0 ", "text", "Kaffe kaka"),
        ("\ufeffKaf\u00adfe\u200b", "text", "Kaffe"),
        ("\u202eekak", "text", "ekak"),
        ("Kaf\x00\x08\x1ffe\x7f\ufffe\ud800", "text", "Kaffe"),
        ("Kaffe &#0;&#8;&#x202e;&#xD800;", "html", "Kaffe \ufffd\ufffd"),
        ("&aring;&auml;&ouml; &Aring; &eacute;", "html", "åäö Å é"),
        ("&#229;&#xE4;&#246;", "escaped", "åäö"),
        ("👩‍🚒 släckte", "text", "👩‍🚒 släckte"),
    ],
)
def test_plain_text_is_one_line_that_says_the_same(text, markup, expected):
    assert clean.plain(text, markup) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Hej", "Hej"),
        ("Kaffe & kaka", "Kaffe &amp; kaka"),
        ("Första.\n\nAndra.", "<p>Första.</p><p>Andra.</p>"),
        ("<p>Hej</p>", "<p>Hej</p>"),
        ('<a href="sida">här</a>', '<a href="https://prov.example/nyheter/sida">här</a>'),
        ('<img src="/b.jpg" alt="Bild" onerror="x()">', '<img src="https://prov.example/b.jpg" alt="Bild">'),
        ('<a href="mailto:kim@prov.example">Kim</a>', '<a href="mailto:kim@prov.example">Kim</a>'),
        ("<h1>A</h1><section><p>B</p></section>", "<h1>A</h1><p>B</p>"),
        ("<p>Det regnade […]</p>", "<p>Det regnade…</p>"),
        ("<p>Det regnade. [...]</p>", "<p>Det regnade.</p>"),
        ("Det regnade (...)", "Det regnade…"),
        ("<p>A</p>\n<p>Inlägget <a href='x'>A</a> dök först upp på <a href='/'>Prov</a>.</p>", "<p>A</p>"),
        ("<p>A</p><p>The post <a href='x'>A</a> appeared first on <a href='/'>Prov</a>.</p> ", "<p>A</p>"),
        ("<p>Ön dök först upp på kartan 1650.</p>", "<p>Ön dök först upp på kartan 1650.</p>"),
        ("<p>Inlägget dök först upp på A.</p><p>B</p>", "<p>Inlägget dök först upp på A.</p><p>B</p>"),
    ],
)
def test_html_keeps_its_words_and_its_links_and_loses_what_a_machine_added(html, expected):
    assert clean.sanitised(html, BASE) == expected


def test_links_without_a_base_to_count_from_lose_their_address_and_keep_their_words():
    assert clean.sanitised('<a href="sida">här</a><img src="b.jpg" alt="">') == '<a>här</a><img alt="">'


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("<p>Nu är det klart. Vi öppnar på lördag.</p>", "Nu är det klart."),
        ("<p>Nu är det klart</p><p>Vi öppnar på lördag.</p>", "Nu är det klart"),
        ("Vi öppnar!", "Vi öppnar!"),
        ("<p>" + "ord " * 100 + "</p>", "ord " * 21 + "ord" + "…"),
        ("a" * 200, "a" * 90 + "…"),
        ('<img src="b.jpg">', ""),
        ("", ""),
    ],
)
def test_an_entry_without_a_title_is_called_by_its_beginning(content, title):
    assert clean.entry(BASE, url="a", title=" ", content=content).title == title


def test_an_entry_with_one_text_has_it_as_content_and_one_with_two_has_an_ingress():
    one = clean.entry(BASE, url="a", title="A", summary="<p>Text</p>")
    two = clean.entry(BASE, url="a", title="A", summary="<b>Kort</b> […]", content="<p>Långt</p>")
    assert (one.summary, one.html) == ("", "<p>Text</p>")
    assert (two.summary, two.html) == ("Kort…", "<p>Långt</p>")


def test_an_entry_has_each_author_and_category_once_and_nobodys_address():
    entry = clean.entry(
        BASE,
        url="a",
        title="A",
        authors=["Kim", "kim@prov.example", " Kim ", "", "Lo (lo@prov.example)"],
        categories=["Odling", "<b>Odling</b>", "", "Mat &amp; dryck"],
        language="sv_SE",
    )
    assert entry.authors == ("Kim",)
    assert entry.categories == ("Odling", "Mat & dryck")
    assert entry.language == "sv-se"


def test_what_nobody_reads_is_not_kept():
    entry = clean.entry(
        BASE,
        url="a",
        id="i" * 3000,
        title="ord " * 5000,
        content="<p>" + "ord " * 50_000 + "</p>",
        authors=[f"Namn {number}" for number in range(1000)],
        categories=[f"Ämne {number}" for number in range(1000)],
        published="7 november 2026 " + "x" * 5000,
    )
    assert entry.id == ""
    assert len(entry.title) <= clean.LONGEST_TITLE + 1
    assert len(entry.html) <= clean.LONGEST_TEXT + len("</p>")
    assert len(entry.authors) == clean.MOST_AUTHORS
    assert len(entry.categories) == clean.MOST_CATEGORIES
    assert entry.published is not None
    assert len(entry.published_raw) < 1000


def test_a_picture_written_into_a_long_text_does_not_cost_the_words_after_it():
    picture = '<img src="data:image/png;base64,' + "QUFB" * 50_000 + '" alt="Ett äpple">'
    assert clean.sanitised(f"<p>Före</p>{picture}<p>Efter</p>") == '<p>Före</p><img alt="Ett äpple"><p>Efter</p>'


@pytest.mark.parametrize("tags", ["<dl><dd>", "<a><div>", "<b></i>", "<dl><dd></x></x>", "<dl><table></dl>", "<svg>"])
def test_tags_without_end_leave_the_words_between_them(tags):
    tangle = "<p>Före</p>" + tags * 2_000 + "ord" + tags * 10
    assert "ord" in text_of(clean.sanitised(tangle)) or tags == "<svg>"
    assert "<" not in clean.plain(tangle)


def test_an_event_begins_on_a_moment_or_a_day_or_is_no_event():
    assert clean.event("i morgon") is None
    event = clean.event("2026-11-07T13:00:00+01:00", "7 november 2026", "<b>Biblioteket</b>", "Kim &amp; Lo")
    assert event is not None
    assert (event.start.isoformat(), event.end.isoformat()) == ("2026-11-07T12:00:00+00:00", "2026-11-07")  # type: ignore[union-attr]
    assert (event.place, event.organiser) == ("Biblioteket", "Kim & Lo")


def test_a_picture_has_a_whole_address_and_plain_numbers():
    image = clean.image(BASE, "b.jpg", type="image/jpeg", alt="<b>Äpple</b>", width="640", height="hög", length=-1)
    assert image is not None
    assert (image.url, image.alt, image.width, image.height, image.length) == (BASE + "b.jpg", "Äpple", 640, 0, 0)
    assert clean.image(BASE, "data:image/png;base64,AAAA") is None
    assert clean.image(BASE, "b.jpg", width="9" * 5000, height="²").width == 0  # type: ignore[union-attr]


def test_xml_carries_every_sign_that_is_let_through():
    every = "".join(map(chr, [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010), 0x10FFFF]))
    for let_through in (
        clean.plain(every, "text"),
        clean.sanitised(every.replace("<", "")),
        clean.as_html(clean.plain(every, "text")),
    ):
        etree.Element("title").text = let_through
        etree.fromstring(f"<title>{clean.as_html(clean.plain(let_through, 'text'))}</title>")
