"""What an item is to readers: an event, an article, a post, a share, notes of a meeting, or an invitation to a course
or a call for applications.

Its source may say so, or a rule; an entry that tells when it happens is an event; and a title may say plainly that it
is notes or an invitation. Precise before complete: what is taken for notes is published as a link only.
"""

import re
from collections.abc import Iterable

from aggregator.model import Actor, Entry, Item, Kind, Rule, Source

# 'Protokoll från årsmötet 2026', '2026-03-04 Minnesanteckningar'; not 'Kyotoprotokollet', 'Protokollet som räddade …'.
_DATE = r"(?:\d{4}-\d\d-\d\d|\d{6,8}|\d{1,2} [a-zåäö]+(?: \d{4})?)"
_OF_MEETINGS = r"(?:\w*(?:möte|mötet|möten|träff|träffen|stämma|stämman)\b|(?:styrelsen|styrgruppen|arbetsgruppen)\b)"
_NOTES = re.compile(
    rf"^(?:{_DATE}[ :–-]+)?(?:(?:våra|nya) )?(?:"
    r"\w*(?:mötes|minnes)anteckning(?:ar|arna)?\b"
    r"|(?:årsmötes|års|styrelsemötes|styrelse|stämmo|mötes)protokoll(?=$|[ :,–-])"
    rf"|protokoll(?:$|[ :,–-]+(?:{_DATE}|\d[\d-]*$|(?:från|fört|vid|för|av|styrelse|årsmöte).*{_OF_MEETINGS}))"
    rf"|anteckningar från (?:\S+ ){{0,4}}?{_OF_MEETINGS}"
    r")",
    re.IGNORECASE,
)
# 'Kurs: Laga din cykel', 'Studiecirkel om mat', 'Utlysning: stöd till lokala klimatprojekt'; not 'Kursen är slut'.
_COURSE = re.compile(
    r"^(?:(?:ny|gratis|ledig plats på|anmäl dig till|inbjudan(?: till)?|välkommen till|välkomna till)[ :]+)?"
    r"(?:vår |en |ett |årets |vårens |höstens )?(?:"
    r"kursinbjudan\b|kursstart\b|studiecirkel(?=$|[ :–-])"
    r"|(?!(?:kon|dis|ex|växel|valuta|aktie|börs)kurs)\w*kurs(?=$|:| ?[–-]| (?:i|om|på|den|för \w+(?:are|iker|ar|er))\b)"
    r"|utlysning(?:ar)?(?=$|[ :–-])"
    r"|(?:sök|ansök om) (?:\S+ )?(?:bidrag|stöd|pengar|medel|stipendium|klimatbidrag|projektmedel)\b"
    r"|(?:nu )?öppnar ansökan\b|(?:nu är )?ansökan (?:är )?öppen\b|dags att söka (?:\S+ )?(?:bidrag|stöd|medel)\b"
    r")",
    re.IGNORECASE,
)
# What has been is told as an article.
_NO_COURSE = re.compile(r"\b(?:avslutade?|avklarad|inställd|fullbokad|blev)\b", re.IGNORECASE)


def kind_of(item: Item, actor: Actor, source: Source | None, rules: Iterable[Rule]) -> Kind:
    """The kind of ITEM: what the first of RULES says that applies, else its source, else the entry itself."""
    plainly = (source.kind if source else None) or told_kind(item.entry)
    decided = (rule.becomes for rule in rules if rule.becomes and rule.applies(item, actor, plainly))
    return next(decided, plainly)


def told_kind(entry: Entry) -> Kind:
    """What ENTRY says of itself."""
    title = " ".join(entry.title.split())
    if entry.event is not None:
        return "event"
    if _NOTES.match(title):
        return "notes"
    if _COURSE.match(title) and not _NO_COURSE.search(title):
        return "course"
    return entry.form
