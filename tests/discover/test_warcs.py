import gzip
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.discover import read_warc
from newscrawl.errors import Unreadable
from newscrawl.items import Page

BODY = "<html><p>الرصيف</p></html>".encode()


def write_warc(path: Path, *responses: tuple[str, dict[str, str], bytes]) -> Path:
    """Responses (status line, headers, payload) from https://example.org/0, /1, …."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, (status, headers, payload) in enumerate(responses):
            head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://example.org/{number}",
                "response",
                payload=BytesIO(payload),
                http_headers=head,
                warc_headers_dict={"WARC-Date": "2026-11-22T11:56:02Z"},
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
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    path = write_warc(
        tmp_path / "pages.warc.gz",
        html(gzip.compress(BODY), Content_Encoding="gzip"),
        html(chunks, Transfer_Encoding="chunked"),
        html(BODY, Content_Encoding="unheard-of"),
    )
    assert [page.body for page in read_warc(path)] == [BODY] * 3


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
