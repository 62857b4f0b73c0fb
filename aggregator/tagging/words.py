"""What Swedish says beside place names: titles, verbs of saying, streets, countries, comparisons.

Word lists are of the language, not of any text; they grow here, and the rules stay as they are.
"""

import re
from functools import cache
from importlib.resources import files

# Prepositions that stand before a place, not before a thing: 'Vara' after them is the town.
WHERE = frozenset("i på till från utanför vid kring runt genom mot mellan nära längs omkring inom via över".split())
# Before a person's name these do not speak for a place: 'till Nora', 'från Åsa', 'på Vega'.
WHERE_NOT_WHO = frozenset("i utanför kring runt genom inom längs omkring nära".split())

# Before a name, these make it a place with parts, or say what it is.
PARTS = frozenset(
    "hela centrala norra södra östra västra kommunen kommunerna staden orten byn samhället tätorten övriga gamla nedre "
    "inre yttre grannkommunen grannkommunerna ekokommunen kommun socken".split()
)

# What towns and municipalities do in headlines, and things and persons do not.
DEEDS = frozenset(
    "får satsar inför inviger bygger planerar investerar ställer säger röstar stoppar öppnar utreder beslutar upphandlar "
    "lanserar antar vill ska testar provar byter minskar ökar renar sparar först blir tar har går klarar vinner utses "
    "rustar skapar startar stänger firar elektrifierar köper säljer kan siktar delar lånar bidrar erbjuder deltar "
    "drabbas skänker sätter söker följer sätter värmer växer".split()
)

# Of a thing or a person too: 'Boden får nytt tak', 'Berg kan borras'.
ANYONES_DEEDS = frozenset(
    "får ska blir har går kan först klarar växer följer värmer ökar minskar renar drabbas".split()
)

SAYS = frozenset(
    "säger berättar menar tycker anser hävdar påpekar konstaterar förklarar tror svarar skriver betonar lovar enligt "
    "sade sa berättade menade tillägger fortsätter uppger understryker varnar efterträder minns undrar skrattar "
    "ler föreläser hoppas intygar".split()
)

# Who someone is, before the name; with the endings that make titles of other words.
_TITLES = (
    "herr fru fröken statsminister minister professor docent doktor dr biolog ekolog agronom rektor ordförande vd "
    "författare författaren journalist journalisten arkitekt arkitekten ingenjör kyrkoherde kyrkoherden präst prästen "
    "komminister landshövding landshövdingen riksdagsledamot riksdagsledamoten talesperson språkrör språkröret "
    "eldsjäl eldsjälen snickare snickaren bonde bonden ekobonde fotograf fotografen konstnär konstnären kock kocken "
    "initiativtagare initiativtagaren kassör kassören sekreterare sekreteraren lärare läraren kompisen vännen makarna "
    "familjen syskonen bröderna systrarna doktorand doktoranden botanikern biologen ekologen agronomen professorn "
    "docenten odlaren keramikern hantverkaren entreprenören"
)
TITLES = frozenset(_TITLES.split())
TITLE_ENDS = (
    "råd", "rådet", "chef", "chefen", "minister", "ministern", "ledare", "ledaren", "ordförande", "ordföranden",
    "forskare", "forskaren", "konsult", "konsulten", "direktör", "direktören", "strateg", "strategen", "samordnare",
    "samordnaren", "politiker", "politikern", "rådgivare", "rådgivaren", "pedagog", "pedagogen", "ägare", "ägaren",
    "lärare", "läraren", "företagare", "företagaren", "talesman", "talesperson", "sekreterare", "professor",
)  # fmt: skip

