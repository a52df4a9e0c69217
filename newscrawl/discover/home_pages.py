"""Home pages → the feeds that they announce."""

from lxml import etree, html

from newscrawl.errors import Unreadable
from newscrawl.urls import resolve_url

__all__ = ["find_feeds"]

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def find_feeds(body: bytes, *, url: str) -> list[str]:
    """Addresses in ``<link rel="alternate">`` of a feed's type, in page order, each once.

    Source: https://www.rssboard.org/rss-autodiscovery, checked 2026-11-22.

    Raises:
        Unreadable: the body is no HTML.
    """
    try:
        tree = html.document_fromstring(body)
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("not-html") from error
    found = (resolve_url(url, link.get("href") or "") for link in tree.iter("link") if _announces_feed(link))
    return [address for address in dict.fromkeys(found) if address]


def _announces_feed(link: html.HtmlElement) -> bool:
    is_alternate = "alternate" in (link.get("rel") or "").lower().split()
    return is_alternate and (link.get("type") or "").lower().partition(";")[0].strip() in _FEED_TYPES
