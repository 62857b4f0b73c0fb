"""The latest news on other people's pages: framed, or as a piece of HTML."""

from awkward import EDITION, EMPTY
from bs4 import BeautifulSoup

from aggregator.publishing.pages import embedded_page, snippet


def test_the_framed_page_shows_five_with_their_actors_and_leads_out_of_the_frame() -> None:
    page = BeautifulSoup(embedded_page(EDITION), "lxml")
    items = page.select("li")
    assert len(items) == 5
    assert all("Cykelvännerna" in item.get_text() for item in items)
    assert page.base is not None
    assert page.base["target"] == "_top"
    assert page.select_one('meta[name="robots"][content="noindex"]')


def test_the_piece_of_html_has_whole_links_and_nothing_that_runs_or_styles() -> None:
    piece = BeautifulSoup(snippet(EDITION), "lxml")
    assert not piece.find_all(["script", "style", "link", "img", "iframe"])
    assert all(str(link["href"]).startswith("https://") for link in piece.find_all("a"))
    assert not piece.select("[style], [onclick]")
    assert piece.find("a", string="Fler nyheter från Mariestad") is not None


def test_hostile_titles_are_text_on_other_peoples_pages_too() -> None:
    assert "<b>Mariestad</b>" in BeautifulSoup(snippet(EDITION), "lxml").get_text()


def test_where_it_is_quiet_the_piece_says_so() -> None:
    assert "Här är det tyst just nu." in BeautifulSoup(snippet(EMPTY), "lxml").get_text()
