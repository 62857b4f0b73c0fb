"""The order that feeds.toml makes takes effect by itself: what is kept goes where it says now, at once."""

import asyncio
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from conftest import Configured
from made import NOON, an_entry, an_item

from aggregator import jobs
from aggregator.config import Config
from aggregator.model import Item, Visit
from aggregator.storage import open_storage

LATER = NOON + timedelta(days=2)
ACTOR = """
[actor.cykel]
name = "Cykelvännerna"
area = "Mariestad"
homepage = "https://cykel.example/"
status = "{status}"
[actor.cykel.source.feed]
feed = "https://cykel.example/feed/"
{options}
"""
AREA = '[area.mariestad]\nmunicipality = "Mariestad"\ncontent = "{content}"\n'
TOWN, COUNTY, NATION = "vastra-gotaland/mariestad/", "vastra-gotaland/", "sverige/"


def actor(options: str = "", status: str = "listed") -> str:
    return ACTOR.format(options=options, status=status)


def keep(config: Config, *items: Item) -> None:
    with open_storage(config.store) as storage:
        storage.keep("cykel/feed", Visit(), list(items))


def round(config: Config) -> jobs.Retagged:
    """What the clock does after collecting."""
    with open_storage(config.store) as storage:
        retagged = jobs.take_effect(config, storage, LATER)
        jobs.publish(config, storage, LATER)
    return retagged


def carried_by(config: Config, title: str = "Ny cykelbana") -> list[str]:
    with open_storage(config.store) as storage:
        [explained] = jobs.explain(config, storage, title)
    return [channel.path for channel in explained.carried_by]


def files(config: Config) -> set[str]:
    return {str(path.relative_to(config.output)) for path in config.output.rglob("*") if path.is_file()}


def told(config: Config, newsfeed: str) -> str:
    return (config.output / newsfeed / "atom.xml").read_text(encoding="utf-8")


def test_when_feeds_toml_says_otherwise_the_round_judges_what_is_kept_and_else_asks_nothing(
    configured: Configured,
) -> None:
    config = configured(actor())
    keep(config, an_item())
    assert round(config).asked == 1
    assert round(config).asked == 0
    ruled = configured(actor() + '[[rule]]\nwhen = { words = "cykelbana" }\nthen = { places = "Hjo" }\n')
    assert [move.after.codes for move in round(ruled).moves] == [{"1497"}]
    assert round(ruled).asked == 0
    assert "Ny cykelbana" in told(ruled, COUNTY)


def test_retagging_by_hand_is_remembered_and_a_dry_run_is_not(configured: Configured) -> None:
    config = configured(actor())
    keep(config, an_item())
    with open_storage(config.store) as storage:
        jobs.retag(config, storage, NOON, keep=False)
        assert jobs.take_effect(config, storage, NOON).asked == 1
        jobs.retag(config, storage, NOON)
        assert jobs.take_effect(config, storage, NOON).asked == 0


