"""What Swedish says beside place names: titles, verbs of saying, streets, countries, comparisons.

The lists are in `words.txt`, each with what it is for; they grow there, and the rules stay as they are.
"""

import re
from functools import cache
from importlib.resources import files

from aggregator.tagging.lists import lists, words


def _set(section: str) -> frozenset[str]:
    return frozenset(words("words.txt", section))


def _ends(section: str) -> tuple[str, ...]:
    return words("words.txt", section)


def _any(section: str) -> re.Pattern[str]:
    return re.compile("|".join(lists("words.txt")[section]))


WHERE, WHERE_NOT_WHO, PARTS, AT = _set("WHERE"), _set("WHERE_NOT_WHO"), _set("PARTS"), _set("AT")
DEEDS, ANYONES_DEEDS = _set("DEEDS"), _set("ANYONES_DEEDS")
SAYS, TITLES, TITLE_ENDS = _set("SAYS"), _set("TITLES"), _ends("TITLE_ENDS")
SCHOOLS, PAPERS, CLUBS, BRANDS, STREETS, SHIPS, RIVERS, WORKS = (
    _set("SCHOOLS"),
    _set("PAPERS"),
    _set("CLUBS"),
    _set("BRANDS"),
    _set("STREETS"),
    _set("SHIPS"),
    _set("RIVERS"),
    _set("WORKS"),
)
PROPER_TAILS, OTHER_NAMES, TAILS, ORIGIN_TAILS = (
    _ends("PROPER_TAILS"),
    _ends("OTHER_NAMES"),
    _ends("TAILS"),
    _ends("ORIGIN_TAILS"),
)
COUNTRIES, FOREIGN = _set("COUNTRIES"), _set("FOREIGN")
COMPARED, MADE, BUILT, ORIGINS, ORIGIN_ENDS, LEFT, TRAVELS = (
    _set("COMPARED"),
    _set("MADE"),
    _set("BUILT"),
    _set("ORIGINS"),
    _ends("ORIGIN_ENDS"),
    _set("LEFT"),
    _set("TRAVELS"),
)
NATIONAL, LOCAL = _any("NATIONAL"), _any("LOCAL")
EVERYDAY_TAGS, ENDS_OF_WORDS, OPENING_WORDS = _set("EVERYDAY_TAGS"), _set("ENDS_OF_WORDS"), _set("OPENING_WORDS")
# '#hållbaralund', '#lundstallerom': a name between words that go with any place.
_BEFORE, _AFTER = (
    "|".join(sorted(words("words.txt", f"TAG_WORDS_{side}"), key=len, reverse=True)) for side in ("BEFORE", "AFTER")
)
TAG_WORDS = re.compile(rf"(?:{_BEFORE})*(\w+?)s?(?:{_AFTER})*")

