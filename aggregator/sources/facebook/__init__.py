"""Facebook pages, by what their administrators export: the page's ZIP in JSON, the table of Meta Business Suite, and
answers of the Graph API. Read by a list of what may be opened, and nothing else is.
"""

from aggregator.sources.facebook.source import ExportSource

__all__ = ["ExportSource"]
