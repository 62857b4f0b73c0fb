"""What feeds.toml says of digests by mail, and what is wrong with it."""

import pytest
from conftest import Configured

from aggregator.errors import ConfigError
from aggregator.model import Subscription

SERVER = '[mail]\nsmtp = "smtp://127.0.0.1:2525"\n'


@pytest.mark.parametrize(
    ("tables", "sentences"),
    [
        (SERVER + '[mail.digest."vastra-gotland"]\nweekly = "a@b.example"', 'did you mean "vastra-gotaland"?'),
        (SERVER + '[mail.digest."natverk/saknas"]\nweekly = "a@b.example"', 'there is no newsfeed "natverk/saknas"'),
        (SERVER + '[mail.digest.skane]\nweekly = "redaktionen"', 'written as "redaktion@tidningen.example"'),
        (SERVER + '[mail.digest.skane]\nweekly = "Anna <a@b.example>"', 'written as "redaktion@tidningen.example"'),
        ('[mail.digest.skane]\nweekly = "a@b.example"', "no server is named"),
        ('[mail]\nsmtp = "mail.example:25"', 'written as "smtp://host:587" or "smtps://host"'),
        (SERVER + "hour = 24", "hour"),
        (SERVER + 'unsubscribe = "http://prov.example/"', 'begins with "https://" or "mailto:"'),
        (SERVER + '[mail.digest.skane]\nmonthly = "a@b.example"', 'unknown key "monthly"'),
    ],
)
def test_what_is_wrong_with_it_is_a_sentence(configured: Configured, tables: str, sentences: str) -> None:
    with pytest.raises(ConfigError, match="problem") as told:
        configured(tables)
    assert sentences in str(told.value)


def test_one_address_or_several_get_what_a_newsfeed_carries(configured: Configured) -> None:
    config = configured(SERVER + '[mail.digest.skane]\nweekly = "a@b.example"\ndaily = ["a@b.example", "c@b.example"]')
    assert config.mail.subscriptions == (
        Subscription("skane/", "daily", "a@b.example"),
        Subscription("skane/", "daily", "c@b.example"),
        Subscription("skane/", "weekly", "a@b.example"),
    )
