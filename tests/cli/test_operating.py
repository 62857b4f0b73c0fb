"""What operators do once in a while, run as people run it: takedown, plan, and whether we are at work."""

import json
from pathlib import Path

import pytest
from click import Command
from commandline import nyhetsflode
from conftest import Configured, Site
from made import AREA, cykel
from typer.main import get_command

from aggregator.cli import app

FEED = """<rss version="2.0"><channel><title>Cykel</title><item><title>Nytt i Mariestad</title><guid>1</guid>
<link>https://cykel.example/1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def feeds(configured: Configured, site: Site) -> str:
    path = str(configured(AREA + cykel(site.says("/feed", FEED))).path)
    assert nyhetsflode("run", "--once", "--quiet", "--config", path).returncode == 0
    return path


def test_takedown_wants_a_reason_says_what_it_did_and_keeps_a_journal(feeds: str) -> None:
    without = nyhetsflode("takedown", "https://cykel.example/1", "--config", feeds)
    assert (without.returncode, "--reason" in without.stderr) == (2, True)
    done = nyhetsflode("takedown", "https://cykel.example/1", "--reason", "Namn", "--by", "Eva", "--config", feeds)
    assert (done.returncode, done.stderr) == (0, "")
    assert "was taken down" in done.stdout
    again = nyhetsflode("takedown", "https://cykel.example/1", "--reason", "Namn", "--config", feeds)
    assert (again.returncode, "no item has" in again.stderr) == (1, True)
    told = json.loads(nyhetsflode("takedown", "--list", "--json", "--config", feeds).stdout)
    assert (told["by"], told["reason"], told["source"]) == ("Eva", "Namn", "cykel/feed")


def test_plan_says_what_an_edited_file_would_change_and_what_is_wrong_with_it(feeds: str) -> None:
    assert nyhetsflode("plan", "--config", feeds).stdout == "Nothing would change.\n"
    edited = Path(feeds).read_text(encoding="utf-8").replace('content = "extended"', 'content = "events"')
    Path(feeds).write_text(edited, encoding="utf-8")
    told = json.loads(nyhetsflode("plan", "--json", "--config", feeds).stdout)
    [leaving] = told["items"]["vastra-gotaland/mariestad/"]["leave"]
    assert leaving.startswith("tag:prov.example,2026:cykel/")
    assert "1 would leave" in nyhetsflode("plan", "--config", feeds).stdout
    Path(feeds).write_text(f"{edited}[nonsense]\n", encoding="utf-8")
    assert nyhetsflode("plan", "--config", feeds).returncode == 2


def test_status_alive_says_whether_a_round_ended_lately(configured: Configured, feeds: str) -> None:
    done = nyhetsflode("status", "--alive", "--config", feeds)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    other = str(configured(AREA + cykel("https://cykel.example/feed"), store="other.db").path)
    done = nyhetsflode("status", "--alive", "--config", other)
    assert done.returncode == 1
    assert "no round has ended yet" in done.stderr


def test_a_bad_edit_that_does_not_stop_the_rounds_does_not_make_the_container_unwell(feeds: str) -> None:
    with Path(feeds).open("a", encoding="utf-8") as file:
        file.write("[nonsense]\n")
    assert nyhetsflode("run", "--once", "--quiet", "--config", feeds).returncode == 1
    assert nyhetsflode("status", "--alive", "--config", feeds).returncode == 0


def test_what_waits_is_told_to_programs_one_object_a_line(configured: Configured, site: Site) -> None:
    old = "".join(
        f"<item><title>Gammalt {number}</title><guid>{number}</guid><link>https://cykel.example/{number}</link></item>"
        for number in range(3, 43)
    )
    path = str(configured(AREA + cykel(site.says("/feed", FEED))).path)
    assert nyhetsflode("collect", "--config", path).returncode == 0
    site.says("/feed", FEED.replace("</channel>", f"{old}</channel>"))
    nyhetsflode("collect", "cykel", "--config", path)
    done = nyhetsflode("quarantine", "list", "--json", "--config", path)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == 40
    assert {each["source"] for each in told} == {"cykel/feed"}
    assert told[0].keys() == {"id", "source", "title", "url", "date", "held"}


def commands() -> list[tuple[str, Command]]:
    found: list[tuple[str, Command]] = []
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found += [(f"{name} {below}", each) for below, each in inner.items()] if inner else [(name, command)]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda told: told if isinstance(told, str) else "")
def test_the_help_of_every_command_has_an_example_of_it(name: str, command: Command) -> None:
    assert f"Example: nyhetsflode {name}" in (command.help or "")
