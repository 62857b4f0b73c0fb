"""What misleads a reader of place names: tags, nicknames, first names, towns abroad, ships, things made elsewhere."""

import pytest
from told import LOCAL, about

from aggregator.model import Actor
from aggregator.places import named


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("#HållbartEskilstuna", {"Eskilstuna"}),
        ("#odlaiSigtuna", {"Sigtuna"}),
        ("#StoppaKalhyggetIJokkmokk", {"Jokkmokk"}),
        ("#omställningGotland", {"Gotland", "Gotlands län"}),
        ("#HållbaraVästraGötaland", {"Västra Götalands län"}),
        ("#GöteborgMalmöStockholm", {"Göteborg", "Malmö", "Stockholm"}),
        ("#borås2030", {"Borås"}),
        ("#fff_borås", {"Borås"}),
        ("#iloveyoukalmar", {"Kalmar"}),
        ("#kalmarcyklar", {"Kalmar"}),
        ("#hållbaralund", {"Lund"}),
        ("#VaraStällerOm", {"Vara"}),
        ("Följ @omstallningkalmar och @bytesboden_arvika", {"Kalmar", "Arvika"}),
        ("#mala", {"Malå"}),
    ],
)
def test_a_tag_is_read_part_by_part(text: str, places: set[str]) -> None:
    assert about("Nytt", text) == places


@pytest.mark.parametrize(
    "text",
    ["#mark #vara", "#skogsmark", "#MarkOchVatten", "#vårblomma", "#kalmarsund", "@nora_lund", "a@lund.example"],
)
def test_words_in_tags_are_no_places(text: str) -> None:
    assert about("Nytt", text) == set()


def test_a_tag_of_an_everyday_word_counts_where_its_actor_is_at_home() -> None:
    assert about("Loppis", "#vara", Actor("a", "A", (named("Vara"),))) == {"Vara"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Vi ses i Sumpan", "Sundbyberg"),
        ("Höst i Hudik", "Hudiksvall"),
        ("Linkans återbruk", "Linköping"),
        ("Björkarnas stad planterar", "Umeå"),
        ("Loppis i Ö-vik", "Örnsköldsvik"),
        ("Lundensare cyklar mest", "Lund"),
        ("Så tycker lundensarna", "Lund"),
        ("Debatt i Forsmark", "Östhammar"),
    ],
)
def test_a_towns_nickname_and_well_known_spots_mean_the_municipality(text: str, place: str) -> None:
    assert about(text) == {place}


def test_a_river_is_not_the_town_that_it_is_called_by() -> None:
    assert about("Lule älv renas") == set()


def test_names_in_a_row_share_what_is_said_of_the_first() -> None:
    four = {"Kumla", "Hallsberg", "Askersund", "Laxå"}
    assert about("Anläggningen tar emot matavfall från Kumla, Hallsberg, Askersund och Laxå.", actor=LOCAL) == four
    assert about("Elever från Åmål, Säffle och Arvika träffas i Karlstad") == {"Karlstad"}
    assert about("Växjö är grönare än både Lund och Umeå") == {"Växjö"}
    assert about("Kommuner", "- Berg\n- Mark\n- Kil") == {"Berg", "Mark", "Kil"}


def test_a_slash_stands_between_two_towns_or_in_an_address_of_the_web() -> None:
    assert about("Boende i Sollefteå/Kramfors") == {"Sollefteå", "Kramfors"}
    assert about("GÖTEBORG/MALMÖ: samma dag") == {"Göteborg", "Malmö"}
    assert about("Läs på sol.example/Lund") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Nora och Ale vann. Syskonen Nora och Ale Holm är glada.",
        "Dorotea och Salem blev bästa vänner",
        "Tvillingarna Ale och Mark lagar cyklar",
        "Åsa, Nora och Vilhelmina möttes på kursen",
        "Nora och Mark Lund odlar",
    ],
)
def test_first_names_in_a_row_are_persons(text: str) -> None:
    assert about(text) == set()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Samarbete mellan Nora och Ale", {"Nora", "Ale"}),
        ("Kommunerna Eda och Salem byter kunskap", {"Eda", "Salem"}),
        ("Nora och Lindesberg delar räddningstjänst", {"Nora", "Lindesberg"}),
        ("Trosa, Vara och Kil får pengar", {"Trosa", "Vara", "Kil"}),
    ],
)
def test_towns_in_a_row_are_towns(text: str, places: set[str]) -> None:
    assert about(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "Den bayerska kommunen Berg sparar el",
        "Nora i Italien hotas. Den antika staden Nora spolas bort.",
        "I danska Lund odlas tång. I Lund bor få.",
        "Byn Berg i österrikiska Tyrolen. Berg ligger högt.",
    ],
)
def test_a_place_abroad_is_abroad_wherever_the_text_names_it(text: str) -> None:
    assert about("Nytt", text) == set()


