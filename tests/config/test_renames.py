"""Former names: `was = ["old-id"]`."""

import pytest
from conftest import Configured

from aggregator.errors import ConfigError

ACTOR = 'name = "C"\narea = "Mariestad"\nhomepage = "https://c.example/"\n'


def test_ids_of_items_are_made_from_the_oldest_names(configured: Configured) -> None:
    config = configured(
        f'[actor.nu]\n{ACTOR}was = ["forst", "sedan"]\nfeed = "a.xml"\n'
        '[actor.nu.source.nytt]\nfeed = "b.xml"\nwas = "gammalt"\n'
    )
    assert {id: source.origin for id, source in config.sources.items()} == {
        "nu/feed": "forst/feed",
        "nu/nytt": "forst/gammalt",
    }
    assert config.renames.actors == {"forst": "nu", "sedan": "nu"}
    assert config.renames.sources["sedan/gammalt"] == config.renames.sources["nu/gammalt"] == "nu/nytt"


def test_a_network_keeps_its_address(configured: Configured) -> None:
    config = configured(
        '[network.ny]\ntitle = "N"\nmunicipalities = "Mariestad"\nwas = ["gammal"]\n'
        f'[actor.a]\n{ACTOR}network = "ny"\n'
        '[[rule]]\nwhen = { actor = "a" }\nthen = { promote = "ny" }\n'
    )
    assert [network.code for network in config.networks] == ["natverk/gammal"]
    assert config.actors["a"].networks == ("gammal",)
    assert config.knowledge.rules[0].promote == ("natverk/gammal",)


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        (
            f'[actor.a]\n{ACTOR}[actor.b]\n{ACTOR}was = "a"',
            'actor.b.was: there is still the actor "a"|remove a and write was = ["a"]',
        ),
        (f'[actor.a]\n{ACTOR}was = "x"\n[actor.b]\n{ACTOR}was = "a"', 'write was = ["x", "a"]'),
        (f'[actor.a]\n{ACTOR}was = "x"\n[actor.b]\n{ACTOR}was = ["x"]', 'actor.b.was: "x" became "a" already'),
        (f'[actor.a]\n{ACTOR}was = "a"', '"a" is its id of today'),
        (f'[actor.a]\n{ACTOR}was = "Å"', "an id is made of the letters a–z"),
        (
            f'[actor.a]\n{ACTOR}feed = "x"\n[actor.a.source.y]\nfeed = "y"\nwas = "feed"',
            'actor.a.source.y.was: there is still the source of actor.a "feed"',
        ),
        (
            f'[actor.a]\n{ACTOR}was = "x"\n[[rule]]\nwhen = {{ actor = "x" }}\nthen = {{ hide = true }}',
            'there is no actor "x"|it is called "a" now',
        ),
        ('[area.a]\nmunicipality = "Hjo"\ncontent = "events"\nwas = "b"', 'unknown key "was"'),
    ],
)
def test_a_former_name_is_nobodys_today_and_was_of_one_only(configured: Configured, tables: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as told:
        configured(tables)
    assert all(part in str(told.value) for part in sentence.split("|")), told.value
