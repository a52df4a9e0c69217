"""Ask the home pages, feeds and sitemaps of outlets whether they are there and can be read."""

import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from tqdm import tqdm
from twisted.python.failure import Failure

from newscrawl.discover import MAX_SITEMAP_BYTES, find_feeds, parse_feed, parse_sitemap
from newscrawl.errors import Unreadable
from newscrawl.outlets import Outlet
from newscrawl.outlets.check import is_at_home

__all__ = ["probe_outlets"]

_READERS: Mapping[str, Callable[..., list[Any]]] = {"home": find_feeds, "feeds": parse_feed, "sitemaps": parse_sitemap}
_NO_ARCHIVE = {
    "ITEM_PIPELINES": {},
    "SPIDER_MIDDLEWARES": {},
    "EXTENSIONS": {"newscrawl.extensions.ApplyCrawlDelay": 1},
}


def probe_outlets(outlets: Iterable[Outlet], settings: Settings) -> int:
    """Fetch each place of the outlets once, as politely as a crawl, and print a line for each as it comes.

    Returns:
        The number of places with a fault; one that gave no answer is one.

    Raises:
        KeyboardInterrupt: it was stopped before all had answered.
    """
    settings.setdict(_NO_ARCHIVE, priority="cmdline")
    places = [(outlet, key, url) for outlet in outlets for key, url in outlet.places]
    with tqdm(total=len(places), unit=" addresses", leave=False, ascii=True, disable=None) as bar:
        tally = _Tally(bar)
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(_Probe)
        process.crawl(crawler, places=places, tally=tally)
        process.start()
    assert crawler.stats is not None
    if crawler.stats.get_value("finish_reason") != "finished":
        raise KeyboardInterrupt
    return tally.faults + len(places) - tally.told


class _Tally:
    """Tells one result a line, as they come, and counts them."""

    def __init__(self, bar: "tqdm[Any]") -> None:
        self._bar = bar
        self.told = 0
        self.faults = 0

    def tell(self, place: tuple[Outlet, str, str], *, note: str, is_fault: bool) -> None:
        outlet, key, url = place
        self._bar.write(f"{'fault' if is_fault else 'ok':5} {outlet.domain}: {key}: {url} {note}")
        self._bar.update()
        sys.stdout.flush()
        self.told += 1
        self.faults += is_fault


class _Probe(Spider):
    """Fetches each place once and reads it as a crawl would."""

    name = "outlets check"
    places: list[tuple[Outlet, str, str]]
    tally: _Tally

    async def start(self) -> AsyncIterator[Request]:
        for place in self.places:
            meta = {"download_maxsize": MAX_SITEMAP_BYTES} if place[1] == "sitemaps" else {}
            yield Request(place[2], errback=self.fail, cb_kwargs={"place": place}, meta=meta, dont_filter=True)

    def parse(self, response: Response, place: tuple[Outlet, str, str]) -> None:
        outlet, key, _ = place
        try:
            count = len(_READERS[key](response.body, url=response.url))
        except Unreadable as error:
            self.tally.tell(place, note=f"{response.status}, {error}", is_fault=True)
            return
        has_left = not is_at_home(outlet, response.url)
        note = f"{response.status}, {count} {'feeds' if key == 'home' else 'entries'}"
        note += f", now {response.url}" if has_left else ""
        self.tally.tell(place, note=note, is_fault=has_left or (key != "home" and not count))

    def fail(self, failure: Failure) -> None:
        error = failure.value
        reason = str(error.response.status) if isinstance(error, HttpError) else str(error) or type(error).__name__
        place = failure.request.cb_kwargs["place"]  # type: ignore[attr-defined]
        self.tally.tell(place, note=" ".join(reason.split()), is_fault=True)
