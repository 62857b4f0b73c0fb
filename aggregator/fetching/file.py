"""A file on this machine, read as if it were an answer."""

from pathlib import Path

from aggregator.errors import FetchError
from aggregator.model import Document, Unchanged, Visit


def read_file(location: str, visit: Visit, max_bytes: int) -> Document | Unchanged:
    try:
        with Path(location).open("rb") as file:
            content = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise FetchError(location, "there is no such file") from error
    except OSError as error:
        raise FetchError(location, f"cannot be read: {error.strerror or error}") from error
    if len(content) > max_bytes:
        raise FetchError(location, f"holds more than {max_bytes:,} bytes")
    document = Document(location, content)
    return Unchanged() if document.fingerprint == visit.fingerprint else document
