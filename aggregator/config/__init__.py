"""feeds.toml: a Config, or everything that is wrong with it at once, each with its place."""

from aggregator.config.config import Config, load

__all__ = ["Config", "load"]
