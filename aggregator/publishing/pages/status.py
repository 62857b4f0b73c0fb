"""How the sources are, as a page."""

from aggregator.model import Health, Site
from aggregator.publishing import condition, swedish
from aggregator.publishing.pages.rendering import rendered


def status_page(site: Site, health: Health) -> bytes:
    """How the sources are: what looks wrong first, and then each source, those that are not well first."""
    in_order = sorted(
        health.states,
        key=lambda state: (condition.is_well(state), swedish.sort_key(state.actor.name), state.source.id),
    )
    return rendered(
        "status.html",
        "status/",
        site,
        states=in_order,
        well=sum(condition.is_well(state) for state in in_order),
        alarms=health.all_alarms,
        names=health.names,
        queue=health.queue,
    )
