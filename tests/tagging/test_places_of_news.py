"""Which places a piece of news is about: promises, each kept over a few sentences of Swedish."""

import pytest
from told import LOCAL, NOBODY, about, judgement, told

from aggregator.model import Actor, Entry, Knowledge, Rule
from aggregator.places import named
from aggregator.tagging import findings_of


@pytest.mark.parametrize(
    "text",
    [
        "Ny cykelväg i Mariestad",
        "Mariestads kommun sår ängar",
        "NY SKOLA I MARIESTAD",
        "Mariestadsborna cyklar mest",
        "Mariestadsföretag delar lastcykel",
        "Vi ses där! #MariestadStallerOm",
        "Loppis i Lyrestad",
        "Kom till Esplanaden 5, 542 30 Mariestad",
        "Öppet hus i Mariestd",
        "vi ses i mariestad på lördag",
        "Mariestad-företag delar lastcykel",
        "Mariestadska caféer slutar med engångsmuggar",
        "Läs mer om Mariestads Stadshotell",
        "Fler växthus i Mariestads och Mariestad",
    ],
)
def test_a_place_is_found_in_every_form_that_swedish_gives_its_name(text: str) -> None:
    assert about("Nyhet", text) == {"Mariestad"}


def test_a_municipality_brings_its_county_without_a_finding_of_its_own() -> None:
    assert about("Västra Götalands län och Skövde satsar") == {"Skövde"}


def test_a_county_that_is_named_as_such_is_not_the_town_of_its_name() -> None:
    assert about("I hela Örebro län saknas elektriker") == {"Örebro län"}
    assert about("Länsstyrelsen i Örebro varnar för torka") == {"Örebro län"}
    assert about("Elpriset i Uppsala och Stockholms län stiger") == {"Uppsala län", "Stockholms län"}


def test_landskap_and_nicknames_of_regions_mean_their_counties() -> None:
    assert about("Halländska bönder provar solceller") == {"Hallands län"}
    assert about("Lappland och Norrbotten ställer om") == {"Västerbottens län", "Norrbottens län"}
    assert about("Skaraborg ställer om") == {"Västra Götalands län"}
    assert about("Allt fler flyttar till tornedalen") == {"Norrbottens län"}
    assert about("Länsstyrelsen i Kalmar varnar för torka") == {"Kalmar län"}
    assert about("Småländska skogar brinner") == {"Jönköpings län", "Kronobergs län", "Kalmar län"}


def test_gotland_is_both_a_municipality_and_a_county() -> None:
    assert about("Ny färja till Gotland") == {"Gotland", "Gotlands län"}
    assert about("Region Gotland köper elbussar") == {"Gotland", "Gotlands län"}
    assert about("Loppis", actor=Actor("a", "A", (named("Gotland"),))) == {"Gotland", "Gotlands län"}


@pytest.mark.parametrize(
    "text",
    [
        "Det kan vara bra att veta. Vara rädd om stommen lönar sig.",
        "Boden full av skatter. I boden finns verktyg.",
        "Mark och vatten hör ihop.",
        "Handen på hjärtat: hur ofta äter du kött?",
        "ALLT SKA VARA BORTA KLOCKAN TVÅ",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert about("Nyhet", text) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Laddare öppnar i Vara på måndag", "Vara"),
        ("Mora inviger solpark", "Mora"),
        ("Leksand, Rättvik, Mora och Orsa går ihop", "Mora"),
        ("Marks kommun köper skog", "Mark"),
        ("Bron i hela Vara rustas", "Vara"),
        ("Snart öppnar Trosas nya park", "Trosa"),
        ("Kommunerna Vara, Mora och Kil går ihop", "Mora"),
    ],
)
def test_a_preposition_a_deed_or_good_company_makes_a_word_a_place(text: str, place: str) -> None:
    assert place in about(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anders Berg vill se fler vindsnurror. Enligt Berg räcker inte elen.",
        "Kommunalrådet Sala får stöd.",
        "Nora Lind tog initiativ till trädgården.",
    ],
)
def test_persons_are_no_places_and_their_bare_surnames_neither(text: str) -> None:
    assert about("Nyhet", text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Göteborgs-Posten granskar fonder",
        "Lunds universitet söker deltagare",
        "Högskolan i Skövde söker deltagare",
        "Lokaltidningen Lunds Nyheter granskar fonder",
        "IFK Norrköping kör grönt",
        "Borås gata 4 i Monopol",
        "Uppsala-dagbladet skriver",
        "Mora Tidnings läsare tycker till, enligt göteborgs-posten",
        "Möt Lund@sol.example och Lund.example",
        "Växjö Lakers reser med tåg",
        "Kalmar FF möter Örebro SK",
        "Örebro–Odd slutade 1–1",
        "Falukorv blir vego",
        "Arboga Pils minskar vattenåtgången",
        "Vaxholmsdomen tio år senare",
        "Möt oss på Göteborgsgatan",
        "Solna fick namnet efter solen, säger språkspalten",
    ],
)
def test_papers_schools_clubs_brands_laws_streets_and_words_about_words_swallow_the_name(text: str) -> None:
    assert about("Nyhet", text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Tyska Falkenberg bygger solpark",
        "Bönder i Mora, New Mexico, delar på vattnet",
        "Karlstad i Minnesota satsar på vind",
        "Horn i Österrike får soltåg",
    ],
)
def test_a_country_beside_a_name_takes_it_abroad(text: str) -> None:
    assert about("Nyhet", text) == set()


