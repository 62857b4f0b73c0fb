"""A mail that was saved as a file: its words, and nothing of who sent it.

Of the headers only the subject and the date are read. Pictures and other attachments are left out, and so are what
belongs to the correspondence and not to the news: signatures, quoted mails, the letterheads of forwarded ones.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from lxml import etree, html

from aggregator.model import text_of
from aggregator.sources import clean, letters

LONGEST_SUBJECT = 2000
MOST_PARTS = 200
MOST_FORWARDS = 10

# A header that says what a part is, over which the standard library takes minutes if it is made long enough.
_SORT = re.compile(
    rb"^(content-[a-z-]{1,40}:[^\n]{0,1000})[^\n]*((?:\n[ \t][^\n]{0,300}){0,20})[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)

_PREFIX = re.compile(r"\s*(?:(?:vb|fwd?|vs|sv|re|aw|wg|ang)(?:\[\d{1,2}\])?\s*:\s*)", re.IGNORECASE)
# Above a forwarded mail, as Gmail, Outlook, Thunderbird, Apple Mail and others write it.
_FORWARDED = re.compile(
    r"^[ \t>*_]*(?:-{2,}[ \t]*)?(?:Vidarebefordrat (?:meddelande|brev|mejl|mail)|Vidarebefordrat e-postmeddelande"
    r"|Forwarded message|Begin forwarded message|Startar vidarebefordrat brev|Början på vidarebefordrat "
    r"(?:meddelande|brev))[ \t]*:?(?:[ \t]*-{2,})?[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LETTERHEAD = re.compile(
    r"[>* \t]*(?P<name>från|from|skickat|sent|datum|date|till|to|kopia|cc|ämne|subject|svar till|reply-to)"
    r"[* \t]*:[* \t]*(?P<value>.*)",
    re.IGNORECASE,
)
_SUBJECTS = ("ämne", "subject")
# Above a mail that is answered. What follows is the other's.
_ANSWERED = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:Ursprungligt meddelande|Original ?message|Originalmeddelande)[ \t]*-{2,}"
    r"|_{20,}"
    r"|(?:Den|On)\b[^\n]{6,200}(?:\n[^\n]{0,200})?\b(?:skrev|wrote)\b[^\n]{0,100}(?:\n[^\n]{0,100})?:"
    r"|[^\n]{0,200}<[^\n<>@]{1,100}@[^\n<>@]{1,100}>[ \t]*(?:skrev|wrote)[^\n]{0,100}:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(r"^--[ \u00a0]?$", re.MULTILINE)
_SENT_FROM = re.compile(
    r"^[ \t]*(?:Skickat (?:från (?:min|mitt)|med)|Sent from my|(?:Hämta|Get) Outlook (?:för|for))\b[^\n]{0,80}\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
# What mail programs call the parts of a mail that are not its own words.
_NOT_ITS_OWN = (
    "//blockquote[@type='cite']|//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]"
    "|//*[contains(concat(' ', @class, ' '), ' gmail_signature ')]|//*[contains(@class, 'moz-signature')]"
    "|//*[contains(@class, 'moz-cite-prefix')]|//*[@id='Signature' or @id='divRplyFwdMsg' or @id='appendonsend']"
)
_NO_WORDS = "//img|//picture|//script|//style|//head|//title|//object|//svg"


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says: `text` as plain words, or `html` (not sanitised) if it has no plain ones."""

    subject: str
    date: str
    text: str = ""
    html: str = ""


def mail_in(content: bytes) -> Mail | None:
    """The mail that CONTENT is, or None if it is none."""
    try:
        message = message_from_bytes(_SORT.sub(rb"\1\2", content))
        plain, marked = _bodies(message)
        subject, date = _header(message, "subject"), _header(message, "date")
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, HeaderParseError):
        return None
    if not message.keys():
        return None
    if not plain.strip() and marked:
        plain = "" if (cut := _cut(marked)) else text_of(clean.sanitised(marked))
        marked = cut
    else:
        marked = ""
    text, inner = _own_words(plain)
    return Mail(without_prefixes(inner or subject), date, text, marked)


def without_prefixes(subject: str) -> str:
    """SUBJECT without what mail programs put before it: "VB: Fwd: Sv: Cykelkafé" is "Cykelkafé"."""
    subject = " ".join(subject[:LONGEST_SUBJECT].split())
    while found := _PREFIX.match(subject):
        subject = subject[found.end() :]
    return subject


def _bodies(message: Message) -> tuple[str, str]:
    """The first plain text and the first HTML that are no attachments."""
    plain, marked = "", ""
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/plain" and not plain.strip():
            plain = _unwrapped(part, _letters(part))
        elif kind == "text/html" and not marked:
            marked = _letters(part)
    return plain, marked


def _letters(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    text = letters.text_in(content[: 4 * clean.LONGEST_TEXT], f"charset={part.get_content_charset('')}")
    return text[: 2 * clean.LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _unwrapped(part: Message, text: str) -> str:
    """TEXT with the lines joined that its sender's program broke softly (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    delsp = str(part.get_param("delsp", "")).lower() == "yes"
    whole: list[str] = []
    flows = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
        piece = line[:-1] if soft and delsp else line
        if flows and line != "-- " and not line.startswith(">"):
            whole[-1] += piece
        else:
            whole.append(piece)
        flows = soft
    return "\n".join(whole)


def _header(message: Message, name: str) -> str:
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")[:LONGEST_SUBJECT]
    pieces = []
    for piece, charset in decode_header(raw):
        told = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
        pieces.append(letters.text_in(told, f"charset={charset or ''}"))
    return "".join(pieces)


def _own_words(text: str) -> tuple[str, str]:
    """What of TEXT is news, and the subject of the mail that was forwarded, if one was.

    What stands above a forwarded mail is said to the editors.
    """
    subject = ""
    for _ in range(MOST_FORWARDS):
        if not (found := _FORWARDED.search(text)):
            break
        inner, text = _without_letterhead(text[found.end() :])
        subject = inner or subject
    for end in (_ANSWERED, _SIGNATURE):
        if (found := end.search(text)) and text[: found.start()].strip():
            text = text[: found.start()]
    text = _QUOTED.sub("", text)
    return _SENT_FROM.sub("", text).strip(), subject


def _without_letterhead(text: str) -> tuple[str, str]:
    """The subject in the letterhead that TEXT begins with, and what stands below; quotation marks are taken off."""
    lines = text.lstrip("\n").split("\n")
    if sum(line.startswith(">") for line in lines) * 2 > len(lines):
        lines = [re.sub(r"^>[ ]?", "", line) for line in lines]
    subject = ""
    while lines and (not lines[0].strip() or _LETTERHEAD.fullmatch(lines[0]) or lines[0].startswith((" ", "\t"))):
        found = _LETTERHEAD.fullmatch(lines.pop(0))
        if found and found["name"].lower() in _SUBJECTS:
            subject = found["value"]
    return subject, "\n".join(lines)


def _cut(marked: str) -> str:
    """HTML without pictures, quotes and signatures; "" if it holds a forwarded mail, which its words tell better."""
    if not marked.strip() or _FORWARDED.search(text_of(clean.sanitised(marked))):
        return ""
    try:
        tree = html.document_fromstring(marked[: clean.LONGEST_TEXT])
    except (etree.ParserError, ValueError):
        return ""
    for found in (*_elements(tree, _NO_WORDS), *_elements(tree, _NOT_ITS_OWN)):
        if found.getparent() is not None:
            found.drop_tree()
    return str(html.tostring(tree, encoding="unicode"))


def _elements(tree: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found = tree.xpath(path)
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []
