"""What is read of whole and well-meant feeds: the documents in tests/documents/feed, and what each says."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aggregator.model import Document, Entry, Event, Image, Reading
from aggregator.sources import FeedSource

DOCUMENTS = Path(__file__).parent.parent / "documents" / "feed"
FEED = "https://prov.example/flode/feed"


def read(name: str) -> Reading:
    return reading((DOCUMENTS / name).read_bytes())


def reading(content: bytes | str, media_type: str = "", location: str = FEED) -> Reading:
    whole = content.encode() if isinstance(content, str) else content
    return FeedSource(feed=location).read(Document(location, whole, media_type))


def rss(items: str, head: str = "", declaration: str = "") -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Prov</title><link>https://prov.example/</link>{head}{items}</channel></rss>"
    )


def only(content: bytes | str, media_type: str = "") -> Entry:
    (entry,) = reading(content, media_type).entries
    return entry


def test_a_full_item_of_wordpress():
    told = read("rss2-full.xml")
    assert told.title == "Cykelköket i Skövde & Tidan"
    assert told.notes == ()
    assert told.entries[0] == Entry(
        id="https://cykelkoket.example/?p=812",
        url="https://cykelkoket.example/oppet-hus/",
        title="Öppet hus & fika i verkstan",
        summary="På lördag öppnar vi portarna. Ta med cykeln så hjälps vi åt att byta…",
        html="<p>På lördag öppnar vi portarna. Ta med cykeln så hjälps vi åt att byta däck, kedja och humör.</p>\n"
        '<p><a href="https://cykelkoket.example/hitta-hit">Hitta hit</a></p>',
        authors=("Maja Lind",),
        categories=("Verkstad", "Fika & prat"),
        language="sv-se",
        published=datetime(2026, 11, 7, 10, tzinfo=UTC),
        published_raw="Sat, 07 Nov 2026 10:00:00 +0000",
        image=Image(
            "https://cykelkoket.example/bilder/port.jpg",
            "image/jpeg",
            alt="Porten mot gården",
            credit="Foto: Olle Sand",
            width=1200,
            height=800,
        ),
    )


def test_an_item_whose_guid_is_its_link_whose_author_is_an_address_and_whose_date_is_swedish():
    entry = read("rss2-full.xml").entries[1]
    assert entry.url == entry.id == "https://cykelkoket.example/pa-vift"
    assert entry.title == 'Fem cyklar "på vift" <3'
    assert entry.authors == ()
    assert entry.published == datetime(2026, 11, 6, 17, 30, tzinfo=UTC)
    assert entry.image == Image("https://cykelkoket.example/bilder/vift.png", "image/png", length=48123)


def test_an_item_without_link_title_or_date_has_the_beginning_of_its_text_and_no_borrowed_address():
    entry = read("rss2-full.xml").entries[2]
    assert (entry.id, entry.url) == ("cykelkoket-3", "")
    assert entry.title == "Kedjeoljan är slut."
    assert entry.authors == ("Olle Sand",)
    assert (entry.published, entry.updated, entry.image) == (None, None, None)


def test_rss_0_91_in_iso_8859_1_with_the_letters_of_its_dtd():
    told = read("rss091.xml")
    assert told.title == "Vårkören i Åsarp"
    assert told.entries == (
        Entry(
            id="",
            url="http://varkoren.example/korhelg",
            title="Körhelg på Ållebergs äng",
            html="Övning, soppa &amp; våfflor.",
            language="sv",
        ),
    )


def test_rdf_with_events():
    soup, meeting = read("rdf.xml").entries
    assert (soup.title, soup.authors, soup.categories) == ("Sopplunch", ("Bygdegårdsföreningen",), ("Mat",))
    assert soup.updated == datetime(2026, 11, 12, 8, tzinfo=UTC)
    assert soup.event == Event(
        datetime(2026, 11, 19, 11, tzinfo=UTC),
        datetime(2026, 11, 19, 13, tzinfo=UTC),
        "Stora salen, Fagersanna",
        organiser="Bygdegårdsföreningen",
    )
    assert meeting.event == Event(date(2027, 2, 14))


def test_atom_1_0_with_titles_of_every_type_bases_and_several_links():
    told = read("atom10.xml")
    assert told.title == "Skogen <och> vi"
    stumps, pines, leaves = told.entries
    assert stumps == Entry(
        id="tag:skogen.example,2026:1",
        url="https://skogen.example/blogg/2026/stubbar",
        title="2 < 3 & 4 > 3",
        summary="Om <stubbar> och rötter.",
        html='<p>Se <a href="https://skogen.example/blogg/2026/karta">kartan</a> &amp; <em>gå dit</em>.</p>',
        authors=("Eva Ek",),
        categories=("Gallring", "stubbar"),
        language="sv",
        published=datetime(2026, 11, 18, 7, tzinfo=UTC),
        published_raw="2026-11-18T08:00:00+01:00",
        updated=datetime(2026, 11, 20, 12, tzinfo=UTC),
        updated_raw="2026-11-20T13:00:00+01:00",
    )
    assert (pines.title, pines.published) == ("Tallar & granar", None)
    assert pines.html == (
        '<p><img src="https://skogen.example/blogg/tall.jpg" alt="Tall"> '
        'En <a href="https://skogen.example/om">tall</a>.</p>'
    )
    assert (leaves.title, leaves.html) == ("Lövens långa fall", "<p>Rad ett &lt;inte en tagg&gt;</p><p>Rad två</p>")


def test_atom_0_3():
    (entry,) = read("atom03.xml").entries
    assert (entry.title, entry.html) == ("Kvarnen & dammen", "<p>Hjulet snurrar igen.</p>")
    assert entry.published == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert entry.updated == datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "finns-inte", ""])
@pytest.mark.parametrize("header", ["", "utf-8", "iso-8859-1", "us-ascii", "utf-7", "base64", "finns-inte"])
@pytest.mark.parametrize("media", ["application/rss+xml", "text/xml", "text/plain", "text/html"])
def test_utf_8_is_read_as_such_whatever_is_said_of_it(declared, header, media):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = rss("<item><title>Räksmörgås – 5 €</title></item>", declaration=declaration)
    for mark in (b"", b"\xef\xbb\xbf"):
        entry = only(mark + document.encode(), f"{media}; charset={header}" if header else media)
        assert entry.title == "Räksmörgås – 5 €"


@pytest.mark.parametrize(
    ("letters", "declared", "header"),
    [
        ("iso-8859-1", "ISO-8859-1", ""),
        ("iso-8859-1", "", "iso-8859-1"),
        ("iso-8859-1", "iso-8859-1", "utf-8"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("iso-8859-1", "", ""),
        ("windows-1252", "ISO-8859-1", "text"),
        ("windows-1252", "windows-1252", "utf-8"),
        ("iso-8859-15", "ISO-8859-15", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-16-be", "utf-16", "utf-8"),
        ("utf-32", "utf-32", ""),
        ("macintosh", "macintosh", ""),
        ("windows-1252", "iso-8859-12", "gb1"),
    ],
)
def test_other_letters_are_read_by_their_mark_or_by_what_is_said_of_them(letters, declared, header):
    title = "Räksmörgås – ”5 €”" if letters in ("windows-1252", "macintosh") or "utf" in letters else "Räksmörgås"
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared or "utf" in letters else ""
    document = rss(f"<item><title>{title}</title></item>", declaration=declaration).encode(letters)
    assert only(document, f"text/xml; charset={header}" if header else "").title == title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kaffe &amp; kaka", "Kaffe & kaka"),
        ("Kaffe &amp;amp; kaka", "Kaffe & kaka"),
        ("Kaffe & kaka", "Kaffe & kaka"),
        ("<![CDATA[Kaffe & kaka]]>", "Kaffe & kaka"),
        ("<![CDATA[Kaffe &amp; kaka]]>", "Kaffe & kaka"),
        ("Sm&aring;kakor &hellip; &nbsp; 5 &euro;", "Småkakor … 5 €"),
        ("Sm&#229;kakor &#8211; &#x2014;", "Småkakor – —"),
        ("Sm&amp;aring;kakor", "Småkakor"),
        ("&lt;b&gt;Kaffe&lt;/b&gt; &amp;amp; kaka", "Kaffe & kaka"),
        ("Kaffe &#150; kaka", "Kaffe – kaka"),
        ("Kaffe\x0b\x1f &#8;kaka", "Kaffe kaka"),
        ("Kaffe &okand; kaka", "Kaffe &okand; kaka"),
        ("AT&T & C:a", "AT&T & C:a"),
        ("5 &lt; 7", "5 < 7"),
    ],
)
def test_a_title_of_rss_says_what_was_meant(title, expected):
    told = reading(rss(f"<item><title>{title}</title></item>"))
    assert [entry.title for entry in told.entries] == [expected]
    assert told.notes == ()


def test_the_longest_text_is_the_content_and_the_other_the_ingress():
    entry = only(
        rss(
            "<item><title>A</title><description>Kort.</description>"
            "<content:encoded>&lt;p&gt;Långt och utförligt.&lt;/p&gt;</content:encoded></item>"
        )
    )
    assert (entry.summary, entry.html) == ("Kort.", "<p>Långt och utförligt.</p>")
    entry = only(rss("<item><title>A</title><content:encoded>&lt;p&gt;Bara.&lt;/p&gt;</content:encoded></item>"))
    assert (entry.summary, entry.html) == ("", "<p>Bara.</p>")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("<author>kim@prov.example</author>", ()),
        ("<author>kim@prov.se</author>", ()),
        ("<author>kim@prov.example (Kim Ek)</author>", ("Kim Ek",)),
        ("<author>Kim Ek &lt;kim@prov.stockholm&gt;</author>", ("Kim Ek",)),
        ("<author><![CDATA[Kim Ek, kim@prov.example]]></author>", ("Kim Ek",)),
        ("<dc:creator>kim@prov.example</dc:creator>", ()),
        ("<dc:creator>Kim Ek</dc:creator>", ("Kim Ek",)),
        ("<dc:creator>Kim Ek</dc:creator><dc:creator>Lo Al</dc:creator>", ("Kim Ek", "Lo Al")),
        ("<dc:creator></dc:creator>", ()),
    ],
)
def test_authors_have_names_and_no_addresses(author, expected):
    assert only(rss(f"<item><title>A</title>{author}</item>")).authors == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("<link>https://prov.example/a</link>", "https://prov.example/a"),
        ("<link>/a</link>", "https://prov.example/a"),
        ("<link> \n https://prov.example/a \n</link>", "https://prov.example/a"),
        ('<guid isPermaLink="true">https://prov.example/a</guid>', "https://prov.example/a"),
        ('<guid isPermaLink="false">https://prov.example/a</guid>', ""),
        ("<guid>inget-lank</guid>", ""),
        ('<guid isPermaLink="false">x</guid><link>https://prov.example/a</link>', "https://prov.example/a"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link></link>", ""),
        ('<enclosure url="https://prov.example/a.mp3" type="audio/mpeg" length="1"/>', ""),
        ("<comments>https://prov.example/a#kommentarer</comments>", ""),
    ],
)
def test_the_address_of_an_item_leads_to_what_it_tells_or_nowhere(links, expected):
    assert only(rss(f"<item><title>A</title>{links}</item>")).url == expected


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ('<media:thumbnail url="b.jpg" width="80"/>', "https://prov.example/flode/b.jpg"),
        ('<media:content url="/v.mp4" type="video/mp4"/><media:thumbnail url="/b.jpg"/>', "https://prov.example/b.jpg"),
        ('<media:group><media:content url="/b.jpg" medium="image"/></media:group>', "https://prov.example/b.jpg"),
        ('<enclosure url="/b.jpg" type="image/jpeg"/>', "https://prov.example/b.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/>', None),
        ('<media:content url="https://0.gravatar.com/avatar/1" medium="image"/>', None),
        ('<media:content url="data:image/png;base64,AA" medium="image"/>', None),
        ("", None),
    ],
)
def test_the_picture_of_an_item_is_no_film_no_sound_and_nobodys_face(picture, expected):
    image = only(rss(f"<item><title>A</title>{picture}</item>")).image
    assert (image and image.url) == expected


def test_the_caption_of_a_picture_is_not_the_text_of_the_item():
    caption = '<media:description type="plain">En bild på en mycket lång gärdesgård i kvällssol.</media:description>'
    picture = f'<media:content url="/b.jpg" medium="image">{caption}</media:content>'
    entry = only(rss(f"<item><description>Kort.</description>{picture}</item>"))
    assert (entry.summary, entry.html) == ("", "Kort.")
    assert entry.image is not None
    assert entry.image.alt.startswith("En bild på en mycket lång gärdesgård")


def test_an_empty_feed_is_no_error():
    assert reading(rss("")).entries == ()
    assert reading('<feed xmlns="http://www.w3.org/2005/Atom"><title>Prov</title></feed>').title == "Prov"


def test_an_entry_that_says_nothing_is_passed_over_and_told():
    told = reading(rss("<item><title>A</title></item><item><pubDate>2026-11-07</pubDate></item>"))
    assert [entry.title for entry in told.entries] == ["A"]
    assert told.notes == ("1 of 2 entries have neither title, text nor link, and were passed over",)


def test_a_file_counts_relative_addresses_from_the_site_that_the_feed_names():
    told = reading(rss("<item><title>A</title><link>/a</link></item>"), location="/srv/feeds/prov.xml")
    assert told.entries[0].url == "https://prov.example/a"


def test_a_path_counts_from_where_feeds_toml_stands_and_an_address_from_nowhere():
    assert FeedSource(feed="exempel/prov.xml").below(Path("/srv")).location == "/srv/exempel/prov.xml"
    assert FeedSource(feed=FEED).below(Path("/srv")).location == FEED


def test_an_event_in_the_words_of_icalendar_is_an_event():
    told = "<xcal:dtstart>2026-12-12T13:00:00</xcal:dtstart><xcal:location>Folkets hus</xcal:location>"
    item = f"<channel><item><title>A</title>{told}</item></channel>"
    [entry] = reading(f'<rss version="2.0" xmlns:xcal="urn:ietf:params:xml:ns:xcal">{item}</rss>').entries
    assert entry.event
    assert (entry.event.start.isoformat(), entry.event.place) == ("2026-12-12T12:00:00+00:00", "Folkets hus")


def test_rss_0_90_in_windows_1252_with_only_titles_and_links():
    told = read("rss090.xml")
    assert told.title == "Byalaget i Ör"
    assert [(entry.title, entry.url) for entry in told.entries] == [
        ("Vägföreningen ”röjer” – kom med", "http://byalaget.example/rojning"),
        ("Bykvarnen mal igen", "http://byalaget.example/kvarn"),
    ]


def test_rss_0_92_with_a_picture_a_source_and_an_item_that_is_only_text():
    seeds, water = read("rss092.xml").entries
    assert (seeds.title, seeds.html) == ("Fröbyte på söndag", "Ta med <b>frön</b> och kaffekopp.")
    assert (seeds.categories, seeds.language) == (("Odling",), "sv")
    assert seeds.image == Image("http://artskidan.example/fron.jpg", "image/jpeg", length=24986)
    assert (water.title, water.url) == ("Vattnet stängs av i morgon.", "")


def test_a_podcast_has_its_own_picture_its_author_and_its_summary():
    (entry,) = read("podcast.xml").entries
    assert (entry.title, entry.authors) == ("Avsnitt 12: Lokala lån", ("Ida Norén",))
    assert (entry.url, entry.html) == ("https://radion.example/12", "Vad händer när byn är sin egen bank?")
    assert entry.image == Image("https://radion.example/12.jpg")


def test_an_entry_taken_from_another_feed_keeps_its_own_title_date_and_link():
    (entry,) = read("planet.xml").entries
    assert (entry.title, entry.id) == ("Skörden är inne", "tag:tomater.example,2026:7")
    assert entry.updated == datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_where_no_picture_is_named_the_first_of_the_text_that_is_one_is_meant():
    (entry,) = read("planet.xml").entries
    assert entry.image == Image("https://tomater.example/bilder/skord.jpg", alt="En låda tomater", width=640)


@pytest.mark.parametrize(
    ("letters", "title"),
    [
        ("windows-1252", "Räksmörgås på Öland, Åland och i Ängelholm – ”5 €”"),
        ("latin-1", "Räksmörgås på Öland, Åland och i Ängelholm"),
    ],
)
def test_letters_that_went_through_utf_8_twice_are_whole_again(letters, title):
    doubled = "".join(
        bytes([byte]).decode(letters if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in title.encode()
    )
    assert doubled != title
    if letters == "latin-1":  # in XML, what stands for the second byte is a character that only looks like nothing
        assert "\x84" in doubled
    assert only(rss(f"<item><title>{doubled}</title></item>")).title == title
    assert only(rss(f"<item><title>{title}</title></item>")).title == title


def test_what_only_looks_like_a_letter_that_went_through_utf_8_twice_stays():
    title = "SÃO PAULO, Ântor och pâté"
    assert only(rss(f"<item><title>{title}</title></item>")).title == title
