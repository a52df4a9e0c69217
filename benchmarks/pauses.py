"""How long the event loop of a crawl is kept from its work: a Scrapy add-on that runs inside the crawl.

    newscrawl crawl … -s ADDONS='{"pauses.MeasurePauses": 0}' -s PAUSES_FILE=pauses.json

with this folder in PYTHONPATH. Measured is the time in which pages are fetched and extracted, from the first response
until nothing is left to do, without set-up and the final sealing of the archive. The file is written when the spider
closes: how long that time was, the longest pause, their 99.9th percentile, and the most CPU time that the loop's thread
took at a stretch, all in seconds. A pause that is much longer than the last was waiting, for a disk or for a core that
another process had.
"""

import asyncio
import json
from array import array
from pathlib import Path
from time import thread_time

from scrapy import signals
from scrapy.crawler import Crawler

__all__ = ["MeasurePauses"]

_TICK = 0.005  # seconds


class MeasurePauses:
    """Asks the loop for a tick again and again, and notes how late each one comes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lateness = array("f")  # small: the memory of the crawl is measured as well
        self._busiest = 0.0
        self._began = self._ended = self._due = self._cpu = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "MeasurePauses":
        meter = cls(crawler)
        for name in ("response_received", "spider_idle", "spider_closed"):
            crawler.signals.connect(getattr(meter, name), signal=getattr(signals, name))
        return meter

    def response_received(self) -> None:
        self._crawler.signals.disconnect(self.response_received, signal=signals.response_received)
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._wait()

    def spider_idle(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._ended = self._loop.time()

    def spider_closed(self) -> None:
        late = sorted(self._lateness) or [0.0]
        measured = {
            "seconds": self._ended - self._began,
            "longest_pause": late[-1],
            "rare_pause": late[int(len(late) * 0.999)],
            "longest_work": self._busiest,
        }
        Path(self._crawler.settings["PAUSES_FILE"]).write_text(json.dumps(measured), encoding="utf-8")

    def _wait(self) -> None:
        self._cpu = thread_time()
        self._due = self._loop.time() + _TICK
        self._timer = self._loop.call_at(self._due, self._tick)

    def _tick(self) -> None:
        self._lateness.append(self._loop.time() - self._due)
        self._busiest = max(self._busiest, thread_time() - self._cpu)
        self._wait()
