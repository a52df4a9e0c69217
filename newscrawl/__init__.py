"""Fetch news articles, find whom they credit, archive each story once."""

__version__ = "0.1.0"
