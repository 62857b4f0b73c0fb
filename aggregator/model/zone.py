"""Sweden's time, in which days begin and readers live; everything else is in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def month_of(moment: datetime) -> str:
    """The month of MOMENT in Sweden: "2026-11"."""
    return f"{moment.astimezone(SWEDEN):%Y-%m}"
