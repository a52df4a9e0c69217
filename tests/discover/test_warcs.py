import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.discover import read_warc
from newscrawl.errors import Unreadable
from newscrawl.items import Page

BODY = "<html><p>الرصيف</p></html>".encode()


DATE = "2026-11-22T11:56:02Z"


def write_warc(path: Path, *responses: tuple[str, dict[str, str], bytes], date: str = DATE) -> Path:
    """Responses (status line, headers, payload) from https://example.org/0, /1, …, all of one date."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, (status, headers, payload) in enumerate(responses):
            head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://example.org/{number}",
                "response",
                payload=BytesIO(payload),
                http_headers=head,
                warc_headers_dict={"WARC-Date": date},
            )
            writer.write_record(record)
    return path


def read(path: Path) -> tuple[list[Page], str | None]:
    """The pages, and the fault that ended them."""
    pages: list[Page] = []
    try:
        pages.extend(read_warc(path))
    except Unreadable as error:
        return pages, str(error)
    return pages, None


def html(payload: bytes = BODY, *, status: str = "200 OK", **headers: str) -> tuple[str, dict[str, str], bytes]:
    return status, {"Content-Type": "text/html"} | {n.replace("_", "-"): v for n, v in headers.items()}, payload


def chunked(payload: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(payload), payload)


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_a_stored_response_is_a_page(tmp_path: Path, name: str) -> None:
    path = write_warc(tmp_path / name, html(ETag='"v1"', Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT"))
    assert list(read_warc(path)) == [
        Page(
            url="https://example.org/0",
            body=BODY,
            content_type="text/html",
            status=200,
            etag='"v1"',
            last_modified="Sun, 22 Nov 2026 10:00:00 GMT",
            fetched_at="2026-11-22T11:56:02Z",
            discovered_via=f"warc {name}",
        )
    ]


def test_encodings_of_the_transfer_are_undone(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "pages.warc.gz",
        html(gzip.compress(BODY), Content_Encoding="gzip"),
        html(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), Content_Encoding="X-GZIP"),
        html(zlib.compress(BODY), Content_Encoding="deflate"),
        html(zlib.compress(BODY)[2:-4], Content_Encoding="deflate"),
        html(brotli.compress(BODY), Content_Encoding="br"),
        html(brotli.compress(gzip.compress(BODY)), Content_Encoding="gzip, br"),
        html(chunked(BODY), Transfer_Encoding="Chunked"),
        html(chunked(brotli.compress(BODY)), Transfer_Encoding="chunked", Content_Encoding="br"),
        html(BODY, Transfer_Encoding="chunked"),
        html(BODY, Content_Encoding="unheard-of"),
    )
    assert [page.body for page in read_warc(path)] == [BODY] * 10


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize(
    "body",
    [
        BODY,
        b"",
        gzip.compress(BODY)[:-9],
        zlib.compress(BODY)[:-9],
        brotli.compress(BODY)[:-9],
        gzip.compress(BODY)[:12] + b"\xff" * 30,
    ],
    ids=["plain", "empty", "torn gzip", "torn deflate", "torn brotli", "damaged"],
)
def test_a_body_that_cannot_be_decoded_loses_no_neighbour(tmp_path: Path, encoding: str, body: bytes) -> None:
    path = write_warc(tmp_path / "pages.warc.gz", html(), html(body, Content_Encoding=encoding), html())
    assert [page.body for page in read_warc(path)] == [BODY, body, BODY]


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", partial(brotli.compress, quality=1))],
)
def test_a_bomb_is_unpacked_no_further_than_extraction_takes(
    tmp_path: Path, encoding: str, encode: Callable[[bytes], bytes]
) -> None:
    bomb = html(encode(b" " * 60_000_000), Content_Encoding=encoding)
    path = write_warc(tmp_path / "pages.warc.gz", bomb, html())
    tracemalloc.start()
    page, neighbour = read_warc(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(page.body), neighbour.body) == (10_000_001, BODY)
    assert peak < 50_000_000


def test_a_chunk_of_any_size_is_read_no_further_than_needed(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "pages.warc.gz", html(chunked(b" " * 70_000_000), Transfer_Encoding="chunked"), html())
    page, neighbour = read_warc(path)
    assert (len(page.body), neighbour.body) == (10_000_001, BODY)


@pytest.mark.parametrize(
    ("date", "fetched_at"),
    [
        ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
        ("2026-11-22T00:00:00.123456789Z", "2026-11-22T00:00:00Z"),
        ("2026-11-22", None),
        ("soon", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_the_time_of_a_fetch(tmp_path: Path, date: str, fetched_at: str | None) -> None:
    (page,) = read_warc(write_warc(tmp_path / "pages.warc", html(), date=date))
    assert page.fetched_at == fetched_at


def test_other_responses_are_passed_over(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "pages.warc.gz",
        html(status="404 Not Found"),
        html(status="301 Moved"),
        html(status="2xx Odd"),
        html(Content_Type="image/png"),
        ("200 OK", {}, BODY),
        html(Content_Type="application/xhtml+xml"),
    )
    assert [page.url for page in read_warc(path)] == ["https://example.org/4", "https://example.org/5"]


def test_a_page_that_is_too_long_is_cut_where_extraction_refuses_it(tmp_path: Path) -> None:
    (page,) = read_warc(write_warc(tmp_path / "pages.warc", html(BODY + b" " * 10_100_000)))
    assert len(page.body) == 10_000_001


def test_pages_before_a_break_are_given(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "pages.warc", html(), html(BODY * 9))
    path.write_bytes(path.read_bytes()[:-100])
    pages, fault = read(path)
    assert [page.url for page in pages] == ["https://example.org/0"]
    assert fault
    assert "breaks off" in fault


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>no WARC</html>", gzip.compress(b"no WARC"), b"\x1f\x8b\x08\x00", b"\0" * 99],
    ids=["empty", "html", "gzip", "cut gzip", "zeros"],
)
def test_what_is_no_warc(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(body)
    pages, fault = read(path)
    assert pages == []
    assert fault
    assert fault.startswith("unreadable WARC: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read(tmp_path / "none.warc")[1]