# What swallows the name before it: 'Lunds universitet', 'Ystads Allehanda', 'Växjö Lakers', 'Malmö FF'.
SCHOOLS = frozenset("universitet universitets universitetet högskola högskolas högskolan lärosäte".split())
PAPERS = frozenset(
    "tidning tidningar tidningen allehanda nyheter posten kuriren bladet dagblad folkblad tidnings correspondenten".split()
)
CLUBS = frozenset(
    "if ik bk ff fk aif gif hc hk bois is ifk lakers redhawks indians hockey bandy innebandy fotboll handboll fc dff "
    "basket rugby odd speedway wolves sk kff aik ais ibf ibk bbk gk ok rk fbk vk".split()
)
BRANDS = frozenset(
    "rapé snus pils bitter porslin kex knäcke senap punsch aquavit gin vodka ketchup glögg lager stout blend "
    "ost julöl julmust korv chips kaviar keramik tändstickor rapén pilsner".split()
)
STREETS = frozenset("gata gränd allé allen".split())
PROPER_TAILS = (
    "gata", "gator", "väg", "gränd", "torg", "allé", "alle", "backe", "backen", "plats", "esplanad", "stig", "plan",
    "slingan", "gården",
    "tidning", "post", "blad", "kurir", "dom", "avtal", "konvention", "överenskommelse", "protokoll", "skandal",
    "affär", "korv", "rapé", "kaka", "dricka", "limpa", "bröd", "glass", "kringla", "marmelad", "snus", "brännvin",
    "spettekaka", "kex", "kakan", "häst", "öl", "pils",
)  # fmt: skip
# Tails that make another name, of a place or a family, out of the first: 'Kalmarsund', 'Bergström', 'Lundqvist'.
OTHER_NAMES = (
    "berg", "ström", "son", "sson", "gren", "quist", "qvist", "kvist", "sund", "holm", "by", "stedt", "stad", "borg",
    "burg", "lund", "vall", "ius", "ander", "mark", "sjö", "ås", "näs", "kerna", "kade", "kar", "ken", "löv", "land",
    "dal", "fors", "hed", "mo", "torp", "ryd", "vik", "hult", "tuna", "sta", "ö",
)  # fmt: skip
# Common second parts of compounds, by how they begin: 'Kalmarforskare', 'Gävlebocken', 'Umeåprofessor'.
TAILS = tuple(
    "forskar företag projekt skol elev hamn hus hem klubb förening politiker område region bygd trafik båt buss cykl "
    "bagar bager kock professor bönder bonde odlar bolag konst festival marknad mäss dag kyrk muse teater sjukhus "
    "bibliotek bostad bostäder boende familj kvinn mannen män par ungdom barn pendla pendel student lärar initiativ modell lopp "
    "simning bock skog fabrik bruk verk energi batteri kök restaurang kafé café butik handl krögar fotograf entreprenör "
    "ingenjör start tåg bana bro fest gala konferens möte träff nätverk grupp kust slätt skärgård potatis bygg industri "
    "hotell camping park utställning debatt fråg nytt nyhet medi aktivist bo båtar varv flyg gruv kraft vind vatten sol "
    "mat mejeri bryggeri gym scout kör orkester band domare polis brand läkar vård apotek präst prost arkitekt designer "
    "konsult firma filial kontor fastighet torg publik bebo villa kvarter stadsdel förort ort landsbygd jordbruk lantbruk "
    "gård åk fält äng natur ekolog miljö klimat återbruk loppis bytes mål plan strategi budget val väljar parti fullmäktige "
    "nämnd kommunalråd tjänstem lag spelar tränar supp bas anläggning central station terminal deponi tipp pool rederi "
    "åkeri färja färje ångbåt kanal".split()
)
INHABITANT = re.compile(
    r"(?:s|e|a)?(?:bo|bon|bor|borna|bornas|bors|bos|boar|boarna)\b|(?:e|s)?(?:are|aren|arna|arnas|ares|arens)\b|(?:it|iten|iter|iterna|iternas)\b"
)
# Who comes from somewhere without the news being there.
ORIGIN_TAILS = ("baserad", "forskar", "företag", "professor", "konsult", "bolag", "firma", "arkitekt", "ingenjör")

