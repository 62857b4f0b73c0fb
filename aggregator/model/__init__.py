"""The nouns that flow through the house, in the order in which they are made.

    Source + Visit -> Document -> Reading of Entries -> Changes -> Item with its Findings
    Item -> Article -> Edition of a Channel -> Publication

All are values: a step takes one and makes the next, and none changes what it was given.
"""

from aggregator.model.actors import Actor, Area, County, Nation, Network, Scope, Site, Status
from aggregator.model.alarm import Alarm, Happening
from aggregator.model.changes import Change, Changes, Identified, Known, Tombstone
from aggregator.model.channel import Article, Channel, Edition, Level, Publication, Selection
from aggregator.model.entry import Entry, Event, Image, text_of
from aggregator.model.export import Bundle, Export, Exported, Mark, Member, Picture, Tally
from aggregator.model.health import Health, State, health_values
from aggregator.model.item import HELD, Finding, Item, effective_date, within_second
from aggregator.model.manners import Host, Manners, host_of
from aggregator.model.rhythm import SHORTEST_PACE, Habit, Rhythm
from aggregator.model.rules import NOTHING_KNOWN, THEMES, Knowledge, Rule, Theme, said
from aggregator.model.source import (
    FINGERPRINT_BYTES,
    Document,
    IdentityPolicy,
    PicturePolicy,
    PublishPolicy,
    Reading,
    Source,
    Trip,
    Unchanged,
    Validators,
)
from aggregator.model.visit import Gone, Move, Portrait, Traffic, Visit
from aggregator.model.zone import LONG_AGO, SWEDEN

__all__ = [
    "FINGERPRINT_BYTES",
    "HELD",
    "LONG_AGO",
    "NOTHING_KNOWN",
    "SHORTEST_PACE",
    "SWEDEN",
    "THEMES",
    "Actor",
    "Alarm",
    "Area",
    "Article",
    "Bundle",
    "Change",
    "Changes",
    "Channel",
    "County",
    "Document",
    "Edition",
    "Entry",
    "Event",
    "Export",
    "Exported",
    "Finding",
    "Gone",
    "Habit",
    "Happening",
    "Health",
    "Host",
    "Identified",
    "IdentityPolicy",
    "Image",
    "Item",
    "Knowledge",
    "Known",
    "Level",
    "Manners",
    "Mark",
    "Member",
    "Move",
    "Nation",
    "Network",
    "Picture",
    "PicturePolicy",
    "Portrait",
    "Publication",
    "PublishPolicy",
    "Reading",
    "Rhythm",
    "Rule",
    "Scope",
    "Selection",
    "Site",
    "Source",
    "State",
    "Status",
    "Tally",
    "Theme",
    "Tombstone",
    "Traffic",
    "Trip",
    "Unchanged",
    "Validators",
    "Visit",
    "effective_date",
    "health_values",
    "host_of",
    "said",
    "text_of",
    "within_second",
]
