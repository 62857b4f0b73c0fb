"""Letters that Facebook's ZIPs break: UTF-8's bytes written as if each were a letter of Latin-1 ('Ã¥' is 'å').

Only the JSON in ZIPs is broken so; HTML, CSV and the Graph API are right as they are. Latin-1 and not Windows-1252, in
which the second byte of å, Å and – is no letter at all. Each string is mended once, and by itself.
"""

import re
from typing import Any

# The well-formed sequences of RFC 3629 §4, in the clothes of Latin-1.
_SEQUENCE = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)


def mended(text: str) -> str:
    """TEXT as it was written. What is right already stays, and so does the half of a letter where a text was cut."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        return text
    except UnicodeDecodeError:
        return _SEQUENCE.sub(lambda found: found[0].encode("latin-1").decode("utf-8"), text)


# What cameras and Facebook's servers say of a picture, such as the address that it was sent from. Not for us.
_NOT_FOR_US = "media_metadata"


def mended_all(value: Any) -> Any:
    """VALUE as JSON gave it, with every string and every key mended, and without what is not for us."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, dict):
        return {mended(key): mended_all(part) for key, part in value.items() if key != _NOT_FOR_US}
    return [mended_all(part) for part in value] if isinstance(value, list) else value
