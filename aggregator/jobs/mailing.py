"""Mailing: send the digests of the day and the week that are over to the addresses in feeds.toml, each once."""

import smtplib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from aggregator.config import Config
from aggregator.errors import MailError
from aggregator.jobs.carrier import carrier, without_password
from aggregator.jobs.departed import with_departed
from aggregator.model import SWEDEN, Cadence, Channel, Digest, Letter, Subscription, digest_name
from aggregator.publishing import article_of, channels_of, edition, letter_to
from aggregator.storage import Storage

# A server that says this refuses the address, and will say so again (RFC 5321 §4.2.1).
REFUSED = 500


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many letters were sent, and what is wrong with the others."""

    sent: int = 0
    problems: tuple[str, ...] = ()


def mail_digests(config: Config, storage: Storage, now: datetime) -> Mailed:
    """Send what is to be sent by NOW and was not yet.

    That a letter is begun is kept before it goes out, and that it is sent after: one that was on its way when we were
    interrupted is not sent again. A quiet day or week makes no letter, and what is older than the last one neither.
    """
    config, here = with_departed(config, storage), now.astimezone(SWEDEN)
    if not config.mail.subscriptions or here.hour < config.mail.hour:
        return Mailed()
    waiting = [
        (subscription, first, last)
        for subscription in config.mail.subscriptions
        for first, last in [_last_period(subscription.cadence, here.date())]
        if _is_waiting(storage, subscription, digest_name(first, last))
    ]
    if not waiting:
        return Mailed()
    channels = {
        channel.path: channel for channel in channels_of(config.nation, config.counties, config.networks, config.areas)
    }
    made = {
        (path, first, last): digest_from(config, storage, channels[path], first, last)
        for path, first, last in {(subscription.newsfeed, first, last) for subscription, first, last in waiting}
    }
    digests = [(made[subscription.newsfeed, first, last], subscription) for subscription, first, last in waiting]
    telling = [(digest, subscription) for digest, subscription in digests if digest.articles]
    if not telling:
        return Mailed()
    sent, problems = 0, []
    try:
        with carrier(config.mail.smtp) as server:
            for digest, subscription in telling:
                letter = _sent(config, storage, server, digest, subscription, now)
                sent += letter.sent is not None
                problems += [f"{letter.address}: {letter.problem}"] if letter.problem else []
    except (OSError, smtplib.SMTPException) as error:
        problems.append(str(MailError(without_password(config.mail.smtp), error)))
    return Mailed(sent, tuple(problems))


def digest_from(config: Config, storage: Storage, channel: Channel, first: date, last: date) -> Digest:
    """The digest of CHANNEL from FIRST to LAST, as it is published; of a quiet time, nothing of what follows."""
    begin, end = edition.span_of(first, last)
    stories = storage.stories.entered(channel.selection, begin, end)
    # A quiet one is asked for every minute, since no letter says that it was looked at: it must cost nothing.
    events = storage.stories.coming(channel.selection, end, edition.CALENDAR) if stories else []
    told, coming = (
        [article_of(story, config.site, config.actors, config.sources) for story in some] for some in (stories, events)
    )
    return edition.digest_of(config.site, channel, first, last, told, coming)


def _last_period(cadence: Cadence, today: date) -> tuple[date, date]:
    if cadence == "daily":
        return today - timedelta(days=1), today - timedelta(days=1)
    sunday = today - timedelta(days=today.weekday() + 1)
    return sunday - timedelta(days=6), sunday


def _is_waiting(storage: Storage, subscription: Subscription, period: str) -> bool:
    return subscription.address not in storage.letters.of(subscription.newsfeed, period)


def _sent(
    config: Config, storage: Storage, server: smtplib.SMTP, digest: Digest, subscription: Subscription, now: datetime
) -> Letter:
    """The letter as it is after it was sent, or refused; what is refused for now is tried again in the next round."""
    letter = Letter(subscription.newsfeed, digest.name, subscription.address, begun=now)
    storage.letters.keep(letter)
    try:
        server.send_message(letter_to(digest, letter.address, config.mail.sender), to_addrs=letter.address)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        code, said = _answer(error, letter.address)
        letter = replace(letter, problem=f"{code} {said}")
        if code < REFUSED:
            storage.letters.forget(letter)
            return letter
    except (OSError, smtplib.SMTPException):
        broken = "the connection broke while the letter was on its way; it may have arrived, and is not sent again"
        storage.letters.keep(replace(letter, problem=broken))
        raise
    else:
        letter = replace(letter, sent=now)
    storage.letters.keep(letter)
    return letter


def _answer(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException, address: str) -> tuple[int, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = error.recipients[address]
        return code, answer.decode(errors="replace")
    said = error.smtp_error
    return error.smtp_code, said.decode(errors="replace") if isinstance(said, bytes) else said
