"""Documents that are broken, hostile or no feeds at all: each gives what can be had of it, or one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sources.test_feed import reading, rss

from aggregator.errors import ParseError
from aggregator.sources import bounds

TWO = "<item><title>Ett</title><link>/1</link></item><item><title>Två</title><link>/2</link></item>"
PAGE = "<!DOCTYPE html><html><head><title>Prov</title></head><body><p>Hej<br>på er & alla</body></html>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def titles(document: bytes | str) -> list[str]:
    return [entry.title for entry in reading(document).entries]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"", "answers with nothing at all"),
        (b" \r\n\t ", "answers with nothing at all"),
        (b"\xef\xbb\xbf \n", "answers with nothing at all"),
        (b"\x00\x00\x00", "answers with nothing at all"),
        (PAGE, "is a web page and no newsfeed"),
        ("<html><body><p>Hej</p></body></html>", "is a web page and no newsfeed"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "is a web page and no newsfeed"),
        ("Sidan kan inte visas.", "is neither RSS, Atom nor JSON Feed"),
        ("<urlset><url/></urlset>", "is neither RSS, Atom nor JSON Feed"),
        ("%PDF-1.7\n%\xe2\xe3\xcf\xd3 1 0 obj", "is neither RSS, Atom nor JSON Feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is neither RSS, Atom nor JSON Feed"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "is neither RSS, Atom nor JSON Feed"),
        (bytes(range(256)) * 40, "is neither RSS, Atom nor JSON Feed"),
        ("<" * 9_000, "is not well-formed"),
        ("<rss><channel><item><title>Ofärd", "has no entry that could be read; it is cut short at line 1"),
        (f"<!DOCTYPE rss [{LAUGHS}]>{rss('<item><title>&l9;</title></item>')}", "declares an entity of its own"),
        (f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rss(TWO)}', "declares an entity of its own"),
        (f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://ond.example/x">%x;]>{rss(TWO)}', "declares an entity of its own"),
    ],
)
def test_what_is_no_feed_is_one_sentence_that_says_what_to_look_at(document, sentence):
    with pytest.raises(ParseError, match=f"^https://prov.example/flode/feed: {sentence}"):
        reading(document)


@pytest.mark.parametrize("cut", range(1, 46, 3))
def test_a_feed_that_is_cut_short_gives_the_entries_that_are_whole(cut):
    document = rss(TWO)
    end = document.index("</item></channel>") + len("</item>")
    told = reading(document[: end - cut])
    assert [entry.title for entry in told.entries] == ["Ett"]
    assert told.notes == ("is cut short at line 1; the entries before that were read",)
    assert titles(document[:end]) == ["Ett", "Två"]


@pytest.mark.parametrize(
    "document",
    [
        rss(TWO).replace("</channel>", ""),
        rss(TWO).replace("</link>", "</lank></link>", 1),
        rss(TWO).replace("<link>", "<link><br>"),
        rss("<item><title>Ett</title><description>1 < 2 <p>hej</description></item><item><title>Två</title></item>"),
        rss("<item><title>Ett</title><okand:sak>x</okand:sak></item><item><title>Två</title></item>"),
        rss("<item><title>Ett</title><enclosure url=b.jpg /></item><item><title>Två</title></item>"),
        rss("<item><title>Ett</title><enclosure url='a' url='b'/></item><item><title>Två</title></item>"),
        rss(TWO) + "<script>alert(1)</script>",
        "<br />\n<b>Warning</b>: något gick fel\n" + rss(TWO),
    ],
)
def test_a_feed_that_is_not_well_formed_is_read_and_the_fault_told(document):
    told = reading(document)
    assert {entry.title.split()[0] for entry in told.entries} == {"Ett", "Två"}
    assert told.notes[0].startswith("is not well-formed (line ")


@pytest.mark.parametrize("entity", ["&okand;", "&;", "&#xFFFFFF;", "&#0;", "&#99999999999;", "&#x;", "&a&b;c"])
def test_an_odd_reference_harms_no_one(entity):
    (title,) = titles(rss(f"<item><title>Ett {entity} hus</title></item>"))
    assert title.startswith("Ett")
    assert title.endswith("hus")


def test_a_doctype_and_what_else_stands_around_a_feed_is_no_part_of_it():
    around = '<!DOCTYPE rss SYSTEM "http://ond.example/x.dtd" [<!ENTITY nbsp "&#160;">]>\n<!-- <rss/> -->\n'
    assert titles(around + "\n" * 100_000 + rss("<item><title>Ett&nbsp;hus</title></item>") + "\n<!-- slut -->") == [
        "Ett hus"
    ]


def test_of_very_many_entries_the_newest_are_read_and_the_others_told():
    def dated(number: int) -> str:
        return (
            f"<item><title>{number}</title><pubDate>{1 + number % 28} maj {2000 + number // 28} 12:00</pubDate></item>"
        )

    rising = [dated(number) for number in range(600)]
    told = reading(rss("".join(rising)))
    assert [entry.title for entry in told.entries] == [str(number) for number in range(100, 600)]
    assert told.notes == ("has 600 entries; the last 500 were read",)
    told = reading(rss("".join(reversed(rising))))
    assert [entry.title for entry in told.entries] == [str(number) for number in reversed(range(100, 600))]
    assert told.notes == ("has 600 entries; the first 500 were read",)
    told = reading(rss("</fel>" + "".join(rising)))
    assert len(told.entries) == 500


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<x " + " ".join(f'a{n}="b"' for n in range(200)) + "/>", "an element has 200 attributes"),
        ("<x>" * 200 + "</x>" * 200, "elements are nested more than 100 deep"),
        ("<category>x</category>" * 3000, "there are too many elements"),
        ("".join(f'<x xmlns:n{n}="u{n}"/>' for n in range(200)), "there are too many namespaces"),
        ("<author>" + "a." * 500 + "</author>", "an author's name is too long"),
        ("<author>" + ("a." * 40 + "<!-- -->") * 9 + "</author>", "an author's name is too long"),
        ("<author>" + ("a." * 40 + "<![CDATA[a]]>") * 9 + "</author>", "an author's name is too long"),
    ],
)
def test_an_entry_beyond_the_bounds_is_left_out_and_the_others_read(inside, fault):
    tangled = f"<item><title>Trassel</title>{inside}</item>"
    told = reading(rss(tangled + TWO))
    assert [entry.title for entry in told.entries] == ["Ett", "Två"]
    assert told.notes == (f"1 of 3 entries cannot be read, since {fault}",)
    with pytest.raises(ParseError, match=f"too tangled to be read: 1 of 1 entries cannot be read, since {fault}"):
        reading(rss(tangled))
    with pytest.raises(ParseError, match="too tangled to be read: outside its entries"):
        reading(rss(TWO, head=inside.replace("<category>x</category>", "<category>x</category>" * 4)))


def test_an_author_with_a_long_name_of_many_words_is_an_author():
    entry = reading(rss(f"<item><title>A</title><author>{'Ek och ' * 90}Lo</author></item>")).entries[0]
    assert entry.authors == ("Ek och " * 90 + "Lo",)


def test_authors_of_what_is_not_well_formed_are_read_if_they_are_plain():
    authors = (
        "<author>Kim Ek</author>",
        "<dc:creator><![CDATA[Kim Ek]]></dc:creator>",
        "<author>" + ("a." * 200 + "</x>") * 100 + "</author><dc:creator>Kim Ek</dc:creator>",
    )
    for author in authors:
        told = reading(rss(f"</fel><item><title>A</title>{author}</item>"))
        assert told.entries[0].authors == ("Kim Ek",)
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'></fel><entry><title>A</title>"
    told = reading(f"{atom}<author>\n<name>Kim Ek</name>\n<uri>https://prov.example</uri></author></entry></feed>")
    assert told.entries[0].authors == ("Kim Ek",)


def test_where_feedparser_trips_it_is_one_sentence():
    with pytest.raises(ParseError, match="is too broken to be read as a newsfeed"):
        reading("<item<textInput<link<")


def test_what_is_not_well_formed_has_bounds_as_well():
    broken = "</fel>"
    big = f"<item><title>Stor</title><description>{'ord ' * 60_000}</description></item>"
    told = reading(rss(broken + big * 5 + TWO))
    assert [entry.title for entry in told.entries] == ["Stor"]
    assert told.notes[1] == "1 of its 7 entries were read; the others are too many or too tangled"
    told = reading(rss(broken + f"<item><title>Trassel</title>{'<b>' * 6000}</item>" + TWO))
    assert [entry.title for entry in told.entries] == ["Ett", "Två"]
    with pytest.raises(ParseError, match="too tangled to be read all the same"):
        reading(rss(broken + f"<item>{'<b>' * 6000}</item>"))
    with pytest.raises(ParseError, match="too tangled to be read all the same"):
        reading(rss("", head=broken + "<x></x>" * 6000))


@pytest.mark.parametrize("end", ["", "<guid/>", '<enclosure url="b"/>', " ", "<!-- > -->", "<![CDATA[/>]]>", "/>"])
def test_entries_are_left_out_from_their_first_sign_to_their_last(end):
    feed = rss("".join(f"<item><title>{n}</title>{end}</item>\n<item/><item></item >" for n in range(400)))
    told = reading(feed)
    assert [entry.title for entry in told.entries] == [str(n) for n in range(167)]
    assert told.notes[0] == "has 1200 entries; the first 500 were read"
    assert len(told.notes) == 2


def test_all_elements_together_are_bounded():
    item = "<item><title>A</title>" + "<x/>" * 2400 + "</item>"
    told = reading(rss(item * 25))
    assert len(told.entries) == bounds.ELEMENTS // 2402
    assert told.notes == (f"has 25 entries; the first {bounds.ELEMENTS // 2402} were read",)


PIECES = (
    *(
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "</channel></rss>",
        "<rdf:RDF>",
        "<html>",
        "<entry>",
        "</entry>",
    ),
    *(
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "</feed>",
        "<title>",
        "</title>",
        "<title type='xhtml'><div>",
        "</div>",
    ),
    *(
        "<link>",
        "</link>",
        "<link href='a' rel='",
        "<guid isPermaLink='",
        "<author>a@b.example",
        "</author>",
        "<name>",
        "<email>",
    ),
    *(
        "<pubDate>",
        "</pubDate>",
        "<updated>2026-11-07",
        "<media:content url='",
        "<media:description type='x'>",
        "<media:thumbnail>",
    ),
    *(
        "<content type='xhtml'>",
        "<content mode='base64'>",
        "<content type='image/png' src='",
        "</content>",
        "<summary>",
        "<source>",
    ),
    *(
        "<enclosure url='",
        "<category term='",
        "<georss:point>",
        "<georss:polygon>1 x",
        "<itunes:image href='",
        "<cloud/>",
        "<ttl>",
    ),
    *(
        "<psc:chapter start='",
        "<textInput>",
        "<image><url>",
        "<ev:startdate>2026-11-07",
        "xml:base='",
        "xmlns:a='http://b'",
        "<a:b>",
    ),
    *(
        "'/>",
        "'>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<!DOCTYPE",
        "<!ENTITY a 'b'>",
        "<?xml version='1.0' encoding='",
        "?>",
        "<![",
        "<!",
    ),
    *(
        "&",
        "&amp;",
        "&#x41;",
        "&#99999999;",
        "&aring;",
        "&a;",
        "<",
        ">",
        "'",
        '"',
        "\x00",
        "\x0b",
        "å",
        "\ud800",
        " ",
        "\n",
        "http://[",
    ),
    *(
        '{"version":"https://jsonfeed.org/version/1","items":[',
        '{"id":',
        '"\\ud800"',
        "1e999",
        "null",
        "]}",
        "}",
        ",",
        ":",
        '"title":',
    ),
)
DOCUMENTS = st.one_of(
    st.binary(),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(PIECES), max_size=30).map(
        lambda pieces: rss("<item><title>A</title>" + "".join(pieces)).encode("utf-8", "surrogatepass")
    ),
    st.tuples(st.binary(max_size=4), st.sampled_from(["utf-16", "utf-32-be", "cp037", "utf-7"])).map(
        lambda parts: parts[0] + rss(TWO).encode(parts[1])
    ),
)
HEADERS = st.sampled_from(
    ["", "text/xml", "text/html; charset=utf-8", "application/rss+xml; charset=punycode", "\x00;="]
)


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS, HEADERS)
def test_any_bytes_give_a_reading_that_xml_can_carry_or_one_parse_error(document, media_type):
    try:
        told = reading(document, media_type)
    except ParseError:
        return
    for entry in told.entries:
        assert entry.title or entry.url
        for text in (told.title, entry.id, entry.url, entry.title, entry.summary, entry.html, *entry.authors):
            etree.Element("x").text = text
