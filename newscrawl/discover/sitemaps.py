"""Sitemaps, news sitemaps and sitemap indexes → candidates and further sitemaps.

Source: https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap, checked 2026-11-22.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from gzip import GzipFile
from io import BytesIO

from lxml import etree

from newscrawl.dates import parse_date
from newscrawl.discover.feeds import parse_feed
from newscrawl.errors import Unreadable
from newscrawl.items import Candidate, Hints
from newscrawl.urls import is_web_url, resolve_url

__all__ = ["MAX_SITEMAP_BYTES", "Sitemap", "parse_sitemap", "parse_sitemap_lines"]

MAX_SITEMAP_BYTES = 50 * 1024 * 1024
"""What the protocol allows, uncompressed."""

_GZIP = b"\x1f\x8b"
_PIECE = 65_536  # bytes
_SITEMAPS = ("urlset", "sitemapindex")
_FEEDS = ("rss", "feed", "RDF")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_BARE_AMPERSAND = re.compile(rb"&(?![#\w]{1,32};)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """Another sitemap that a sitemap index or robots.txt names."""

    url: str


def parse_sitemap(body: bytes, *, url: str) -> list[Candidate | Sitemap]:
    """The entries of a sitemap or sitemap index, in its order; gzipped bodies are unpacked.

    The protocol's other forms, one address a line and feeds, are read as well. Of a body that is torn or broken, the
    entries that stand whole before the fault count; how many are missing can't be known.

    Raises:
        Unreadable: the body is no sitemap, is torn before its first entry's end, or unpacks to more than
            `MAX_SITEMAP_BYTES`.
    """
    sitemap, is_whole = _unpack(body)
    if is_whole:
        return _read_sitemap(sitemap, url)
    end = max(sitemap.rfind(b"\n"), sitemap.rfind(b">")) + 1
    with suppress(Unreadable):
        if entries := _read_sitemap(sitemap[:end], url):
            return entries
    raise Unreadable("truncated")


def parse_sitemap_lines(robots: bytes, *, url: str) -> list[Sitemap]:
    """The sitemaps that a robots.txt names."""
    lines = (line.partition("#")[0].partition(":") for line in robots.decode("utf-8-sig", "replace").split("\n"))
    found = (resolve_url(url, value) for field, _, value in lines if field.strip().lower() == "sitemap")
    return [Sitemap(url=address) for address in found if address]


def _unpack(body: bytes) -> tuple[bytes, bool]:
    """The body, out of all its gzip members, and whether it came out whole."""
    if not body.startswith(_GZIP):
        return body, True
    unpacked = bytearray()
    is_whole = True
    try:
        with GzipFile(fileobj=BytesIO(body)) as file:
            while len(unpacked) <= MAX_SITEMAP_BYTES and (piece := file.read1(_PIECE)):
                unpacked += piece
    except EOFError:
        is_whole = False
    except (OSError, zlib.error) as error:
        if not unpacked:
            raise Unreadable("not-a-sitemap") from error
        is_whole = False
    if len(unpacked) > MAX_SITEMAP_BYTES:
        raise Unreadable("too-large")
    return bytes(unpacked), is_whole


def _read_sitemap(sitemap: bytes, url: str) -> list[Candidate | Sitemap]:
    if addresses := _read_addresses(sitemap):
        return [Candidate(url=address, via=f"sitemap {url}") for address in addresses]
    events = _parse(sitemap)
    _, root = next(events, (None, None))
    name = "" if root is None else _read(root)[0]
    if name in _FEEDS:
        return [*parse_feed(sitemap, url=url)]
    if name not in _SITEMAPS:
        raise Unreadable("not-a-sitemap")
    return _read_entries(events, url)


def _read_addresses(text: bytes) -> list[str]:
    """The lines of a text in which each is an address; none of any other."""
    lines = [line for line in text.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    return [line.strip() for line in lines] if all(map(_is_address, lines)) else []


def _is_address(line: str) -> bool:
    return is_web_url(line.strip()) and len(line.split()) == 1


def _parse(xml: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Starts and ends of elements, broken XML mended.

    The parser is never told that the end is reached: it would close what a torn body leaves open.
    """
    parser = etree.XMLPullParser(events=("start", "end"), recover=True, resolve_entities=False, no_network=True)
    try:
        for piece in _cut(xml):
            parser.feed(_mend_ampersands(piece))
            yield from parser.read_events()
    except etree.XMLSyntaxError as error:
        raise Unreadable("not-a-sitemap") from error


def _cut(xml: bytes) -> Iterator[bytes]:
    """Pieces that end with a tag, so that no address is parted."""
    start = 0
    while start < len(xml):
        end = xml.rfind(b">", start, start + _PIECE) + 1 or start + _PIECE
        yield xml[start:end]
        start = end


def _mend_ampersands(xml: bytes) -> bytes:
    """A bare ``&`` in an address: the parser would wait for its semicolon, then drop the parameter's name."""
    if b"\0" in xml:  # UTF-16
        return xml
    parts = _CDATA.split(xml)
    parts[::2] = [_BARE_AMPERSAND.sub(b"&amp;", part) for part in parts[::2]]
    return b"".join(parts)


def _read_entries(events: Iterator[tuple[str, etree._Element]], url: str) -> list[Candidate | Sitemap]:
    entries: list[Candidate | Sitemap] = []
    name = ""
    for event, element in events:
        name, _ = _read(element)
        if event == "end" and name in ("url", "sitemap"):
            fields = _read_fields(element)
            if address := resolve_url(url, fields.get("loc", "")):
                entries.append(Sitemap(url=address) if name == "sitemap" else _read_candidate(address, url, fields))
            element.clear()
    if not entries and name not in _SITEMAPS:  # the root's end would have come last
        raise Unreadable("truncated")
    return entries


def _read_fields(entry: etree._Element) -> dict[str, str]:
    """The entry's own fields and those of its news part; images and videos have a ``loc`` and ``title`` as well."""
    news = (e for child in entry if _read(child)[0] == "news" for e in child.iter())
    return {name: text for name, text in map(_read, [*entry, *news]) if text}


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
