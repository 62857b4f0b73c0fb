"""Errors name addresses, and never what opens them."""

from pathlib import Path

import pytest

from aggregator.errors import ConfigError, FetchError, ParseError, Problem, SourceError, without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://anna:hemligt@a.example/feed", "https://a.example/feed"),
        ("https://anna@a.example/feed", "https://a.example/feed"),
        ('https://anna:p@ss"w@a.example:8080/', "https://a.example:8080/"),
        ("see https://a:b@c.example/, and http://d:e@f.example", "see https://c.example/, and http://f.example"),
        ("https://a.example/@anna?to=b@c.example", "https://a.example/@anna?to=b@c.example"),
        ("anna@a.example", "anna@a.example"),
        ("/home/feed.xml", "/home/feed.xml"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


@pytest.mark.parametrize("error", [SourceError, FetchError, ParseError])
def test_no_error_of_a_source_shows_a_password(error: type[SourceError]) -> None:
    made = error("https://anna:hemligt@a.example/feed", 'leads to "https://anna:hemligt@b.example/"')
    assert str(made) == 'https://a.example/feed: leads to "https://b.example/"'
    assert "hemligt" not in f"{made.location} {made.reason} {made!r}"


def test_a_problem_in_feeds_toml_shows_the_line_with_its_marks_but_no_password() -> None:
    text = 'feed = "https://anna:hemligt@a.example/" x'
    problem = Problem("actor.a", 'no "https://anna:hemligt@a.example/"', 1, 42, text=text)
    told = str(ConfigError(Path("feeds.toml"), [problem]))
    assert "hemligt" not in told
    assert 'feed = "https://*************a.example/" x' in told