@pytest.mark.parametrize(
    "body",
    [
        "Talaren Per Ek från Umeå fick många frågor i Vindeln.",
        "Lisa Ek, konsult i Umeå, föreläste på biblioteket i Vindeln.",
        "Precis som i Umeå bygger Vindeln i trä.",
        "Panelerna levereras av ett företag i Umeå. De sitter på taket i Vindeln.",
        "Idén kommer från Umeå. Nu prövas den i Vindeln.",
        "Umeåforskaren talade för fullsatt kyrka i Vindeln.",
        "Efter succén i Umeå kommer utställningen till Vindeln.",
        "Vindeln lär av modellen i Holland, inspirerade av Umeå.",
        "Han växte upp i Umeå men odlar nu i Vindeln.",
        "SSAB Umeå bidrar till ängen i Vindeln.",
        "Hon lämnade Umeå för ett torp i Vindeln.",
        "Förvaltningsrätten i Umeå ger Vindelns kommun rätt.",
    ],
)
def test_what_is_told_in_passing_is_not_what_the_news_is_about(body: str) -> None:
    assert about("Kväll om klimatet", body) == {"Vindeln"}


def test_what_a_long_text_names_once_and_late_is_not_what_its_title_is_about() -> None:
    body = "Den byggs i höst. " * 50 + "Även i Vindeln finns planer."
    assert about("Ny cykelväg i Umeå", body) == {"Umeå"}
    assert about("Ny cykelväg", body) == {"Vindeln"}


def test_the_venue_of_an_event_counts_before_the_homes_of_its_speakers() -> None:
    assert about("Föreläsning", "Med Göran Ek, Falun. Plats: Bio Röda Kvarn, Nora.") == {"Nora"}
    assert about("Föreläsning", "Medverkande: Anna Dahl (Göteborg), Per Ek (Malmö). Arrangör: Hjo kommun.") == {"Hjo"}


def test_a_tag_is_a_place_also_in_a_text_about_names() -> None:
    assert about("Ortnamnet förklaras", "Solna fick namnet efter solen. #mariestad") == {"Mariestad"}


def test_a_speakers_home_does_not_take_the_news_from_its_actors() -> None:
    assert about("Föreläsning", "Johan Ek från Göteborg berättar om fladdermöss.", LOCAL) == {"Mariestad"}


def test_what_is_told_in_passing_counts_when_there_is_nothing_else() -> None:
    assert about("Ostmakare från Umeå vann pris") == {"Umeå"}


def test_an_event_is_where_it_takes_place() -> None:
    assert about("Konsert", "Kören från Lund sjunger.", LOCAL, place="Folkets hus, Töreboda") == {"Töreboda"}


def test_namesakes_are_told_apart_by_company_home_and_size() -> None:
    assert about("Laddstolpar i Husby", "Hedemora kommun betalar.") == {"Hedemora"}
    assert about("Vårstädning i Horn", actor=Actor("a", "A", (named("Kinda"),))) == {"Kinda"}
    assert about("Ny lekplats i Lund", actor=Actor("a", "A", (named("Hofors"),))) == {"Lund"}


def test_namesakes_that_nothing_tells_apart_go_to_their_county_only() -> None:
    findings = [finding for finding in told("Fest i Husby") if not finding.rejected]
    assert [(len(finding.code), finding.rule) for finding in findings] == [(2, "unsure")]
    assert findings[0].score < 0.5
    assert "nothing tells it from its namesakes" in {finding.rejected for finding in told("Fest i Husby")}


def test_an_actors_own_area_counts_where_no_place_is_named() -> None:
    assert about("Tack alla som kom!", actor=LOCAL) == {"Mariestad"}
    county = Actor("lan", "Länet", (named("Mariestad"),), scope="county")
    assert about("Tack alla som kom!", actor=county) == {"Västra Götalands län"}


