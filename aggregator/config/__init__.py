"""feeds.toml: a Config, or everything that is wrong with it at once, each with its place; and new actors in it."""

from aggregator.config.config import Config, load
from aggregator.config.edits import NewActor, SourceTable, add_actors, lines_of, name_from, quoted, slug_of
from aggregator.config.kept import keep_good, last_good, stamp_of, with_fault
from aggregator.config.new import authority_of, write_new
from aggregator.config.problems import did_you_mean

__all__ = [
    "Config",
    "NewActor",
    "SourceTable",
    "add_actors",
    "authority_of",
    "did_you_mean",
    "keep_good",
    "last_good",
    "lines_of",
    "load",
    "name_from",
    "quoted",
    "slug_of",
    "stamp_of",
    "with_fault",
    "write_new",
]
