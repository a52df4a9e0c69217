"""What lives as long as a crawl: the record of it, and its manners."""

import asyncio
import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from newscrawl.crawl import Crawl
from newscrawl.errors import ArchiveError
from newscrawl.items import Article, Candidate, Duplicate, Page

__all__ = ["ApplyCrawlDelay", "Ended", "FreezeGarbage", "RecordCrawl"]

_TOLD_SETTINGS = (
    "USER_AGENT", "ROBOTSTXT_OBEY", "DOWNLOAD_DELAY", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_MAXSIZE",
    "DOWNLOAD_TIMEOUT", "OUTLETS_FILE", "SHARD_RECORDS",
)  # fmt: skip

_STOPPED = "archive_failed"

logger = logging.getLogger(__name__)


class Ended(DropItem):
    """A page that does not become a record; raised by the pipelines, recorded by `RecordCrawl`."""

    def __init__(self, outcome: str, *, record: str | None = None, duplicate: Duplicate | None = None) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.record = record
        """Id of the record that holds the story already."""
        self.duplicate = duplicate


class RecordCrawl:
    """Opens the crawl's archive before the first request, gives each candidate its outcome, closes last."""

    def __init__(self, crawler: Crawler) -> None:
        settings, spider = crawler.settings, crawler.spider
        assert spider is not None  # Scrapy makes it before the extensions
        self.crawl = Crawl(
            Path(settings["ARCHIVE_DIR"]),
            spider.name,
            started=datetime.now(UTC),
            settings={name: settings[name] for name in _TOLD_SETTINGS},
            shard_records=settings.getint("SHARD_RECORDS"),
            sync_records=settings.getint("SYNC_RECORDS"),
            sync_seconds=settings.getfloat("SYNC_SECONDS"),
        )
        self.reason = ""
        """Why the crawl ended, Scrapy's word; empty until then, and where Ctrl-C came twice."""
        self.faults: list[str] = []
        """What went wrong with the archive itself, a line each."""
        self.fetch: Callable[[Candidate], None] = lambda twin: None
        """Asks for the page of a candidate that was admitted before; `AdmitCandidates` knows how."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RecordCrawl":
        recorder = cls(crawler)
        for name in ("item_scraped", "item_dropped", "item_error", "spider_error", "request_dropped", "spider_closed"):
            crawler.signals.connect(getattr(recorder, name), signal=getattr(signals, name))
        return recorder

    @classmethod
    def of(cls, crawler: Crawler) -> "RecordCrawl":
        """The one of a crawl that is set up."""
        recorder = crawler.get_extension(cls)
        assert recorder is not None  # settings.EXTENSIONS
        return recorder

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """Around whatever needs the archive or its index: when they fail, the crawl stops.

        Raises:
            Ended: they have failed, now or before.
        """
        if self.faults:
            raise Ended("failed:stopped")
        try:
            yield
        except ArchiveError as error:
            self._stop(error)
            raise Ended("failed:stopped") from error

    def admit(self, candidate: Candidate) -> bool:
        """Like `Crawl.admit`; nothing is admitted any more once the crawl stops."""
        with suppress(Ended), self.stopping():
            return self.crawl.admit(candidate)
        return False

    def end(self, url: str, outcome: str, **details: Any) -> None:
        """Like `Crawl.end`, for a candidate that is under way; nothing is written any more once the crawl stops."""
        with suppress(Ended), self.stopping():
            if self.crawl.is_under_way(url) and (twin := self.crawl.end(url, outcome, **details)):
                self.fetch(twin)

    def item_scraped(self, item: Article, response: Response | None) -> None:
        self.end(_candidate(item, response), "archived", record=item.id)

    def item_dropped(self, item: Page, response: Response | None, exception: DropItem) -> None:
        if isinstance(exception, Ended):
            details = {"record": exception.record, "duplicate": exception.duplicate}
            self.end(_candidate(item, response), exception.outcome, **details)

    def item_error(self, item: Page, response: Response | None, failure: Failure) -> None:
        self.end(_candidate(item, response), f"failed:{type(failure.value).__name__}")

    def spider_error(self, failure: Failure, response: Response | None) -> None:
        outcome = f"failed:{type(failure.value).__name__}"
        if response and response.request:
            self.fail(response.request, outcome)
        else:
            self.note_unread("the spider's start", outcome)

    def request_dropped(self, request: Request) -> None:
        self.fail(request, "failed:dropped")

    def fail(self, request: Request, outcome: str) -> None:
        """End the candidate of a request; a request for a feed, sitemap or other source is noted as unread."""
        if "candidate" in request.cb_kwargs:
            self.end(request.cb_kwargs["candidate"].url, outcome)
        else:
            self.note_unread(request.url, outcome)

    def note_unread(self, source: str, outcome: str) -> None:
        """Note that a feed, sitemap or other source of candidates could not be read."""
        self.crawl.unread[source] = outcome
        logger.info("%s %s", outcome, source)

    def spider_closed(self, reason: str) -> None:
        self.reason = reason
        if self.faults:
            self.crawl.abandon()
            return
        try:
            self.faults = self.crawl.close(reason=reason, finished=datetime.now(UTC))
        except ArchiveError as error:
            self.faults = [str(error)]
        for fault in self.faults:
            logger.error("%s: %s", self.crawl.name, fault)

    @property
    def exit_status(self) -> int:
        """0: fine; 1: a write failed, counts don't add up, or errors left nothing to archive; 130: interrupted."""
        if self.faults:
            return 1
        if self.reason in ("", "shutdown"):
            return 130
        outcomes = self.crawl.outcomes
        has_failed = self.crawl.unread or any(o.startswith("failed:") for o in outcomes)
        has_found = any(outcomes.get(o) for o in ("archived", "duplicate", "unchanged"))
        return 1 if has_failed and not has_found else 0

    def report(self) -> str:
        """What a person wants to know at the end: counts by outcome, and where the archive is."""
        counts = Counter[str]()
        reasons: dict[str, list[str]] = {}
        for outcome, count in sorted(self.crawl.outcomes.items()):
            kind, _, reason = outcome.partition(":")
            counts[kind] += count
            reasons.setdefault(kind, []).extend([f"{reason} {count}"] if reason else [])
        lines = [f"{self.crawl.name}: {counts.total()} candidate{'s' * (counts.total() != 1)}"]
        lines += [f"  {kind:10}{counts[kind]:6}  {', '.join(reasons[kind])}".rstrip() for kind in counts]
        lines += [f"  not read: {source} ({outcome})" for source, outcome in self.crawl.unread.items()]
        lines += ["  cut short: the next crawl completes its archive"] if self.reason in ("", _STOPPED) else []
        return "\n".join([*lines, _shorten(self.crawl.folder)])

    def _stop(self, error: ArchiveError) -> None:
        self.faults = [str(error)]
        logger.error("the crawl stops: %s", *self.faults)
        closing = self._crawler.engine.close_spider_async(reason=_STOPPED)
        self._closing = asyncio.get_running_loop().create_task(closing)


class ApplyCrawlDelay:
    """Waits between requests as long as a robots.txt asks; Scrapy reads Crawl-delay and leaves it there."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ApplyCrawlDelay":
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._crawler.settings["USER_AGENT"])
        if delay:
            self._delays[urlsplit(request.url).netloc] = delay
            self._apply(request)

    def response_downloaded(self, request: Request) -> None:
        """AutoThrottle has just set a delay of its own."""
        self._apply(request)

    def _apply(self, request: Request) -> None:
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        delay = self._delays.get(urlsplit(request.url).netloc)
        if slot and delay:
            slot.delay, slot.jitter = max(slot.delay, delay), 0.0


class FreezeGarbage:
    """Keeps the garbage collector from what lives as long as the crawl: all else would stand still for 50 ms a walk."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FreezeGarbage":
        extension = cls()
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        return extension

    def spider_opened(self) -> None:
        gc.collect()
        gc.freeze()


def _shorten(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _candidate(item: Page | Article, response: Response | None) -> str:
    """Of an item that no request led to, as in a WARC, its address is the candidate."""
    candidate: Candidate | None = response.request.cb_kwargs.get("candidate") if response and response.request else None
    return candidate.url if candidate else item.url
