"""Pictures that an editor answers for, copied to where the pages are: of a sensible size, and telling nothing else.

What cameras write into pictures (EXIF: where, when, with what, by whom) is left out, once the picture has been turned
the way that it says is up.
"""

import io
import warnings
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from aggregator.errors import OutputError
from aggregator.model import Image, Site

FOLDER = "bilder"
LONGEST_SIDE = 1200
MOST_BYTES = 40 * 1000 * 1000
QUALITY = 82


def publish_picture(stream: BinaryIO, output: Path, site: Site, actor: str, alt: str) -> Image | None:
    """The picture in STREAM as published below OUTPUT; None if it is none that can be shown."""
    content = stream.read(MOST_BYTES + 1)
    name = f"{FOLDER}/{actor}/{blake2b(content, digest_size=10).hexdigest()}.jpg"
    path = output / name
    small = _small(content) if len(content) <= MOST_BYTES else None
    if small is None:
        return None
    picture, width, height = small
    try:
        if not path.exists() or path.read_bytes() != picture:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.draft")
            draft.write_bytes(picture)
            draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    return Image(f"{site.url}{name}", "image/jpeg", alt, width=width, height=height, length=len(picture))


def remove_picture(output: Path, path: str) -> bool:
    """Remove the copy at PATH below OUTPUT, and say whether there was one."""
    file = output / path
    if not path.startswith(f"{FOLDER}/") or ".." in path or not file.is_file():
        return False
    try:
        file.unlink()
    except OSError as error:
        raise OutputError(f"{file} cannot be removed: {error.strerror or error}") from error
    return True


def _small(content: bytes) -> tuple[bytes, int, int] | None:
    try:
        from PIL import Image as Pillow
        from PIL import ImageOps
    except ImportError as error:
        what = "pictures = \"publish\" needs the package Pillow; install nyhetsflode with the extra 'pictures'"
        raise OutputError(what) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Only the dots are taken over: a new picture knows nothing of the old one's past.
    clean = Pillow.new("RGB", upright.size)
    clean.paste(upright)
    made = io.BytesIO()
    clean.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue(), *upright.size
