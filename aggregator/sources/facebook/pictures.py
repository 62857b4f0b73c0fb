"""The files of pictures: an export names them by paths that may begin in another folder, or in another of its ZIPs."""

from collections.abc import Iterable, Sequence

from aggregator.model import Member
from aggregator.sources.facebook.posts import Media


class Pictures:
    """The pictures that may be opened, and the names of all files, to say which are missing."""

    def __init__(self, pictures: Iterable[Member], everything: Iterable[Member]) -> None:
        self._by_end = {_end(member.name): member for member in pictures}
        self._there = {_end(member.name) for member in everything}

    def find(self, media: Media) -> Member | None:
        return self._by_end.get(_end(media.uri))

    def is_missing(self, uri: str) -> bool:
        """Whether a file should be there and is not; what stands on the web was never in the export."""
        return "://" not in uri and _end(uri) not in self._there


def _end(path: str) -> Sequence[str]:
    """The file and its folder, which is named after the album and its number: no other file ends like that."""
    return tuple(path.replace("\\", "/").split("/")[-2:])
