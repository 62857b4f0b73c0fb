"""Published files: whole or not at all, and untouched when nothing is new."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import brotli
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


TEXT = "<p>Åäö</p>\n" * 600


def unpacked(path: Path) -> list[bytes]:
    """What the compressed forms beside PATH hold."""
    readers = {".gz": gzip.decompress, ".br": brotli.decompress}
    packed = {path.with_name(path.name + ending): read for ending, read in readers.items()}
    return [read(each.read_bytes()) for each, read in packed.items() if each.exists()]


def test_beside_a_text_stands_the_same_compressed(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": TEXT})
    assert unpacked(tmp_path / "a/index.html") == [TEXT.encode()] * 2


def test_what_is_small_or_no_text_is_not_compressed(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": "kort", "bild.jpg": TEXT})
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["bild.jpg", "index.html"]


def test_the_same_text_makes_the_same_compressed_bytes_whatever_the_time(tmp_path: Path) -> None:
    publish(tmp_path / "one", **{"index.html": TEXT})
    publish(tmp_path / "two", **{"index.html": TEXT})
    for ending in (".gz", ".br"):
        one, two = (tmp_path / each / f"a/index.html{ending}" for each in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_compressed_forms_follow_the_file(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": TEXT})
    publish(tmp_path, **{"index.html": TEXT + "mer"})
    assert unpacked(tmp_path / "a/index.html") == [f"{TEXT}mer".encode()] * 2


def test_what_was_compressed_once_stays_so_for_a_host_from_which_nothing_is_removed(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": TEXT})
    publish(tmp_path, **{"index.html": "kort"})
    assert unpacked(tmp_path / "a/index.html") == [b"kort"] * 2
    assert publish(tmp_path, **{"index.html": "kort"}).changed == 0


def test_a_lost_compressed_form_is_made_again(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": TEXT})
    (tmp_path / "a/index.html.br").unlink()
    assert publish(tmp_path, **{"index.html": TEXT}).changed == 1
    assert unpacked(tmp_path / "a/index.html") == [TEXT.encode()] * 2


# A disk that is full as soon as a file gets larger than the second argument says.
FULL = """
import pathlib, resource, signal, sys
from aggregator.errors import OutputError
from aggregator.model import Publication
from aggregator.publishing import Output
most = int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    Output(pathlib.Path(sys.argv[1])).publish("x", "y", [Publication("a/index.html", sys.stdin.buffer.read())])
except OutputError as error:
    print(error)
"""


def on_a_full_disk(folder: Path, most: int, content: bytes) -> str:
    command = [sys.executable, "-c", FULL, str(folder), str(most)]
    done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def test_a_full_disk_is_named_and_what_was_published_stays(tmp_path: Path) -> None:
    publish(tmp_path, **{"index.html": TEXT})
    told = on_a_full_disk(tmp_path, 1000, TEXT.replace("Å", "Ö").encode())
    assert "a/index.html cannot be written: File too large; what was published before stays" in told
    assert (tmp_path / "a/index.html").read_text() == TEXT


def test_a_compressed_form_that_cannot_be_written_is_missing_and_never_old(tmp_path: Path) -> None:
    """What cannot be compressed gets larger by it, and so the disk is full just when the new file has come."""
    publish(tmp_path, **{"index.html": TEXT})
    noise = Random(1).randbytes(9000)
    assert len(gzip.compress(noise)) > 9000
    assert "a/index.html.gz cannot be written" in on_a_full_disk(tmp_path, 9000, noise)
    assert (tmp_path / "a/index.html").read_bytes() == noise
    assert unpacked(tmp_path / "a/index.html") == []
    assert publish(tmp_path, **{"index.html": TEXT}).changed == 1
    assert unpacked(tmp_path / "a/index.html") == [TEXT.encode()] * 2
