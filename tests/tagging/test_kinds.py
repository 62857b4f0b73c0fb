"""What an item is to readers, told plainly by its title; precise before complete."""

from pathlib import Path

import pytest
from made import an_entry

from aggregator.tagging import told_kind

LINES = Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8").splitlines()
LABELLED = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("kind", "title"), LABELLED)
def test_a_title_that_says_plainly_what_it_is_is_believed(kind: str, title: str) -> None:
    assert told_kind(an_entry(title=title)) == kind


def test_what_says_nothing_of_itself_is_what_its_source_tells_it_as() -> None:
    assert told_kind(an_entry(title="Nu är det vår", form="share")) == "share"
    assert told_kind(an_entry(title="Mötesanteckningar 4 mars", form="post")) == "notes"
