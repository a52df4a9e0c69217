"""A small newsroom of three invented outlets, served on loopback, so that a first crawl works anywhere."""

from newscrawl.demo.newsroom import Newsroom

__all__ = ["Newsroom"]
