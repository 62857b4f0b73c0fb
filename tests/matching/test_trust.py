"""What policy `auto` trusts, and that no trick with ids makes one entry two, or two one."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import NOON, an_entry, an_item

from aggregator.matching import changes_of, identified, trusted_after
from aggregator.model import Entry, Item, Known, Sign

PIECES = tuple(
    an_entry(
        id=f"{number}",
        url=f"https://cykel.example/{number}",
        title=f"Nyhet {number}",
        published=NOON - timedelta(days=number),
    )
    for number in range(24)
)


@dataclass
class Keeper:
    """A source of which reading after reading is kept, as collecting does it."""

    trusted: Sign = "guid"
    known: dict[str, Item] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)

    def read(self, entries: list[Entry]) -> list[str]:
        """The titles of what is new."""
        self.trusted = trusted_after(entries, self.trusted, len(entries))
        told = identified(entries, "auto", self.trusted)
        known = {
            name: self.items[self.known[name].public_id] for one in told for name in one.names if name in self.known
        }
        changes = changes_of(told, Known(known))
        for new in changes.new:
            public_id = new.aliases[0]
            assert public_id not in self.items, "an id is minted twice"
            self._keep(an_item(entry=new.entry, public_id=public_id, aliases=frozenset(new.aliases)))
        for change in changes.changed:
            self._keep(change.item.retold(change.told.entry, frozenset(change.told.aliases), NOON))
        return [new.entry.title for new in changes.new]

    def _keep(self, item: Item) -> None:
        self.items[item.public_id] = item
        for alias in item.aliases:
            self.known.setdefault(alias, item)


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 7),
                st.sampled_from(["its own", "reissued", "of all", "another's", "none"]),
                st.integers(0, 7),
            ),
            min_size=1,
            max_size=10,
            unique_by=lambda told: told[0],
        ),
        min_size=2,
        max_size=6,
    )
)
def test_whatever_a_site_does_with_its_ids_one_title_and_link_is_one_item(
    readings: list[list[tuple[int, str, int]]],
) -> None:
    keeper = Keeper()
    for turn, reading in enumerate(readings):
        ids = {"its own": "{0}", "reissued": "new-{2}-{0}", "of all": "feed", "another's": "{1}", "none": ""}
        keeper.read([replace(PIECES[piece], id=ids[what].format(piece, other, turn)) for piece, what, other in reading])
    met = {piece for reading in readings for piece, _, _ in reading}
    kept = sorted(item.entry.title for item in keeper.items.values())
    assert kept == sorted(PIECES[piece].title for piece in met)


def test_ids_are_trusted_until_more_than_a_twentieth_of_a_reading_is_missing_or_repeated() -> None:
    honest = list(PIECES[:20])
    one_without = [replace(honest[0], id=""), *honest[1:]]
    assert trusted_after(one_without, "guid", 20) == "guid"
    assert trusted_after([replace(honest[1], id=""), *one_without[:1], *honest[2:]], "guid", 20) == "link"
    assert trusted_after([*one_without, replace(PIECES[20], id="5")], "guid", 21) == "link"


def test_what_is_told_twice_is_no_repeated_id() -> None:
    assert trusted_after([*PIECES[:3], *PIECES[:3]], "guid", 6) == "guid"


def test_where_links_are_all_one_too_titles_and_dates_are_left() -> None:
    assert (
        trusted_after([replace(entry, id="", url="https://a.example/x") for entry in PIECES], "guid", 24)
        == "title+date"
    )


@pytest.mark.parametrize("sign", ["link", "title+date"])
def test_what_is_not_trusted_any_more_is_never_trusted_again(sign: Sign) -> None:
    assert trusted_after(list(PIECES), sign, 24) == sign


def test_items_keep_their_public_ids_when_ids_are_trusted_no_more_and_when_they_come_back() -> None:
    keeper = Keeper()
    keeper.read(list(PIECES))
    before = set(keeper.items)
    for bad in ([replace(entry, id="") for entry in PIECES], [replace(entry, id="x") for entry in reversed(PIECES)]):
        assert keeper.read(bad) == []
        assert keeper.read(list(PIECES)) == []
    assert (keeper.trusted, set(keeper.items)) == ("link", before)
    assert keeper.read([replace(PIECES[0], title="Nyhet noll")]) == []


def test_ids_that_are_handed_on_to_the_next_make_no_two_items_one() -> None:
    keeper = Keeper()
    keeper.read(list(PIECES[:2]))
    for earlier, later in pairwise(PIECES[1:6]):
        assert keeper.read([replace(later, id=earlier.id)]) == [later.title]
    assert len(keeper.items) == 6
