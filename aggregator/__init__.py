"""nyhetsflode: collects news from local actors, tags it by place, and publishes a newsfeed for each place."""

__version__ = "0.1.0"
