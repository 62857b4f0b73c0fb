"""Pages and full texts, over real HTTP: what is asked for, what comes in, and what a failure costs."""

import asyncio
from datetime import timedelta

import pytest
from conftest import Configured, Site
from made import NOON

from aggregator import jobs
from aggregator.config import Config
from aggregator.jobs import Call
from aggregator.model import Item, Visit
from aggregator.sources.page import full_text
from aggregator.storage import open_storage

HOUR = timedelta(hours=1)
TEXT = "<p>Arbetet har tagit tre veckor och kostat mindre än beräknat, säger de som byggt bron.</p>"


def listed(*numbers: int, ingress: str = "En ingress som står i listan, och inte säger allt.") -> str:
    news = "".join(
        f'<div class="n"><h2><a href="/nytt/{n}">Nyhet {n}</a></h2><time>2026-11-{n:02}</time><p>{ingress}</p></div>'
        for n in numbers
    )
    return f'<!DOCTYPE html><html lang="sv"><title>Nytt</title><body>{news}</body></html>'


def article(number: int) -> str:
    menu = '<nav><a href="/">Hem</a> <a href="/om">Om oss</a></nav>'
    return (
        f'<!DOCTYPE html><html lang="sv"><body>{menu}<main><article><h1>Nyhet {number}</h1>'
        f"<p>Bron i Hova är öppen för alla som går och cyklar, från och med i dag klockan tolv.</p>{TEXT}"
        "<script>alert(1)</script></article></main><footer>Adress och telefon</footer></body></html>"
    )


def page(configured: Configured, site: Site, *options: str) -> Config:
    return configured(
        f"""
        every = "1h"
        gap = "0s"
        [actor.bro]
        name = "Brobyggarna"
        area = "Mariestad"
        homepage = "https://bro.example/"
        [actor.bro.source.nytt]
        page = "{site.url}/nytt"
        select = {{ item = ".n" }}
        """
        + "\n".join(options)
    )


def collect(config: Config, hours: int = 0) -> list[Call]:
    with open_storage(config.store) as storage:
        return asyncio.run(jobs.collect(config, storage, NOON + hours * HOUR))


def items(config: Config) -> dict[str, Item]:
    with open_storage(config.store) as storage:
        return {item.entry.title: item for item in storage.items()}


def visit(config: Config) -> Visit:
    with open_storage(config.store) as storage:
        return storage.visits()["bro/nytt"]


def asked(site: Site) -> list[str]:
    paths = [path for path, _ in site.asked]
    site.asked.clear()
    return sorted(paths)


def test_a_page_is_collected_after_its_robots_txt(configured: Configured, site: Site) -> None:
    config = page(configured, site)
    site.says("/nytt", listed(3, 2))
    assert collect(config) == [Call("bro/nytt", new=2)]
    assert asked(site) == ["/nytt", "/robots.txt"]
    assert items(config)["Nyhet 3"].entry.url == f"{site.url}/nytt/3"
    assert items(config)["Nyhet 3"].codes == {"1493"}


def test_when_the_page_is_made_anew_the_last_good_news_stays(configured: Configured, site: Site) -> None:
    config = page(configured, site)
    site.says("/nytt", listed(3, 2))
    collect(config)
    site.says("/nytt", listed(4, 3, 2).replace('class="n"', 'class="kort"'))
    [call] = collect(config, 2)
    assert 'has nothing that select.item = ".n" matches' in call.problem
    assert set(items(config)) == {"Nyhet 2", "Nyhet 3"}
    assert visit(config).failures == 1


def test_a_day_without_a_year_is_the_same_day_a_year_later(configured: Configured, site: Site) -> None:
    config = page(configured, site)
    site.says("/nytt", listed(3).replace("2026-11-03", "3 november"))
    collect(config)
    before = items(config)["Nyhet 3"].entry
    assert before.published is not None
    assert before.published.isoformat() == "2026-11-02T23:00:00+00:00"
    site.says("/nytt", listed(3).replace("2026-11-03", "3 november").replace("säger", "berättar"))
    [call] = collect(config, 365 * 24)
    assert (call.new, call.changed) == (0, 1)
    assert items(config)["Nyhet 3"].entry.published == before.published


def test_the_full_text_of_what_is_new_is_read_at_its_own_page(configured: Configured, site: Site) -> None:
    config = page(configured, site, "full_text = true")
    site.says("/nytt", listed(3))
    site.says("/nytt/3", article(3))
    assert collect(config) == [Call("bro/nytt", new=1)]
    assert asked(site) == ["/nytt", "/nytt/3", "/robots.txt"]
    entry = items(config)["Nyhet 3"].entry
    assert entry.summary == "En ingress som står i listan, och inte säger allt."
    assert "mindre än beräknat" in entry.html
    assert not any(word in entry.html for word in ("script", "Nyhet 3", "Om oss", "telefon"))
    assert items(config)["Nyhet 3"].codes == {"1447"}, "the text names Hova, which is in Gullspång"
    assert visit(config).traffic.requests == 3


