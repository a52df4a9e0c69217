"""Pages that consist of what they say about themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.metadata import Metadata, read_metadata
from newscrawl.items import Hints, Page

Read = Callable[..., Metadata]

PARAGRAPHS = "<p>The harbour master said on Monday that the new quay would open before the winter storms.</p>" * 3


def read(
    head: str = "", body: str = "", *, url: str = "https://www.example.org/2026/11/20/quay", **hints: Any
) -> Metadata:
    tree = parse_html(f"<html><head>{head}</head><body>{body}{PARAGRAPHS}</body></html>")
    assert tree is not None
    return read_metadata(tree, Page(url=url, body=b"", fetched_at="2026-11-22T11:56:02Z", hints=Hints(**hints)))


@pytest.fixture(name="read")
def _read() -> Read:
    """Metadata of a page with this head, these tags before its prose, and these hints from discovery."""
    return read


@pytest.fixture
def read_ld() -> Read:
    """Metadata of a page whose article node has these JSON-LD members."""

    def read_node(members: str, **options: Any) -> Metadata:
        node = f'{{"@context": "https://schema.org", "@type": "NewsArticle", {members}}}'
        return read(f'<script type="application/ld+json">{node}</script>', **options)

    return read_node
