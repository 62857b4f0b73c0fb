"""Mail to the operators, at most one a day: what began to look wrong at a source, and what is well again."""

import json
import smtplib
from datetime import datetime

from aggregator.config import Config
from aggregator.errors import MailError
from aggregator.jobs.carrier import carrier, without_password
from aggregator.jobs.mailing import Mailed
from aggregator.model import SWEDEN
from aggregator.publishing import status_letter
from aggregator.storage import Storage

# By this name the store remembers the day of the last letter, and the alarms that were open then.
TOLD = "status mail"


def mail_status(config: Config, storage: Storage, now: datetime) -> Mailed:
    """Tell the operators of alarms that were opened or closed since the last letter, unless they had one today.

    If the server refuses all of them, it is tried again tomorrow; if it does not answer, in the next round.
    """
    mail, day = config.mail, f"{now.astimezone(SWEDEN):%Y-%m-%d}"
    if not mail.operators:
        return Mailed()
    last = json.loads(storage.recall(TOLD) or '{"day": "", "open": []}')
    open, before = storage.alarms(), [(source, kind) for source, kind in last["open"]]
    ids = [(alarm.source, alarm.kind) for alarm in open]
    if last["day"] == day or set(ids) == set(before):
        return Mailed()
    names = {source.id: config.actors[source.actor].name for source in config.sources.values()}
    letter = status_letter(config.site, mail.operators, mail.sender, open, before, names, now)
    try:
        with carrier(mail.smtp) as server:
            refused = server.send_message(letter, to_addrs=list(mail.operators))
    except smtplib.SMTPRecipientsRefused as error:
        storage.remember(TOLD, json.dumps({"day": day, "open": before}))
        return Mailed(problems=_refusals(error.recipients))
    except (OSError, smtplib.SMTPException) as error:
        return Mailed(problems=(str(MailError(without_password(mail.smtp), error)),))
    storage.remember(TOLD, json.dumps({"day": day, "open": ids}))
    return Mailed(len(mail.operators) - len(refused), _refusals(refused))


def _refusals(refused: dict[str, tuple[int, bytes]]) -> tuple[str, ...]:
    return tuple(f"{address}: {code} {said.decode(errors='replace')}" for address, (code, said) in refused.items())
