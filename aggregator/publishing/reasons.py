""" "Varför ser jag detta?": a sentence in Swedish for each place that an article is about, from the rule that decided.

A rule that is not named here says what every rule can: which words made it so.
"""

from collections.abc import Iterator, Mapping

from aggregator.model import Article, Finding
from aggregator.places import NATION, Place, all_places

LONGEST_WORDS = 80

# By rule; {place} is a name, {words} the words in quotation marks, {actor} who told it.
_WITH_WORDS: Mapping[str, str] = {
    "kommun": "{words} i texten är {place}.",
    "name": "Texten nämner {words}.",
    "address": "Texten har en adress i {place}: {words}.",
    "hashtag": "Texten har taggen {words}, som hör till {place}.",
    "inhabitant": "{words} är de som bor i {place}.",
    "adjective": "Ordet {words} hör till {place}.",
    "compound": "Ordet {words} handlar om {place}.",
    "typo": "{words} är troligen {place}, felstavat.",
    "domain": "Texten har en länk till {words}, som hör till {place}.",
    "phone": "Texten har ett telefonnummer från {place}: {words}.",
    "preposition": "Texten talar om {words} som en plats.",
    "headline": "{words} gör något i rubriken eller i början av texten.",
    "part of a place": "Texten talar om en del av {words}.",
    "genitive": "Texten talar om något som är {words}.",
    "capital": "{words} står med stor bokstav mitt i en mening.",
    "enumeration": "{words} räknas upp bland andra platser.",
    "country": "Texten säger var {words} ligger.",
    "venue": "{words} står som platsen där det händer.",
    "support": "Texten nämner {words}, och annat i den talar för att det är i {place}.",
    "title": "{words} står i rubriken.",
    "event": "Evenemanget är i {words}.",
    "landmark": "Texten säger var {words} ligger.",
    "aside": "Texten nämner {words} i förbigående, och ingen annan plats.",
    "passing": "Texten nämner {words} i förbigående, och ingen annan plats.",
    "unsure": "Texten nämner {words}, men det finns flera platser som heter så. Säkert är bara länet.",
    "pinned": "Redaktionen har bestämt att nyheter med {words} hör hit.",
}
_WITHOUT_WORDS: Mapping[str, str] = {
    "home": "Texten nämner ingen annan plats, och {actor} är hemma i {place}.",
    "pinned": "Redaktionen har bestämt att nyheten hör hit.",
}
_OF_THE_NATION: Mapping[str, str] = {
    "scope": "{actor} verkar i hela landet.",
    "nation": "Texten handlar om hela landet.",
}
_OF_A_COUNTY: Mapping[str, str] = {"scope": "{actor} verkar i hela länet."}
# Rules whose words may name something that lies in the place.
_WITHIN = frozenset(
    "name preposition headline genitive capital enumeration country venue title event landmark aside passing".split()
)
_ANY_WORDS = "Texten nämner {words}."
_NO_WORDS = "Nyheten hör hit."
NOWHERE = "Vi hittade ingen plats som nyheten handlar om. Därför står den i det nationella nyhetsflödet."

RULES = frozenset({*_WITH_WORDS, *_WITHOUT_WORDS, *_OF_THE_NATION})


def reasons_of(article: Article) -> list[tuple[str, str]]:
    """Each place that ARTICLE is about, by name, and why; the surest first, and a county only by itself."""
    told = dict(_told(article, {place.code: place for place in all_places()}))
    return list(told.items()) or [(NATION.name, NOWHERE)]


def _told(article: Article, places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    seen = set()
    for finding in article.findings:
        if finding.code in seen or finding.code not in places:
            continue
        seen.add(finding.code)
        yield places[finding.code].name, reason_of(finding, places[finding.code], article.actor)


def reason_of(finding: Finding, place: Place, actor: str) -> str:
    """Why FINDING says that something ACTOR told is about PLACE, in a sentence."""
    words = " ".join(finding.words.split())
    if len(words) > LONGEST_WORDS:
        words = f"{words[:LONGEST_WORDS].rstrip()}…"
    told = _pattern(finding.rule, place, bool(words)).format(place=place.name, words=f"”{words}”", actor=actor)
    lies_within = finding.rule in _WITHIN and place.is_municipality and place.name.lower() not in words.lower()
    return f"{told} Det är i {place.name}." if words and lies_within else told


def _pattern(rule: str, place: Place, has_words: bool) -> str:
    if has_words:
        return _WITH_WORDS.get(rule, _ANY_WORDS)
    scoped = _OF_THE_NATION if place == NATION else _OF_A_COUNTY if place.is_county else {}
    return scoped.get(rule) or _WITHOUT_WORDS.get(rule, _NO_WORDS)
