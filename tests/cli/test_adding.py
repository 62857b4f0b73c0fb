"""Adding actors by their addresses, and many of them by a list."""

from pathlib import Path

import pytest
from cli.test_commands import FEED, nyhetsflode
from conftest import Configured, Site

from aggregator.config import load

LINK = '<link rel="alternate" type="application/rss+xml" href="/nytt">'
HOME = f"<html><head><title>Hem | Byalaget i Ör</title>{LINK}</head>"


@pytest.fixture
def feeds(configured: Configured, site: Site) -> Path:
    site.says("/feed", FEED)
    site.says("/nytt", FEED.replace("Cykel<", "Nyheter – Byalaget i Ör<"))
    site.says("/", HOME)
    return configured(
        f"""
        gap = "0s"
        [actor.cykel]
        name = "Cykelvännerna"
        area = "Mariestad"
        homepage = "https://cykel.example/"
        facebook = "https://www.facebook.com/cykelvannerna"
        feed = "{site.url}/feed"
        """
    ).path


def add(feeds: Path, *arguments: str) -> tuple[int, str, str]:
    done = nyhetsflode("add", *arguments, "--config", str(feeds))
    return done.returncode, done.stdout, done.stderr


def test_a_site_becomes_an_actor_with_its_newsfeed(feeds: Path, site: Site) -> None:
    code, said, complaint = add(feeds, f"{site.url}/", "--area", "Mariestad", "--yes")
    assert (code, complaint) == (0, "")
    assert "Nytt i Mariestad" in said, "an entry is shown"
    assert "[actor.byalaget-i-or]" in said
    config = load(feeds)
    actor = config.actors["byalaget-i-or"]
    assert (actor.name, actor.homepage) == ("Byalaget i Ör", f"{site.url}/")
    assert [place.name for place in actor.areas] == ["Mariestad"]
    assert config.sources["byalaget-i-or/feed"].location == f"{site.url}/nytt"


def test_what_the_operator_says_stands(feeds: Path, site: Site) -> None:
    options = ("--area", "1493", "--area", "Skövde", "--name", "Ör", "--id", "or-byn", "--scope", "county", "--yes")
    assert add(feeds, f"{site.url}/nytt", *options)[0] == 0
    actor = load(feeds).actors["or-byn"]
    assert (actor.name, actor.scope, [place.name for place in actor.areas]) == ("Ör", "county", ["Mariestad", "Skövde"])


