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


def text_in(content: bytes, media_type: str = "") -> str:
    """CONTENT as text; what is no letter in it becomes U+FFFD, so that there always is one."""
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