# The endings of those who live in a place: 'Mariestadsbor', 'stockholmare', 'malmöiter', 'lundensare'.
INHABITANT = re.compile(
    r"(?:[sea]?(?:bo|bon|bor|borna|bornas|bors|bos|boar|boarna)"
    r"|(?:[es]|ens)?(?:are|aren|arna|arnas|ares|arens)"
    r"|(?:it|iten|iter|iterna|iternas))\b"
)
# The name as a name, not as a place: 'Hur fick Solna sitt namn?'
METALANGUAGE = re.compile(
    r"\bort(?:s)?namn|\bfick (?:sitt )?namn|\bnamnet\b|\bordet\b|\bdialektord|\buttalas\b|\bstavas\b|\brim(?:mar)? på\b"
)
METALANGUAGE_HINTS = ("namn", "ordet", "dialekt", "uttalas", "stavas", "rim")
# 'av en bonde i X', 'hos ett tryckeri i X': someone somewhere, who is not the news.
_FEW = r"en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\w+tio|\w*hundra|\d+|några|flera|många"
SOMEONE = re.compile(rf"\b(?:av|hos|från|via) (?:{_FEW}) (?:\w+ ){{1,3}}(?:i|på|utanför|nära)\W*$")
# 'levererades av ett snickeri i X', 'kommer från en anläggning i X': who delivers, while the news is of what came.
SUPPLIER = re.compile(
    r"\b(?:beställ\w*|gjor\w+|hämta\w*|kom|kommer|kommit|köp\w*|leverera\w*|montera\w*|ritades|sydd\w*|tillverka\w*)\b[^.!?]*"
    rf"\b(?:av|från) (?:{_FEW}) (?:\w+ ){{1,3}}(?:i|på|utanför|nära)\W*$"
)
# 'köptes begagnad i X'.
SECOND_HAND = re.compile(r"\b(?:begagna\w+|färdig\w*|ny|nya|nytt) (?=\w+\W*$)")
MOVES = re.compile(r"\b(?:\w+ )?flytta(?:r|de|t)(?: \w+)? till $")
# Two words, the last first, that hold a place up as an example: 'inspirerade av X', 'jämfört med X'.
EXAMPLES = frozenset(
    {
        *((before, earlier) for before in ("av",) for earlier in ("inspirerad", "inspirerade", "inspireras", "lära")),
        *((before, "modell") for before in ("av", "efter")),
        *(("med", earlier) for earlier in ("jämfört", "jämförelse", "likhet")),
    }
)
# 'kommuner som Sotenäs' gives an example and compares nothing.
EXAMPLES_OF = frozenset({"kommuner", "kommunerna", "städer", "städerna", "orter", "orterna", "byar", "platser", "län"})
# 'större än den i X', 'fler än i X'.
THAN = re.compile(r"\bän (?:(?:(?:den|det|de|dem|dom|vad|hos|som) ){0,2}(?:i|på|vid)|både|till exempel)\W*$")
# 'boken ”Mord i Ystad”', 'romanen Sommar i Mora'; a work's title as far as it may reach.
QUOTES = "”\"“»'’"
QUOTED = re.compile(rf"[{QUOTES}]([^”\"“»«'’\n]{{2,70}})")
UNQUOTED = re.compile(r"(\w+)(?: [A-ZÅÄÖ]\w+){1,3}(?: (?:av|bland|från|i|och|om|på|till|vid))? \Z")
# 'Ås utanför Östersund': what lies between a village and the town that tells where it is.
LANDMARK = re.compile(
    r",? (?:(?:strax|precis|inte långt|en bit|\w+ (?:mil|kilometer|km)) )?"
    r"(?:utanför|nära|intill|utom|(?:norr|söder|öster|väster) om|i närheten av|i trakten av)(?: staden)? "
)
# How such a description begins, after the village.
LYING = frozenset({"strax", "utanför", "nära", "intill", "norr", "söder", "öster", "väster"})
# 'Repair café in Lund, Sweden'.
IN_SWEDEN = re.compile(r",? \(?(?:in )?(?:Sweden|Sverige)\b")
# 'Efter tio år i X öppnar hon', 'efter X inför nu Y': the beginning of a sentence that tells what was before.
BEFORE_THAT = re.compile(r"\s*efter (?:(?:\w+ ){1,3}(?:i|på)\W*)?")
GREW_UP = re.compile(r"\b(?:växte|växt|vuxit) upp (?:i|på)\W*$")
INNS = frozenset({"Café", "Kafé", "Restaurang", "Hotell", "Pizzeria", "Krog", "Bar"})
# Where an event takes place: 'Plats: Folkets hus, Nora'.
VENUE = re.compile(r"\b(?:plats|var|adress|lokal|samling|mötesplats|samlingsplats|träffpunkt)\s*:[^:]*$")
# A school is where people meet: 'vi ses på högskolan i X', not 'forskare vid högskolan i X'.
AT_SCHOOL = re.compile(r"\b(?:på|vid) (?:folk)?(?:högskolan|universitetet) i $")
MEETS = re.compile(r"\b(?:hålls|hölls|hållas|ses|sågs|träffas|träffades|samlas|samlades)\b|\bpå folkhögskolan i $")
LEARNS = re.compile(r"\b(?:gick|gått|läste|läst|pluggat|studera\w*|utbilda\w*|forskar\w*|lärare\w*|rektor\w*)\b")
HOUR_OR_ROOM = re.compile(r",? (?:[^\W\d]+ (?:den )?)?(?:\d+ \w+ )?(?:klockan|kl\.?|sal|rum|aulan|hörsal\w*) ?\w")
# After a name that is also a word, what no town has beside it: 'Nacka inte hönsen', 'Grums i kaffet'.
AS_A_WORD = re.compile(
    r" (?:inte (?!med\b|läng|ensam|bäst|först|redo|värst|nöj|klar|intress|berör|drabba|överens)|dig )|"
    r" i (?:\w*kaffet|\w*kopp\w*|\w*vinet|\w*glaset|\w*botten|\w*kannan|\w*saften|\w*teet)\b"
)
# Who paid: 'bidrag från Region Skåne'.
GRANTS = re.compile(r"\b(?:bidrag|stöd|medel|pengar|finansiera\w*|beviljat?\w*|sponsra\w*|tack)\b")
# Authorities of a county that are called by their town: 'Länsstyrelsen i Örebro'.
SEATS = re.compile(r"\blänsstyrelsen (?:i )?$|\bregionen (?:i )?$|\blandshövdingen i $")


_FIRST_NAMES_TOO = _set("FIRST_NAMES_TOO")


def may_be_first_name(name: str) -> bool:
    return name in _FIRST_NAMES_TOO or name in first_names()


@cache
def first_names() -> frozenset[str]:
    """First names in use in Sweden, as they are written."""
    return frozenset(files(__package__).joinpath("first_names.txt").read_text(encoding="utf-8").split())
