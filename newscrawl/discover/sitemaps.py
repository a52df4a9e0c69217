"""Sitemaps, news sitemaps and sitemap indexes → candidates and further sitemaps.

Source: https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap, checked 2026-11-22.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from newscrawl.dates import parse_date
from newscrawl.errors import Unreadable
from newscrawl.items import Candidate, Hints
from newscrawl.urls import resolve_url

__all__ = ["MAX_SITEMAP_BYTES", "Sitemap", "parse_sitemap", "parse_sitemap_lines"]

MAX_SITEMAP_BYTES = 50 * 1024 * 1024
"""What the protocol allows, uncompressed."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """Another sitemap that a sitemap index or robots.txt names."""

    url: str
    modified_at: str | None = None


def parse_sitemap(body: bytes, *, url: str) -> list[Candidate | Sitemap]:
    """The entries of a sitemap or sitemap index, in its order; gzipped bodies are unpacked.

    Entries that stand before a fault in the XML count.

    Raises:
        Unreadable: the body is no sitemap, or unpacks to more than `MAX_SITEMAP_BYTES`.
    """
    events = etree.iterparse(
        BytesIO(_unpack(body)), events=("start", "end"), recover=True, resolve_entities=False, no_network=True
    )
    try:
        return list(_read_entries(events, url))
    except etree.XMLSyntaxError as error:
        raise Unreadable("not-a-sitemap") from error


def parse_sitemap_lines(robots: bytes, *, url: str) -> list[Sitemap]:
    """The sitemaps that a robots.txt names."""
    lines = (line.partition("#")[0].partition(":") for line in robots.decode("utf-8-sig", "replace").split("\n"))
    found = (resolve_url(url, value) for field, _, value in lines if field.strip().lower() == "sitemap")
    return [Sitemap(url=address) for address in found if address]


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(body, MAX_SITEMAP_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("not-a-sitemap") from error
    if len(unpacked) > MAX_SITEMAP_BYTES:
        raise Unreadable("too-large")
    return unpacked


def _read_entries(events: etree.iterparse, url: str) -> Iterator[Candidate | Sitemap]:  # type: ignore[type-arg]
    _, root = next(iter(events), (None, None))
    if root is None or _read(root)[0] not in ("urlset", "sitemapindex"):
        raise Unreadable("not-a-sitemap")
    for event, element in events:
        name, _ = _read(element)
        if event == "end" and name in ("url", "sitemap"):
            fields = _read_fields(element)
            if address := resolve_url(url, fields.get("loc", "")):
                yield _read_sitemap(address, fields) if name == "sitemap" else _read_candidate(address, url, fields)
            element.clear()


def _read_fields(entry: etree._Element) -> dict[str, str]:
    """The entry's own fields and those of its news part; images and videos have a ``loc`` and ``title`` as well."""
    news = (e for child in entry if _read(child)[0] == "news" for e in child.iter())
    return {name: text for name, text in map(_read, [*entry, *news]) if text}


def _read_sitemap(address: str, fields: dict[str, str]) -> Sitemap:
    return Sitemap(url=address, modified_at=parse_date(fields.get("lastmod")))


def _read_candidate(address: str, sitemap: str, fields: dict[str, str]) -> Candidate:
    hints = Hints(
        title=fields.get("title"),
        published_at=parse_date(fields.get("publication_date")),
        modified_at=parse_date(fields.get("lastmod")),
        language=fields.get("language"),
        tags=tuple(tag.strip() for tag in fields.get("keywords", "").split(",") if tag.strip()),
    )
    return Candidate(url=address, via=f"sitemap {sitemap}", hints=hints)


def _read(element: etree._Element) -> tuple[str, str]:
    """Name without namespace or undeclared prefix, and text; both empty for a comment."""
    try:
        tag, text = element.tag, element.text
    except UnicodeDecodeError:  # a lone surrogate that the parser's recovery let through
        return "", ""
    return (tag.rpartition("}")[2].rpartition(":")[2], (text or "").strip()) if isinstance(tag, str) else ("", "")
