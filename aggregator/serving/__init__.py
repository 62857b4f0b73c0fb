"""Serving: the output folder over HTTP, for whoever has no web server of their own. It needs the extra `serve`."""

from aggregator.serving.answers import Folder
from aggregator.serving.server import Address, serve, served

__all__ = ["Address", "Folder", "serve", "served"]
