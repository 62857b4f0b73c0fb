"""What is kept, and how it is found again: the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import NOON, an_entry, an_item

from aggregator.model import Alarm, Correction, Event, Finding, Image, Item, Selection, Validators, Visit, stories_in
from aggregator.storage import Storage, open_storage

VISIT = Visit(
    location="https://cykel.example/feed/",
    due=NOON + timedelta(hours=1),
    visited=NOON,
    succeeded=NOON,
    notes=("en anmärkning",),
    validators=Validators('W/"å"', "Tue, 24 Nov 2026 12:00:00 GMT"),
    fingerprint="abc",
)


@pytest.fixture
def storage(store: str) -> Iterator[Storage]:
    with open_storage(store) as opened:
        yield opened


def keep(storage: Storage, *items: Item) -> None:
    storage.keep("cykel/feed", VISIT, items)


def numbers(items: list[Item]) -> list[int]:
    return [int(item.public_id.rpartition("/")[2]) for item in items]


def test_an_item_comes_back_as_it_was_kept(storage: Storage) -> None:
    entry = an_entry(
        summary="Ingress",
        authors=("Åsa", "Örjan"),
        categories=("Cykling",),
        language="sv",
        published_raw="fredagen den 20 november",
        updated=NOON,
        updated_raw="nyss",
        image=Image("https://cykel.example/b.jpg", "image/jpeg", "Bild", "Foto: Å", 640, 480, 1000),
        event=Event(NOON, NOON + timedelta(hours=2), "Torget", "Cykelvännerna", cancelled=True),
    )
    findings = (Finding("1493", "name", "Mariestads", 14, 0.9), Finding("2480", "name", "Umeå", 40, 0.2, "passing"))
    names = frozenset({"guid:1", "link:2"})
    corrections = (Correction(NOON, ("title", "text")),)
    item = an_item(entry=entry, findings=findings, aliases=names, corrected=NOON, corrections=corrections, hidden="x")
    keep(storage, item)
    assert list(storage.items()) == [item]


@pytest.mark.parametrize("event", [Event(date(2026, 12, 1)), Event(date(2026, 12, 1), date(2026, 12, 3)), Event(NOON)])
def test_days_and_moments_of_events_are_told_apart(storage: Storage, event: Event) -> None:
    keep(storage, an_item(entry=an_entry(event=event)))
    [item] = storage.items()
    assert item.entry.event == event


def test_a_visit_comes_back_as_it_was_kept(storage: Storage) -> None:
    keep(storage)
    assert storage.visits() == {"cykel/feed": VISIT}
    again = replace(VISIT, failures=3, problem="answers 500", due=NOON + timedelta(days=1))
    storage.keep("cykel/feed", again)
    assert storage.visits() == {"cykel/feed": again}


def test_moments_are_utc_whatever_zone_they_came_in(storage: Storage) -> None:
    elsewhere = datetime.fromisoformat("2026-07-01T12:00:00+02:00")
    keep(storage, an_item(entry=an_entry(published=elsewhere), date=elsewhere))
    [item] = storage.items()
    assert item.date == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert item.date.tzinfo is UTC


def test_a_visit_and_what_it_brought_are_kept_together_or_not_at_all(storage: Storage) -> None:
    keep(storage, an_item())
    broken = replace(an_item(2), source=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"(?i)null"):
        storage.keep("cykel/feed", replace(VISIT, fingerprint="later"), [an_item(3), broken])
    assert numbers(list(storage.items())) == [1]
    assert storage.visits()["cykel/feed"].fingerprint == "abc"


def test_an_item_is_found_by_any_identity_that_it_was_ever_seen_under(storage: Storage) -> None:
    keep(storage, an_item(aliases=frozenset({"guid:old"})))
    keep(storage, an_item(aliases=frozenset({"guid:old", "guid:new"})))
    known = storage.known("cykel/feed", ["guid:new", "guid:old", "guid:other"])
    assert set(known.items) == {"guid:new", "guid:old"}
    assert len({item.public_id for item in known.items.values()}) == 1


def test_identities_count_within_their_source_only(storage: Storage) -> None:
    keep(storage, an_item())
    assert storage.known("andra/feed", ["guid:1"]).items == {}


def test_an_identity_means_the_item_that_had_it_first(storage: Storage) -> None:
    keep(storage, an_item(1, aliases=frozenset({"guid:1", "link+title:x"})))
    keep(storage, an_item(2, aliases=frozenset({"guid:2", "link+title:x"})))
    known = storage.known("cykel/feed", ["guid:2", "link+title:x"])
    assert numbers([known.items["guid:2"], known.items["link+title:x"]]) == [2, 1]


def test_keeping_an_item_again_replaces_what_is_said_of_it(storage: Storage) -> None:
    keep(storage, an_item(1, "1493", "1480"))
    keep(storage, an_item(1, "2480", entry=an_entry(title="Rättad")))
    [item] = storage.items()
    assert (item.entry.title, item.codes) == ("Rättad", {"2480"})


def test_the_version_grows_with_items_and_not_with_visits(storage: Storage) -> None:
    versions = [storage.stories.version()]
    keep(storage, an_item())
    versions.append(storage.stories.version())
    keep(storage)
    versions.append(storage.stories.version())
    keep(storage, an_item(hidden="felaktig"))
    versions.append(storage.stories.version())
    assert versions == [0, 1, 1, 2]


def test_a_selection_gives_the_newest_first_and_no_more_than_asked_for(storage: Storage) -> None:
    keep(storage, *(an_item(number, date=NOON + timedelta(minutes=number % 7)) for number in range(20)))
    found = [story.leader for story in storage.stories.newest(Selection(everything=frozenset({"1493"})), 5)]
    assert found == sorted(storage.items(), key=lambda item: (item.date, item.public_id), reverse=True)[:5]


def test_a_place_that_was_rejected_does_not_carry_an_item(storage: Storage) -> None:
    keep(storage, an_item(findings=(Finding("2480", "name", rejected="a passing mention"),)))
    assert storage.stories.newest(Selection(everything=frozenset({"2480"})), 10) == []


CODES = st.sampled_from(["1493", "1473", "14", "2480", "24", "SE"])
WITHOUT = st.sampled_from([frozenset[str](), frozenset({"cykel"}), frozenset({"cykel", "tidning"})])
SELECTIONS = st.recursive(
    st.builds(Selection, st.frozensets(CODES), st.frozensets(CODES), WITHOUT),
    lambda inner: st.builds(
        Selection, st.frozensets(CODES), st.frozensets(CODES), WITHOUT, st.lists(inner, max_size=2).map(tuple)
    ),
    max_leaves=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SELECTIONS)
def test_the_store_selects_what_the_selection_says_it_carries(storage: Storage, selection: Selection) -> None:
    if storage.stories.version() == 0:
        event = an_entry(event=Event(NOON))
        abouts = [("1493",), ("14",), ("2480", "24"), ("SE",), ("1493", "2480")]
        plain = [an_item(number, *codes) for number, codes in enumerate(abouts)]
        events = [an_item(10 + number, *codes, entry=event) for number, codes in enumerate(abouts)]
        unplaced = [an_item(20, findings=()), an_item(21, findings=(), entry=event)]
        hidden = [an_item(30, hidden="felaktig"), an_item(31, entry=event, hidden="felaktig")]
        led = "tag:prov.example,2026:cykel/40"
        together = [an_item(40, "1493"), an_item(41, "2480", story=led), an_item(42, "24", entry=event, story=led)]
        unled = [an_item(43, "14", hidden="felaktig"), an_item(44, story="tag:prov.example,2026:cykel/43")]
        others = [
            an_item(50, "1493", actor="tidning"),
            an_item(51, "2480", entry=event, actor="bibliotek"),
            an_item(52, "1493", actor="tidning", story=led),
            an_item(53, "14", actor="tidning"),
            an_item(54, "14", actor="bibliotek", story="tag:prov.example,2026:cykel/53"),
            an_item(55, "14", actor="tidning"),
            an_item(56, "14", actor="bibliotek", story="tag:prov.example,2026:cykel/55", hidden="felaktig"),
        ]
        keep(storage, *plain, *events, *unplaced, *hidden, *together, *unled, *others)
    found = {story.leader.public_id for story in storage.stories.newest(selection, 100)}
    assert found == {story.leader.public_id for story in stories_in(storage.items()) if selection.carries(story)}


def test_items_can_be_asked_for_by_source_place_and_time(storage: Storage) -> None:
    keep(storage, an_item(1), an_item(2, "2480"), an_item(3, first_seen=NOON + timedelta(hours=1)))
    storage.keep("andra/feed", VISIT, [replace(an_item(4), source="andra/feed")])
    assert sorted(numbers(list(storage.items(source="andra/feed")))) == [4]
    assert sorted(numbers(list(storage.items(codes=["2480"])))) == [2]
    assert sorted(numbers(list(storage.items(since=NOON + timedelta(minutes=1))))) == [3]


def test_a_thousand_items_of_one_round_are_kept_and_given_back(storage: Storage) -> None:
    keep(storage, *(an_item(number) for number in range(1200)))
    assert len(list(storage.items())) == 1200
    assert len(storage.known("cykel/feed", [f"guid:{number}" for number in range(1200)]).items) == 1200


def test_what_was_told_last_of_alarms_comes_first_whether_they_are_over_or_not(store: str) -> None:
    hours = [NOON + timedelta(hours=hour) for hour in range(4)]
    old, over, new = (
        Alarm("a/feed", "silent", "old", hours[0]),
        Alarm("a/feed", "failing", "over", hours[1], hours[3]),
        Alarm("", "network", "new", hours[2]),
    )
    with open_storage(store) as storage:
        storage.keep_alarms([old, over, new])
        assert storage.alarms_told(10) == [over, new, old]
        assert storage.alarms_told(1) == [over]
