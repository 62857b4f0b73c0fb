"""What feeds.toml says of places and of news of a kind."""

import pytest
from conftest import Configured

from aggregator.errors import ConfigError
from aggregator.model import Rule
from aggregator.places import named

ACTOR = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
"""


def complaint(configured: Configured, tables: str) -> str:
    with pytest.raises(ConfigError) as told:
        configured(ACTOR + tables)
    return str(told.value)


def test_a_place_gets_other_names_and_words_that_must_stand_near_its_own(configured: Configured) -> None:
    knowledge = configured(
        """
        [place."2326"]
        aliases = ["Svenstavik", "Hackås"]
        require_near = ["kommun"]
        [place."Mariestad"]
        aliases = ["Vadsbo"]
        """
    ).knowledge
    assert knowledge.aliases == (("Svenstavik", "2326"), ("Hackås", "2326"), ("Vadsbo", "1493"))
    assert knowledge.near == (("2326", ("kommun",)),)


def test_a_rule_pins_news_of_an_actor_with_certain_words_or_at_an_address(configured: Configured) -> None:
    config = configured(
        ACTOR
        + """
        [[rule]]
        when = { actor = "cykel", words = ["vätternrundan", "tramp*"] }
        then = { places = ["Motala", "0584"], theme = "transport" }
        test = { match = ["Alla trampar Vätternrundan"], miss = ["Trä"] }
        [[rule]]
        when = { item = "https://cykel.example/1" }
        then = { places = "Hjo" }
        """
    )
    assert config.knowledge.rules == (
        Rule("cykel", ("vätternrundan", "tramp*"), "", (named("Motala"), named("Vadstena")), "transport"),
        Rule("", (), "https://cykel.example/1", (named("Hjo"),)),
    )


def test_a_rule_says_what_becomes_of_news_of_a_kind_or_a_source(configured: Configured) -> None:
    config = configured(
        ACTOR
        + """
        feed = "https://cykel.example/feed/"
        [network.bvk]
        title = "BVK"
        municipalities = ["Mariestad"]
        [[rule]]
        when = { source = "cykel/feed", kind = "notes" }
        then = { hide = true }
        [[rule]]
        when = { item = "https://cykel.example/1" }
        [rule.then]
        promote = ["county", "nation", "Örebro län", "bvk"]
        fan_out = true
        publish = "full"
        kind = "course"
        """
    )
    assert config.knowledge.rules == (
        Rule(source="cykel/feed", kind="notes", hide=True),
        Rule(
            item="https://cykel.example/1",
            promote=("county", "SE", "18", "natverk/bvk"),
            fan_out=True,
            publish="full",
            becomes="course",
        ),
    )


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ('[[rule]]\nwhen = { source = "cykel/fed" }\nthen = { hide = true }', 'there is no source "cykel/fed"'),
        ('[[rule]]\nwhen = { kind = "möte" }\nthen = { hide = true }', "rule.when.kind: must be "),
        ('[[rule]]\nwhen = { words = "x" }\nthen = { kind = "note" }', 'did you mean "notes"?'),
        ('[[rule]]\nwhen = { words = "x" }\nthen = { publish = "all" }', 'must be "full", "excerpt" or "link"'),
        (
            '[[rule]]\nwhen = { words = "x" }\nthen = { promote = "orebr" }',
            'no county and no network has a newsfeed called "orebr"',
        ),
        ('[[rule]]\nwhen = { words = "x" }\nthen = { hide = "ja" }', "must be true or false, without quotation marks"),
        ('[place."Mariestd"]\naliases = ["x"]', 'no municipality or county is called "Mariestd"'),
        ('[[rule]]\nwhen = { actor = "cykle" }\nthen = { theme = "mat" }', 'there is no actor "cykle"'),
        ('[[rule]]\nwhen = {}\nthen = { theme = "mat" }', "is for all news"),
        ('[[rule]]\nwhen = { words = "x" }\nthen = {}', "does nothing"),
        ('[[rule]]\nwhen = { words = "x" }\nthen = { places = "Mariestd" }', 'did you mean "Mariestad"?'),
        ('[[rule]]\nwhen = { words = "x" }\nthen = { theme = "trafik" }', "rule"),
        (
            '[[rule]]\nwhen = { words = ["mark"] }\nthen = { theme = "mat" }\ntest = { miss = ["Mark och vatten"] }',
            'the words of the rule match "Mark och vatten"',
        ),
        (
            '[[rule]]\nwhen = { words = ["mark"] }\nthen = { theme = "mat" }\ntest = { match = ["Marken"] }',
            'the words of the rule do not match "Marken"',
        ),
    ],
)
def test_what_is_wrong_with_a_place_or_a_rule_is_told_where_it_stands(
    configured: Configured, tables: str, sentence: str
) -> None:
    told = complaint(configured, tables)
    assert sentence in told
    assert "feeds.toml:" in told
