"""The way of an article: extracted, held against the archive, written. Their order stands in settings.py."""

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from newscrawl.errors import ExtractionFailed, Rejected
from newscrawl.extensions import Ended, RecordCrawl
from newscrawl.items import Article, Duplicate, Page
from newscrawl.workers import Workers

__all__ = ["Deduplicate", "ExtractArticle", "WriteArchive"]


class _Pipeline:
    """A step that knows the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.recorder = RecordCrawl.of(crawler)
        self.crawl = self.recorder.crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)


class ExtractArticle(_Pipeline):
    """Page → Article."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._settings = crawler.settings

    def open_spider(self) -> None:
        self.workers = Workers(
            self._settings.getint("EXTRACT_WORKERS"),
            seconds=self._settings.getfloat("EXTRACT_TIMEOUT"),
            pages=self._settings.getint("EXTRACT_WORKER_PAGES"),
            outlets_file=self._settings["OUTLETS_FILE"],
            anaphora=self._settings.getbool("FIND_ANAPHORA"),
        )

    async def process_item(self, item: Page) -> Article:
        page = replace(item, spider=self.crawl.spider, crawl=self.crawl.id)
        try:
            return await self.workers.extract(page)
        except Rejected as refusal:
            raise Ended(f"rejected:{refusal.reason}") from refusal
        except ExtractionFailed as failure:
            raise Ended(f"failed:{failure.reason}") from failure

    async def close_spider(self) -> None:
        await self.workers.close()


class Deduplicate(_Pipeline):
    """Lets pass what the archive does not hold yet."""

    def process_item(self, item: Article) -> Article:
        with self.recorder.stopping():
            match = self.crawl.find_duplicate(item)
        if match is None:
            return item
        if match.kind == "unchanged":
            raise Ended("unchanged", record=match.record.id)
        duplicate = Duplicate(
            url=item.url,
            duplicate_of=match.record.id,
            kind=match.kind,
            similarity=match.similarity,
            outlet=item.outlet,
            fetched_at=item.provenance.fetched_at,
        )
        raise Ended("duplicate", record=match.record.id, duplicate=duplicate)


class WriteArchive(_Pipeline):
    """Writes what has come so far; after it the article is safe from the death of the process."""

    def process_item(self, item: Article) -> Article:
        with self.recorder.stopping():
            self.crawl.archive(item)
        return item