def test_a_national_actor_gives_news_to_the_nation_beside_the_places_it_names() -> None:
    national = Actor("riks", "Riks", (named("Solna"),), scope="national")
    assert about("Tack alla som kom!", actor=national) == {"Sverige"}
    assert about("Kurs i Åre", actor=national) == {"Sverige", "Åre"}


def test_plainly_national_text_is_not_pinned_to_the_actors_town() -> None:
    assert about("Regeringen sänker skatten på solel", "Förslaget går på remiss.", LOCAL) == {"Sverige"}
    assert about("Utsläppen minskade i hela landet", actor=NOBODY) == {"Sverige"}
    assert about("Bidrag från Naturvårdsverket", "Vi har fått medel till vår damm. Vi ses där!", LOCAL) == {"Mariestad"}


def test_an_actor_with_a_local_scope_stays_at_home_whatever_it_speaks_of() -> None:
    local = Actor("a", "A", (named("Mariestad"),), scope="local")
    assert about("Regeringen sänker skatten på solel", actor=local) == {"Mariestad"}


def test_a_phone_number_or_a_domain_counts_only_when_nothing_else_does() -> None:
    assert about("Boka", "Ring 0370-123 45.") == {"Värnamo"}
    assert about("Boka", "Se www.orsa.se för mer.") == {"Orsa"}
    assert about("Boka", "Ring 0370-123 45.", LOCAL) == {"Mariestad"}
    assert about("Boka i Ystad", "Ring 0370-123 45.") == {"Ystad"}


@pytest.mark.parametrize(
    "text",
    [
        "Betala 1542 30 Kronor eller +46370-123 45 67 Öre.",
        "Ring 0999-123 45 67 eller 1-0370-123 45.",
        "Se www.bolaget.se och www.sandhamn.nu.",
        "Mål 99999 Ingenstans",
    ],
)
def test_numbers_and_domains_that_are_of_no_place_are_none(text: str) -> None:
    assert about("Nyhet", text) == set()


def test_every_finding_says_which_rule_and_which_words_decided_and_where_they_stand() -> None:
    (finding,) = told("Sol i Vara", "Panelerna är på plats.")
    assert (finding.code, finding.rule, finding.words, finding.start) == ("1470", "preposition", "Vara", 6)
    assert 0.5 <= finding.score <= 1


def test_what_was_considered_and_rejected_is_told_with_the_reason() -> None:
    rejected = {finding.words: finding.rejected for finding in told("Eva Lund i Örebro") if finding.rejected}
    assert rejected == {"Lund": "a person's name"}


def test_operators_add_names_and_say_what_must_stand_near() -> None:
    entry = Entry("1", "", "Fest i Kvarnbyn", "Vi bor i Berg.")
    assert not any(finding.code == "1493" for finding in findings_of(entry, NOBODY))
    knowledge = Knowledge(aliases=(("Kvarnbyn", "1493"),), near=(("2326", ("kommun", "Hackås")),))
    findings = findings_of(entry, NOBODY, knowledge)
    assert [finding.code for finding in findings if not finding.rejected] == ["1493"]
    assert [finding.rejected for finding in findings if finding.code == "2326"] == [
        "none of kommun, Hackås stands near"
    ]


def test_an_operators_rule_pins_news_to_places_whatever_it_says() -> None:
    rule = Rule(words=("vätternrundan",), places=(named("Motala"),))
    findings = judgement(Entry("1", "", "Vätternrundan samlar i Hjo", ""), LOCAL, Knowledge(rules=(rule,))).findings
    assert [(finding.code, finding.rule, finding.words) for finding in findings if not finding.rejected] == [
        ("0583", "pinned", "Vätternrundan")
    ]
    assert [finding.rejected for finding in findings if finding.code == "1497"] == [
        "a rule in feeds.toml pins it elsewhere"
    ]


def test_a_place_that_is_pinned_and_named_is_told_once() -> None:
    rule = Rule(words=("vätternrundan",), places=(named("Motala"),))
    findings = judgement(Entry("1", "", "Vätternrundan startar i Motala", ""), LOCAL, Knowledge(rules=(rule,))).findings
    assert [finding.code for finding in findings] == ["0583"]


def test_a_rule_may_be_for_one_actor_or_one_item() -> None:
    entry = Entry("1", "https://a.example/1", "Tack alla som kom!", "")
    motala = (named("Motala"),)
    for rule, applies in (
        (Rule(actor="forening", places=motala), True),
        (Rule(actor="annan", places=motala), False),
        (Rule(item="https://a.example/1", places=motala), True),
        (Rule(item="https://a.example/2", places=motala), False),
    ):
        codes = judgement(entry, LOCAL, Knowledge(rules=(rule,))).codes
        assert codes == ({"0583"} if applies else {"1493"})
