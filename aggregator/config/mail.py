"""What feeds.toml says of mail: [mail] and [mail.digest.…]."""

from collections.abc import Iterator

from aggregator import places
from aggregator.config.newsfeeds import code_of_network
from aggregator.config.positions import Path
from aggregator.config.problems import did_you_mean
from aggregator.config.tables import DigestTable, File
from aggregator.model import Cadence, Mail, Subscription, is_mail_address


def mail_in(file: File) -> Mail:
    subscriptions = tuple(
        Subscription(f"{newsfeed}/", cadence, address)
        for newsfeed, table in file.mail.digest.items()
        for cadence, addresses in _by_cadence(table)
        for address in dict.fromkeys(addresses)
    )
    return Mail(file.mail.smtp, file.mail.sender, file.mail.hour, subscriptions, file.mail.status)


def _by_cadence(table: DigestTable) -> tuple[tuple[Cadence, tuple[str, ...]], ...]:
    return ("daily", table.daily), ("weekly", table.weekly)


def disagreements_of_mail(file: File) -> Iterator[tuple[Path, str, str]]:
    """Digests are of newsfeeds that there are, and somebody carries them."""
    newsfeeds = [place.path.rstrip("/") for place in places.all_places()] + [
        code_of_network(file, id) for id in file.network
    ]
    for newsfeed in file.mail.digest:
        if newsfeed not in newsfeeds:
            what = f'there is no newsfeed "{newsfeed}"'
            yield ("mail", "digest", newsfeed), what, did_you_mean(newsfeed, newsfeeds)
    is_sending = file.mail.digest or file.mail.status
    if is_sending and not file.mail.smtp:
        yield ("mail",), "mail is to be sent, but no server is named", 'give smtp = { env = "NYHETSFLODE_SMTP" }'
    if is_sending and not file.mail.sender and not is_mail_address(file.site.contact):
        yield ("mail",), "letters need a sender", "give sender, or a mail address as the contact of [site]"
