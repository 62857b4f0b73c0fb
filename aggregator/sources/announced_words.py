"""The words by which Swedish texts announce, cancel and report, and by which they tell when and where."""

import re

_I = re.IGNORECASE

# A day after these is until or from when, and not when.
LIMIT = re.compile(
    r"\b(?:senast|före|innan|efter|sedan|sen|från|från och med|med start|fr\.?o\.?m\.?|till och med|"
    r"t\.?o\.?m\.?|fram till|öppen till|går ut"
    r"|sista (?:\w+ )?\w*dag(?:en)?(?: \w+){0,3}|stänger|stängde|slut\w*)(?: \w+)? ?$"
    r"|\btill ?$",
    _I,
)
OPENS = re.compile(
    r"\b(?:anmälan|ansökan|ansökningen|biljetterna|biljettsläpp\w*|nomineringen) (?:\w+ )?(?:öppnar|"
    r"stänger|släpps)\b",
    _I,
)

# What texts are called that tell of what has been, or of many things.
NO_TITLE = re.compile(
    r"\b(?:protokoll\w*|\w*anteckningar|referat|rapport(?: från|er)?|tack\b(?! vare)|bilder från|"
    r"så (?:gick|blev|var)|succé|lyckad\w*|nyhetsbrev\w*|"
    r"program(?:met)?|öppettider\w*|telefontid\w*|lunchmeny|meny\w*|ledig[at]? (?:tjänst|jobb)\w*|"
    r"sommarjobb|tävling\b|erbjudande|krönika|insändare|"
    r"debatt(?:en)?$|intervju|reportage|historia|från mötet|i backspegeln|tidtabell\w*|kontakta oss|"
    r"stängt|vinnare|minnesord|efterlysning|"
    r"kommande|det händer|tv-tips|radio\w*|podd\w*|enkät\w*|öppet$)",
    _I,
)
# What is said of a day on which nobody is asked to come.
NO_EVENT = re.compile(
    r"\b(?:hölls|höll|ägde rum|var|blev|(?:som|personer|besökare|folk|många) kom|fylldes|lockade|delades|"
    r"valdes|invigdes|presenterades|talade|drog|klipptes|lämnades|beslutade|antog|sade|"
    r"bildades|grundades|avled|försvann|plockade|stängde|träffades|tackade|kunde|gick|besökte|samlades|"
    r"firade|visade|arrangerades|genomfördes|"
    r"stäng(?:s|er|t|da?|ning\w*)|avstäng\w*|bryts|\w*avbrott|gräver|vägarbete\w*|köer|gäller|träder|"
    r"väntas|beräknas|planera[dts]\w*|beslut\w*|"
    r"ställning|meddelar|röstar|börjar (?:gälla|de|gå|hon|han)|tillträder|trafik|ersätter|rabatt|"
    r"halva priset|släpps|flyttar|flyttas till|hämta[ds]e?s?|"
    r"sophämtning\w*|delas ut|läggs fram|behandlas|lämnas|lämna|tar emot|varnar|varar|upphör|fyller|"
    r"ska vara|ska alla|måste|öppettider|öppettid|har öppet(?! hus| samtal)|håller öppet(?! hus| samtal)|"
    r"öppnar (?:vi|igen)|"
    r"är öppen|obemannat|svt|tv4|p1|p4|avsnitt|nå sin topp|hörs|ansök|ansöka|ansökningsdag|svara|rösta|"
    r"skicka|betala|nominera)\b",
    _I,
)
OFTEN = re.compile(r"\b(?:varje|var(?:annan|je) (?:vecka|månad)|(?:mån|tis|ons|tors|fre|lör|sön)dagar(?:na)?)\b", _I)

