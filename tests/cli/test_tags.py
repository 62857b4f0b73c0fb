"""Retag, explain and what status says of unsure places, run as people run them."""

import json
from pathlib import Path

import pytest
from commandline import nyhetsflode
from conftest import Configured, Site

FEED = """<rss version="2.0"><channel><title>Cykel</title>
<item><title>Fest i Husby</title><guid>1</guid><link>https://cykel.example/1</link></item>
<item><title>Eva Lund lagar cyklar i Hjo</title><guid>2</guid><link>https://cykel.example/2</link></item>
</channel></rss>"""

PIN = '\n[[rule]]\nwhen = { words = ["Husby"] }\nthen = { places = "Hedemora" }\n'


@pytest.fixture
def feeds(configured: Configured, site: Site) -> str:
    config = configured(
        f"""
        [actor.cykel]
        name = "Cykelvännerna"
        scope = "national"
        homepage = "https://cykel.example/"
        feed = "{site.says("/feed", FEED)}"
        """
    )
    assert nyhetsflode("collect", "--config", str(config.path)).returncode == 0
    return str(config.path)


def test_explain_says_which_rule_which_words_what_was_rejected_and_which_newsfeeds(feeds: str) -> None:
    done = nyhetsflode("explain", "Eva Lund", "--config", feeds)
    assert (done.returncode, done.stderr) == (0, "")
    assert '+ Hjo (1497): rule preposition "Hjo"' in done.stdout or '+ Hjo (1497): rule name "Hjo"' in done.stdout
    assert """- Lund (1281): rule name "Lund", score 0.00; not counted: a person's name""" in done.stdout
    assert "Västra Götalands län (county): vastra-gotaland/" in done.stdout
    assert "themes: återbruk" in done.stdout or "themes: transport" in done.stdout


def test_explain_can_tell_it_to_programs(feeds: str) -> None:
    told = json.loads(nyhetsflode("explain", "https://cykel.example/2", "--json", "--config", feeds).stdout)
    assert (told["title"], told["places"]) == ("Eva Lund lagar cyklar i Hjo", ["1497", "SE"])
    assert "vastra-gotaland/" in told["newsfeeds"]


def test_explain_of_what_is_not_kept_fails_and_says_so(feeds: str) -> None:
    done = nyhetsflode("explain", "ingenting", "--config", feeds)
    assert done.returncode == 1
    assert 'no item has the id or the address "ingenting"' in done.stderr


def test_status_lists_the_items_whose_municipality_is_unsure(feeds: str) -> None:
    done = nyhetsflode("status", "--config", feeds)
    assert done.returncode == 0
    assert "The municipality of these items is unsure" in done.stdout
    assert "Fest i Husby" in done.stdout
    [unsure] = json.loads(nyhetsflode("status", "--json", "--config", feeds).stdout)["unsure"]
    assert unsure["title"] == "Fest i Husby"


def test_retag_after_a_pin_in_feeds_toml_moves_the_item_and_says_so(feeds: str) -> None:
    path = Path(feeds)
    path.write_text(path.read_text(encoding="utf-8") + PIN, encoding="utf-8")
    trial = nyhetsflode("retag", "--dry-run", "--config", feeds)
    assert "Asked about 2 items: 1 would move" in trial.stdout
    done = nyhetsflode("retag", "--config", feeds)
    assert "→ Hedemora" in done.stdout
    assert "Asked about 2 items: 1 moved, 0 have other evidence or themes only." in done.stdout
    assert "unsure" not in nyhetsflode("status", "--config", feeds).stdout
    assert nyhetsflode("retag", "--json", "--config", feeds).stdout == ""


def test_one_story_of_two_actors_is_explained_and_can_be_split(configured: Configured, site: Site) -> None:
    other = FEED.replace("<guid>1</guid><link>https://cykel.example/1", "<guid>9</guid><link>http://cykel.example/1/")
    other = other.replace("https://cykel.example/2", "https://mat.example/2").replace(
        "Eva Lund lagar cyklar", "Vi odlar"
    )
    tables = "".join(
        f'[actor.{name}]\nname = "{name}"\nscope = "national"\nhomepage = "https://{name}.example/"\n'
        f'feed = "{site.says(f"/{name}", said)}"\n'
        for name, said in (("cykel", FEED), ("mat", other))
    )
    config = configured(tables)
    for actor in ("cykel", "mat"):
        assert nyhetsflode("collect", actor, "--config", str(config.path)).returncode == 0
    told = nyhetsflode("explain", "https://cykel.example/1", "--config", str(config.path)).stdout
    assert "Its story is told by several; it leads it" in told
    assert '= "Fest i Husby" (mat/feed)' in told
    assert "by the same link" in told
    done = nyhetsflode("split", "http://cykel.example/1/", "--config", str(config.path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "told by itself from now on" in done.stdout
    again = nyhetsflode("split", "http://cykel.example/1/", "--config", str(config.path))
    assert (again.returncode, again.stderr.count("leads its story")) == (1, 1)
    program = json.loads(
        nyhetsflode("explain", "https://cykel.example/1", "--json", "--config", str(config.path)).stdout
    )
    assert program["told_with"] == []


RULES = """
[[rule]]
when = { words = ["Husby"] }
then = { hide = true }
[[rule]]
when = { words = ["Lund"] }
then = { promote = "nation", kind = "notes" }
"""


def test_explain_and_items_say_what_the_rules_withhold_and_where_they_carry_what(feeds: str) -> None:
    path = Path(feeds)
    path.write_text(path.read_text(encoding="utf-8").replace('scope = "national"', 'area = "Hjo"') + RULES, "utf-8")
    done = nyhetsflode("publish", "--config", feeds)
    assert "1 item came into other newsfeeds or left them" in done.stdout
    assert "items came into" not in nyhetsflode("publish", "--config", feeds).stdout
    shown = nyhetsflode("explain", "Eva Lund", "--config", feeds).stdout
    assert "About: Hjo (and by promotion)" in shown
    assert "kind: notes" in shown
    assert "Sverige (nation): sverige/  by promotion Sverige" in shown
    hidden = nyhetsflode("items", "--withheld", "--config", feeds).stdout
    assert "Fest i Husby" in hidden
    assert "(a rule hides it (words Husby))" in hidden
    assert "Hidden: a rule hides it (words Husby)" in nyhetsflode("explain", "Husby", "--config", feeds).stdout
    [notes] = nyhetsflode("items", "--kind", "notes", "--json", "--config", feeds).stdout.splitlines()
    told = json.loads(notes)
    assert (told["kind"], told["municipalities"]) == ("notes", ["1497"])
    wrong = nyhetsflode("items", "--kind", "note", "--config", feeds)
    assert wrong.returncode == 2
    assert 'did you mean "notes"?' in wrong.stderr