COUNTRIES = frozenset(
    "usa kanada storbritannien england skottland irland wales frankrike tyskland spanien portugal italien österrike "
    "schweiz belgien nederländerna holland luxemburg danmark norge finland island estland lettland litauen polen "
    "tjeckien slovakien ungern rumänien bulgarien grekland turkiet ryssland ukraina kroatien serbien slovenien kina "
    "japan indien indonesien australien brasilien argentina chile peru mexiko colombia kenya tanzania sydafrika "
    "egypten marocko israel palestina iran irak afghanistan pakistan bangladesh vietnam thailand filippinerna malaysia "
    "nigeria etiopien kongo uganda kamerun bolivia ecuador venezuela kuba korea sydkorea taiwan skottlands "
    "minnesota texas kalifornien california oregon utah washington illinois nebraska kansas iowa michigan wisconsin "
    "dakota ohio virginia massachusetts florida arizona nevada colorado mexico montana maine vermont pennsylvania "
    "london paris berlin bonn oslo köpenhamn helsingfors wien madrid rom bern stavanger bergen trondheim bryssel "
    "brandenburg bayern sachsen katalonien bretagne normandie ontario oregons europa åland jylland själland holstein "
    "newyork york tyrolen toscana".split()
)
# Adjectives of other countries, without the last -a: 'tyska Falkenberg', 'norsk'.
FOREIGN = frozenset(
    "amerikansk engelsk brittisk skotsk irländsk fransk tysk spansk portugisisk italiensk österrikisk schweizisk "
    "belgisk nederländsk holländsk dansk norsk finsk finländsk isländsk estnisk lettisk litauisk polsk tjeckisk ungersk "
    "rumänsk grekisk turkisk rysk ukrainsk kinesisk japansk indisk indonesisk australisk brasiliansk peruansk "
    "mexikansk afrikansk kanadensisk chilensk argentinsk nordtysk sydtysk sydnorsk".split()
)
# The name as a name, not as a place.
METALANGUAGE = re.compile(
    r"\bort(?:s)?namn|\bfick (?:sitt )?namn|\bnamnet\b|\bordet\b|\bdialektord|\buttalas\b|\bstavas\b|\brim(?:mar)? på\b"
)
METALANGUAGE_HINTS = ("namn", "ordet", "dialekt", "uttalas", "stavas", "rim")

