"""Health: how the sources are, as far as we know without asking them."""

from datetime import datetime

from aggregator.config import Config
from aggregator.model import Alarm, Health, Host, Source, State, Visit, host_of
from aggregator.storage import Storage

# The kind of alarm that says that feeds.toml cannot be used.
CONFIG = "config"


def health(config: Config, storage: Storage, name: str = "") -> Health:
    """All sources that are called at, or those of NAME; with the alarms that are about none of them."""
    visits, hosts, alarms = storage.visits(), storage.hosts(), storage.alarms()

    def state(source: Source) -> State:
        visit = visits.get(source.id, Visit()).at(source.location)
        about = tuple(alarm for alarm in alarms if alarm.source == source.id)
        return State(source, config.actors[source.actor], visit, hosts.get(host_of(visit.address), Host("")), about)

    chosen = [source for source in config.live_sources.values() if name in ("", source.id, source.actor)]
    return Health(tuple(map(state, chosen)), tuple(alarm for alarm in alarms if not alarm.source and not name))


def watch_config(config: Config, storage: Storage, now: datetime) -> None:
    """Open an alarm when feeds.toml cannot be used as it is, and close it when it can."""
    open = next((alarm for alarm in storage.alarms() if (alarm.source, alarm.kind) == ("", CONFIG)), None)
    if config.fault and (open is None or open.problem != config.fault):
        storage.keep_alarms([Alarm("", CONFIG, config.fault, open.opened if open else now)])
    elif open and not config.fault:
        storage.keep_alarms([open.over(now)])
