"""What news is about, in the words of the transition (omställning): energy, transport, food, and so on.

Swedish makes compounds, so that stems are looked for: at the beginning of a word ('cykel'), as a whole word ('=bin'),
or anywhere in one ('*solcell'). A theme is published as a category; it hides nothing unless feeds.toml says so.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from aggregator.model import Entry
from aggregator.tagging.text import text_to_tag

# Words that say it by themselves.
PLAIN = {
    "energi": """*solcell *solpanel *solel =solenergi *solpark *solkraft *vindkraft *vindpark *vindbruk *vindsnurr *vindmöll
        *vattenkraft *vågkraft *kärnkraft *fjärrvärme *spillvärme *bergvärme *värmepump *biogas *biobränsl *vätgas *elnät *elpris
        =elen *elförbruk *elanvänd *elproduktion *elräkning *energi *kilowatt *megawatt *terawatt *fossilfri *oljepanna
        *batterilager elbrist elmätare *egenel effektavgift =kwh =mwh *förnybar *växthusgas *koldioxid *elsparande =utsläpp *utsläppen *utsläppsfri
        energisnål *grönel""",
    "transport": """cykel *cykl *kollektivtrafik *elbil *laddstolp *laddplats *laddstation laddinfra
        *bilpool samåk pendeltåg pendelbuss pendelparkering pendlarparkering pendl *spårvagn *järnväg nattåg *tågtrafik *tågresa
        *elbuss *biogasbuss *elfärj *bilfri *gångväg =tåget =tågen =tåg =busslinje =busslinjen =bussar =bussarna *busstrafik
        elsparkcyk *lånecykel *tågstopp *tåglinje *hållbartresande *mobilitetsh *elväg =hvo =hvo100 *resvanor *elflyg =laddare *snabbladd *gångochcykel
        bussgata""",
    "mat": """*matsvinn *närodla *närproducer *lokalproducer *ekologisk *andelsjordbruk *andelsodl *odlingslott *kolonilott *kolonist
        *stadsodl odling odla =odlar *odlare *ekobonde *trädgårdsgrupp *fröbyt *reko-ring rekoring *vegetari *vegan *vego *växtbaserad *skördefest *skördemarknad *gårdsbutik *jordbruk
        *lantbruk =bönder =bönderna =bondens =bonden bondens-marknad *grönsak *permakultur *skogsträdgård *skolmat *klimatmat *kompost *mathantverk *surdeg
        *skafferi *matkass trädgårdsodl *självhushåll *köttfri *baljväxt *skolkök *skogsodl *fruktmust *musteri *odlarn gårdsmejeri
        =skörden =skörd *livsmedelsförsörj""",
    "återbruk": """*återbruk återvinn återvunn *återvinning *återvunn *återanvänd *secondhand *loppis *loppmarknad *klädbyt *bytesdag *bytardag *bytesbod
        *bytestorg *prylbyt reparer *reparation *repaircaf lagakaf laga-kaf lagacaf lagaaft *cirkulär *avfall *sopsort *källsort sorterings *kretslopp *upcycl
        *verktygspool *verktygsbibliotek *begagna *textilinsaml *textilåter *delningsekonomi *pantburk *pantrekord *pantmugg *engångsplast *engångsmugg
        *engångsmaterial *restprodukt *lagadina =laga =lagar =lappa *bytargrupp *slitochsläng *fritidsbank =pant =panta *klädpool plastfri *bytbod *bytdag *givebox *matsvinn =syr =slöseri *bytesgrupp *bytesträff""",
    "bygg": """*träbygg *trähus =byggsiträ *byggmaterial *byggåterbruk *passivhus *lågenergihus *plusenergi *nollenergi *halmhus *lerhus *fönsterrenover
        *energieffektiv *tilläggsisoler isoler *byggnadsvård *linoljefärg *lerputs *korslimm *limträ *trästomm *klimatsmartahus *ombyggnad *jordhus 
        *fönsterbyte *hampabetong *gröna-tak *sedumtak *trähög *ekoby""",
    "natur": """*biologisk-mångfald *naturreservat *naturskydd *naturvård *våtmark slåtter *slåtterä *pollin humlor humlan humla *bikup *biodl =bin =bina
        *fjäril *fågelskåd *fågeltorn *fågelholk *hyggesfri *skogsbruk *gammelskog *naturskog *avverkning *invasiv *lupin *jätteloka *övergöd *insekt *ängsmark
        *vattenvård *havsmiljö *rödlista *fiskväg *öringen *laxtrapp *groddjur =grodor grodtunn =paddorna *skräpplock *städardag *strandstäd *plocka-skräp
        *naturbet *betesmark *strandäng *blomsteräng =äng =ängar =ängen *fladdermöss *ekosystem *skyddad-natur *artrik *artinvent *naturstig *vandringsled naturvandr
        *musslor *blåmussl *trädplant *planterar-träd *planterar-500-träd *växthuseffekt *torvmoss *utrotningsho *fiskevand *naturguid *biosfär =skogen =miljön *vattenrening *algblom *kalhygg
        *mikroplast *miljögift *reningsverk giftfri *skogsvandr *skogarna =skogar *trädplanter =vattenvård *naturvandr *naturskog *fridlys""",
    "ekonomi": """*klimatkliv *klimatinvest *gröna-lån *grönt-lån *gröna-fond *grön-fond *hållbara-fond *cirkulär-ekonomi *cirkulära-aff *delningsekonomi
        *kooperativ *lokal-valuta *klimatbudget *koldioxidbudget *klimatbokslut *hållbar-ekonomi *grön-upphandl *hållbar-upphandl *socialt-företag *sociala-företag
        *mikrolån *klimatsmarta-företag *hållbart-företag *crowdfund *gräsrotsfinans *grön-omställning *gröna-jobb *klimatfond *andelar-i-vind *bygdekassa *klimatskatt *koldioxidskatt
        *bygdepeng""",
    "engagemang": """*klimat *omställning =omställare ställer-om =ställom ställa-om *hållbarhet =hållbar =hållbara =hållbart *agenda-2030 *globala-mål
        *earth-hour *fridays-for *medborgarråd *namninsamling *fossilfri *kraftsamling *miljörörels *miljöaktiv =miljövänlig *miljövänl *miljömål *miljöpris *miljöveck miljöchef miljöstrateg miljöarbet *miljöprojekt *miljönätverk""",
}

# Words that say it only together with others, or from an actor whose theme it is.
HINTS = {
    "energi": "=el =ström =effekt =elavtal =panna elektrifier =batteri =batterier =gas",
    "transport": "=buss =bussen =resor =resa =resorna =åka =åker =bil =bilar =bilen =flyg =station =stationen =båt trafik =busshållplats =elektrisk",
    "mat": "=mat =maten =soppa =honung =recept =potatis =äpplen =gård =gården =råvaror =meny =frön =trädgård =skördar =kött",
    "återbruk": "=byta =byt =låna =lånar =plagg =kläder =fynd =prylar =sopor =skräp =prylar =plast =verkstad",
    "bygg": "=trä =hus =bygger =byggs =bygg =stomme =tak =fasad =bostäder =fönster renover",
    "natur": "=träd =träden plantera =fåglar =fisk =sjö =djur =växter =park =blommor =skog =mark =vatten =miljö =stranden =strand =vandring",
    "ekonomi": "=bidrag =stöd =investering =lån =ekonomi =företag =fond =fonder =pengar",
    "engagemang": "=nätverk =frivilliga =volontärer =studiecirkel =föreläsning =workshop =manifestation =framtid =engagera =samtal =nätverket",
}

# What holds such a stem and means something else.
TRAPS = """energidryck energisk energiskt energiska fullavenergi medenergi gröna-lund arbetsklimat företagsklimat debattklimat samtalsklimat näringslivsklimat
    klassrumsklimat investeringsklimat affärsklimat skolklimat inomhusklimat språkklimat klimakteri klimatanlägg arbetsmiljö
    medelhavsklimat luciatåg demonstrationståg fackeltåg karnevalståg korståg tågordning fälttåg barntåg cykelstöld cykelmyll cykelnyckel
    ängslig pantbank återvann-titel återvinna-titel återvinner-titel odlade-vänskap odla-vänskap odlad-bild odlade-vänskapen bonden-blev-dam vattenreparation
    energiknippe energikick energiboost energitjuv naturligtvis motorcykel motorcykl menscykel trehjuling livscykel hormoncykel encyklop tricykl
    laga-mat lagar-mat lagad-mat lagas-in lagar-om lagar-som lagar-och lag-om full-av-energi med-energi ny-energi energi-i-laget
    pendlade-mellan fossilfynd recycl-dans byggde-upp klimatet-på-arbetsplatsen skolreparation med-reparationen motorcyklist"""

# So many points of hints, of which the title's count twice, make a theme.
SEVERAL_HINTS = 3


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[tuple[str, str, int], ...]]:
    """The automaton over all stems, and for each of them where it must stand, its theme and its weight."""
    stems: list[str] = []
    meanings: list[tuple[str, str, int]] = []
    for weight, themes in ((2, PLAIN), (1, HINTS)):
        for theme, listed in themes.items():
            for stem in listed.split():
                place = stem[0] if stem[0] in "=*" else "^"
                stems.append(stem.lstrip("=*").replace("-", " "))
                meanings.append((place, theme, weight))
    for trap in TRAPS.split():
        stems.append(trap.replace("-", " "))
        meanings.append(("=" if "-" in trap else "*", "", 0))
    return AhoCorasick(stems), tuple(meanings)


def themes_of(entry: Entry, prior: Collection[str] = ()) -> tuple[str, ...]:
    """The themes of ENTRY, the strongest first; those in PRIOR, its actor's, need no more than a hint."""
    text = text_to_tag(entry)
    hits = list(_hits(text.low))
    points: Counter[str] = Counter()
    for theme, weight, start in hits:
        points[theme] += weight * (2 if start < text.title_end else 1)
    plain = {theme for theme, weight, _ in hits if weight > 1}
    enough = {theme for theme in points if theme in plain or theme in prior or points[theme] >= SEVERAL_HINTS}
    return tuple(sorted(enough, key=lambda theme: (-points[theme], theme)))


def _hits(low: str) -> Iterator[tuple[str, int, int]]:
    """Theme, weight and place of every stem in LOW that no trap holds; each word counts once for a theme."""
    automaton, meanings = _lexicon()
    found = [(meanings[at], start, end) for at, start, end in automaton.find_matches_as_indexes(low, overlapping=True)]
    traps = [(start, end) for (place, theme, _), start, end in found if not theme and _stands(low, place, start, end)]
    for (place, theme, weight), start, end in found:
        if theme and _stands(low, place, start, end) and not any(at <= start < until for at, until in traps):
            yield theme, weight, start


def _stands(low: str, place: str, start: int, end: int) -> bool:
    begins = start == 0 or not low[start - 1].isalpha()
    return place == "*" or (begins and (place == "^" or not low[end : end + 1].isalpha()))
