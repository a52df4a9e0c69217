"""The way of an article: extracted, held against the archive, written. Their order stands in settings.py."""

from dataclasses import replace

from scrapy.crawler import Crawler

from newscrawl.dedup import identify_article
from newscrawl.errors import Rejected
from newscrawl.extensions import Ended, RecordCrawl
from newscrawl.extract import extract_article
from newscrawl.items import Article, Duplicate, Page

__all__ = ["Deduplicate", "ExtractArticle", "WriteArchive"]


class _Pipeline:
    """A step that knows the crawl."""

    def __init__(self, recorder: RecordCrawl) -> None:
        self.recorder = recorder
        self.registry = recorder.registry
        self.crawl = recorder.crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "_Pipeline":
        return cls(RecordCrawl.of(crawler))


class ExtractArticle(_Pipeline):
    """Page → Article."""

    def process_item(self, item: Page) -> Article:
        page = replace(item, spider=self.crawl.spider, crawl=self.crawl.id)
        try:
            return identify_article(extract_article(page, registry=self.registry))
        except Rejected as refusal:
            raise Ended(f"rejected:{refusal.reason}") from refusal


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