def test_the_rules_are_known_again_by_another_process(configured: Configured) -> None:
    config = configured(actor() + '[network.x]\ntitle = "X"\nparts = { "Mariestad" = ["Lyrestad", "Sjötorp"] }\n')
    with open_storage(config.store) as storage:
        jobs.retag(config, storage, NOON)
        name = storage.recall("rules")
    program = (
        "import sys; from pathlib import Path; from aggregator.config import load; from aggregator.jobs.retag import "
        "name_of_rules; print(name_of_rules(load(Path(sys.argv[1]))))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(config.path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == name


def test_another_process_makes_no_page_anew_for_the_order_of_a_set() -> None:
    program = (
        "from aggregator.jobs.press import digest_of, plainly; from aggregator.model import Nation; "
        "from aggregator.publishing import channels_of; "
        "print(digest_of([plainly(channel.selection) for channel in channels_of(Nation(), [], [], [])]))"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(names) == 1


def test_an_area_that_is_declared_gets_its_news_at_once_and_no_address_id_or_link_changes(
    configured: Configured,
) -> None:
    before = configured(actor())
    keep(before, an_item())
    round(before)
    assert carried_by(before) == [COUNTY]
    paths, entry = files(before), told(before, COUNTY).split("<entry>")[1]
    for tables in (
        AREA.format(content="extended"),
        AREA.format(content="extended").replace("area.mariestad", "area.nytt-namn"),
        AREA.format(content="events"),
        "",
    ):
        now = configured(actor() + tables)
        round(now)
        assert (TOWN in carried_by(now)) is ("extended" in tables)
        assert ("Ny cykelbana" in told(now, TOWN)) is ("extended" in tables)
        assert paths <= files(now)
        assert told(now, COUNTY).split("<entry>")[1] == entry


def test_what_is_promoted_enters_the_newsfeed_when_it_is_and_the_rule_is_told(configured: Configured) -> None:
    narrow = '[county.vastra-gotaland]\ncarries = "own"\n' + AREA.format(content="extended")
    config = configured(actor() + narrow)
    keep(config, an_item())
    round(config)
    assert carried_by(config) == [TOWN]
    promoted = configured(
        actor() + narrow + '[[rule]]\nwhen = { item = "https://cykel.example/1" }\nthen = { promote = "county" }\n'
    )
    round(promoted)
    assert carried_by(promoted) == [COUNTY, TOWN]
    with open_storage(promoted.store) as storage:
        [explained] = jobs.explain(promoted, storage, "Ny cykelbana")
    assert [finding.rule for finding in explained.brought[COUNTY]] == ["promotion"]
    assert explained.item.entered.replace(microsecond=0) == LATER
    assert explained.item.about == {"1493"}


def test_an_actors_news_appears_when_it_meets_the_conditions(configured: Configured) -> None:
    county = '[county.vastra-gotaland]\npublish = "met"\n'
    config = configured(actor() + county)
    keep(config, an_item())
    round(config)
    assert carried_by(config) == []
    assert "Ny cykelbana" not in told(config, COUNTY)
    with open_storage(config.store) as storage:
        [item] = storage.items(withheld=True)
    assert "does not meet the conditions yet" in item.withheld
    met = configured(actor(status="met") + county)
    round(met)
    assert "Ny cykelbana" in told(met, COUNTY)
    round(configured(actor() + county))
    assert "Ny cykelbana" not in told(met, COUNTY)


def test_what_counts_of_a_source_is_asked_again_when_it_is_said_otherwise(configured: Configured) -> None:
    config = configured(actor('about = { words = ["solcell*"] }'))
    keep(config, an_item())
    round(config)
    assert carried_by(config) == []
    round(configured(actor('about = { words = ["solcell*", "cykel*"] }')))
    assert carried_by(configured(actor())) == [COUNTY]


def test_persons_who_are_not_public_are_nowhere_in_the_output(configured: Configured) -> None:
    people = "".join(
        f'[[person]]\nname = "{name}"\nmail = "{mail}"\nrole = "contact"\nfor = "{of}"\n'
        for name, mail, of in (
            ("Hemliga Hanna", "hanna@privat.example", "mariestad"),
            ("Dolda Dan", "dan@privat.example", "cykel"),
            ("Tysta Tyra", "tyra@privat.example", "vastra-gotaland"),
            ("Stilla Stina", "stina@privat.example", "sverige"),
        )
    )
    config = configured(
        actor('pictures = "publish"\ncleared_by = "Rättighets-Rut"') + AREA.format(content="extended") + people
    )
    keep(config, an_item())
    round(config)
    everything = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in config.output.rglob("*") if path.is_file()
    )
    assert "Ny cykelbana" in everything
    for private in ("privat.example", "Hanna", "Dolda", "Tyra", "Stina", "Rättighets-Rut"):
        assert private not in everything


def test_a_change_that_a_source_tells_goes_the_same_way_and_moves_the_item(
    configured: Configured, tmp_path: Path
) -> None:
    item = "<item><title>{title}</title><guid>1</guid><link>https://cykel.example/1</link></item>"
    feed = '<rss version="2.0"><channel><title>C</title>{item}</channel></rss>'
    rule = '[[rule]]\nwhen = { words = "årsmöte*" }\nthen = { hide = true }\n'
    path = tmp_path / "feed.xml"
    config = configured(actor().replace("https://cykel.example/feed/", str(path)) + rule)
    now = NOON
    for title, is_carried in (("Fest i Mariestad", True), ("Årsmöte i Mariestad", False), ("Fest i Mariestad", True)):
        path.write_text(feed.format(item=item.format(title=title)), encoding="utf-8")
        now += timedelta(days=2)
        collect(config, now)
        with open_storage(config.store) as storage:
            [kept] = storage.items()
        assert kept.is_visible is is_carried
        assert (kept.withdrawn is None) is is_carried
    assert kept.entered.replace(microsecond=0) == now


def collect(config: Config, now: datetime) -> None:
    with open_storage(config.store) as storage:
        asyncio.run(jobs.collect(config, storage, now, config.live_sources.values()))


def test_items_are_found_by_their_kind(configured: Configured) -> None:
    config = configured(actor())
    keep(config, an_item(1), an_item(2, entry=an_entry(title="Mötesanteckningar 4 mars")))
    round(config)
    with open_storage(config.store) as storage:
        assert [item.entry.title for item in storage.items(kind="notes")] == ["Mötesanteckningar 4 mars"]
        assert [item.entry.title for item in storage.items(kind="article")] == ["Ny cykelbana i Mariestad"]


def test_an_actor_that_is_removed_from_feeds_toml_keeps_its_name_and_its_news_where_it_was(
    configured: Configured,
) -> None:
    config = configured(actor() + AREA.format(content="extended"))
    keep(config, an_item(findings=(), entry=an_entry(title="Årsmöte", html="<p>Alla får komma.</p>")))
    round(config)
    before = carried_by(config, "Årsmöte")
    assert TOWN in before
    removed = configured(AREA.format(content="extended"))
    with open_storage(removed.store) as storage:
        assert not jobs.plan(removed, storage).flows
    assert round(removed).moves == ()
    assert carried_by(removed, "Årsmöte") == before
    assert "Cykelvännerna" in told(removed, TOWN)
    assert "cykel.example/" not in (removed.output / TOWN / "aktorer/index.html").read_text(encoding="utf-8")
    back = configured(actor().replace("Cykelvännerna", "Cykelfolket") + AREA.format(content="extended"))
    round(back)
    assert "Cykelfolket" in told(back, TOWN)
