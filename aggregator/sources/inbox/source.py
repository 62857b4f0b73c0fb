"""A folder of what people write by hand, for editors who have no other way in."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import ClassVar, Self

from aggregator.errors import ParseError
from aggregator.model import Document, Entry, PublishPolicy, Reading, Source, Via
from aggregator.model.units import Text
from aggregator.sources import clean, letters
from aggregator.sources.inbox import mail, markdown
from aggregator.sources.inbox.head import Head, HeadError, divided

NOTES = (".md", ".markdown", ".txt")
MAIL = ".eml"

# In bytes: no note is longer, and of a mail no more is read. What comes after are pictures, which are left out.
LONGEST_NOTE = 250_000
LONGEST_MAIL = 1_000_000


@dataclass(frozen=True, slots=True)
class HandWritten:
    """What somebody wrote. `actor` is the id of the one in whose name it is, if not the owner of the inbox; `since` is
    when it is to be published, None for at once, and drafts never are."""

    entry: Entry
    actor: str = ""
    since: datetime | None = None
    draft: bool = False

    def is_out(self, now: datetime) -> bool:
        return not self.draft and (self.since is None or self.since <= now)


class InboxSource(Source, frozen=True):
    """`inbox` is the folder in which notes and saved mails lie, counted from feeds.toml.

    Each file is one item for as long as it lies there: to edit it corrects the item, to delete it takes the item back.
    It was written for our readers, and may stand nowhere else: they get all of it, unless feeds.toml says otherwise.
    """

    is_by_hand: ClassVar[bool] = True
    via: ClassVar[Via] = "hand"

    inbox: Text
    publish: PublishPolicy = "full"

    @property
    def location(self) -> str:
        return self.inbox

    def below(self, folder: Path) -> Self:
        return self.model_copy(update={"inbox": str(folder / self.inbox)})

    def read(self, document: Document) -> Reading:
        return Reading((self.told(document).entry,))

    def told(self, document: Document) -> HandWritten:
        """What a file says, whose location is its path within the inbox; ParseError names the line, and what to do."""
        try:
            if PurePosixPath(document.location).suffix.lower() == MAIL:
                return _from_mail(document)
            return _from_note(document, letters.text_in(document.content))
        except HeadError as error:
            raise ParseError(document.location, str(error)) from error


def _from_note(document: Document, text: str) -> HandWritten:
    if text.count("\x00") or text.count("\ufffd") > len(text) / 100:
        raise ParseError(document.location, "is no text; save it as plain text (UTF-8)")
    head, body = divided(text)
    return _written(document, head, body)


def _from_mail(document: Document) -> HandWritten:
    found = mail.mail_in(document.content)
    if found is None:
        raise ParseError(document.location, "is no mail; save the mail itself as an .eml file, or its text as .txt")
    if not (found.text or found.html) and len(document.content) >= LONGEST_MAIL:
        raise ParseError(document.location, "has its words below large attachments; save it without them")
    head, body = divided(found.text)
    subject = replace(head, title=head.title or found.subject)
    return _written(document, subject, markdown.with_short_lines(body), found.html, found.date)


def _written(document: Document, head: Head, body: str, html: str = "", date: str = "") -> HandWritten:
    if len(body) > markdown.LONGEST:
        raise ParseError(document.location, f"is longer than {markdown.LONGEST:,} letters; write the news only")
    heading, below = ("", body) if head.title else markdown.title_in(body)
    entry = clean.entry(
        head.link,
        id=document.location,
        url=head.link,
        title=head.title or heading,
        title_markup="text",
        content=html or markdown.html_of(below),
        authors=[head.author] if head.author else [],
        language=head.language or "sv",
        published=head.date.isoformat() if head.date else date,
        image=clean.image(head.link, head.image, alt=head.image_text) if head.image else None,
        event=head.event,
    )
    if not entry.title:
        raise ParseError(document.location, 'says nothing; write  rubrik = "…"  at its head, or a text below it')
    return HandWritten(replace(entry, places=head.to), head.actor, head.date, head.draft)
