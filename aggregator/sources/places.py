"""What is written as the place of an event: the house that it is in, and the address of that."""

import re

_STREET = re.compile(
    r"\w*(?:gatan|gata|vägen|väg|gränd|gränden|torget|torg|allén|allé|stigen|stig|backen|leden|platsen|plan|esplanaden)"
    r" ?\d{1,4} ?[A-Za-z]?\b|^[A-ZÅÄÖ][\w ]{2,40} \d{1,4} ?[A-Z]?$",
)
_POST_CODE = re.compile(r"\b\d{3} ?\d{2}\b")
_COUNTRY = re.compile(r"(?:,\s*(?:Sverige|Sweden))+$", re.IGNORECASE)
_ADDRESS_OF_THE_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def place_and_address(told: str) -> tuple[str, str]:
    """'Folkets hus, Storgatan 3, 542 30 Mariestad' is a place and its address; what is no such pair is all place."""
    told = _COUNTRY.sub("", told.strip(" ,.;"))
    if _ADDRESS_OF_THE_WEB.search(told):
        rest = _ADDRESS_OF_THE_WEB.sub("", told).strip(" ,.;:")
        return rest or "Digitalt", ""
    parts = [part for piece in told.split(",") if (part := piece.strip())]
    at = next((number for number, part in enumerate(parts) if _is_address(part)), 0)
    return (", ".join(parts[:at]), ", ".join(parts[at:])) if at else (told, "")


def _is_address(part: str) -> bool:
    return bool(_STREET.search(part) or _POST_CODE.match(part))
