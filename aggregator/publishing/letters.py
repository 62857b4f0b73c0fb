"""A digest as a letter, ready to send: text and HTML, without pictures from elsewhere and without anything that tracks.

The same digest makes the same bytes. What a letter must say of itself: RFC 5322, List-Id (RFC 2919), List-Unsubscribe
with one click (RFC 2369, RFC 8058) where an address for that is configured, and Auto-Submitted (RFC 3834).
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from textwrap import fill

from css_inline import CSSInliner

from aggregator.model import Article, Digest, is_mail_address
from aggregator.publishing import swedish
from aggregator.publishing.edition import span_of
from aggregator.publishing.pages import digest_title, letter_page

# RFC 5322 §2.1.1 wants lines of at most 78 characters.
WIDTH = 76

_POLICY = SMTP.clone(cte_type="7bit")


def letter_text(digest: Digest) -> bytes:
    """The digest as plain text, for whoever pastes it into a list of their own."""
    return _text(digest).encode()


def letter(digest: Digest) -> bytes:
    """The digest as a draft (.eml) that a mail program opens, ready for its addresses."""
    message = letter_to(digest, "")
    message["X-Unsent"] = "1"
    return message.as_bytes(policy=_POLICY)


def letter_to(digest: Digest, address: str, sender: str = "") -> EmailMessage:
    """The digest as a letter to ADDRESS, or to nobody yet; from SENDER, else from the contact."""
    site, channel = digest.site, digest.channel
    name = f"{digest.name}.{channel.path}".strip("/").replace("/", ".")
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = f"{channel.name}: {digest_title(digest)}"
    if is_mail_address(sender or site.contact):
        message["From"] = Address(site.publisher, addr_spec=sender or site.contact)
    if address:
        message["To"] = Address(addr_spec=address)
    message["Date"] = format_datetime(swedish.local(span_of(digest.first, digest.last)[1]))
    message["Message-ID"] = f"<{name}{_mark(address)}@{site.authority}>"
    message["List-Id"] = f"<{channel.path.strip('/').replace('/', '.')}.{site.authority}>"
    message["Auto-Submitted"] = "auto-generated"
    if site.unsubscribe:
        message["List-Unsubscribe"] = f"<{site.unsubscribe}>"
        if site.unsubscribe.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_text(digest), cte="quoted-printable")
    message.add_alternative(_inliner().inline(letter_page(digest)), subtype="html", cte="quoted-printable")
    # A boundary made of chance would make other bytes each time.
    message.set_boundary(f"=_{blake2b(name.encode(), digest_size=12).hexdigest()}")
    return message


def _text(digest: Digest) -> str:
    site = digest.site
    parts = [f"{digest.channel.name}, {digest_title(digest)}".replace(swedish.NO_BREAK, " ")]
    parts += [_told(article) for article in digest.news]
    if not digest.articles:
        parts.append("Inget nytt kom in.")
    if digest.coming:
        parts += ["Det här är på gång:", *(_told(article) for article in digest.coming)]
    parts.append(f"Allt på ett ställe: {site.url}{digest.path}\n{site.rights}")
    parts.append(_wrapped(f"Bakom nyhetsflödet står {site.publisher}. Är något fel? Skriv till {site.contact}."))
    if site.unsubscribe:
        parts.append(f"Vill du inte ha de här breven? {site.unsubscribe.removeprefix('mailto:')}")
    return "\n\n".join(parts).replace(swedish.NO_BREAK, " ") + "\n"


def _told(article: Article) -> str:
    lines = [_wrapped(f"* {article.title}")]
    if article.event:
        lines.append(_wrapped(_when_and_where(article)))
    lines += [_wrapped(article.summary)] if article.summary else []
    lines.append(f"{article.actor}: {article.url}")
    links = [credit for credit in article.also if credit.url not in ("", article.url)]
    lines += [f"Även hos {credit.actor}: {credit.url}" for credit in links]
    if others := [credit.actor for credit in article.also if credit not in links]:
        lines.append(_wrapped(f"Även hos {swedish.enumerated(others)}"))
    return "\n".join(lines)


def _when_and_where(article: Article) -> str:
    event = article.event
    if event is None:
        raise ValueError(f"{article.id} is no event")
    told = (
        "INSTÄLLT" if event.cancelled else "",
        swedish.written_span(event.start, event.end),
        event.where,
    )
    return ", ".join(part for part in told if part)


def _wrapped(text: str) -> str:
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _mark(address: str) -> str:
    """Two letters must not have one id, and an address is nobody's business but its owner's."""
    return f".{blake2b(address.encode(), digest_size=8).hexdigest()}" if address else ""


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)
