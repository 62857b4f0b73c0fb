"""Addresses as people meant them: without Facebook's detours, and without what follows the reader around."""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from aggregator.sources import clean

# Up to a blank or a quotation mark, and without the full stop that ends the sentence.
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,:;!?)\]}'’]")
_HOME = re.compile(r"(?:[\w-]+\.)*(?:facebook\.com|fb\.com|fb\.me|fb\.watch)")
_STORAGE = re.compile(r"(?:[\w-]+\.)*(?:fbcdn\.net|cdninstagram\.com|fbsbx\.com)")

# What Facebook adds for itself; a token is a key to somebody's page.
_OWN = re.compile(r"access_token|__(?:cft|tn|xts)__(?:\[\d+\])?|fbclid|acontext|mibextid|rdid|share_url", re.IGNORECASE)


def cleaned(url: str) -> str:
    """The address that URL leads to, "" if it is none of the web or is signed and soon dead (Facebook's storage)."""
    for _ in range(3):
        try:
            parts = urlsplit(url.strip())
            host = (parts.hostname or "").lower()
        except ValueError:
            return ""
        target = parse_qs(parts.query).get("u", [""])[0]
        if not (_HOME.fullmatch(host) and parts.path.rstrip("/") in ("/l.php", "/flx/warn") and target):
            break
        url = target
    if _STORAGE.fullmatch(host):
        return ""
    told = parse_qsl(parts.query, keep_blank_values=True)
    if any(_OWN.fullmatch(name) for name, _ in told):
        url = urlunsplit(parts._replace(query=urlencode([pair for pair in told if not _OWN.fullmatch(pair[0])])))
    return clean.whole_url(url)


def addresses_in(text: str) -> list[str]:
    return [address for found in _ADDRESS.findall(text) if (address := cleaned(found))]


def linked(text: str) -> list[tuple[str, str]]:
    """TEXT in pieces, each with the address that it is, cleaned; "" for what is no address."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        pieces.append((text[at : found.start()], ""))
        address = cleaned(found[0])
        pieces.append((address, address))
        at = found.end()
    return [piece for piece in (*pieces, (text[at:], "")) if piece[0]]


def is_own(url: str) -> bool:
    """Whether URL is a place on Facebook."""
    return bool(_HOME.fullmatch(urlsplit(url).hostname or ""))