def test_what_is_known_keeps_its_full_text_and_is_not_asked_for_again(configured: Configured, site: Site) -> None:
    config = page(configured, site, "full_text = true")
    site.says("/nytt", listed(3))
    site.says("/nytt/3", article(3))
    collect(config)
    before = items(config)["Nyhet 3"]
    asked(site)
    site.says("/nytt", listed(3) + "<!-- nu är klockan två -->")
    assert collect(config, 2) == [Call("bro/nytt")]
    assert items(config)["Nyhet 3"] == before
    site.says("/nytt", listed(3, ingress="En annan ingress, som också bara är en ingress."))
    assert collect(config, 4) == [Call("bro/nytt", changed=1)]
    entry = items(config)["Nyhet 3"].entry
    assert (entry.summary, entry.html) == ("En annan ingress, som också bara är en ingress.", before.entry.html)
    assert asked(site) == ["/nytt", "/nytt"]


def test_at_most_five_articles_are_read_in_a_round_the_newest_first(configured: Configured, site: Site) -> None:
    config = page(configured, site, "full_text = true")
    site.says("/nytt", listed(*range(1, 9)))
    for number in range(1, 9):
        site.says(f"/nytt/{number}", article(number))
    collect(config)
    assert [path for path in asked(site) if "/nytt/" in path] == [f"/nytt/{number}" for number in range(4, 9)]


def test_an_article_that_fails_costs_its_full_text_only(configured: Configured, site: Site) -> None:
    config = page(configured, site, "full_text = true")
    site.says("/robots.txt", "User-agent: *\nDisallow: /nytt/2")
    site.says("/nytt", listed(4, 3, 2, 1))
    site.says("/nytt/4", "<html></html>")
    site.says("/nytt/3", article(3))
    site.says("/nytt/2", article(2))
    [call] = collect(config)
    assert (call.new, call.problem) == (4, "")
    assert call.notes[0].startswith(
        f"the full text of 3 of 4 new articles is missing: {site.url}/nytt/4: has no text that"
    )
    assert "/nytt/2" not in asked(site)
    found = items(config)
    assert [bool(found[f"Nyhet {number}"].entry.summary) for number in (4, 3, 2, 1)] == [False, True, False, False]
    assert found["Nyhet 2"].entry.html == "<p>En ingress som står i listan, och inte säger allt.</p>"


def test_articles_of_another_site_are_not_read(configured: Configured, site: Site) -> None:
    config = page(configured, site, "full_text = true")
    site.says("/nytt", listed(3).replace('href="/', 'href="http://127.0.0.2:9/'))
    assert collect(config) == [Call("bro/nytt", new=1)]
    assert asked(site) == ["/nytt", "/robots.txt"]


def test_a_newsfeed_of_ingresses_has_full_texts_as_well(configured: Configured, site: Site) -> None:
    link = f"<link>{site.url}/nytt/3</link>"
    item = f"<item><guid>3</guid><title>Nyhet 3</title>{link}<description>Kort.</description></item>"
    site.says("/feed", f'<rss version="2.0"><channel><title>Bro</title>{item}</channel></rss>')
    site.says("/nytt/3", article(3))
    config = configured(
        '[actor.bro]\nname = "Bro"\narea = "Mariestad"\nhomepage = "https://bro.example/"\n'
        f'[actor.bro.source.nytt]\nfeed = "{site.url}/feed"\nfull_text = true\n'
    )
    assert collect(config) == [Call("bro/nytt", new=1)]
    entry = items(config)["Nyhet 3"].entry
    assert entry.summary == "Kort."
    assert "mindre än beräknat" in entry.html


def test_without_the_library_the_check_and_the_visit_say_so(
    configured: Configured, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "LIBRARIES", ("trafilatura", "not_installed_anywhere"))
    config = page(configured, site, "full_text = true")
    sentence = "full_text needs a library that is not installed: pip install 'nyhetsflode[fulltext]'"
    assert f"actor.bro.source.nytt: {sentence}" in config.warnings
    site.says("/nytt", listed(3))
    assert collect(config) == [Call("bro/nytt", new=1, notes=(sentence,))]
    assert items(config)["Nyhet 3"].entry.html == "<p>En ingress som står i listan, och inte säger allt.</p>"
