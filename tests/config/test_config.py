"""feeds.toml: what it means, and what it says when something is wrong."""

from datetime import date, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from conftest import HEAD, REPOSITORY, Configured

from aggregator.config import load
from aggregator.errors import ConfigError
from aggregator.places import named
from aggregator.sources import ExportSource

ACTOR = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
"""

# Two for one newsfeed, as KoSO wants it.
EDITORS = """
[[person]]
name = "Ann Ek"
mail = "ann@prov.example"
role = "editor"
for = "area.mariestad"
[[person]]
name = "Bo Al"
mail = "bo@prov.example"
role = "administrator"
for = "area.mariestad"
"""


def complaints(configured: Configured, tables: str, head: str = HEAD) -> str:
    with pytest.raises(ConfigError) as told:
        configured(tables, head=head)
    return str(told.value)


def test_three_lines_and_an_area_are_an_actor_with_a_source(configured: Configured) -> None:
    config = configured(ACTOR + 'feed = "https://cykel.example/feed/"')
    [actor], [source] = config.actors.values(), config.sources.values()
    assert (actor.name, actor.areas, actor.scope, actor.status) == (
        "Cykelvännerna",
        (named("Mariestad"),),
        None,
        "listed",
    )
    assert (source.id, source.actor, source.location) == ("cykel/feed", "cykel", "https://cykel.example/feed/")
    assert (source.every, source.identity, source.publish, source.pictures) == (
        "auto",
        "auto",
        "excerpt",
        "link",
    )


def test_the_long_form_gives_a_source_its_options(configured: Configured) -> None:
    config = configured(
        ACTOR
        + """
        [actor.cykel.source.nyheter]
        feed = "https://cykel.example/nytt.rss"
        every = "6h"
        identity = "link"
        publish = "full"
        pictures = "publish"
        """
    )
    source = config.sources["cykel/nyheter"]
    assert (source.every, source.identity, source.publish, source.pictures) == (
        timedelta(hours=6),
        "link",
        "full",
        "publish",
    )


def test_sources_keep_the_common_pace_unless_they_have_their_own(configured: Configured) -> None:
    config = configured(
        ACTOR.replace("[actor.cykel]", 'every = "3h"\n[actor.cykel]') + 'feed = "https://cykel.example/feed/"'
    )
    assert config.sources["cykel/feed"].every == timedelta(hours=3)
    assert config.manners.private_networks == (ip_network("127.0.0.0/8"),)


def test_paths_count_from_feeds_toml(configured: Configured, tmp_path: Path) -> None:
    config = configured(ACTOR + 'feed = "examples/cykel.xml"')
    assert config.sources["cykel/feed"].location == str(tmp_path / "examples/cykel.xml")
    assert (config.store, config.output) == (str(tmp_path / "news.db"), tmp_path / "output")


def test_a_secret_comes_from_the_environment(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NYHETSFLODE_STORE", "postgresql://db.example/news")
    head = HEAD.replace('"{store}"', '{{ env = "NYHETSFLODE_STORE" }}')
    assert configured("", head=head).store == "postgresql://db.example/news"
    monkeypatch.delenv("NYHETSFLODE_STORE")
    assert "the environment has no variable NYHETSFLODE_STORE" in complaints(configured, "", head)


def test_who_we_are_is_told_in_ascii(configured: Configured) -> None:
    head = HEAD.replace("redaktion@prov", "redaktör@prov")
    assert configured("", head=head).manners.user_agent.isascii()


def test_an_actor_that_has_left_is_not_called_at(configured: Configured) -> None:
    config = configured(ACTOR + 'feed = "https://cykel.example/feed/"\nstatus = "left"\nsince = 2026-10-31')
    assert config.actors["cykel"].since == date(2026, 10, 31)
    assert list(config.sources) == ["cykel/feed"]
    assert not config.live_sources


def test_every_problem_is_told_at_once_with_its_place_and_a_hint(configured: Configured) -> None:
    told = complaints(
        configured,
        """
[network.x]
title = "X"
municipalities = ["Mariestad", "Skövdee"]

