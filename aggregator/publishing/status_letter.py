"""The letter to the operators: what began to look wrong, what is well again, and what still is not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from aggregator.errors import without_secrets
from aggregator.model import Alarm, Site
from aggregator.publishing import swedish
from aggregator.publishing.condition import heading_of

# The id of an alarm: its source, or empty if it is about all, and its kind.
AlarmId = tuple[str, str]


def status_letter(
    site: Site,
    addresses: Sequence[str],
    sender: str,
    open: Sequence[Alarm],
    before: Iterable[AlarmId],
    names: Mapping[str, str],
    now: datetime,
) -> EmailMessage:
    """What is OPEN now, beside what was BEFORE; NAMES are those of the sources' actors."""
    known = set(before)
    new = [alarm for alarm in open if (alarm.source, alarm.kind) not in known]
    old = [alarm for alarm in open if (alarm.source, alarm.kind) in known]
    over = sorted(known - {(alarm.source, alarm.kind) for alarm in open})
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = f"{site.title}: {len(new)} nya larm, {len(over)} återställda"
    message["From"] = Address(site.publisher, addr_spec=sender or site.contact)
    message["To"] = [Address(addr_spec=address) for address in addresses]
    message["Date"] = format_datetime(swedish.local(now))
    message["Message-ID"] = f"<status.{now:%Y%m%d%H%M%S}@{site.authority}>"
    message["Auto-Submitted"] = "auto-generated"
    parts = [
        _part("Det här ser fel ut sedan förra brevet", [_told(alarm, names) for alarm in new]),
        _part("Det här är återställt", [f"* {_called(source, names)}: {heading_of(kind)}" for source, kind in over]),
        _part("Det här ser fortfarande fel ut", [_told(alarm, names) for alarm in old]),
    ]
    text = "\n".join(part for part in parts if part)
    message.set_content(f"{text}\nHur alla källor mår: {site.url}status/\n", cte="quoted-printable")
    return message


def _part(heading: str, lines: Sequence[str]) -> str:
    return f"{heading}:\n\n" + "\n".join(lines) + "\n" if lines else ""


def _told(alarm: Alarm, names: Mapping[str, str]) -> str:
    since = f"{swedish.local(alarm.opened):%Y-%m-%d %H:%M}"
    return (
        f"* {_called(alarm.source, names)}, sedan {since}: {heading_of(alarm.kind)}\n  {without_secrets(alarm.problem)}"
    )


def _called(source: str, names: Mapping[str, str]) -> str:
    return f"{names.get(source, source)} ({source})" if source else "Alla källor"
