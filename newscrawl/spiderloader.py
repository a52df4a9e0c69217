"""Spiders by name: those in ``newscrawl.spiders`` and one for each outlet that the registry knows how to crawl."""

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader as ScrapySpiderLoader

from newscrawl.outlets import Outlet, load_registry

__all__ = ["SpiderLoader"]


class SpiderLoader(ScrapySpiderLoader):
    """Scrapy's, and an outlet's spider under its domain, so that ``newscrawl crawl rt.com`` works."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._outlets = {o.domain: o for o in load_registry(settings["OUTLETS_FILE"]) if o.can_be_crawled}

    def list(self) -> list[str]:
        return [*super().list(), *self._outlets]

    def load(self, spider_name: str) -> type[Spider]:
        outlet = self._outlets.get(spider_name)
        return _make_spider(outlet) if outlet else super().load(spider_name)


def _make_spider(outlet: Outlet) -> type[Spider]:
    from newscrawl.spiders.outlet import OutletSpider

    return type(f"{outlet.domain} spider", (OutletSpider,), {"name": outlet.domain, "outlet": outlet})
