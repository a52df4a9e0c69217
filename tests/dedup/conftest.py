"""Records as the archive holds them, for the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.dedup import Seen, identify_article
from newscrawl.items import Article, Provenance


def build_article(number: int = 1, *, crawl: str = "20261122T115602Z", **values: Any) -> Article:
    url = f"https://example.org/{number}"
    fetched_at = values.pop("fetched_at", f"2026-11-22T12:00:{number:02d}Z")
    provenance = Provenance(
        spider="urls", crawl=crawl, fetched_at=fetched_at, body_sha256="0" * 64, extractor="newscrawl/0"
    )
    defaults: dict[str, Any] = {
        "url": url,
        "canonical_url": url,
        "outlet": "example.org",
        "title": f"Story {number}",
        "text": f"Story number {number} is told here at some length. " * 9,
        "provenance": provenance,
    }
    return identify_article(Article(**(defaults | values)))


@pytest.fixture(name="build_article")
def _build_article() -> Callable[..., Article]:
    return build_article


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    index = Seen.open(tmp_path / "seen.sqlite")
    yield index
    index.close()
