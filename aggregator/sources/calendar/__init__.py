"""Calendars that an actor publishes, as iCalendar (RFC 5545)."""

from aggregator.sources.calendar.source import CalendarSource

__all__ = ["CalendarSource"]
