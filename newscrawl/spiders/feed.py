"""Articles that a feed names."""

from collections.abc import Iterator

from scrapy import Request

from newscrawl.spiders.base import DiscoverySpider


class FeedSpider(DiscoverySpider):
    """``newscrawl crawl feed -a url=FEED``, RSS or Atom."""

    name = "feed"
    arguments = {"url": "address of an RSS or Atom feed"}

    def __init__(self, url: str | None = None, **arguments: str) -> None:
        super().__init__(**arguments)
        self.url = self.require_web_url("url", url)

    def request_sources(self) -> Iterator[Request]:
        return self.request_feed(self.url)
