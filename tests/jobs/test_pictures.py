"""Pictures of exports: none is copied unless an editor answers for it, and then none that should not be seen."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Configured
from exports import T, a_photo, a_post, page_export, zipped
from handed_in import SOURCE, export, items, take

from aggregator.config import Config


@pytest.fixture
def config(configured: Configured) -> Config:
    return configured(SOURCE)


def a_picture(side: int = 2000) -> bytes:
    pillow = pytest.importorskip("PIL.Image")
    picture = pillow.new("RGB", (side, side // 2), "green")
    exif = pillow.Exif()
    exif[0x010E], exif[0x0112] = "Hemlig plats", 6
    made = BytesIO()
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


def with_pictures(folder: Path, **files: bytes) -> Path:
    named = {a_photo(int(number[1:]))["media"]["uri"]: told for number, told in files.items()}
    posts = [
        a_post(T + int(number[1:]), f"Bild {number[1:]}", a_photo(int(number[1:]), description="Barn som sår"))
        for number in files
    ]
    return zipped(folder / "bilder.zip", page_export(posts) | named)


def test_pictures_are_not_copied_unless_an_editor_answers_for_them(config: Config, tmp_path: Path) -> None:
    take(config, with_pictures(tmp_path, p1=b"never opened"))
    assert items(config)["Bild 1"].entry.image is None
    assert not (config.output / "bilder").exists()


def test_published_pictures_are_of_sensible_size_upright_and_without_secrets(
    configured: Configured, tmp_path: Path
) -> None:
    config = configured(SOURCE + 'pictures = "publish"\n')
    picture = a_picture()
    from PIL import Image as Pillow

    done = take(config, with_pictures(tmp_path, p1=picture, p2=b"no picture"))
    assert done.problems == {}
    image = items(config)["Bild 1"].entry.image
    assert image
    assert image.url.startswith("https://prov.example/flode/bilder/prov/")
    assert (image.alt, image.type, image.width, image.height) == ("Barn som sår", "image/jpeg", 600, 1200)
    file = config.output / image.url.removeprefix("https://prov.example/flode/")
    assert (file.stat().st_size, b"Hemlig" in file.read_bytes()) == (image.length, False)
    with Pillow.open(file) as shown:
        assert (shown.size, dict(shown.getexif())) == ((600, 1200), {})
    assert items(config)["Bild 2"].entry.image is None
    assert take(config, tmp_path / "bilder.zip", again=True).changed == 0


def test_a_picture_of_too_many_dots_is_left_out(
    configured: Configured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(SOURCE + 'pictures = "publish"\n')
    picture = a_picture(100)
    from PIL import Image as Pillow

    monkeypatch.setattr(Pillow, "MAX_IMAGE_PIXELS", 100)
    take(config, with_pictures(tmp_path, p1=picture))
    assert items(config)["Bild 1"].entry.image is None


def test_pictures_without_pillow_say_what_to_install(
    configured: Configured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    config = configured(SOURCE + 'pictures = "publish"\n')
    [problem] = take(config, with_pictures(tmp_path, p1=b"")).problems.values()
    assert "install nyhetsflode with the extra 'pictures'" in problem


def test_a_part_with_pictures_alone_is_no_fault(config: Config, tmp_path: Path) -> None:
    done = take(config, zipped(tmp_path / "part-2.zip", {a_photo(1)["media"]["uri"]: b"JPEG"}))
    assert (done.problems, done.new) == ({}, 0)
    assert "the parts of a split export belong together" in done.tally.notes[0]


def test_a_picture_that_cannot_be_written_is_named(configured: Configured, tmp_path: Path) -> None:
    config = configured(SOURCE + 'pictures = "publish"\n')
    path = with_pictures(tmp_path, p1=a_picture(100))
    config.output.write_text("a file where a folder should be")
    [problem] = take(config, path).problems.values()
    assert "cannot be written" in problem


def test_posts_without_pictures_have_none_when_pictures_are_published(configured: Configured, tmp_path: Path) -> None:
    config = configured(SOURCE + 'pictures = "publish"\n')
    assert take(config, export(tmp_path, a_post(T, "Hej"))).new == 1
