"""The nouns that flow through the house, in the order in which they are made.

    Source + Visit -> Document -> Reading of Entries -> Changes -> Item with its Findings
    Item -> Article -> Edition of a Channel -> Publication

All are values: a step takes one and makes the next, and none changes what it was given.
"""

from aggregator.model.actors import Actor, Area, County, Nation, Network, Scope, Site, Status
from aggregator.model.changes import Change, Changes, Identified, Known
from aggregator.model.channel import Article, Channel, Edition, Level, Publication, Selection
from aggregator.model.entry import Entry, Event, Image, text_of
from aggregator.model.item import Finding, Item, effective_date, within_second
from aggregator.model.manners import Manners
from aggregator.model.rules import NOTHING_KNOWN, THEMES, Knowledge, Rule, Theme, said
from aggregator.model.source import (
    LONG_AGO,
    Document,
    IdentityPolicy,
    PicturePolicy,
    PublishPolicy,
    Reading,
    Source,
    Unchanged,
    Validators,
    Visit,
)

__all__ = [
    "LONG_AGO",
    "NOTHING_KNOWN",
    "THEMES",
    "Actor",
    "Area",
    "Article",
    "Change",
    "Changes",
    "Channel",
    "County",
    "Document",
    "Edition",
    "Entry",
    "Event",
    "Finding",
    "Identified",
    "IdentityPolicy",
    "Image",
    "Item",
    "Knowledge",
    "Known",
    "Level",
    "Manners",
    "Nation",
    "Network",
    "PicturePolicy",
    "Publication",
    "PublishPolicy",
    "Reading",
    "Rule",
    "Scope",
    "Selection",
    "Site",
    "Source",
    "Status",
    "Theme",
    "Unchanged",
    "Validators",
    "Visit",
    "effective_date",
    "said",
    "text_of",
    "within_second",
]
