"""Small archives for the tests of this folder."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import ArchiveWriter
from newscrawl.items import Article, Duplicate, Outcome, Provenance

STARTED = datetime(2026, 11, 22, 11, 56, 2, tzinfo=UTC)


def build_article(number: int = 1, **values: Any) -> Article:
    url = f"https://example.org/{number}"
    story = "1:" + sha256(str(number).encode()).hexdigest()
    provenance = Provenance(
        spider="urls",
        fetched_at="2026-11-22T11:57:00Z",
        body_sha256="0" * 64,
        extractor="newscrawl/0",
        fields={"title": "meta"},
    )
    defaults: dict[str, Any] = {
        "id": sha256(f"{url}\n{story}".encode()).hexdigest(),
        "url": url,
        "canonical_url": url,
        "title": f"Story {number}",
        "text": f"الخبر رقم {number}\nSecond paragraph.",
        "fingerprint": story,
        "provenance": provenance,
    }
    return Article(**(defaults | values))


def write_story(writer: ArchiveWriter, article: Article) -> None:
    writer.write_article(article)
    writer.write_outcome(Outcome(url=article.url, outcome="archived", id=article.id))


def write_crawl(root: Path, *, articles: range = range(1, 4), close: bool = True, **options: Any) -> Path:
    """A crawl of so many articles, a duplicate and a rejected page; its folder."""
    writer = ArchiveWriter(root, "urls", started=STARTED, settings={"DOWNLOAD_DELAY": 1}, **options)
    for number in articles:
        write_story(writer, build_article(number))
    first = build_article(articles.start)
    copy = Duplicate(url="https://example.net/1", duplicate_of=str(first.id), kind="exact", similarity=1.0)
    writer.write_duplicate(copy)
    writer.write_outcome(Outcome(url=copy.url, outcome="duplicate", id=first.id))
    writer.write_outcome(Outcome(url="https://example.org/gone", outcome="rejected:soft-404"))
    if close:
        writer.close(reason="finished", finished=STARTED)
    else:
        writer.abandon()
    return writer.folder


@pytest.fixture(name="build_article")
def _build_article() -> Callable[..., Article]:
    return build_article


@pytest.fixture(name="write_crawl")
def _write_crawl() -> Callable[..., Path]:
    return write_crawl


@pytest.fixture
def writer(tmp_path: Path) -> ArchiveWriter:
    return ArchiveWriter(tmp_path, "urls", started=STARTED, shard_records=3)
