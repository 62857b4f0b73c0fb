"""By what an entry is known again in its source."""

from datetime import UTC, datetime

import pytest
from made import an_entry

from aggregator.matching import identified, public_id
from aggregator.model import IdentityPolicy

DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "kinds"),
    [
        ("auto", ["guid", "link+title"]),
        ("guid", ["guid", "link+title"]),
        ("link", ["link", "link+title"]),
        ("link+date", ["link+date", "link+title"]),
        ("title+date", ["title+date", "link+title"]),
    ],
)
def test_each_policy_trusts_its_own_sign(policy: IdentityPolicy, kinds: list[str]) -> None:
    [told] = identified([an_entry()], policy)
    assert [alias.partition(":")[0] for alias in told.aliases] == kinds


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        ({"id": ""}, "link"),
        ({"id": "", "url": ""}, "title+date"),
        ({"id": "", "url": "", "published": None}, "title+date"),
    ],
)
def test_an_entry_without_an_id_goes_by_its_link_and_without_a_link_by_its_title(
    missing: dict[str, object], kind: str
) -> None:
    [told] = identified([an_entry(**missing)], "auto")
    assert told.aliases[0].startswith(f"{kind}:")


@pytest.mark.parametrize(
    "same",
    ["http://cykel.example/1", "https://www.cykel.example/1", "https://cykel.example/1/", "https://CYKEL.example/1"],
)
def test_a_link_is_the_same_with_and_without_www_and_a_last_slash(same: str) -> None:
    [one] = identified([an_entry()], "link")
    [other] = identified([an_entry(url=same)], "link")
    assert one.aliases[0] == other.aliases[0]


def test_links_that_differ_in_their_query_are_two() -> None:
    assert (
        len(identified([an_entry(url="https://a.example/?p=1"), an_entry(url="https://a.example/?p=2")], "link")) == 2
    )


def test_a_feed_that_gives_all_entries_one_id_has_its_entries_known_by_their_links() -> None:
    entries = [an_entry(id="feed", url=f"https://cykel.example/{number}") for number in range(3)]
    told = identified(entries, "auto")
    assert [one.entry.url for one in told] == [entry.url for entry in entries]
    assert len({one.aliases[0] for one in told}) == 3


def test_an_entry_that_a_feed_tells_twice_counts_once() -> None:
    assert len(identified([an_entry(), an_entry(title="Ny cykelbana i Mariestad!")], "auto")) == 1


def test_a_long_id_makes_a_short_alias() -> None:
    [told] = identified([an_entry(id="x" * 100_000)], "auto")
    assert max(map(len, told.aliases)) < 64


def test_a_public_id_is_made_from_the_source_and_what_identified_the_entry_and_stays_so_for_good() -> None:
    assert public_id("koso.se", "cykel/feed", "guid:1") == "tag:koso.se,2026:cykel/fd590b1fd6874aa2e34a"
    ids = {public_id("koso.se", source, alias) for source in ("a/feed", "b/feed") for alias in ("guid:1", "guid:2")}
    assert len(ids) == 4
