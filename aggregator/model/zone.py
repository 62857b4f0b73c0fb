"""Sweden's time, in which days begin and readers live; everything else is in UTC."""

from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
