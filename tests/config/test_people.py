"""Who takes part, on what conditions, who answers for it; and what is said when the tables do not agree."""

from datetime import date

import pytest
from conftest import Configured

from aggregator.errors import ConfigError
from aggregator.model import Condition, Network, Person
from aggregator.places import named

ACTOR = """
[network.bvk]
title = "BVK"
municipalities = ["Mariestad"]
parts = { "Lidköping" = ["Örslösa", "Järpås"] }
[area.mariestad]
municipality = "Mariestad"
content = "extended"
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
facebook = "https://www.facebook.com/Cykel/"
"""


def complaint(configured: Configured, tables: str) -> str:
    with pytest.raises(ConfigError) as told:
        configured(ACTOR + tables)
    assert str(told.value).endswith("1 problem; feeds.toml was not used."), told.value
    return str(told.value)


def person(of: str, mail: str = "ann@prov.example", role: str = "editor") -> str:
    return f'[[person]]\nname = "Ann Ek"\nmail = "{mail}"\nrole = "{role}"\nfor = "{of}"\n'


def condition(level: str, where: str = "", more: str = "") -> str:
    told = f'where = "{where}"\n' if where else ""
    return f'[[condition]]\nlevel = "{level}"\n{told}text = "Villkor"\nfrom = 2024-01-01\n{more}'


def test_conditions_of_each_level_are_kept_with_their_days(configured: Configured) -> None:
    tables = condition("nation") + condition("county", "orebro", "to = 2025-12-31\n") + condition("network", "bvk")
    assert configured(ACTOR + tables).conditions == (
        Condition("SE", "Villkor", date(2024, 1, 1)),
        Condition("18", "Villkor", date(2024, 1, 1), date(2025, 12, 31)),
        Condition("natverk/bvk", "Villkor", date(2024, 1, 1)),
    )


def test_a_person_answers_for_a_newsfeed_an_area_or_an_actor(configured: Configured) -> None:
    names = ("sverige", "vastra-gotaland", "bvk", "mariestad", "cykel", "county.orebro", "Örebro län")
    people = configured(ACTOR + "".join(map(person, names))).people
    assert [one.of for one in people] == ["SE", "14", "natverk/bvk", "1493", "actor/cykel", "18", "18"]
    both = configured(ACTOR + person("bvk").replace('"bvk"', '["bvk", "mariestad"]')).people
    assert [one.of for one in both] == ["natverk/bvk", "1493"]
    assert people[0] == Person("Ann Ek", "ann@prov.example", "editor", "SE", public=False)


def test_parts_of_a_municipality_belong_to_a_network(configured: Configured) -> None:
    config = configured(ACTOR)
    parts = ((named("Lidköping"), ("Örslösa", "Järpås")),)
    assert config.networks == (Network("bvk", "BVK", (named("Mariestad"),), parts),)
    [part] = config.knowledge.parts
    assert (part.code, part.network, part.municipality) == ("natverk/bvk/1494", "bvk", "1494")
    assert config.name_of(part.code) == "BVK: its part of Lidköping"


def test_a_newsfeed_for_which_fewer_than_two_can_answer_is_worth_a_warning(configured: Configured) -> None:
    two = person("bvk") + person("bvk", role="administrator")
    [warning] = configured(ACTOR + two + person("area.mariestad") + person("mariestad", role="contact")).warnings
    assert warning == "fewer than two editors or administrators: area.mariestad ([[person]] says who they are)"


def test_pictures_for_which_nobody_named_answers_are_worth_a_warning(configured: Configured) -> None:
    source = '[actor.cykel.source.a]\nfeed = "x"\npictures = "publish"\n'
    assert any("nobody is named who answers" in warning for warning in configured(ACTOR + source).warnings)
    config = configured(ACTOR + source + 'cleared_by = "Ann Ek"')
    assert not any("nobody is named who answers" in warning for warning in config.warnings)
    assert config.sources["cykel/a"].cleared_by == "Ann Ek"


def test_gotland_is_let_and_check_says_what_it_is(configured: Configured) -> None:
    gotland = '[area.gotland]\nmunicipality = "Gotland"\ncontent = "events"\n'
    warnings = configured(ACTOR + gotland).warnings
    assert any(text.startswith("area.gotland: Gotland is one municipality and one county") for text in warnings)
    assert not any("one county" in text for text in configured(ACTOR).warnings)


