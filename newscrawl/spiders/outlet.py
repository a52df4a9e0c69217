"""Articles of one outlet of the registry."""

from collections.abc import Iterator
from typing import ClassVar

from scrapy import Request

from newscrawl.outlets import Outlet
from newscrawl.spiders.base import DiscoverySpider


class OutletSpider(DiscoverySpider):
    """``newscrawl crawl rt.com``: the feeds and sitemaps that the registry knows, else what the home page names.

    It has no name of its own: `newscrawl.spiderloader` makes a spider of it for each outlet.
    """

    outlet: ClassVar[Outlet]

    def request_sources(self) -> Iterator[Request]:
        for url in self.outlet.feeds:
            yield from self.request_feed(url)
        for url in self.outlet.sitemaps:
            yield from self.request_sitemap(url)
        if self.outlet.home and not (self.outlet.feeds or self.outlet.sitemaps):
            yield from self.request_home(self.outlet.home)
            yield from self.request_robots(self.outlet.home)
