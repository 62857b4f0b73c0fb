"""Health: how the sources are, as far as we know without asking them; and whether we are at work at all."""

from datetime import datetime, time, timedelta

from aggregator.config import Config
from aggregator.model import SWEDEN, Alarm, Health, Host, Source, State, Visit, host_of
from aggregator.storage import Storage

# By this name the store remembers when the last round ended.
ROUND = "round"

# The kind of alarm that says that feeds.toml cannot be used.
CONFIG = "config"

# So many weeks are shown, the one that is not over yet among them.
WEEKS = 26

# A round is done every minute; one in which many sources are slow may take this long.
LONGEST_ROUND = timedelta(minutes=15)


def remember_round(storage: Storage, now: datetime) -> None:
    storage.remember(ROUND, now.isoformat())


def why_dead(storage: Storage, now: datetime) -> str:
    """Why no round is done as it should be, in a sentence; empty if the last one ended lately."""
    told = storage.recall(ROUND)
    if not told:
        return "no round has ended yet; 'nyhetsflode run' does one every minute"
    ended = datetime.fromisoformat(told)
    if now - ended <= LONGEST_ROUND:
        return ""
    return f"the last round ended at {ended:%Y-%m-%d %H:%M} UTC; 'nyhetsflode run' does one every minute"


def why_doubt_clock(storage: Storage, now: datetime) -> str:
    """Why NOW cannot be right, in a sentence; empty if it is no earlier than the end of the last round."""
    told = storage.recall(ROUND)
    if not told or datetime.fromisoformat(told) <= now:
        return ""
    ended = f"{datetime.fromisoformat(told):%Y-%m-%d %H:%M}"
    return f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the last round ended at {ended} UTC; news is dated by it"


def health(config: Config, storage: Storage, now: datetime, name: str = "") -> Health:
    """All sources that are called at, or those of NAME; with the alarms that are about none of them."""
    monday = now.astimezone(SWEDEN).date() - timedelta(days=now.astimezone(SWEDEN).weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    counts = storage.counts([datetime.combine(day, time(), SWEDEN) for day in mondays])
    visits, hosts, alarms = storage.visits(), storage.hosts(), storage.alarms()

    def state(source: Source) -> State:
        visit = visits.get(source.id, Visit()).at(source.location)
        about = tuple(alarm for alarm in alarms if alarm.source == source.id)
        weeks = counts.get(source.id, (0,) * WEEKS)
        host = hosts.get(host_of(visit.address), Host(""))
        return State(source, config.actors[source.actor], visit, host, about, weeks)

    chosen = [source for source in config.live_sources.values() if name in ("", source.id, source.actor)]
    about_all = tuple(alarm for alarm in alarms if not alarm.source and not name)
    return Health(tuple(map(state, chosen)), about_all, None if name else storage.desk.queue(now))


def watch_config(config: Config, storage: Storage, now: datetime) -> None:
    """Open an alarm when feeds.toml cannot be used as it is, and close it when it can."""
    open = next((alarm for alarm in storage.alarms() if (alarm.source, alarm.kind) == ("", CONFIG)), None)
    if config.fault and (open is None or open.problem != config.fault):
        storage.keep_alarms([Alarm("", CONFIG, config.fault, open.opened if open else now)])
    elif open and not config.fault:
        storage.keep_alarms([open.over(now)])