[actor.A_a]
name = "Å"
[actor.b]
nam = "B"
scope = "lokal"
since = "i går"
""",
    )
    assert told == (
        'feeds.toml:17:32: network.x.municipalities: no municipality or county is called "Skövdee"\n'
        '   17 | municipalities = ["Mariestad", "Skövdee"]\n'
        '      |                                ^^^^^^^^^ did you mean "Skövde"?\n'
        "feeds.toml:19:2: actor.A_a: an id is made of the letters a–z, digits and hyphens, since it becomes part of "
        "addresses\n"
        "   19 | [actor.A_a]\n"
        "      |  ^^^^^^^^^\n"
        'feeds.toml:21:2: actor.b: the key "name" is missing\n'
        "   21 | [actor.b]\n"
        "      |  ^^^^^^^\n"
        'feeds.toml:22:1: actor.b: unknown key "nam"\n'
        '   22 | nam = "B"\n'
        '      | ^^^ did you mean "name"?\n'
        'feeds.toml:23:9: actor.b.scope: must be "local", "county" or "national"\n'
        '   23 | scope = "lokal"\n'
        '      |         ^^^^^^^ did you mean "local"?\n'
        "feeds.toml:24:9: actor.b.since: must be a date, written 2026-11-24 without quotation marks\n"
        '   24 | since = "i går"\n'
        "      |         ^^^^^^^\n"
        "6 problems; feeds.toml was not used."
    )


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ("[county.skaane]", 'county.skaane: no county has the address "skaane"'),
        ('[nation]\ncarries = "allt"', 'must be "own", "events" or "all"'),
        ('[area.a]\nmunicipality = "Skåne län"\ncontent = "events"', '"Skåne län" is no municipality'),
        ('[area.a]\nmunicipality = 1493\ncontent = "events"', 'by its name ("Mariestad") or its code ("1493")'),
        (
            '[area.a]\nmunicipality = "Mariestad"\ncontent = "events"\n'
            '[area.b]\nmunicipality = "1493"\ncontent = "extended"',
            "area.b.municipality: Mariestad is the municipality of area.a already",
        ),
        ('[network.x]\ntitle = "X"\nmunicipalities = []', "network.x: a network without municipalities has no members"),
        ('[actor.a]\nname = "A"\narea = "Mariestad"', "needs a homepage or a facebook address"),
        ('[actor.a]\nname = "A"\nhomepage = "https://a.example/"', "needs an area, unless its scope is"),
        ('[actor.a]\nname = "A"\nhomepage = "a.example"', 'begins with "https://" or "http://"'),
        ('[actor.a]\nname = ""\nhomepage = "https://a.example/"', "must not be empty"),
        (ACTOR + "feed = 3", "the short form is an address or a path in quotation marks"),
        (ACTOR + 'feed = "x"\n[actor.cykel.source.feed]\nfeed = "y"', "is there twice"),
        (ACTOR + '[actor.cykel.source.a]\nfeed = "x"\nevery = "5 minutes"', 'a duration is written as "30s"'),
        (
            ACTOR + '[actor.cykel.source.a]\nfeed = "x"\nevery = "1m"',
            'at most every quarter of an hour ("15m" to "24h")',
        ),
        (ACTOR + '[actor.cykel.source.a]\nfeed = "x"\nid = "y"', 'unknown key "id"'),
        (ACTOR + '[actor.cykel.source.a]\nfeed = "x"\nidentity = "guide"', 'did you mean "guid"?'),
        (ACTOR + "[actor.cykel.source]\na = 3", "must be a table"),
        (ACTOR + 'feed = "ftp://cykel.example/feed"', 'begins with "https://" or "http://"'),
        ('[actor.a]\nname = "A"\narea = "1493"\nhomepage = "https://x y/"', "has no spaces"),
        ('[actor.a]\nname = "A\\u0001"\narea = "1493"\nhomepage = "https://a.example/"', "that no page can show"),
        (ACTOR + '[actor.cykel.source.a]\nfeed = "x"\nevery = "99999999999y"', "nobody can wait for so long"),
        ("[actr.x]", 'unknown key "actr"'),
        (ACTOR + 'feed = "www.cykel.example/feed"', 'begins with "https://" or "http://"'),
        (ACTOR + '[actor.cykel.source]\nfeed = "x"', "a source has a name of its own, as [actor.cykel.source.nyheter]"),
        ('[actor.a]\nname = "A"\narea = ""\nhomepage = "https://a.example/"', "names no place"),
        (
            '[actor.a]\nname = "A"\narea = "Hjo, Skövde"\nhomepage = "https://a.example/"',
            'several are a list: ["Hjo", "Skövde"]',
        ),
        ("[actor.a]\nname = ”A”", "made for print; write them straight"),
        ("[actor.a]\nname = A", 'a text stands in quotation marks, as "Mariestad"'),
        ('[actor.a]\nname = "A\narea = "Hjo"', "the quotation mark at the end is missing"),
        ('[actor.a]\narea = "Hjo", "Skövde"', 'several values stand in square brackets, as ["one", "two"]'),
        ("[actor.a]\n[actor.a]", "this heading is there twice"),
        ('[actor.a]\nname = "A"\nname = "B"', "this key is there twice"),
        ("[actor.cykelvännerna]", "an id is made of the letters a–z, digits and hyphens"),
        ("[[actor]]", "must be a table"),
    ],
)
def test_each_mistake_has_its_own_sentence(configured: Configured, tables: str, sentence: str) -> None:
    told = complaints(configured, tables)
    assert sentence in told
    assert told.endswith("1 problem; feeds.toml was not used."), told


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('concurrency = "many"', "must be a whole number"),
        ("concurrency = 0", "must be at least 1"),
        ("per_host = 11", "must be at most 10"),
        ('max_bytes = "5 megabytes"', 'a size is written as "500kB" or "5MB"'),
        ('timeout = "1h"', 'an answer may take from "1s" to "5m"'),
        ('private_networks = "127.0.0.0/8"', 'must be a list, as ["one", "two"]'),
        ('private_networks = ["localhost"]', 'addresses are opened as "127.0.0.0/8"'),
    ],
)
def test_what_collect_may_not_be(configured: Configured, line: str, sentence: str) -> None:
    head = HEAD.replace('private_networks = ["127.0.0.0/8"]', line)
    assert sentence in complaints(configured, "", head)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('url = "prov.example"', 'begins with "https://" or "http://"'),
        ('authority = "https://prov.example"', "an authority is a domain name in lower case"),
        ("schema = 2", "must be 1"),
    ],
)
def test_what_site_may_not_be(configured: Configured, line: str, sentence: str) -> None:
    key = line.partition(" ")[0]
    head = "\n".join(line if old.startswith(f"{key} =") else old for old in HEAD.splitlines())
    assert sentence in complaints(configured, "", head)


def test_broken_toml_is_shown_where_it_breaks(configured: Configured) -> None:
    told = complaints(configured, '\n[actor.a\nname = "A"')
    assert told.startswith("feeds.toml:15:9: is no TOML here: ")
    assert "   15 | [actor.a\n      |         ^" in told


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.toml: there is no such file in "):
        load(tmp_path / "feeds.toml")


def test_bytes_that_are_no_utf8_are_named(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_bytes("[site]\ntitle = 'å'".encode("latin-1"))
    with pytest.raises(ConfigError, match="cannot be read: 'utf-8' codec"):
        load(tmp_path / "feeds.toml")


def test_a_local_actor_in_an_undeclared_area_is_worth_a_warning(configured: Configured) -> None:
    assert "Mariestad is no declared area" in configured(ACTOR).warnings[0]
    declared = '[area.mariestad]\nmunicipality = "Mariestad"\ncontent = "extended"\n'
    assert configured(ACTOR + declared + EDITORS).warnings == ()
    assert configured(ACTOR + 'scope = "national"').warnings == ()


def test_the_example_is_as_large_as_it_claims() -> None:
    config = load(REPOSITORY / "feeds.toml")
    municipalities = {place for actor in config.actors.values() for place in actor.areas if place.is_municipality}
    assert len(config.actors) >= 8
    assert len(municipalities) >= 5
    assert {place.county.short_name for place in municipalities} == {"Västra Götaland", "Örebro"}
    assert any(len({place.county for place in network.municipalities}) > 1 for network in config.networks)
    assert "events" in {area.content for area in config.areas}


def test_the_commented_block_of_the_example_is_usable_too(tmp_path: Path) -> None:
    text = (REPOSITORY / "feeds.toml").read_text(encoding="utf-8")
    block = text[text.index("# [actor.") :]
    opened = "\n".join(line.removeprefix("# ") if line.startswith("# ") else line for line in block.splitlines())
    path = tmp_path / "feeds.toml"
    path.write_text(text[: text.index("# [actor.")] + opened, encoding="utf-8")
    assert len(load(path).actors) > len(load(REPOSITORY / "feeds.toml").actors)


def test_an_export_is_told_by_its_key_and_has_options_of_its_own(configured: Configured, tmp_path: Path) -> None:
    config = configured(
        ACTOR
        + """
        [actor.cykel.source.facebook]
        export = "store/inbox/cykel/"
        page_name = "Cykelvännerna"
        csv_zone = "Europe/Stockholm"
        full = true
        skip_albums = ["Profilbilder"]
        every = "6h"
        """
    )
    source = config.sources["cykel/facebook"]
    assert isinstance(source, ExportSource)
    assert (source.location, source.every) == (str(tmp_path / "store/inbox/cykel"), timedelta(hours=6))
    assert (source.page_name, source.csv_zone, source.full) == ("Cykelvännerna", "Europe/Stockholm", True)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('export = "x"\ncsv_zon = "UTC"', 'source.a: unknown key "csv_zon"|did you mean "csv_zone"?'),
        (
            'export = "x"\ncsv_zone = "Europe/Stokholm"',
            'a.csv_zone: no time zone is called "Europe/Stokholm"|"Europe/Stockholm"?',
        ),
        ('expert = "x"\nfull = true', 'the key "export" is missing|unknown key "expert"|did you mean "export"?'),
        ('fed = "x"', 'the key "feed" is missing|unknown key "fed"|did you mean "feed"?'),
        ('export = "x"\npictures = "yes"', 'a.pictures: must be "link" or "publish"'),
        ("export = 3", "source.a.export: must be a text in quotation marks"),
        ('export = "x"\nfull = "ja"', "source.a.full: must be true or false, without quotation marks"),
        ('export = "x"\nfeed = "y"', 'source.a: unknown key "feed"'),
    ],
)
def test_mistakes_in_a_source_are_told_by_its_own_kind(configured: Configured, table: str, told: str) -> None:
    shown = complaints(configured, f"{ACTOR}[actor.cykel.source.a]\n{table}")
    assert all(part in shown for part in told.split("|")), shown
    assert "actor.cykel.source.a.export.export" not in shown
