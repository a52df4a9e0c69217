"""Stored responses (WARC files) → pages."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from gzip import GzipFile
from io import BytesIO
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from newscrawl.dates import format_utc
from newscrawl.errors import Unreadable
from newscrawl.items import MAX_PAGE_BYTES, Page
from newscrawl.urls import is_web_url

__all__ = ["read_warc"]

_SUCCESS = re.compile(r"2\d\d")
_MAX_BYTES = MAX_PAGE_BYTES + 1  # one more than extraction takes, so that a longer page is refused and not cut
_MAX_STORED_BYTES = 6 * _MAX_BYTES  # as many in chunks of one byte each: warcio would read a chunk of any size


def read_warc(path: Path) -> Iterator[Page]:
    """The HTML pages of a WARC file, plain or gzipped, that were answered with a 2xx status; one in memory at a time.

    Transfer and content encodings are undone. A body whose encoding can't be undone to its end is given as it is
    stored, for extraction to refuse.

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
        body=_read_body(record),
        content_type=headers.get_header("Content-Type"),
        status=int(headers.get_statuscode()),
        etag=headers.get_header("ETag"),
        last_modified=headers.get_header("Last-Modified"),
        fetched_at=_read_moment(record.rec_headers.get_header("WARC-Date") or ""),
        discovered_via=f"warc {path.name}",
    )


def _read_body(record: ArcWarcRecord) -> bytes:
    """At most `_MAX_BYTES`. warcio's own decoding keeps what a fault leaves, and fails on Brotli."""
    stored = LimitReader(record.raw_stream, _MAX_STORED_BYTES)
    is_chunked = "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower()
    body: bytes = (ChunkedDataReader(stored) if is_chunked else stored).read(_MAX_BYTES)
    try:
        return _decode(body, record.http_headers.get_header("Content-Encoding") or "")
    except (OSError, EOFError, zlib.error, brotli.error):
        return body


def _decode(body: bytes, encodings: str) -> bytes:
    """Undo ``encodings``, which stand in the order in which they were applied; unknown ones are passed over."""
    for encoding in reversed(encodings.lower().split(",")):
        if decode := _DECODERS.get(encoding.strip()):
            body = decode(body)
    return body


def _decode_gzip(body: bytes) -> bytes:
    return GzipFile(fileobj=BytesIO(body)).read(_MAX_BYTES)


def _decode_deflate(body: bytes) -> bytes:
    """Meant is a zlib stream; many servers send it without its wrapping."""
    try:
        return _inflate(body, zlib.MAX_WBITS)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS)


def _inflate(body: bytes, wbits: int) -> bytes:
    stream = zlib.decompressobj(wbits)
    return _require_end(stream.decompress(body, _MAX_BYTES), stream.eof)


def _decode_brotli(body: bytes) -> bytes:
    stream = brotli.Decompressor()
    return _require_end(stream.process(body, output_buffer_limit=_MAX_BYTES), stream.is_finished())


def _require_end(decoded: bytes, is_end: bool) -> bytes:
    if not is_end and len(decoded) < _MAX_BYTES:
        raise EOFError("it breaks off")
    return decoded[:_MAX_BYTES]


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _decode_gzip,
    "x-gzip": _decode_gzip,
    "deflate": _decode_deflate,
    "br": _decode_brotli,
}


def _read_moment(date: str) -> str | None:
    """A machine wrote it, so that midnight is a time like any other; None without a time and its zone."""
    try:
        moment = datetime.fromisoformat(date)
        return format_utc(moment) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _address(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
