"""Published files: whole or not at all, and untouched when nothing is new."""

import json
from pathlib import Path

import pytest

from aggregator.errors import OutputError
from aggregator.model import Publication
from aggregator.publishing import Output


def publish(folder: Path, **files: str) -> Output:
    output = Output(folder)
    for name, content in files.items():
        output.publish(name, f"made from {content}", [Publication(f"a/{name}", content.encode())])
    output.finish()
    return output


def test_a_file_is_written_once_and_again_only_when_it_differs(tmp_path: Path) -> None:
    assert publish(tmp_path, one="1", two="2").changed == 2
    written = (tmp_path / "a/one").stat().st_mtime_ns
    assert publish(tmp_path, one="1", two="2").changed == 0
    assert publish(tmp_path, one="1", two="3").changed == 1
    assert (tmp_path / "a/one").stat().st_mtime_ns == written


def test_the_manifest_says_what_a_newsfeed_was_made_from_as_long_as_its_files_stand(tmp_path: Path) -> None:
    publish(tmp_path, one="1")
    assert Output(tmp_path).is_made_from("one", "made from 1", ["a/one"])
    assert not Output(tmp_path).is_made_from("one", "made from 2", ["a/one"])
    (tmp_path / "a/one").unlink()
    assert not Output(tmp_path).is_made_from("one", "made from 1", ["a/one"])


def test_a_round_that_was_broken_off_is_made_again(tmp_path: Path) -> None:
    publish(tmp_path, one="1")
    output = Output(tmp_path)
    output.publish("one", "made from 2", [Publication("a/one", b"2")])
    assert not Output(tmp_path).is_made_from("one", "made from 2", ["a/one"])


def test_what_a_killed_round_left_half_written_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".drafts").mkdir()
    (tmp_path / ".drafts/one").write_text("hal")
    publish(tmp_path, one="1")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".manifest.json", "one"]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_manifest_only_means_that_all_is_made_again(tmp_path: Path, broken: bytes) -> None:
    publish(tmp_path, one="1")
    (tmp_path / ".manifest.json").write_bytes(broken)
    assert not Output(tmp_path).is_made_from("one", "made from 1", ["a/one"])
    assert publish(tmp_path, one="1").changed == 0
    assert json.loads((tmp_path / ".manifest.json").read_bytes()) == {"one": "made from 1"}


def test_a_place_that_cannot_be_written_is_named_and_what_was_published_stays(tmp_path: Path) -> None:
    publish(tmp_path, one="1")
    (tmp_path / "a/two").mkdir()
    with pytest.raises(OutputError, match=r"a/two cannot be written: .*; what was published before stays"):
        publish(tmp_path, one="1", two="2")
    assert (tmp_path / "a/one").read_text() == "1"
