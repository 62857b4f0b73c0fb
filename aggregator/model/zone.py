"""Sweden's time, in which days begin and readers live; everything else is in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