INVITES = re.compile(
    r"\b(?:välkom(?:men|na|nar)|kom (?:och|till|förbi|med|ut)|följ med|häng med|vi (?:ses|träffas|möts|"
    r"samlas|börjar|bjuder|visar|firar|går|vandrar|byter|"
    r"tänder|lagar|planterar|pysslar|bygger|städar|plockar)|(?:planterar|pysslar|bygger|städar|vandrar|"
    r"firar|byter) vi|ses vi|möts vi|träffas vi|samlas vi|samling\w*|fri entré|gratis|kostnadsfri\w*|"
    r"ingen föranmälan|föranmälan|anmälan|anmäl (?:dig|er)|boka (?:plats|biljett)|"
    r"ta med|inbjud(?:an|er)|bjuder (?:in|på)|kallelse|kallas|äger rum|arrangera[rs]|arrangör|hålls|"
    r"föreläser|visas|invigs|öppet (?:hus|möte|samtal)|"
    r"provkör\w*|prova|medverkar|(?:kan|får) vara med|begränsat antal platser|fika finns|passa på|missa inte)\b",
    _I,
)
NOUN = re.compile(
    r"(?:föreläsning|föredrag|workshop|verkstad|kurs|kursstart|möte|årsmöte|träff|vandring|promenad|café|"
    r"kafé|fik[ae]|loppis|marknad|mässan?|konsert|kväll|filmvisning|"
    r"seminarium|webbinarium|konferens|bytardag|bytesdag|(?:kläd|plagg|växt|frö|pryl|bok|sak)byte|dag|"
    r"dagen|helg|fest|festen|kalas|firande|invigning|vernissage|utställning|manifestation|demonstration|"
    r"marsch|parad|"
    r"samtal|dialog|debatt|cirkel|quiz|pub|mingel|julbord|guidning|rundvandring|visning|utflykt|(?:cykel|"
    r"båt|kanot|skid)tur|pyssel|städning|utbildning|frukost|lunch|middag|basar|"
    r"räkning|plundring|skådning|repair|\w*musik|mustning|läger|studiebesök|fackeltåg|"
    r"slåtter|kurser|rådgivning|informationsmöte)\b",
    _I,
)
CANCELLED = re.compile(r"\b(?:inställ[dt]a?|ställs in|ställer in|ställas in|avlys[est]\w*)\b", _I)

WEEKDAY = re.compile(r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b", _I)

WHEN = r"När|Tid|Datum|Dag|Tidpunkt|Start"
WHERE = r"Var|Plats|Lokal|Samling|Samlingsplats|Ställe|Adress"
_OTHER = r"Hur|Vem|Arrangör|Kostnad|Pris|Anmälan|Entré|Kontakt|Info|Mer information|Målgrupp|Språk"
LABEL = re.compile(rf"(?:^|(?<=[\s.!]))(?P<name>{WHEN}|{WHERE}|{_OTHER})\b ?(?:[:?]) ?")
SENTENCE = re.compile(r"(?<=[!?…])\s+|(?<=\.)\s+(?=[A-ZÅÄÖ–\"”])|\n+")

# After when, the place: 'i Folkets hus', 'på Stora torget', 'vid Kvarnen'; its name begins with a capital letter.
_NAME = (
    r"(?:(?:S:t|S:ta|Sankt) )?[A-ZÅÄÖ0-9][\w&:'’.-]*(?: (?:[A-ZÅÄÖ0-9][\w&:'’-]*|på|i|vid|av|och|torget|"
    r"gård|kyrka|skola|torg|hus|park|bibliotek|rådhuset|parkering|brygga|grind|plattform|kök|butik|saga|"
    r"lotterna|vägen|gatan)\b)*"
)
SPOT = re.compile(rf"\b(?:i|på|vid|hos|till|från|genom|utanför) (?P<name>{_NAME})(?P<more>(?:, {_NAME})?)")
COMMON_SPOT = re.compile(
    r"\b(?:i|på|vid|hos) (?P<name>(?:biblioteket|torget|kyrkan|skolan|församlingshemmet|bygdegården|"
    r"kommunhuset|parken|stadshuset|kulturhuset|"
    r"fågeltornet|grillplatsen|bryggan|bystugan|parkeringen|stationen|museet|badplatsen|naturum))\b"
)
RIGHT_AFTER = re.compile(
    rf"[,;:]? (?P<name>{_NAME})(?P<more>(?:, (?:{_NAME}|[a-zåäö]+ [A-Z0-9]\w*))?)(?=[.,!]|\s*$|\n)"
)
WEEKDAY_OR_MONTH = re.compile(
    r"(?:mån|tis|ons|tors|fre|lör|sön)dag|(?:januari|februari|mars|april|maj|juni|juli|augusti|september|"
    r"oktober|november|december|kl|klockan|fri|välkom|ta|"
    r"anmäl|alla|ingen|samling|kom)\b",
    _I,
)
