"""What the house does, one file a job: the only rooms in which the steps meet.

A job is a function of the config, the store and, where it matters, the moment; who runs it, and when, is not its
business. `tell` is called with what was done, as it is done.
"""

from aggregator.jobs.adding import AddingError, Listed, listed, proposal
from aggregator.jobs.aging import PutAway, first_open_month, put_away
from aggregator.jobs.collect import Call, call_alone, collect, due, look_into
from aggregator.jobs.deploying import Deployed, deploy
from aggregator.jobs.explain import Explained, explain
from aggregator.jobs.health import health, remember_round, watch_config, why_dead, why_doubt_clock
from aggregator.jobs.hub import ping
from aggregator.jobs.importing import Import, export_sources, import_paths, source_of
from aggregator.jobs.mailing import Mailed, mail_digests
from aggregator.jobs.network import Network
from aggregator.jobs.plan import Plan, plan
from aggregator.jobs.publish import (
    BESIDE_NEWSFEEDS,
    Published,
    groups_of,
    groups_touched,
    name_of_feeds,
    publish,
    publish_group,
)
from aggregator.jobs.retag import Move, Retagged, retag, take_effect
from aggregator.jobs.status_mail import mail_status
from aggregator.jobs.stories import SplitError, join_stories, split
from aggregator.jobs.takedown import TakedownError, TakenDown, take_down
from aggregator.jobs.trial import Trial
from aggregator.jobs.tryout import try_out

__all__ = [
    "BESIDE_NEWSFEEDS",
    "AddingError",
    "Call",
    "Deployed",
    "Explained",
    "Import",
    "Listed",
    "Mailed",
    "Move",
    "Network",
    "Plan",
    "Published",
    "PutAway",
    "Retagged",
    "SplitError",
    "TakedownError",
    "TakenDown",
    "Trial",
    "call_alone",
    "collect",
    "deploy",
    "due",
    "explain",
    "export_sources",
    "first_open_month",
    "groups_of",
    "groups_touched",
    "health",
    "import_paths",
    "join_stories",
    "listed",
    "look_into",
    "mail_digests",
    "mail_status",
    "name_of_feeds",
    "ping",
    "plan",
    "proposal",
    "publish",
    "publish_group",
    "put_away",
    "remember_round",
    "retag",
    "source_of",
    "split",
    "take_down",
    "take_effect",
    "try_out",
    "watch_config",
    "why_dead",
    "why_doubt_clock",
]
