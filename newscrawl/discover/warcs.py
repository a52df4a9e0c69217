"""Stored responses (WARC files) → pages."""

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from newscrawl.dates import parse_date
from newscrawl.errors import Unreadable
from newscrawl.items import Page
from newscrawl.urls import is_web_url

__all__ = ["read_warc"]

_SUCCESS = re.compile(r"2\d\d")
_MAX_BYTES = 10_000_001  # one more than extraction takes, so that a longer page is refused and not cut


def read_warc(path: Path) -> Iterator[Page]:
    """The HTML pages of a WARC file, plain or gzipped, that were answered with a 2xx status; one in memory at a time.

    Raises:
        Unreadable: the file is no WARC, or breaks off within a page; pages before the fault have been given.
    """
    try:
        with path.open("rb") as file:
            yield from _read_pages(ArchiveIterator(file), path)
    # warcio lets an AttributeError out for a record without its obligatory WARC-Target-URI.
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, zlib.error) as error:
        raise Unreadable(f"unreadable WARC: {error}") from error


def _read_pages(records: Iterable[ArcWarcRecord], path: Path) -> Iterator[Page]:
    record = None
    for record in records:
        page = _read_page(record, path) if _holds_page(record) else None
        if _breaks_off(record):
            raise EOFError("it breaks off within a record")
        if page:
            yield page
    if record is None:
        raise EOFError("no record in it")


def _breaks_off(record: ArcWarcRecord) -> bool:
    """Whether the file ends before the record's Content-Length is reached; warcio says nothing then."""
    while record.raw_stream.read(65_536):
        pass
    return bool(getattr(record.raw_stream, "limit", 0))


def _holds_page(record: ArcWarcRecord) -> bool:
    if record.rec_type != "response" or not record.http_headers or not is_web_url(_address(record)):
        return False
    status = record.http_headers.get_statuscode() or ""
    return (
        bool(_SUCCESS.fullmatch(status))
        and "html" in (record.http_headers.get_header("Content-Type") or "html").lower()
    )


def _read_page(record: ArcWarcRecord, path: Path) -> Page:
    headers = record.http_headers
    return Page(
        url=_address(record),
        body=record.content_stream().read(_MAX_BYTES),
        content_type=headers.get_header("Content-Type"),
        status=int(headers.get_statuscode()),
        etag=headers.get_header("ETag"),
        last_modified=headers.get_header("Last-Modified"),
        fetched_at=parse_date(record.rec_headers.get_header("WARC-Date")),
        discovered_via=f"warc {path.name}",
    )


def _address(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
