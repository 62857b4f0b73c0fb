"""Many workers share one queue: nothing is lost or doubled, whoever is killed and when, and hosts see one caller."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from teams import FOLDERS, Hosts, Team, until

Gather = Callable[..., Team]


def all_is_there_once(team: Team) -> None:
    """In the store and in every newsfeed."""
    wanted = sorted(title for place in range(len(FOLDERS)) for title in team.titles_of(place))
    assert [title for (title,) in team.asked('SELECT title FROM item ORDER BY title COLLATE "C"')] == wanted
    until(team.published, team)
    for number, path in enumerate(FOLDERS):
        for name in ("rss.xml", "atom.xml"):
            newsfeed = (team.folder / "output" / path / name).read_text(encoding="utf-8")
            others = [title for title in wanted if title not in team.titles_of(number)]
            assert not [title for title in others if title in newsfeed]


def all_came(team: Team) -> bool:
    return team.asked("SELECT count(*) FROM item") == [(2 * team.sources,)]


def test_three_workers_call_at_each_source_once_and_never_crowd_a_host(team: Gather, hosts: Hosts) -> None:
    hosts.takes = 0.1
    three = team(40, on_hosts=2)
    for _ in range(3):
        three.start()
    until(lambda: all_came(three), three)
    all_is_there_once(three)
    assert three.stop() == [0, 0, 0]
    assert set(hosts.calls.values()) == {1}
    assert hosts.most_at_source == 1
    assert hosts.most_at_host == 2
    assert three.asked("SELECT lock FROM procrastinate_jobs WHERE status NOT IN ('todo')") == []


def test_the_gap_between_requests_is_kept_over_all_workers(team: Gather, hosts: Hosts) -> None:
    two = team(12, on_hosts=1, collect='gap = "1s"\nper_host = 10')
    two.start()
    two.start()
    until(lambda: all_came(two), two)
    starts = hosts.starts[f"127.0.0.1:{hosts.port}"]
    assert len(starts) == 12
    assert min(later - earlier for earlier, later in pairwise(starts)) > 0.5


@pytest.mark.parametrize(("dies", "number"), [("keep", 3), ("publish", 2), ("publish", 40)])
def test_a_worker_that_dies_in_the_middle_loses_and_doubles_nothing(team: Gather, dies: str, number: int) -> None:
    both = team(12, on_hosts=3)
    assert both.start(dies, number).wait(120) == -9
    both.start()
    until(lambda: all_came(both), both)
    all_is_there_once(both)


def test_a_worker_that_dies_while_it_fetches_is_taken_over_from(team: Gather, hosts: Hosts) -> None:
    both = team(12, on_hosts=3)
    hosts.told = lambda path: both.workers[0].kill() if path == "/f7" and len(both.workers) == 1 else None
    assert both.start().wait(120) == -9
    both.start()
    until(lambda: all_came(both), both)
    all_is_there_once(both)
    assert hosts.calls["/f7"] == 2


def test_killed_at_any_moment_three_workers_lose_and_double_nothing(team: Gather, hosts: Hosts) -> None:
    hosts.takes = 0.2
    three = team(60, on_hosts=4)
    chance = random.Random(20261124)
    at_work = [three.start() for _ in range(3)]
    for _ in range(6):
        time.sleep(chance.uniform(0.5, 4))
        place = chance.randrange(3)
        at_work[place].kill()
        at_work[place].wait()
        at_work[place] = three.start()
    until(lambda: all_came(three), three)
    all_is_there_once(three)
    assert hosts.most_at_source <= 2  # One that was killed, and is not known to be by its host, and one that took over.


def test_an_operator_who_wants_the_store_alone_gets_it_while_workers_are_at_work(team: Gather, hosts: Hosts) -> None:
    two = team(40, on_hosts=4)
    two.start()
    until(lambda: two.asked("SELECT count(*) FROM item") >= [(10,)], two)
    command = [sys.executable, "-m", "aggregator", "retag"]
    subprocess.run(command, cwd=two.folder, check=True, capture_output=True, timeout=60)
    until(lambda: all_came(two), two)
    all_is_there_once(two)


def test_status_tells_who_works_and_what_is_dead(team: Gather) -> None:
    one = team(4, on_hosts=1)
    (one.folder / "output").write_text("a file where a folder should be")
    one.start()
    until(lambda: one.asked("SELECT count(*) > 0 FROM procrastinate_jobs WHERE attempts > 0")[0][0], one)
    command = [sys.executable, "-m", "aggregator", "status"]
    told = subprocess.run([*command, "--json"], cwd=one.folder, capture_output=True, timeout=60, check=False)
    queue = json.loads(told.stdout)["queue"]
    assert [worker["queues"] for worker in queue["workers"]] == [["web", "folders", "press", "desk"]]
    assert any("cannot be written" in trouble["problem"] for trouble in queue["troubles"]), queue
    text = subprocess.run(command, cwd=one.folder, capture_output=True, timeout=60, check=False, text=True).stdout
    assert "Workers at work: 1" in text
    (one.folder / "output").unlink()
    until(one.published, one)


def test_workers_go_by_the_feeds_toml_that_came_last(team: Gather) -> None:
    """One who has an older file waits, does not undo what the newer says, and is told of; an edit is a newer file."""
    both = team(4, on_hosts=1)
    both.start()
    old, new = both.folder / "feeds.toml", both.folder / "new.toml"
    new.write_text(old.read_text(encoding="utf-8").replace("Nyheter på prov", "Nya namnet"), encoding="utf-8")
    front = both.folder / "output/index.html"

    def is_called(name: str) -> bool:
        return front.exists() and name in front.read_text(encoding="utf-8")

    until(lambda: is_called("Nyheter på prov"), both)
    both.start(file="new.toml")
    until(lambda: is_called("Nya namnet"), both)
    command = [sys.executable, "-m", "aggregator", "status", "--json"]
    told = subprocess.run(command, cwd=both.folder, capture_output=True, timeout=60, check=False)
    assert "the workers go by different feeds.toml" in json.loads(told.stdout)["queue"]["problem"]
    assert told.returncode == 1
    old.write_text(new.read_text(encoding="utf-8").replace("Nya namnet", "Nyast"), encoding="utf-8")
    until(lambda: is_called("Nyast"), both)


def test_a_store_that_is_a_file_is_told_of_in_a_sentence(tmp_path: object, configured: Callable[..., object]) -> None:
    configured("")
    command = [sys.executable, "-m", "aggregator", "worker"]
    told = subprocess.run(command, cwd=str(tmp_path), capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 1
    assert "workers share a store in PostgreSQL" in told.stderr
    assert "Traceback" not in told.stderr
