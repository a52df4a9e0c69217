"""The demo newsroom, served on loopback and crawled in one go."""

from collections.abc import Iterator

from scrapy import Request, signals
from scrapy.crawler import Crawler

from newscrawl.demo import Newsroom
from newscrawl.errors import UsageError
from newscrawl.spiders.base import DiscoverySpider


class DemoSpider(DiscoverySpider):
    """``newscrawl crawl demo``: nobody is bothered, so it does not wait between requests."""

    name = "demo"
    arguments = {"port": "of the newsroom, 8765 unless told", "edition": "1 or 2: in the second a story has changed"}
    custom_settings = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}

    def __init__(self, port: str = "8765", edition: str = "1", **arguments: str) -> None:
        super().__init__(**arguments)
        if not (port.isdecimal() and edition.isdecimal()):
            raise UsageError("spider demo: -a port=… and -a edition=… must be numbers")
        self.newsroom = Newsroom(int(port), edition=int(edition))
        self.newsroom.start()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: str, **arguments: str) -> "DemoSpider":
        spider = super().from_crawler(crawler, *args, **arguments)
        crawler.signals.connect(spider.newsroom.close, signal=signals.engine_stopped)
        return spider

    def request_sources(self) -> Iterator[Request]:
        for home in self.newsroom.home_pages:
            yield from self.request_home(home)
            yield from self.request_robots(home)
