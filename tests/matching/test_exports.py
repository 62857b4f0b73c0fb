"""What an export means beside what we know."""

from dataclasses import replace

from made import NOON, an_entry, an_item

from aggregator.matching import changes_in_export, gone_in_export, told_in_export
from aggregator.model import Exported, Known

SECOND, POST, MINUTE = ("second", "sida", "1"), ("post", "9"), ("minute", "0", "hej")


def test_what_tells_less_never_comes_before_what_tells_all() -> None:
    row = Exported(an_entry(title="Rad"), (POST, MINUTE), partial=True)
    post = Exported(an_entry(title="Inlägg"), (SECOND, MINUTE))
    assert [told.entry.title for told in told_in_export([row, post])] == ["Inlägg", "Rad"]


def test_what_is_told_twice_in_an_export_counts_once() -> None:
    one, other = Exported(an_entry(title="A"), (SECOND,)), Exported(an_entry(title="B"), (SECOND,))
    assert [told.entry.title for told in told_in_export([one, other])] == ["A"]


def test_an_item_is_told_by_one_entry_only() -> None:
    told = told_in_export([Exported(an_entry(title=title), (("post", title), MINUTE), partial=True) for title in "AB"])
    item = an_item(aliases=frozenset({told[0].aliases[1]}))
    changes = changes_in_export(told, Known({told[0].aliases[1]: item}), is_full=False)
    assert ([new.entry.title for new in changes.new], len(changes.changed)) == (["B"], 1)


def test_an_item_that_is_told_by_its_own_name_is_not_taken_by_a_lesser_one() -> None:
    told = told_in_export(
        [Exported(an_entry(title="A"), (("post", "1"), MINUTE)), Exported(an_entry(title="B"), (POST,))]
    )
    item = an_item(aliases=frozenset({told[0].aliases[1], told[1].aliases[0]}))
    changes = changes_in_export(told, Known({told[0].aliases[1]: item, told[1].aliases[0]: item}), is_full=False)
    assert [new.entry.title for new in changes.new] == ["A"]


def test_only_posts_of_the_period_are_judged() -> None:
    item = an_item(aliases=frozenset({"second:x"}))
    event = an_item(2, aliases=frozenset({"event:x"}))
    undated = an_item(3, entry=an_entry(published=None), aliases=frozenset({"second:y"}))
    day = item.entry.published
    assert day
    assert [gone.public_id for gone in gone_in_export([item, event, undated], [], day, day, NOON)] == [item.public_id]
    later = replace(item, entry=an_entry(published=NOON))
    assert gone_in_export([later], [], day, day, NOON) == []
