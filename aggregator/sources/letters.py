"""In which letters a document is written: what its bytes say first, and only then what is said of them.

Bytes that are UTF-8 are so by no accident, whatever the answer's headers or the document's first line claim; and what
is called ISO-8859-1 on the web is windows-1252 (encoding.spec.whatwg.org).
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_IN_DOCUMENT = re.compile(rb"""<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
# HTML's own way, in as much of its beginning as browsers look through (html.spec.whatwg.org, "prescan").
_IN_HTML = re.compile(rb"""<meta\s[^<>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_IN_HTML_WITHIN = 1024
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

# Only these are taken at their word: Python also knows encodings that are slow on purpose-made bytes, or no letters.
_BELIEVED = re.compile(
    r"windows-125[0134578]|cp125[0134578]|iso-?8859-(?:[2-9]|1[0-6])|koi8-[ru]|macintosh|gb\d+|gbk|big5|shift_jis|euc-\w\w",
    re.IGNORECASE,
)


def _doubled(letter: str) -> str:
    """LETTER as it comes out when its bytes in UTF-8 are taken for windows-1252, or for Latin-1 where that has none."""
    return "".join(
        bytes([byte]).decode("windows-1252" if byte not in _UNDEFINED else "latin-1") for byte in letter.encode()
    )


_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
# What Swedish is written with; and in Latin-1, as some programs take it, the second byte is a control character.
_WHOLE = {
    form: letter
    for letter in "åäöÅÄÖéÉèüÜàæøØ–—’‘”“…•€"
    for form in (_doubled(letter), letter.encode().decode("latin-1"))
}
_DOUBLED = re.compile("|".join(sorted(map(re.escape, _WHOLE), key=len, reverse=True)))


def text_in(content: bytes, media_type: str = "") -> str:
    """CONTENT as text; what is no letter in it becomes U+FFFD, so that there always is one."""
    return undoubled(_decoded(content, media_type))


def undoubled(text: str) -> str:
    """TEXT in which letters that went through UTF-8 twice ('Ã¤', 'â€“') are whole again.

    Only letters and signs of Swedish texts are: what else looks like one may have been meant.
    """
    return _DOUBLED.sub(lambda found: _WHOLE[found[0]], text) if "Ã" in text or "â" in text else text


def _decoded(content: bytes, media_type: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            kept = content if mark[:1] in b"<\0" and b"<" in mark else content[len(mark) :]
            return kept.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        inside = (_IN_DOCUMENT.match(content), _IN_HTML.search(content[:_IN_HTML_WITHIN]))
        said = [found[1].decode("ascii", "replace") for found in inside if found]
        said += [found[1] for found in [_IN_HEADER.search(media_type)] if found]
        return _as_said(content, said)


def _as_said(content: bytes, said: list[str]) -> str:
    for name in said:
        if _BELIEVED.fullmatch(name):
            try:
                return content.decode(name, "replace")
            except LookupError:
                continue
    # UTF-8 with a few broken letters, as when it was cut in the middle of one, or else no UTF-8 at all.
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(sign > "\x7f" for sign in text) - broken
    return text if whole > broken else content.decode("windows-1252", "replace")