@pytest.mark.parametrize(
    ("site", "county", "network", "status", "is_withheld"),
    [
        ("", "", "", "listed", False),
        ("met", "", "", "listed", True),
        ("met", "", "", "met", False),
        ("met", "", "", "left", False),
        ("", "met", "", "listed", True),
        ("met", "listed", "", "listed", False),
        ("", "met", "listed", "listed", False),
        ("", "", "met", "listed", True),
    ],
)
def test_whose_news_is_published_is_said_by_the_network_else_the_county_else_the_site(
    configured: Configured, site: str, county: str, network: str, status: str, is_withheld: bool
) -> None:
    def said(demand: str) -> str:
        return f'publish = "{demand}"\n' if demand else ""

    from conftest import HEAD

    head = HEAD.replace('publisher = "Redaktionen"\n', f'publisher = "Redaktionen"\n{said(site)}')
    tables = (
        f"[county.vastra-gotaland]\n{said(county)}"
        f'[network.x]\ntitle = "X"\nmunicipalities = ["Mariestad"]\n{said(network)}'
        '[actor.cykel]\nname = "C"\narea = "Mariestad"\nhomepage = "https://c.example/"\n'
        f'status = "{status}"\n'
    )
    unmet = configured(tables, head=head).actors["cykel"].unmet
    assert bool(unmet) is is_withheld
    if is_withheld:
        assert unmet == (
            'actor cykel is listed, but does not meet the conditions yet; when it does, write status = "met"'
        )


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ('[network.x]\ntitle = "X"', "network.x: a network without municipalities has no members"),
        (
            '[network.x]\ntitle = "X"\nparts = { "Lidköping" = ["Örslösaa"] }',
            'no locality in Lidköping is called "Örslösaa"|did you mean "Örslösa"?|{ "Lidköping" = ["Örslösaa"] }',
        ),
        (
            '[network.x]\ntitle = "X"\nparts = { "Götene" = ["Lyrestad"] }',
            'no locality in Götene is called "Lyrestad", but there is one in Mariestad',
        ),
        ('[network.x]\ntitle = "X"\nparts = { "Lidkping" = ["x"] }', 'did you mean "Lidköping"?'),
        ('[network.x]\ntitle = "X"\nparts = { "Skåne län" = ["x"] }', '"Skåne län" is no municipality'),
        (
            '[network.x]\ntitle = "X"\nmunicipalities = "Götene"\nparts = { "1471" = ["Källby"] }',
            "Götene is in the network as a whole already",
        ),
        (
            '[area.b]\nmunicipality = "Hjo"\ncontent = "extended"\ninterim = true',
            "area.b.content: an area in the interim solution carries events only",
        ),
        (
            '[area.b]\nmunicipality = "Mariestad"\ncontent = "events"',
            "area.b.municipality: Mariestad is the municipality of area.mariestad already",
        ),
        (condition("county"), "condition: does not say which county it is for"),
        (condition("county", "orebroo"), 'no county and no network has a newsfeed called "orebroo"|"orebro"?'),
        (condition("county", "bvk"), 'condition.where: "bvk" is a network and no county'),
        (condition("nation", "orebro"), "condition.where: the nation is one"),
        (
            condition("nation", "", "to = 2023-01-01"),
            "condition.to: ends on 2023-01-01, before it begins on 2024-01-01",
        ),
        (condition("area"), 'must be "nation", "county" or "network"'),
        ('[[condition]]\nlevel = "nation"\ntext = "V"', 'condition: the key "from" is missing'),
        (person("cykle"), 'person.for: there is no newsfeed, area or actor "cykle"|did you mean "cykel"?'),
        (person("network.cykel"), 'person.for: there is no newsfeed, area or actor "network.cykel"'),
        (
            '[actor.orebro]\nname = "Ö"\narea = "Örebro"\nhomepage = "https://o.example/"\n' + person("orebro"),
            'person.for: "orebro" may mean county.orebro or actor.orebro|write one of them',
        ),
        ('[[person]]\nname = "Ann"\nmail = "a@b.example"\nrole = "contact"\nfor = []', "must name at least one"),
        (person("cykel", mail="ann"), 'person.mail: "ann" is no e-mail address'),
        (person("cykel", role="redaktör"), 'must be "contact", "editor" or "administrator"'),
        (
            '[actor.b]\nname = "B"\narea = "Hjo"\nfacebook = "https://facebook.com/cykel"',
            "actor.b.facebook: https://facebook.com/cykel is the Facebook page of actor.cykel already",
        ),
        ('[actor.b]\nname = "B"\narea = "Hjo"', "needs a homepage or a facebook address"),
        (
            '[actor.b]\nname = "B"\narea = "Hjo"\nhomepage = "https://b.example/"\nnetwork = ["bvkk"]',
            'actor.b.network: there is no network "bvkk"|did you mean "bvk"?',
        ),
        ('[actor.cykel.source.a]\nfeed = "x"\nkind = "note"', 'source.a.kind: must be "event"|did you mean "notes"?'),
        ('[actor.cykel.source.a]\nfeed = "x"\nabout = {}', "source.a.about: says nothing of what counts"),
        (
            '[actor.cykel.source.a]\nfeed = "x"\nabout = { words = "klimat", test = { match = ["Klimatet"] } }',
            '"Klimatet" does not count: it has none of "klimat"',
        ),
        (
            '[actor.cykel.source.a]\nfeed = "x"\nabout = { themes = "mat", test = { miss = ["Odla mat hemma"] } }',
            '"Odla mat hemma" counts',
        ),
        ('[actor.cykel.source.a]\nfeed = "x"\nabout = { themes = ["trafik"] }', 'must be "energi"'),
    ],
)
def test_each_mistake_has_its_own_sentence_with_its_place(configured: Configured, tables: str, sentence: str) -> None:
    told = complaint(configured, tables)
    assert told.startswith("feeds.toml:")
    assert all(part in told for part in sentence.split("|")), told


def test_a_network_does_without_actors_that_there_are(configured: Configured) -> None:
    config = configured(ACTOR.replace('title = "BVK"', 'title = "BVK"\nwithout = "cykel"'))
    assert config.networks[0].without == (("cykel", "Cykelvännerna"),)
    with pytest.raises(ConfigError) as told:
        configured(ACTOR.replace('title = "BVK"', 'title = "BVK"\nwithout = ["cykel", "cykl"]'))
    assert 'there is no actor "cykl"' in str(told.value)
    assert 'did you mean "cykel"?' in str(told.value)
    with pytest.raises(ConfigError) as told:
        configured((ACTOR + 'was = ["hjulet"]\n').replace('title = "BVK"', 'title = "BVK"\nwithout = "hjulet"'))
    assert 'it is called "cykel" now' in str(told.value)
