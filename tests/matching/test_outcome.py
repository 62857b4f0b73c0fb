"""Same, new or changed?"""

from dataclasses import replace

from made import NOON, an_entry, an_item

from aggregator.matching import changes_of, identified
from aggregator.model import Changes, Entry, Identified, Item, Known, within_second


def kept(entry: Entry, number: int = 1) -> Item:
    [told] = identified([entry], "auto")
    return an_item(number, entry=entry, aliases=frozenset(told.aliases))


def told(entries: list[Entry], items: list[Item]) -> Changes:
    known = Known({alias: item for item in items for alias in item.aliases})
    return changes_of(identified(entries, "auto"), known)


def test_what_we_keep_already_is_neither_new_nor_changed() -> None:
    assert told([an_entry()], [kept(an_entry())]) == Changes()


def test_an_entry_with_an_unknown_id_is_new() -> None:
    changes = told([an_entry(id="2", url="https://cykel.example/2")], [kept(an_entry())])
    assert [new.entry.id for new in changes.new] == ["2"]


def test_an_entry_told_differently_changes_its_item() -> None:
    item = kept(an_entry())
    changes = told([an_entry(title="Ny cykelbana i Mariestad invigd")], [item])
    assert not changes.new
    assert [change.item for change in changes.changed] == [item]


def test_reissued_ids_publish_nothing_new() -> None:
    old = [an_entry(id=f"old-{n}", url=f"https://cykel.example/{n}", title=f"Nyhet {n}") for n in range(5)]
    new = [replace(entry, id=f"urn:uuid:{n}") for n, entry in enumerate(old)]
    changes = told(new, [kept(entry, n) for n, entry in enumerate(old)])
    assert not changes.new
    assert len(changes.changed) == 5


def test_this_months_meeting_and_the_next_are_two_items_though_title_and_link_are_the_same() -> None:
    november, december = an_entry(id="november"), an_entry(id="december")
    changes = told([november, december], [kept(november)])
    assert [new.entry.id for new in changes.new] == ["december"]


def test_a_second_item_with_the_same_title_and_link_is_not_changed_for_ever() -> None:
    november, december = an_entry(id="november"), an_entry(id="december")
    first, second = kept(november), kept(december, 2)
    aliases = dict.fromkeys(first.aliases, first)
    known = Known({**dict.fromkeys(second.aliases, second), **aliases})
    assert changes_of(identified([november, december], "auto"), known) == Changes()


def test_a_correction_is_what_readers_see_and_not_a_new_id() -> None:
    item = kept(an_entry())
    later = NOON.replace(hour=15)
    assert item.retold(an_entry(id="2"), frozenset(), later).corrected is None
    assert item.retold(an_entry(title="Rättad"), frozenset(), later).corrected == within_second(item.public_id, later)


def test_a_correction_leaves_id_first_seen_and_entry_into_our_newsfeeds_as_they_were() -> None:
    item = kept(an_entry())
    later = item.retold(an_entry(title="Rättad"), frozenset({"guid:x"}), NOON.replace(hour=15))
    assert (later.public_id, later.first_seen, later.entered, later.date) == (
        item.public_id,
        item.first_seen,
        item.entered,
        item.date,
    )
    assert later.aliases == item.aliases | {"guid:x"}


def test_an_entry_that_tells_only_when_it_was_updated_keeps_its_first_date() -> None:
    entry = an_entry(published=None, updated=NOON.replace(hour=9))
    item = an_item(entry=entry, date=NOON.replace(hour=9))
    again = item.retold(replace(entry, title="Rättad", updated=NOON.replace(hour=11)), frozenset(), NOON)
    assert again.date == NOON.replace(hour=9)


def test_items_of_one_round_have_moments_of_their_own_within_its_second() -> None:
    moments = {within_second(f"tag:prov.example,2026:cykel/{number}", NOON) for number in range(50)}
    assert len(moments) == 50
    assert all(moment.replace(microsecond=0) == NOON for moment in moments)


def test_what_was_taken_down_is_not_new_by_any_of_its_names() -> None:
    entry = an_entry()
    both = [Identified(entry, ("guid:1", "link+title:1"), ("link:1",)), Identified(entry, ("guid:2",))]
    for name in ("guid:1", "link+title:1", "link:1"):
        changes = changes_of(both, Known({}, frozenset({name}), frozenset({name})))
        assert [new.aliases[0] for new in changes.new] == ["guid:2"]