def test_a_namesake_of_a_place_abroad_may_be_at_home() -> None:
    assert about("Lund i Norge och Lund i Skåne blir vänorter") == {"Lund"}
    assert about("Salem i USA besöker Salems kommun") == {"Salem"}
    assert about("Repair café in Lund, Sweden") == {"Lund"}


def test_the_county_beside_a_name_says_which_it_is() -> None:
    assert about("Loppis i Ås, Jämtland") == {"Krokom"}
    assert about("Loppis i Ås i Närke") == {"Nora"}
    assert about("Berg i Jämtland får fiber") == {"Berg"}


@pytest.mark.parametrize(
    "text",
    [
        "Malmö FF-tröjan blev väska",
        "IFK Göteborg-fans samåker",
        "Kalmar Nyckel seglar",
        "Fartyget Visby väcker minnen",
        "Höganäs-keramik lagas",
        "Boken ”Mord i Ystad” är slut",
        'Filmen "Fucking Åmål" visas',
        "Romanen Sommar i Mora ges ut",
    ],
)
def test_clubs_ships_and_works_bear_the_names_of_places(text: str) -> None:
    assert about(text) == set()


def test_a_work_may_be_shown_or_made_somewhere() -> None:
    assert about("Filmen Ensam visas i Mora") == {"Mora"}
    assert about("Boken ”Ensam” släpps i Ystad") == {"Ystad"}


def test_a_ferry_with_two_ends_is_a_line() -> None:
    assert about("Färjan Oskarshamn–Visby ställs in") == {"Oskarshamn", "Gotland", "Gotlands län"}


@pytest.mark.parametrize(
    "text",
    [
        "Bussarna byggdes i Södertälje och trafikerar nu Vindeln.",
        "Tröjorna tillverkades i Borås. Butiken i Vindeln öppnar.",
        "Lådcyklarna är gjorda i Varberg. I Vindeln lånas de ut.",
        "Torget i Vindeln är större än det i Göteborg.",
        "Efter Malmö stänger nu skolorna i Vindeln gatan.",
        "Umeåmodellen sprids till Vindeln.",
        "Ullen kommer från trettio bönder på Gotland. Den spinns i Vindeln.",
    ],
)
def test_where_a_thing_was_made_or_what_is_smaller_is_told_in_passing(text: str) -> None:
    assert about("Nytt", text) == {"Vindeln"}


def test_what_was_built_somewhere_may_still_stand_there() -> None:
    assert about("Skolan byggdes i Tierp för tio år sedan") == {"Tierp"}


def test_a_park_or_a_glade_is_no_village() -> None:
    assert about("Picknick i Slottsskogen") == set()
    assert about("Picknick i Slottsskogen i Göteborg") == {"Göteborg"}
    assert about("Ronnebys ekar", "Träden står i Brunnsparken.") == {"Ronneby"}


def test_a_village_with_a_words_name_gives_way_to_a_town_in_another_county() -> None:
    assert about("Fackelvandring i Boda", "Glasbruket i Emmaboda tänds upp.") == {"Emmaboda"}
    assert about("Fackelvandring i Boda", "Glasbruket i Mora tänds upp.") == {"Rättvik"} | {"Mora"}


def test_the_town_that_tells_where_a_village_lies_is_not_where_the_news_is() -> None:
    assert about("Alla är välkomna till hembygdsgården i Ås utanför Östersund") == {"Krokom"}
    assert about("Ås strax utanför Östersund får ny skola") == {"Krokom"}


def test_a_slip_of_the_pen_may_come_on_top_of_lost_dots() -> None:
    assert about("Höstlov i Skellefta") == {"Skellefteå"}


