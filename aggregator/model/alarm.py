"""What someone should look at."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about a source is not as it should be, from `opened` to `closed` (None: it still is so).

    `source` is empty when it is about all of them. `problem` is a sentence for the operator.
    """

    source: str
    kind: str
    problem: str
    opened: datetime
    closed: datetime | None = None

    def over(self, now: datetime) -> "Alarm":
        return replace(self, closed=now)


@dataclass(frozen=True, slots=True)
class Happening:
    """An alarm as news: that it was opened at a moment, or that it is over. `actor` is whose source it is about."""

    alarm: Alarm
    actor: str
    moment: datetime
    over: bool = False