def test_nothing_is_written_unasked(feeds: Path, site: Site) -> None:
    before = feeds.read_bytes()
    code, said, _ = add(feeds, f"{site.url}/", "--area", "Mariestad")
    assert (code, "Nothing was written." in said) == (1, True)
    code, said, _ = add(feeds, f"{site.url}/", "--area", "Mariestad", "--dry-run")
    assert (code, "[actor.byalaget-i-or]" in said) == (0, True)
    assert feeds.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("{url}/feed", "--area", "Mariestad"), "is in feeds.toml already: actor.cykel (Cykelvännerna)"),
        (("http://www.cykel.example", "--area", "Mariestad"), "is in feeds.toml already: actor.cykel (Cykelvännerna)"),
        (
            ("--facebook", "https://facebook.com/cykelvannerna/", "--name", "C", "--area", "Mariestad"),
            "already: actor.cykel",
        ),
        (("{url}/", "--area", "Mariestad", "--id", "cykel"), "actor.cykel is in feeds.toml already; choose another id"),
        (("{url}/", "--area", "Mariestadd"), 'did you mean "Mariestad"?'),
        (("{url}/",), "say where the actor is at home"),
        (("--area", "Mariestad"), "give the address of a site"),
        (("--facebook", "https://facebook.com/x", "--area", "Mariestad"), "say it with --name"),
        (("{url}/", "--area", "Mariestad", "--id", "Stora Bokstäver"), "an id is made of the letters"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_told_with_exit_code_2(
    feeds: Path, site: Site, arguments: tuple[str, ...], complaint: str
) -> None:
    before = feeds.read_bytes()
    code, said, told = add(feeds, *(argument.format(url=site.url) for argument in arguments), "--yes")
    assert code == 2
    assert complaint in " ".join((said + told).replace("│", "").split())
    assert feeds.read_bytes() == before


def test_a_site_with_nothing_to_read_is_told_with_exit_code_1(feeds: Path, site: Site) -> None:
    site.says("/tomt", "<html><title>Tomt</title></html>")
    code, _, complaint = add(feeds, f"{site.url}/tomt", "--area", "Mariestad", "--yes")
    assert (code, "no newsfeed of news was found" in complaint) == (1, True)
    code, _, complaint = add(feeds, f"{site.url}/borta", "--area", "Mariestad", "--yes")
    assert (code, "answers 404" in complaint) == (1, True)


@pytest.mark.parametrize("arguments", [("--facebook", "https://www.facebook.com/or"), ("https://www.facebook.com/or",)])
def test_an_actor_that_is_on_facebook_only_gets_an_inbox(feeds: Path, arguments: tuple[str, ...]) -> None:
    assert add(feeds, *arguments, "--name", "Byalaget i Ör", "--area", "Mariestad", "--yes")[0] == 0
    config = load(feeds)
    assert config.actors["byalaget-i-or"].facebook == "https://www.facebook.com/or"
    assert config.sources["byalaget-i-or/facebook"].location == str(feeds.parent / "store/inbox/byalaget-i-or/")


def test_a_national_actor_needs_no_area(feeds: Path, site: Site) -> None:
    assert add(feeds, f"{site.url}/", "--scope", "national", "--yes")[0] == 0
    assert load(feeds).actors["byalaget-i-or"].areas == ()


def test_a_file_counts_from_feeds_toml(feeds: Path) -> None:
    (feeds.parent / "egna.xml").write_text(FEED.replace("Cykel<", "Egna<"), encoding="utf-8")
    arguments = (str(feeds.parent / "egna.xml"), "--area", "Mariestad", "--facebook", "https://www.facebook.com/egna")
    assert add(feeds, *arguments, "--yes")[0] == 0
    assert 'feed     = "egna.xml"' in feeds.read_text(encoding="utf-8")


OPML = """<opml version="2.0"><head><title>Vi</title></head><body>
<outline text="Skövde kommun"><outline text="Köket | RSS" xmlUrl="https://kok.example/feed" htmlUrl="https://kok.example/"/></outline>
<outline text="Västra Götalands län"><outline text="Köket" xmlUrl="https://annat.example/rss"/></outline>
<outline text="Vänner"><outline text="Utan ort" xmlUrl="https://utan.example/rss"/></outline>
<outline text="Cykel" xmlUrl="https://x.example/rss" htmlUrl="http://cykel.example"/>
<outline text="Utan adress"/></body></opml>"""


def test_a_list_is_printed_for_review_and_what_becomes_no_actor_is_named(feeds: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.opml").write_text(OPML, encoding="utf-8")
    before = feeds.read_bytes()
    done = nyhetsflode("import-opml", str(tmp_path / "lista.opml"), "--config", str(feeds))
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        'left out: "Utan ort" stands in no folder that is called as a municipality or county; say --area',
        'left out: "Cykel" is there already: actor.cykel (Cykelvännerna)',
        'left out: "Utan adress" has no address of a newsfeed (xmlUrl)',
        f"2 actors for {feeds}; 3 lines left out.",
    ]
    assert feeds.read_bytes() == before
    feeds.write_bytes(before + done.stdout.encode())
    config = load(feeds)
    assert [place.name for place in config.actors["koket"].areas] == ["Skövde"]
    assert [place.name for place in config.actors["koket-2"].areas] == ["Västra Götalands län"]
    assert config.actors["koket-2"].homepage == "https://annat.example/"


def test_a_list_is_written_when_asked_for_and_a_second_time_brings_nothing(feeds: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.opml").write_text(OPML, encoding="utf-8")
    arguments = ("import-opml", str(tmp_path / "lista.opml"), "--area", "Mariestad", "--write", "--config", str(feeds))
    assert nyhetsflode(*arguments).returncode == 0
    assert [place.name for place in load(feeds).actors["utan-ort"].areas] == ["Mariestad"]
    again = nyhetsflode(*arguments)
    assert again.returncode == 1
    assert again.stderr.endswith("5 lines left out.\n")


def test_what_is_no_list_is_told(feeds: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.opml").write_text("<html/>", encoding="utf-8")
    done = nyhetsflode("import-opml", str(tmp_path / "lista.opml"), "--config", str(feeds))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "is no OPML" in done.stderr
