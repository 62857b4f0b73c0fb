"""Pictures that an editor answers for, copied to where the pages are: of a sensible size, and telling nothing else.

What cameras write into pictures (EXIF: where, when, with what, by whom) is left out, once the picture has been turned
the way that it says is up.
"""

import io
import warnings
from hashlib import blake2b
from typing import BinaryIO

from aggregator.errors import OutputError
from aggregator.model import Image, Publication, Site
from aggregator.publishing.output import Output

FOLDER = "bilder"
LONGEST_SIDE = 1200
MOST_BYTES = 40 * 1000 * 1000
QUALITY = 82


def publish_picture(stream: BinaryIO, output: Output, site: Site, actor: str, alt: str) -> Image | None:
    """The picture in STREAM as published in OUTPUT; None if it is none that can be shown."""
    content = stream.read(MOST_BYTES + 1)
    name = f"{FOLDER}/{actor}/{blake2b(content, digest_size=10).hexdigest()}.jpg"
    small = _small(content) if len(content) <= MOST_BYTES else None
    if small is None:
        return None
    picture, width, height = small
    output.write([Publication(name, picture)])
    return Image(f"{site.url}{name}", "image/jpeg", alt, width=width, height=height, length=len(picture))


def remove_picture(output: Output, path: str) -> bool:
    """Remove the copy at PATH in OUTPUT, and say whether there was one."""
    if not path.startswith(f"{FOLDER}/") or ".." in path or path not in output.under(FOLDER):
        return False
    output.remove(path)
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
