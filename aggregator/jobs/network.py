"""Our own network, as one who calls at one source after the other knows it: without rounds in which all could fail."""

from collections import deque

from aggregator.fetching import network_is_down

MOST = 1000


class Network:
    """It is down if nothing but what may be its fault has come since the last call that was not lost."""

    def __init__(self) -> None:
        self._lost: deque[tuple[str, bool, bool]] = deque(maxlen=MOST)

    @property
    def is_down(self) -> bool:
        return bool(self._lost) and network_is_down(self._lost)

    def told(self, host: str, was_well: bool, is_lost: bool) -> None:
        """How a call at HOST went, if there is one."""
        if host and is_lost:
            self._lost.append((host, was_well, is_lost))
        elif host:
            self._lost.clear()
