"""Feeds, sitemaps, home pages and stored responses → candidates: addresses that may hold an article."""

from newscrawl.discover.feeds import parse_feed
from newscrawl.discover.home_pages import find_feeds
from newscrawl.discover.sitemaps import MAX_SITEMAP_BYTES, Sitemap, parse_sitemap, parse_sitemap_lines
from newscrawl.discover.warcs import read_warc

__all__ = [
    "MAX_SITEMAP_BYTES",
    "Sitemap",
    "find_feeds",
    "parse_feed",
    "parse_sitemap",
    "parse_sitemap_lines",
    "read_warc",
]
