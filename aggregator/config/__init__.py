"""feeds.toml: a Config, or everything that is wrong with it at once, each with its place; and new actors in it."""

from aggregator.config.config import Config, load
from aggregator.config.edits import NewActor, add_actors, lines_of, name_from, quoted, slug_of
from aggregator.config.problems import did_you_mean

__all__ = ["Config", "NewActor", "add_actors", "did_you_mean", "lines_of", "load", "name_from", "quoted", "slug_of"]
