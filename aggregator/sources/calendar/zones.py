"""Whose clock a calendar's times are told by."""

import re
from collections.abc import Iterable
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from aggregator.model import SWEDEN
from aggregator.sources.calendar.lines import Component

_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?")
_HOUR = timedelta(hours=1)
# Europe's zones by their hours in winter and summer, for calendars that name a zone of their own.
_LIKE = {(0, 1): "Europe/London", (1, 2): "Europe/Stockholm", (2, 3): "Europe/Helsinki"}

Zones = dict[str, tzinfo]


def zones_of(components: Iterable[Component]) -> Zones:
    """The zones that a calendar explains itself. Its rules of when the clock is moved are not asked: Europe has one."""
    return {one.value("TZID"): _explained(one) for one in components}


def zone_called(name: str, own: Zones) -> tzinfo | None:
    """The zone of that NAME: the world's, Windows', or the calendar's own; None if nobody knows it."""
    # Some write a whole path: '/freeassociation.sourceforge.net/Europe/Stockholm'.
    for told in (name, "/".join(name.strip("/").split("/")[-2:]), WINDOWS_TO_OLSON.get(name, "")):
        try:
            return ZoneInfo(told)
        except (ValueError, OSError, KeyError):
            continue
    return own.get(name)


def _explained(component: Component) -> tzinfo:
    if (place := component.value("X-LIC-LOCATION")) and (known := zone_called(place, {})):
        return known
    by_part = {part.name: _hours(part.value("TZOFFSETTO")) for part in component.parts}
    standard = by_part.get("STANDARD", timedelta(hours=1))
    summer = by_part.get("DAYLIGHT", standard)
    like = _LIKE.get((standard // _HOUR, summer // _HOUR))
    return ZoneInfo(like) if like else SWEDEN if abs(standard) >= timedelta(days=1) else timezone(standard)


def _hours(told: str) -> timedelta:
    found = _OFFSET.fullmatch(told.strip())
    if not found:
        return _HOUR
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -distance if found[1] == "-" else distance
