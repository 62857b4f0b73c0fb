"""Pages that are broken or hostile: readable text and nothing that runs, or one sentence; never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from made import NOON
from sources.test_hostile_html import PAYLOADS, assert_nothing_runs
from sources.test_page import only, page, reading

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.sources import Select, proposed
from aggregator.sources.page.markup import TAGS, page_of

AROUND = '<h2><a href="/a">Före</a></h2><time>2026-11-03</time>'


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_html_in_a_page_leaves_nothing_that_runs(payload):
    document = page(
        f'<article class="n">{AROUND}<p class="ingress">Det regnade på vägen hela dagen. {payload}</p></article>'
    )
    for select in ({}, {"item": ".n", "summary": ".ingress"}):
        entry = reading(document, **select).entries[0]
        assert_nothing_runs(entry.html)
        assert "Det regnade på vägen hela dagen." in entry.html
        assert entry.url.startswith("http")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_html_in_a_title_is_words(payload):
    title = only(page(f'<div class="n"><h2><a href="/a">Före {payload}</a></h2></div>'), item=".n").title
    assert title.startswith("Före")
    assert title.isprintable()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_html_in_json_ld_leaves_nothing_that_runs(payload):
    import json

    told = {"@type": "Article", "headline": f"Före {payload}", "url": "/a", "articleBody": f"<p>Före</p>{payload}"}
    script = json.dumps(told).replace("<", "\\u003c")
    entry = only(page("", f'<script type="application/ld+json">{script}</script>'))
    assert_nothing_runs(entry.html)
    assert entry.title.startswith("Före")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " java\tscript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_a_link_that_is_no_address_of_the_web_is_none(address):
    entry = only(page(f'<div class="n"><h2><a href="{address}">A</a></h2><img src="{address}"></div>'), item=".n")
    assert entry.url == "https://prov.example/nyheter/#:~:text=A"
    assert entry.image is None


def test_directions_and_control_characters_in_titles_are_gone():
    title = "A\u202eB\u2066C\u200bD\x07E&#8238;F&#x1;G"
    assert only(page(f'<div class="n"><h2><a href="/a">{title}</a></h2></div>'), item=".n").title == "ABCDEFG"


def test_a_meta_refresh_a_frame_and_a_form_are_no_links():
    document = page(
        f'<form action="/x"><iframe src="/y">Rama</iframe><article>{AROUND}<select><option>V</select></article></form>',
        '<meta http-equiv="refresh" content="0;url=https://ond.example/">',
    )
    entry = only(document)
    assert (entry.url, entry.title, entry.html) == ("https://prov.example/a", "Före", "")


@pytest.mark.parametrize(
    "tangle",
    ["<b>" * 300_000, "<div>" * 300_000, "<p>" * 300_000, "<a href=x>" * 300_000, "</a>" * 300_000, "<i></i>" * 300_000,
     "<table><tr><td>" * 100_000, "<" * 1_000_000, "<!--" * 300_000, "&" * 1_000_000, "<p a='" * 300_000],
)  # fmt: skip
def test_a_tangle_is_read_so_far_as_the_bounds_go(tangle):
    document = page(f"<article>{AROUND}</article>{tangle}")
    assert sum(1 for _ in page_of(document, "").root.iter()) <= TAGS
    assert reading(document).entries[0].title == "Före"


def test_what_was_left_out_is_noted():
    news = f"<article>{AROUND}</article>"
    assert reading(page(news + "<i></i>" * 60_000)).notes == ("is very large; the first 100,000 tags of it were read",)
    assert "nests its elements too deep" in reading(page(news + "<b>" * 400)).notes[0]


def test_an_element_with_very_many_attributes_has_none():
    attributes = " ".join(f"a{n}=b" for n in range(2_000))
    root = page_of(f'<p {attributes}>x</p><p title="{"å" * 5_000}">y</p>', "").root
    assert [len(part.attrib) for part in root.iter("p")] == [0, 1]


def test_pictures_written_into_the_text_are_no_part_of_it():
    picture = "data:image/png;base64," + "A" * 4_000_000
    entry = only(page(f'<article>{AROUND}<img src="{picture}" data-src="/b.jpg" alt="B"></article>'))
    assert entry.image is not None
    assert entry.image.url == "https://prov.example/b.jpg"


def test_a_script_may_speak_of_tags_and_of_json_ld():
    script = '<script>var a = "<article>" + "<\\/script>" + \'<script type="application/ld+json">\';</script>'
    comment = '<!-- <script type="application/ld+json">{"@type":"Article","headline":"B","url":"/b"}</script> -->'
    assert only(page(f"{script}{comment}<article>{AROUND}</article>")).title == "Före"


PIECES = (
    *("<article>", "</article>", "<h2>", "</h2>", "<a href='/a'>", "<a href='", "</a>", "<time datetime='2026-11-03'>"),
    *("<time>", "</time>", "<p class='ingress'>", "</p>", "<img src='b.jpg' alt='", "<img srcset='a 1x, b 2x'>", "'>"),
    *("<div class='h-entry'>", "<b class='p-name'>", "<i class='dt-start'>", "<b class='u-url'>", "<div class=hentry>"),
    *("<div class=vevent>", "<b class=dtstart title='2026-11-03'>", "<i class=value>", "<div itemscope itemtype='"),
    *("https://schema.org/Event'>", "<b itemprop=name content='x'>", "<base href='", "<base href='http://["),
    *(
        "<script type='application/ld+json'>",
        "</script>",
        '{"@type":"Event","startDate":',
        '"2026-11-03"',
        '{"@graph":[',
    ),
    *('{"@type":"NewsArticle","headline":', '"@id":"#a"', '{"@id":"#a"}', '"location":', '"author":', '"image":'),
    *('"url":', '"name":', '"itemListElement":', "[", "]", "{", "}", ",", "null", "1e999", '"\\ud800"', '"a"', "3 nov"),
    *("<!--", "-->", "<![CDATA[", "<?xml", "<!DOCTYPE", "<svg>", "<template>", "<select>", "<style>", "</style>", "<"),
    *("<urlset>", "<url>", "<loc>", "</loc>", "<news:news>", "<news:title>", "</url>", "<sitemapindex>", "&", "&amp;"),
    *("&#x41;", "&#99999999;", "&aring;", ">", "'", '"', "\x00", "\x0b", "å", "\ud800", " ", "\n", "Nyhet", "\u202e"),
    *("<table>", "<tr>", "<td>", "<ul>", "<li>", "<h3>2026-11-03 Möte</h3>", "<br>", "<frameset>", "<p title='", "="),
)
TANGLES = st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: "".join(pieces))
DOCUMENTS = st.one_of(
    st.binary(),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    TANGLES.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TANGLES.map(lambda text: page(f"<article>{AROUND}{text}").encode("utf-8", "surrogatepass")),
    st.tuples(TANGLES, st.sampled_from(["utf-16", "utf-32-be", "cp037", "windows-1252"])).map(
        lambda parts: page(parts[0]).encode(parts[1], "replace")
    ),
)
HEADERS = st.sampled_from(["", "text/html", "text/html; charset=utf-7", "application/xml; charset=punycode", "\x00;="])
SELECTS = st.sampled_from(
    [
        {},
        {"item": "article"},
        {"item": "h3"},
        {"item": "li, tr, p", "date": "time, i", "image": "*"},
        {"pattern": "*a*"},
    ]
)


@settings(max_examples=600)
@given(DOCUMENTS, HEADERS, SELECTS)
def test_any_bytes_give_entries_that_xml_can_carry_or_one_parse_error(document, media_type, select):
    try:
        told = reading(document, media_type, **select)
    except ParseError:
        return
    assert told.entries
    for entry in told.entries:
        assert entry.title
        assert_nothing_runs(entry.html or "<p></p>")
        for text in (told.title, entry.id, entry.url, entry.title, entry.summary, entry.html, *entry.authors):
            etree.Element("x").text = text


@settings(max_examples=300)
@given(DOCUMENTS)
def test_of_any_bytes_a_proposal_can_be_made_that_reads_what_it_shows(document):
    proposal = proposed(Document("https://prov.example/nyheter/", document, at=NOON))
    if proposal.reading.entries and proposal.select:
        again = reading(document, **proposal.select.model_dump(exclude_none=True))
        assert again.entries == proposal.reading.entries
        assert Select.model_validate(proposal.select.model_dump(exclude_none=True)) == proposal.select
    else:
        assert proposal.reading.entries or proposal.problem
