"""Where the output folder is sent, if it is not served from where it lies."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Deploy:
    """A folder on another host: by rsync over SSH ("rsync"), or by SFTP where there is no rsync ("sftp").

    `key` is the file with the private key, and `known_hosts` that with the keys of hosts that are trusted; empty for
    those that SSH finds by itself. `by_itself` is whether every
    round that published something sends it.
    """

    way: Literal["rsync", "sftp"]
    host: str
    folder: str
    user: str = ""
    port: int = 22
    key: str = ""
    known_hosts: str = ""
    by_itself: bool = False

    @property
    def shown(self) -> str:
        return f"{self.way}://{f'{self.user}@' if self.user else ''}{self.host}:{self.port}{self.folder}"
