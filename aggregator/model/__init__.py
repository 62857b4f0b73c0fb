"""The nouns that flow through the house, in the order in which they are made.

    Source + Visit -> Document -> Reading of Entries -> Changes -> Item with its Findings
    Items of a Story -> Article -> Edition, Volume or Digest of a Channel -> Publication

All are values: a step takes one and makes the next, and none changes what it was given.
"""

from aggregator.model.about import THEMES, About, Theme, said
from aggregator.model.actors import (
    Actor,
    Admission,
    Area,
    Condition,
    County,
    Nation,
    Network,
    Person,
    Role,
    Scope,
    Site,
    Status,
)
from aggregator.model.alarm import Alarm, Happening
from aggregator.model.article import Article, Credit
from aggregator.model.changes import Change, Changes, Identified, Known, Tombstone
from aggregator.model.channel import Channel, Level
from aggregator.model.code import name_of_code
from aggregator.model.deploy import Deploy
from aggregator.model.edition import GONE, Digest, Edition, Publication, Volume, Withdrawal, digest_name
from aggregator.model.entry import KINDS, Entry, Event, Form, Image, Kind, moment_of, text_of
from aggregator.model.export import Bundle, Export, Exported, Mark, Member, Picture, Tally
from aggregator.model.health import Health, State, health_values
from aggregator.model.item import (
    CARRYING_RULES,
    FAN_OUT,
    HELD,
    NETWORK_PART,
    PROMOTION,
    Finding,
    Item,
    effective_date,
    page_of,
    within_second,
)
from aggregator.model.mail import Cadence, Letter, Mail, Subscription, is_mail_address
from aggregator.model.manners import Host, Manners, host_of
from aggregator.model.media import FRESH, media_type_of
from aggregator.model.queue import QUEUES, Backlog, Queue, Trouble, Worker
from aggregator.model.renames import Renames
from aggregator.model.rhythm import SHORTEST_PACE, Habit, Rhythm
from aggregator.model.rules import ITS_COUNTY, NOTHING_KNOWN, Knowledge, Part, Rule
from aggregator.model.source import (
    FINGERPRINT_BYTES,
    Document,
    IdentityPolicy,
    PicturePolicy,
    PublishPolicy,
    Reading,
    Sign,
    Source,
    Trials,
    Trip,
    Unchanged,
    Validators,
    Via,
    WhatCounts,
)
from aggregator.model.story import Selection, Sharer, Story, stories_in
from aggregator.model.visit import Gone, Move, Portrait, Traffic, Visit
from aggregator.model.zone import LONG_AGO, SWEDEN, month_of

__all__ = [
    "CARRYING_RULES",
    "FAN_OUT",
    "FINGERPRINT_BYTES",
    "FRESH",
    "GONE",
    "HELD",
    "ITS_COUNTY",
    "KINDS",
    "LONG_AGO",
    "NETWORK_PART",
    "NOTHING_KNOWN",
    "PROMOTION",
    "QUEUES",
    "SHORTEST_PACE",
    "SWEDEN",
    "THEMES",
    "About",
    "Actor",
    "Admission",
    "Alarm",
    "Area",
    "Article",
    "Backlog",
    "Bundle",
    "Cadence",
    "Change",
    "Changes",
    "Channel",
    "Condition",
    "County",
    "Credit",
    "Deploy",
    "Digest",
    "Document",
    "Edition",
    "Entry",
    "Event",
    "Export",
    "Exported",
    "Finding",
    "Form",
    "Gone",
    "Habit",
    "Happening",
    "Health",
    "Host",
    "Identified",
    "IdentityPolicy",
    "Image",
    "Item",
    "Kind",
    "Knowledge",
    "Known",
    "Letter",
    "Level",
    "Mail",
    "Manners",
    "Mark",
    "Member",
    "Move",
    "Nation",
    "Network",
    "Part",
    "Person",
    "Picture",
    "PicturePolicy",
    "Portrait",
    "Publication",
    "PublishPolicy",
    "Queue",
    "Reading",
    "Renames",
    "Rhythm",
    "Role",
    "Rule",
    "Scope",
    "Selection",
    "Sharer",
    "Sign",
    "Site",
    "Source",
    "State",
    "Status",
    "Story",
    "Subscription",
    "Tally",
    "Theme",
    "Tombstone",
    "Traffic",
    "Trials",
    "Trip",
    "Trouble",
    "Unchanged",
    "Validators",
    "Via",
    "Visit",
    "Volume",
    "WhatCounts",
    "Withdrawal",
    "Worker",
    "digest_name",
    "effective_date",
    "health_values",
    "host_of",
    "is_mail_address",
    "media_type_of",
    "moment_of",
    "month_of",
    "name_of_code",
    "page_of",
    "said",
    "stories_in",
    "text_of",
    "within_second",
]
