"""Dates, times and the alphabet as Swedish readers expect them."""

from datetime import UTC, date, datetime

import pytest

from aggregator.publishing import swedish

NB = "\u00a0"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_alphabet_ends_with_å_ä_ö() -> None:
    names = ["Örebro", "Ängelholm", "Åre", "Zinkgruvan", "Upplands-Bro", "Upplands Väsby", "Arvika"]
    assert sorted(names, key=swedish.sort_key) == [
        "Arvika",
        "Upplands-Bro",
        "Upplands Väsby",
        "Zinkgruvan",
        "Åre",
        "Ängelholm",
        "Örebro",
    ]


def test_names_that_only_a_hyphen_tells_apart_have_one_order() -> None:
    for names in (["Torna-Hällestad", "Torna Hällestad"], ["Torna Hällestad", "Torna-Hällestad"]):
        assert sorted(names, key=swedish.sort_key) == ["Torna Hällestad", "Torna-Hällestad"]


def test_a_day_is_written_with_its_month_in_lower_case() -> None:
    assert swedish.written_day(date(2026, 11, 4)) == f"4{NB}november 2026"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-04T17:30:00+00:00", f"4{NB}november 2026 kl.{NB}18.30"),
        ("2026-07-04T16:05:00+00:00", f"4{NB}juli 2026 kl.{NB}18.05"),
        ("2026-12-31T23:30:00+00:00", f"1{NB}januari 2027 kl.{NB}0.30"),
    ],
)
def test_a_moment_is_told_in_swedish_time(moment: str, written: str) -> None:
    assert swedish.written_moment(at(moment)) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (at("2026-11-28T12:00+01:00"), at("2026-11-28T15:00+01:00"), f"lördag 28{NB}november 2026 kl.{NB}12–15"),
        (at("2026-12-03T18:30+01:00"), at("2026-12-03T20:30+01:00"), f"torsdag 3{NB}december 2026 kl.{NB}18.30–20.30"),
        (at("2026-12-03T18:30+01:00"), None, f"torsdag 3{NB}december 2026 kl.{NB}18.30"),
        (at("2026-12-31T21:00+01:00"), at("2027-01-01T02:00+01:00"), f"torsdag 31{NB}december 2026 kl.{NB}21–2"),
        (date(2026, 11, 3), None, f"tisdag 3{NB}november 2026"),
        (date(2026, 11, 3), date(2026, 11, 3), f"tisdag 3{NB}november 2026"),
        (date(2026, 11, 3), date(2026, 11, 5), f"3–5{NB}november 2026"),
        (date(2026, 11, 30), date(2026, 12, 2), f"30{NB}november–2{NB}december 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), f"30{NB}december 2026–2{NB}januari 2027"),
        (at("2026-11-06T18:00+01:00"), at("2026-11-08T12:00+01:00"), f"6–8{NB}november 2026"),
    ],
)
def test_when_an_event_is(start: datetime | date, end: datetime | date | None, written: str) -> None:
    assert swedish.written_span(start, end) == written


def test_machines_get_utc() -> None:
    assert swedish.machine_readable(at("2026-11-28T12:00+01:00")) == "2026-11-28T11:00:00Z"
    assert swedish.machine_readable(date(2026, 11, 28)) == "2026-11-28"
    assert swedish.local(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).isoformat() == "2026-10-25T02:30:00+01:00"