@pytest.mark.parametrize(
    "text",
    [
        "Ny lag om reparationer: EU:s direktiv blir svensk lag",
        "Lagen ändras vid årsskiftet",
        "Ny EU-förordning om avskogning",
        "Myndigheten för samhällsskydd ger råd",
    ],
)
def test_laws_and_authorities_are_of_the_nation(text: str) -> None:
    assert about(text, actor=LOCAL) == {"Sverige"}


def test_a_local_evening_about_a_law_is_local() -> None:
    assert about("Ny lag: vi i föreningen ordnar studiecirkel", actor=LOCAL) == {"Mariestad"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Det hölls på folkhögskolan i Bollnäs", {"Bollnäs"}),
        ("Dagen hålls på högskolan i Skövde, sal G110", {"Skövde"}),
        ("Vi träffas på universitetet i Örebro klockan 13", {"Örebro"}),
        ("Seminariet på universitetet i Örebro den 3 maj klockan 13", {"Örebro"}),
        ("Forskare vid universitetet i Örebro frågar hushåll", {"Mariestad"}),
        ("Hon studerade på folkhögskolan i Sunne", {"Mariestad"}),
    ],
)
def test_a_school_is_a_place_where_people_meet_there(text: str, places: set[str]) -> None:
    assert about("Nytt", text, LOCAL) == places


@pytest.mark.parametrize(
    "text",
    [
        "De levererades av ett snickeri i Vetlanda.",
        "Jorden kommer från en anläggning i Nässjö.",
        "Spisen köptes begagnad i Halmstad.",
        "Efter tolv år flyttar Bengt till Gävle.",
    ],
)
def test_who_delivers_or_where_someone_moves_gives_way_to_the_senders_home(text: str) -> None:
    assert about("Nytt", text, LOCAL) == {"Mariestad"}


def test_a_library_moves_where_it_is_and_a_farm_is_visited_where_it_lies() -> None:
    assert about("Biblioteket flyttar till Gävle", actor=LOCAL) == {"Gävle"}
    assert about("Vi besöker en gård hos en bonde i Heby", actor=LOCAL) == {"Heby"}
    assert about("Föreningen har köpt mark i Tierp", actor=LOCAL) == {"Tierp"}
    assert about("Kommunens äng sköts av en förening i Heby", actor=LOCAL) == {"Heby"}
    assert about("Kursen går på folkhögskolan i Sunne", actor=LOCAL) == {"Sunne"}


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("Dansbanan i Floda räddad", "Hembygdsföreningen i Floda, nära Gagnef, lagar taket.", "Gagnef"),
        ("Loppis i Boda", "Bygdegården i Boda, nära Östhammar, fylls av fynd.", "Östhammar"),
        ("Kafé i Fors", "Kaféet i Fors, utanför Örnsköldsvik, öppnar.", "Örnsköldsvik"),
        ("Loppis i Floda", "", "Lerum"),
        ("Skutskär utanför Gävle får fiber", "", "Älvkarleby"),
    ],
)
def test_the_town_that_explains_a_village_tells_which_of_its_namesakes_it_is(title: str, text: str, place: str) -> None:
    assert about(title, text) == {place}


@pytest.mark.parametrize("text", ["Skara inte ned fröpåsen", "Nacka inte hönsen själv", "Grums i kaffet"])
def test_a_word_that_opens_a_sentence_is_no_town(text: str) -> None:
    assert about(text) == set()


def test_a_town_may_open_a_sentence() -> None:
    assert about("Nacka inte med i projektet") == {"Nacka"}
    assert about("Malmö inte bäst på sopor") == {"Malmö"}
    assert about("Skara i topp") == {"Skara"}


def test_peking_is_a_nickname_only_with_support() -> None:
    assert about("Peking satsar på elbussar") == set()
    assert about("Höst i Peking", actor=Actor("a", "A", (named("Norrköping"),))) == {"Norrköping"}
    assert about("Höst i Peking", "Norrköpings kommun planterar.") == {"Norrköping"}


def test_what_begins_with_the_name_of_something_else_is_not_the_town() -> None:
    assert about("Kalmarsundsregionens ålgräs ska räknas") == set()
    assert about("Trollhättebygdens cirkelledare bjuds på kväll") == {"Trollhättan"}
