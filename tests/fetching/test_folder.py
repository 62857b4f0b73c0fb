"""What people hand in is a stranger's: nothing is unpacked, nothing is opened unasked, nothing is without a limit."""

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from exports import unpacked, zipped

from aggregator.errors import FetchError
from aggregator.fetching import fingerprint_of, folder, open_bundle


def names(path: Path) -> list[str]:
    with open_bundle(path) as bundle:
        return [member.name for member in bundle.members]


def content(path: Path, name: str) -> bytes:
    with open_bundle(path) as bundle:
        [member] = [member for member in bundle.members if member.name == name]
        with member.open() as stream:
            return stream.read()


def refused(path: Path) -> str:
    with pytest.raises(FetchError) as told, open_bundle(path):
        pass
    return told.value.reason


def named(path: Path) -> str:
    return fingerprint_of(path, lambda name: name.endswith(".json"))


def test_zips_folders_and_files_are_all_trees_of_streams(tmp_path: Path) -> None:
    files = {"a/b.json": b"[1]", "c.csv": b"x"}
    path, place = zipped(tmp_path / "x.zip", files), unpacked(tmp_path / "x", files)
    assert sorted(names(path)) == sorted(names(place)) == ["a/b.json", "c.csv"]
    assert content(path, "a/b.json") == content(place, "a/b.json") == b"[1]"
    assert content(place / "c.csv", "c.csv") == b"x"


def test_what_systems_leave_behind_and_links_are_not_there(tmp_path: Path) -> None:
    place = unpacked(tmp_path / "x", {"a.json": b"1", ".DS_Store": b"", "__MACOSX/a.json": b"", ".hidden/b.json": b""})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/b.json").write_text("2")
    (place / "link.json").symlink_to(tmp_path / "secret/b.json")
    (place / "folder").symlink_to(tmp_path / "secret")
    assert names(place) == ["a.json"]
    assert names(zipped(tmp_path / "x.zip", {"__MACOSX/._a.json": b"", "a.json": b"1"})) == ["a.json"]


@pytest.mark.parametrize("name", ["../a.json", "a/../../b.json", "/etc/a.json", "..\\a.json", "\\a.json", "C:/a.json"])
def test_a_zip_whose_names_lead_out_of_it_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"[]")
    assert "whose name leads out of it" in refused(path)
    assert list(tmp_path.iterdir()) == [path], "and nothing was written"


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("posts/profile_posts_1.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, b"/etc/passwd")
    assert "holds a link to another file" in refused(path)


def test_an_encrypted_zip_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.json": b"[]"})
    raw = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(signature) + at
        raw[place : place + 2] = struct.pack("<H", 1)
    path.write_bytes(raw)
    assert refused(path) == "is encrypted; unpack it with its password, and hand in the folder"


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_zip_that_was_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = zipped(tmp_path / "x.zip", {f"{number}.json": os.urandom(500) for number in range(20)})
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    assert "is no whole ZIP" in refused(path)


def test_a_zip_in_a_zip_is_refused_with_what_to_do(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.json": b"[]"})
    assert "holds another ZIP ('b/inner.ZIP')" in refused(
        zipped(tmp_path / "x.zip", {"b/inner.ZIP": inner.read_bytes()})
    )


def test_other_ways_of_compressing_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.json", b"[]")
    assert "compressed in a way that is not read here" in refused(path)


def test_a_bomb_is_stopped_while_it_goes_off(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.json": b" " * 30_000_000})
    assert path.stat().st_size < 100_000
    with open_bundle(path) as bundle, bundle.members[0].open() as stream:
        assert len(stream.read(folder.DENSE_BYTES // 2)) == folder.DENSE_BYTES // 2
        with pytest.raises(FetchError, match="a ZIP bomb"):
            stream.read(folder.DENSE_BYTES)


def test_a_member_is_bounded_whatever_its_heading_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MEMBER_BYTES", 1000)
    path = zipped(tmp_path / "x.zip", {"a.json": os.urandom(2000)})
    with pytest.raises(FetchError, match="a ZIP bomb"):
        content(path, "a.json")


def test_many_small_members_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "ALL_BYTES", 1000)
    path = zipped(tmp_path / "x.zip", {f"{number}.json": b"[]" * 150 for number in range(4)})
    with open_bundle(path) as bundle:
        for member in bundle.members[:3]:
            assert len(member.open().read()) == 300
        with pytest.raises(FetchError, match="a ZIP bomb"):
            bundle.members[3].open().read()


def test_a_zip_with_more_files_than_any_export_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_MEMBERS", 2)
    assert "more than 2 files" in refused(zipped(tmp_path / "x.zip", {f"{number}": b"" for number in range(3)}))


def test_bytes_that_were_spoilt_on_their_way_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", b"[12345]")
    path.write_bytes(path.read_bytes().replace(b"[12345]", b"[12346]"))
    with pytest.raises(FetchError, match=r"is damaged: a\.json: Bad CRC"):
        content(path, "a.json")


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.zip") == "there is no such file"
    (tmp_path / "y.zip").write_text("not a ZIP")
    assert "is no whole ZIP" in refused(tmp_path / "y.zip")


def test_the_same_content_has_the_same_fingerprint_whatever_it_is_called(tmp_path: Path) -> None:
    one, other = zipped(tmp_path / "x.zip", {"a.json": b"1"}), tmp_path / "y.zip"
    other.write_bytes(one.read_bytes())
    assert named(one) == named(other)
    assert named(one) != named(zipped(other, {"a.json": b"2"}))
    first, second = (unpacked(tmp_path / name, {"a.json": b"1", "b.jpg": b"2"}) for name in ("one", "two"))
    assert named(first) == named(second)
    (second / "a.json").write_text("3")
    assert named(first) != named(second)
    (first / "b.jpg").write_text("4")
    assert named(first) == named(unpacked(tmp_path / "three", {"a.json": b"1", "b.jpg": b"2"})), "was not opened"


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, place = zipped(tmp_path / "x.zip", {"a.json": b"1"}), unpacked(tmp_path / "x", {"a.json": b"1"})

    def no(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with open_bundle(place) as bundle:
        monkeypatch.setattr(Path, "open", no)
        with pytest.raises(FetchError, match=r"cannot be read: a\.json: Permission denied"):
            bundle.members[0].open()
    assert refused(path) == "cannot be read: Permission denied"
    with pytest.raises(FetchError, match="cannot be read: Permission denied"):
        named(path)


def test_a_member_whose_own_heading_is_spoilt_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"b.json": b"2", "a.json": b"1"})
    first, _, rest = path.read_bytes().rpartition(b"PK\x03\x04")
    path.write_bytes(first + b"QK\x03\x04" + rest)
    with pytest.raises(FetchError, match=r"is damaged: a\.json"):
        content(path, "a.json")
