"""The words and signs that dates are written with, in Swedish and English."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mar mars march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug augusti august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}

HOURS_OF_ZONE = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "mez", "bst", "west"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    **dict.fromkeys(("eest", "msk"), 3),
    "edt": -4,
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    "pst": -8,
}

# Days that are told from the day on which it is said.
RELATIVE = {"förrgår": -2, "går": -1, "dag": 0, "kväll": 0, "morgon": 1, "övermorgon": 2}

_WEEKDAY = r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:d(?:ag(?:ens?|s)?)?)?"
_BEGINNINGS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:\.|:?[ae]\b|st\b|nd\b|rd\b|th\b)?"
# 'lördagen den', 'lör.', 'lör–sön'; of two days the first counts.
_NAMED = rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?(?: ?[-–—] ?{_WEEKDAY}\b\.?)?,? (?:den )?)?"
_FIRST = rf"(?<![\w.,:/])(?P<day>[0-9]{{1,2}}){_ORDINAL}"
_LAST = rf"(?: ?(?:[-–—]|till|och|&) ?(?P<last>[0-9]{{1,2}}){_ORDINAL})?"
# Two figures are a year only where nothing else could follow: not in '7 nov 18.30' or '7 nov 10–14'.
_YEAR = r"(?:,?[ -]+(?P<year>[0-9]{4}(?![0-9])|[0-9]{2}(?=$|,? [0-9]{1,2}[:.][0-9]{2})))?"

WITH_MONTH = re.compile(rf"{_NAMED}{_FIRST}{_LAST}[ -]+(?P<month>{_MONTH})\b\.?{_YEAR}", re.IGNORECASE)
MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})\b", re.IGNORECASE
)
# '7/11', '7–8/11', '7/11-26', '7/11 2026'; not a fraction, a share of the day or the Americans' 11/7/2026.
WITH_SLASH = re.compile(
    rf"{_NAMED}(?<![\w.,:/])(?P<day>[0-9]{{1,2}})(?: ?[-–—] ?(?P<last>[0-9]{{1,2}}))?/(?P<month>[0-9]{{1,2}})"
    r"(?![\w/]|[.,][0-9])"
    r"(?! ?(?:dl|l|liter|kg|kopp|del|[tm]sk|år)\b)"
    r"(?:(?: ?-| )(?P<year>20[0-9]{2}|(?<=-)[0-9]{2})(?![0-9/:.]))?",
    re.IGNORECASE,
)
WITH_HYPHENS = re.compile(rf"{_NAMED}(?<![\w-])(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![\w-])")
RELATED = re.compile(r"\bi ?(?P<word>förrgår|går|dag|kväll|morgon|övermorgon)\b", re.IGNORECASE)
ON_WEEKDAY = re.compile(rf"\b(?:nu )?på (?P<weekday>{_WEEKDAY})\b(?! (?:den )?[0-9])", re.IGNORECASE)
WEEK = re.compile(r"(?:vecka|v\.?) ?(?P<week>[0-9]{1,2})(?:,? (?P<year>[0-9]{4}))?", re.IGNORECASE)

# Between the first day and the last: '30 nov – 2 dec', 'fre 13 nov kl. 18 – sön 15 nov kl. 16'.
JOIN = re.compile(
    r",?(?: (?:kl(?:ockan|\.)? ?)?[0-9]{1,2}(?:[.:][0-9]{2})?)? ?(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?) ?",
    re.IGNORECASE,
)

_HOUR = r"[0-9]{1,2}(?![0-9])"
_TO = r" ?(?:[-–—]|till|och|to) ?(?:kl(?:ockan|\.)? ?)?"
CLOCK = re.compile(
    rf"(?:(?P<kl>\bkl(?:ockan\b|\.|\b):? ?)|(?<![\w/.,:–-])(?<! [-–]))"
    rf"(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-9]{{2}})(?![0-9]))?(?:[:.](?P<second>[0-9]{{2}})(?![0-9]))?"
    rf"(?:{_TO}(?P<to_hour>{_HOUR})(?:[:.](?P<to_minute>[0-9]{{2}})(?![0-9]))?)?(?![\w/]|[.,:][0-9])",
    re.IGNORECASE,
)
AND = re.compile(r"\boch\b", re.IGNORECASE)
BETWEEN = re.compile(r"\bmellan (?:kl(?:ockan|\.)? ?)?$", re.IGNORECASE)
# '12.50 kr' and '4.25 km' are no times of day, and '10–14 år' or '5–6 december' no hours.
UNIT = re.compile(
    rf" ?(?:kr|:-|sek|euro|€|%|procent|k[gm]\b|m[²\b]|meter|mwh|kwh|ton\b|år|barn|personer|grader|{_MONTH})",
    re.IGNORECASE,
)
ZONE = re.compile(r"(?<![\w-])(?:(?P<offset>[+-][0-9]{2}:?[0-9]{2})|(?P<name>[A-Za-z]{1,4}))\b")


def weekday_of(name: str | None) -> int | None:
    """The number of a weekday, Monday 0, from any of its forms."""
    return _BEGINNINGS.index(name[:3].lower()) if name else None
