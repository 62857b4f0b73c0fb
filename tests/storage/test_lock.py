"""One round at a time, on either database."""

import pytest

from aggregator.errors import StoreError
from aggregator.storage import open_storage


def test_a_second_round_is_told_who_is_at_work(store: str) -> None:
    busy = pytest.raises(StoreError, match=r"is in use by nyhetsflode collect, process \d+ on ")
    with (
        open_storage(store) as one,
        open_storage(store) as other,
        one.alone("collect"),
        busy,
        other.alone("publish", patience=0.2),
    ):
        pass
    with open_storage(store) as storage, storage.alone("publish", patience=0.2):
        assert storage.stories.version() == 0


def test_looking_does_not_wait_for_a_round(store: str) -> None:
    with open_storage(store) as one, one.alone("collect"), open_storage(store) as other:
        assert other.visits() == {}
        assert list(other.items()) == []


def test_a_round_that_fails_leaves_the_store_free(store: str) -> None:
    with open_storage(store) as storage:
        with pytest.raises(ZeroDivisionError), storage.alone("collect"):
            raise ZeroDivisionError
        with storage.alone("collect", patience=0.2):
            assert storage.stories.version() == 0
