import pytest

from newscrawl.discover import find_feeds
from newscrawl.errors import Unreadable

URL = "https://example.org/ar/"


def test_feeds_in_page_order_each_once() -> None:
    page = b"""<html><head>
    <link rel="alternate" type="application/rss+xml" href="/rss" title="All">
    <link rel="ALTERNATE nofollow" type="Application/Atom+XML; charset=utf-8" href="atom">
    <link rel="alternate" type="application/rss+xml" href="https://example.org/rss">
    <link rel="alternate" hreflang="en" href="/en/">
    <link rel="stylesheet" type="application/rss+xml" href="/no">
    <link rel="alternate" type="application/rss+xml" href="http://[">
    <link rel="alternate" type="application/rss+xml"></head></html>"""
    assert find_feeds(page, url=URL) == ["https://example.org/rss", "https://example.org/ar/atom"]


def test_a_page_may_announce_none() -> None:
    assert find_feeds(b"<p>Nothing here", url=URL) == []


@pytest.mark.parametrize("body", [b"", b" \n", b"<!-- -->"])
def test_what_is_no_page(body: bytes) -> None:
    with pytest.raises(Unreadable, match="not-html"):
        find_feeds(body, url=URL)
