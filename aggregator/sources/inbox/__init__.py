"""What people write by hand: notes of Markdown with a few words at their head, and mails that were saved as files."""

from aggregator.sources.inbox.source import LONGEST_MAIL, LONGEST_NOTE, MAIL, NOTES, HandWritten, InboxSource

__all__ = ["LONGEST_MAIL", "LONGEST_NOTE", "MAIL", "NOTES", "HandWritten", "InboxSource"]
