"""feeds.toml: a Config, or everything that is wrong with it at once, each with its place."""

from aggregator.config.config import Config, load
from aggregator.config.problems import did_you_mean

__all__ = ["Config", "did_you_mean", "load"]
