"""feeds.toml: a Config, or everything that is wrong with it at once, each with its place."""

from aggregator.config.config import Config, load
from aggregator.config.new import authority_of, write_new
from aggregator.config.problems import did_you_mean

__all__ = ["Config", "authority_of", "did_you_mean", "load", "write_new"]
