"""Spiders by name: one for each way in ``newscrawl.spiders`` and for each outlet that the registry can crawl."""

from importlib import import_module
from pkgutil import iter_modules

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader as ScrapySpiderLoader
from scrapy.utils.spider import iter_spider_classes

from newscrawl.outlets import Outlet, load_registry

__all__ = ["SpiderLoader"]

_WAYS = "newscrawl.spiders"
_BASES = ("base", "outlet")


class SpiderLoader(ScrapySpiderLoader):
    """Scrapy's for modules that a user adds to ``SPIDER_MODULES``.

    A way's spider has the name of its module, so it need not be imported before it is asked for; an outlet's spider
    has its domain as name: ``newscrawl crawl rt.com``.
    """

    def __init__(self, settings: BaseSettings) -> None:
        others = [module for module in settings.getlist("SPIDER_MODULES") if module != _WAYS]
        super().__init__(BaseSettings({**settings, "SPIDER_MODULES": others}))
        self._ways = [m.name for m in iter_modules(import_module(_WAYS).__path__) if m.name not in _BASES]
        self._outlets = {o.domain: o for o in load_registry(settings["OUTLETS_FILE"]) if o.can_be_crawled}

    def list(self) -> list[str]:
        return [*self._ways, *super().list(), *self._outlets]

    def load(self, spider_name: str) -> type[Spider]:
        if spider_name in self._ways:
            return next(iter(iter_spider_classes(import_module(f"{_WAYS}.{spider_name}"))))
        outlet = self._outlets.get(spider_name)
        return _make_spider(outlet) if outlet else super().load(spider_name)


def _make_spider(outlet: Outlet) -> type[Spider]:
    from newscrawl.spiders.outlet import OutletSpider

    return type(f"{outlet.domain} spider", (OutletSpider,), {"name": outlet.domain, "outlet": outlet})