COMPARED = frozenset("som liksom likt än inspirerad inspirerade inspirerat".split())
# What stands before 'i X' when X is where someone comes from, learnt, works, or what something is compared with.
ORIGINS = frozenset(
    "uppvuxen uppväxt född födda bosatt bosatta bor bodde bott verksam utbildad utbildade hemmahörande baserad baserade "
    "baserat tillverkad tillverkade tillverkas tillverkats byggd byggda svetsad svetsade producerad producerade tryckt "
    "tryckta trycks sågas sys vävs gjuts svetsas designad designade gjuten gjutna odlad odlade vävd vävda sydd sydda studerat studerade pluggat arbetat jobbat "
    "jobbade säte kontor kontoret huvudkontor huvudkontoret fabrik fabriken universitet universitetet högskola högskolan "
    "leverantör leverantören systerförening systerföreningen vänort förlaga förlagan förebild förebilden tidigare redan år "
    "månader livet liv jobb jobbet karriär karriären som liksom likt än sak motsvarighet motsvarigheten lägenhet lägenheten "
    "storstan storstaden föreläsare talare kollegor kollegorna kolleger hovslagare redaktion redaktionen myndigheten "
    "hemma barndomen uppväxten studier studierna examen utställning finns sitter".split()
)
ORIGIN_ENDS = (
    "tillverkare", "tillverkaren", "rätten", "domstolen", "företag", "företaget", "bolag", "bolaget", "konsult",
    "konsulten", "forskare", "forskaren", "institut", "institutet", "myndighet", "museum", "museet", "firma", "firman",
    "byrå", "byrån", "fabrik", "fabriken", "leverantör", "leverantören", "lager", "lagret", "verkstad",
)  # fmt: skip
# 'av en bonde i X', 'hos ett tryckeri i X': someone somewhere, who is not the news.
SOMEONE = re.compile(r"\b(?:av|hos|med|till|från|via) (?:en|ett|två|tre|några) (?:\w+ ){1,3}(?:i|på|utanför|nära)\W*$")
AT = frozenset("i på vid utanför nära".split())
# Two words that leave a place behind, or hold it up as an example: 'inspirerade av X', 'jämfört med X'.
EXAMPLES = frozenset(
    {("av", "inspirerad"), ("av", "inspirerade"), ("av", "inspireras"), ("av", "lärt"), ("av", "lära"), ("med", "jämfört"),
     ("med", "likhet"), ("med", "jämförelse"), ("av", "modell"), ("efter", "modell"), ("på", "slå"), ("av", "intryck")}
)  # fmt: skip
LEFT = frozenset("lämna lämnade lämnat lämnar bytte byter bytt".split())
# On the way, somewhere or with news: 'från' after these tells where the news is.
TRAVELS = frozenset(
    "tåget bussen båten färjan resa resan turen tur avgång avgår åker reser går gå startar start vägen sträckan "
    "bilder rapport rapporter nyheter hälsning hälsningar reportage linjen tåg bussar vandring cykla cyklar cykelväg "
    "cykelbana avgångar lördag söndag direktsänt sänder promenad bort samåkning samåker utsikt".split()
)
GRANTS = re.compile(r"\b(?:bidrag|stöd|medel|pengar|finansiera\w*|beviljat?\w*|sponsra\w*|tack)\b")
SEATS = re.compile(r"\blänsstyrelsen (?:i )?$|\bregionen (?:i )?$|\blandshövdingen i $")

NATIONAL = re.compile(
    r"\bregeringen|\bregeringens|\briksdagen|\bhela (?:landet|sverige)|\bsverige\b|\bsveriges\b|\bsvenskarna\w*|\bsvenskar\b|\bsvensken\b|"
    r"\blandets\b|\bnationell\w*|\bnaturvårdsverket|\benergimyndigheten|\bboverket|\blivsmedelsverket|\bkonsumentverket|"
    r"\btrafikverket|\bskogsstyrelsen|\bjordbruksverket|\bkemikalieinspektionen|\bhavs- och vattenmyndigheten|\bsmhi\b|"
    r"\bscb\b|\b\w*minister(?:n|ns)?\b|\bsvenska (?:hushåll|folket|kommuner|konsumenter|bönder|skogar|hem|företag)|"
    r"\balla (?:landets )?kommuner|\balla sveriges|\bklimatpolitiska rådet|\beu-kommissionen|\brikstäckande|\bi landet\b|\bnaturskyddsföreningens riks\w*"
)
LOCAL = re.compile(
    r"\bvi ses\b|\bsamling\b|\bvälkom\w+|\bhos oss\b|\bvår (?:förening|lokal|butik|by|stad|verkstad|träff|damm|kommun)\w*|\bvår\b|\bvårt\b|\bvåra\b|"
    r"\bföreningen\b|\bårsmöte\w*|\bfika\b|\banmäl\w*|\bkl(?:ockan)?\.? ?\d|\blokala\b|\bkommunens\b|\bkommunen\b|\bfullmäktige\b|\bbiblioteket\b|"
    r"\bbyn\b|\btorget\b|\bbygdegård\w*|\bstudiecirkel\w*|\bkallelse\b"
)


@cache
def first_names() -> frozenset[str]:
    """First names in use in Sweden, as they are written."""
    return frozenset(files(__package__).joinpath("first_names.txt").read_text(encoding="utf-8").split())
