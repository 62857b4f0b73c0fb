"""The commands, run as people run them: what they print, and their exit codes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import ENVIRONMENT, nyhetsflode
from conftest import REPOSITORY, Configured, Site

FEED = """<rss version="2.0"><channel><title>Cykel</title><item><title>Nytt i Mariestad</title><guid>1</guid>
<link>https://cykel.example/1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def feeds(configured: Configured, site: Site) -> str:
    config = configured(
        f"""
        [area.mariestad]
        municipality = "Mariestad"
        content = "extended"
        [actor.cykel]
        name = "Cykelvännerna"
        area = "Mariestad"
        homepage = "https://cykel.example/"
        feed = "{site.says("/feed", FEED)}"
        [actor.kor]
        name = "Kören"
        area = "Mariestad"
        homepage = "https://kor.example/"
        feed = "{site.url}/borta"
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
    )
    return str(config.path)


def test_check_says_that_a_file_is_well_formed(feeds: str) -> None:
    done = nyhetsflode("check", "--config", feeds)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("is well-formed: 2 actors with 2 sources, 1 area and 0 networks.\n")


def test_check_of_an_unreadable_file_tells_every_problem_and_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("schema = 1\n[sit]\n", encoding="utf-8")
    done = nyhetsflode("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'unknown key "sit"' in done.stderr
    assert "2 problems; feeds.toml was not used." in done.stderr


def test_check_can_tell_it_to_programs(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("schema = 1\n[sit]\n", encoding="utf-8")
    done = nyhetsflode("check", "--format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert [problem["line"] for problem in json.loads(done.stdout)["problems"]] == [0, 2]
    done = nyhetsflode("check", "--format", "github", cwd=tmp_path)
    assert '::error file=feeds.toml,line=2,col=2::unknown key "sit"; did you mean "site"?' in done.stdout


@pytest.mark.parametrize(
    "command", [["run", "--once"], ["collect"], ["publish"], ["items"], ["status"], ["db", "upgrade"]]
)
def test_nothing_starts_on_an_unreadable_file(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "feeds.toml").write_text("schema = 1\n", encoding="utf-8")
    assert nyhetsflode(*command, cwd=tmp_path).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.toml"]


def test_one_round_collects_and_publishes_and_says_where(feeds: str, tmp_path: Path) -> None:
    done = nyhetsflode("run", "--once", "--at", "2026-11-24T13:00", "--config", feeds)
    assert done.returncode == 0
    assert "kor/feed: " in done.stderr
    assert "answers 404" in done.stderr
    assert "Called at 2 sources: 1 failed, 1 new item, 0 changed." in done.stdout
    assert f"To look at them, open {(tmp_path / 'output/index.html').as_uri()} in a browser." in done.stdout
    assert f" run --config {feeds}\n" in done.stdout
    assert f" status --config {feeds}\n" in done.stdout
    assert "Nytt i Mariestad" in (tmp_path / "output/vastra-gotaland/mariestad/rss.xml").read_text(encoding="utf-8")


def test_time_on_the_command_line_is_swedish_time(feeds: str) -> None:
    nyhetsflode("collect", "cykel", "--at", "2026-11-24T13:00", "--config", feeds)
    told = json.loads(nyhetsflode("items", "--json", "--config", feeds).stdout)
    assert told["first_seen"] == "2026-11-24T12:00:00Z"


def test_items_are_printed_one_object_a_line(feeds: str) -> None:
    nyhetsflode("collect", "--config", feeds)
    [line] = nyhetsflode("items", "--json", "--area", "Mariestad", "--config", feeds).stdout.splitlines()
    item = json.loads(line)
    keys = "id source actor kind url title summary content published updated first_seen municipalities counties tags"
    assert list(item) == [*keys.split(), "event", "hidden", "put_away"]
    assert (item["title"], item["municipalities"], item["counties"]) == ("Nytt i Mariestad", ["1493"], ["14"])
    assert nyhetsflode("items", "--json", "--area", "Umeå", "--config", feeds).stdout == ""


def test_a_misspelt_place_or_source_is_a_wrong_argument_with_a_suggestion(feeds: str) -> None:
    done = nyhetsflode("items", "--area", "Mariestadt", "--config", feeds)
    assert (done.returncode, "Mariestad" in done.stderr) == (2, True)
    done = nyhetsflode("collect", "cykeln", "--config", feeds)
    assert (done.returncode, 'did you mean "cykel"?' in done.stderr.replace("\n", " ")) == (2, True)


def test_collecting_from_a_named_source_that_fails_exits_with_1(feeds: str) -> None:
    assert nyhetsflode("collect", "cykel/feed", "--config", feeds).returncode == 0
    assert nyhetsflode("collect", "kor", "--config", feeds).returncode == 1


def test_status_names_what_failed_and_exits_with_1(feeds: str) -> None:
    fresh = nyhetsflode("status", "--json", "--config", feeds)
    assert [source["visited"] for source in json.loads(fresh.stdout)["sources"]] == [None, None]
    assert fresh.returncode == 0
    nyhetsflode("collect", "--config", feeds)
    done = nyhetsflode("status", "--config", feeds)
    assert done.returncode == 1
    assert "answers 404 (Not Found)" in done.stdout
    states = {
        source["source"]: source
        for source in json.loads(nyhetsflode("status", "--json", "--config", feeds).stdout)["sources"]
    }
    assert (states["cykel/feed"]["failures"], states["kor/feed"]["failures"]) == (0, 1)


def test_try_shows_an_address_and_stores_nothing(feeds: str, site: Site, tmp_path: Path) -> None:
    done = nyhetsflode("try", f"{site.url}/feed", "--config", feeds)
    assert done.returncode == 0
    assert "feed, 1 entry" in done.stdout
    assert "[actor.cykel]" in done.stdout
    told = json.loads(nyhetsflode("try", f"{site.url}/feed", "--json", "--config", feeds).stdout)
    assert list(told) == ["kind", "entries", "warnings"]
    [entry] = told["entries"]
    assert {
        "id",
        "url",
        "title",
        "summary",
        "content",
        "published",
        "updated",
        "author",
        "categories",
        "image",
        "event",
    } == set(entry)
    assert entry["published"] == "2026-11-20T08:00:00Z"
    assert not (tmp_path / "news.db").exists()


def test_try_of_something_unreachable_is_one_sentence(tmp_path: Path) -> None:
    done = nyhetsflode("try", "http://127.0.0.1:1/", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "nyhetsflode: http://127.0.0.1:1/: cannot be reached: 127.0.0.1 is not a public address; "
        "[collect] private_networks can open it\n"
    )


def test_tag_reads_lines_and_writes_lines() -> None:
    lines = [
        {"id": "a", "title": "Solceller i Götene kommun", "body": "", "source_kommun": "1493", "scope": ""},
        {"id": "b", "title": "Välkommen", "body": "Alla är med.", "source_kommun": "1493"},
        {"id": "c", "title": "Välkommen", "body": "Alla är med.", "source_kommun": "1493", "scope": "national"},
    ]
    done = nyhetsflode("tag", input="\n".join(map(json.dumps, lines)) + "\n")
    assert done.returncode == 0
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["id"], each["kommuner"], each["lan"]) for each in told] == [
        ("a", ["1471"], ["14"]),
        ("b", ["1493"], ["14"]),
        ("c", [], []),
    ]
    assert all(each["why"] for each in told)


def test_tag_reads_text_whose_letters_are_written_as_html_entities() -> None:
    done = nyhetsflode("tag", input='{"title": "Caf&eacute; i Malm&#246;", "body": "V&auml;lkommen!"}\n')
    assert json.loads(done.stdout)["kommuner"] == ["1280"]


def test_a_line_that_cannot_be_tagged_is_named_and_the_others_are_tagged() -> None:
    done = nyhetsflode("tag", input='{"id": 1}\nrappakalja\n{"id": 2, "title": "Nytt i Mariestad"}\n')
    assert done.returncode == 1
    assert "standard input:1: " in done.stderr
    assert "standard input:2: " in done.stderr
    assert json.loads(done.stdout)["kommuner"] == ["1493"]


@pytest.mark.parametrize("line", ["[]", "null", '{"title": null}', '{"title": "A", "scope": "galaxy"}', '"A"'])
def test_whatever_a_line_holds_the_next_is_tagged(line: str) -> None:
    done = nyhetsflode("tag", input=line + '\n{"id": 2, "title": "Nytt i Mariestad"}\n')
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert json.loads(done.stdout)["kommuner"] == ["1493"]


def test_an_edited_file_is_taken_while_we_run_and_a_broken_one_is_told_of(feeds: str) -> None:
    from aggregator.cli.followed import Followed
    from aggregator.config import load

    path = Path(feeds)
    file = Followed(path, load(path))
    path.write_text(path.read_text(encoding="utf-8").replace("Kören", "Körerna"), encoding="utf-8")
    assert file.look()
    assert file.config.actors["kor"].name == "Körerna"
    assert not file.look()
    path.write_text("schema = 1\n", encoding="utf-8")
    assert file.look()
    assert file.config.actors["kor"].name == "Körerna"
    assert file.config.fault.endswith("the last version that was right still counts")
    assert not file.look()


def test_a_database_is_upgraded_by_command(feeds: str) -> None:
    assert nyhetsflode("db", "upgrade", "--config", feeds).stdout.startswith("The schema is 0")
    assert nyhetsflode("db", "upgrade", "--config", feeds).stdout.endswith("as it was.\n")


def test_running_by_the_clock_ends_well_when_it_is_asked_to_stop(feeds: str, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "aggregator", "run", "--config", feeds]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as running:
        until = time.monotonic() + 60
        while not (tmp_path / "output/.manifest.json").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "312 newsfeeds in " in out


def test_output_may_be_cut_off_by_its_reader(feeds: str) -> None:
    nyhetsflode("collect", "--config", feeds)
    command = f"{sys.executable} -m aggregator items --json --config {feeds} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""


def test_every_command_shows_an_example_in_its_help() -> None:
    told = nyhetsflode("--help").stdout
    names = [line.split()[1] for line in told.splitlines() if line.startswith("│ ") and line[2].isalpha()]
    assert {"check", "run", "collect", "publish", "try", "items", "tag", "status", "db"} <= set(names)
    for name in set(names) - {"db"}:
        assert f"nyhetsflode {name}" in nyhetsflode(name, "--help").stdout


def test_the_example_runs_on_a_fresh_machine_without_the_internet(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_bytes((REPOSITORY / "feeds.toml").read_bytes())
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    done = nyhetsflode("run", "--once", "--at", "2026-11-24T12:00", cwd=tmp_path)
    assert done.returncode == 0
    assert "solandelarna-degerfors.xml: there is no such file" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Called at 13 sources: 1 failed, 59 new items, 0 changed." in done.stdout
