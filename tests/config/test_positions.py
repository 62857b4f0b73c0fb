"""Where each key and value of a TOML file stands."""

from aggregator.config.positions import Positions, Spot

TEXT = """
top = 1
[a]
"åäö" = ["x", # one
         "ÿ"]
"quoted key" = { inner = true }
[[rule]]
when = 1
[[rule]]
when = 2
[b.c.d]
e.f = 3
"""


def test_keys_and_values_have_their_own_places() -> None:
    positions = Positions(TEXT)
    assert positions.of(("top",), "key") == Spot(2, 1, 3)
    assert positions.of(("top",)) == Spot(2, 7, 1)


def test_columns_count_letters_not_bytes() -> None:
    assert Positions(TEXT).of(("a", "åäö", 0)) == Spot(4, 10, 3)
    assert Positions(TEXT).of(("a", "åäö", 1)) == Spot(5, 10, 3)


def test_tables_in_a_list_are_told_apart() -> None:
    assert Positions(TEXT).of(("rule", 0, "when")) == Spot(8, 8, 1)
    assert Positions(TEXT).of(("rule", 1, "when")) == Spot(10, 8, 1)


def test_quoted_dotted_and_inline_keys_are_found() -> None:
    assert Positions(TEXT).of(("a", "quoted key", "inner")) == Spot(6, 26, 4)
    assert Positions(TEXT).of(("b", "c", "d", "e", "f")) == Spot(12, 7, 1)


def test_what_is_not_there_is_shown_at_the_nearest_table_around_it() -> None:
    assert Positions(TEXT).of(("b", "c", "missing", "deep"), "key") == Spot(11, 2, 5)
    assert Positions(TEXT).of(("nowhere",)) is None
