"""Articles that sitemaps name."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy import Request

from newscrawl.spiders.base import DiscoverySpider


class SitemapSpider(DiscoverySpider):
    """``newscrawl crawl sitemap -a url=…``: a sitemap, a sitemap index, a robots.txt or a home page."""

    name = "sitemap"
    arguments = {"url": "address of a sitemap, a robots.txt or a home page"}

    def __init__(self, url: str | None = None, **arguments: str) -> None:
        super().__init__(**arguments)
        self.url = self.require_web_url("url", url)

    def request_sources(self) -> Iterator[Request]:
        names_host = urlsplit(self.url).path in ("", "/", "/robots.txt")
        return self.request_robots(self.url) if names_host else self.request_sitemap(self.url)
