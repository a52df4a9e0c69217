from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive import find_faults
from newscrawl.demo.replies import load_site
from tests.cli import articles, crawl, outcomes
from tests.site import article_page

_HTML = "text/html; charset=utf-8"


def _write(path: Path, *pages: tuple[str, str, str, bytes]) -> None:
    """A WARC of (address, status line, content type, body)."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, status, kind, body in pages:
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=head))


def _story(number: int) -> tuple[str, str, str, bytes]:
    return f"http://example.org/{number}", "200 OK", _HTML, article_page(number).encode()


@pytest.fixture
def demo_pages() -> list[tuple[str, str, str, bytes]]:
    replies = load_site(port=80, edition=1, made_at="2026-11-22T00:00:00Z")
    pages = [(f"http://{host}{path}", r.headers["Content-Type"], r.body) for (host, path), r in replies.items()]
    return [(url, "200 OK", kind, body) for url, kind, body in pages if "/20" in url and "html" in kind]


def test_stored_pages_go_the_same_way(tmp_path: Path, demo_pages: list[tuple[str, str, str, bytes]]) -> None:
    _write(tmp_path / "demo.warc.gz", *demo_pages)
    assert crawl("warc", "path=demo.warc.gz", cwd=tmp_path).status == 0
    assert "archived" in outcomes(tmp_path).values()
    (record,) = [r for r in articles(tmp_path) if "karabakh" in r["url"]]
    assert [(t["form"], t["handle"]) for t in record["tweets"]] == [("text", "RTarabic")]
    assert record["provenance"]["discovered_via"] == "warc demo.warc.gz"
    assert record["provenance"]["fetched_at"] < "9999"


def test_a_glob_of_files_some_of_them_none(tmp_path: Path) -> None:
    refused = [
        ("http://example.org/missing", "404 Not Found", _HTML, b"<p>no</p>"),
        ("http://example.org/pdf", "200 OK", "application/pdf", b"%PDF-1.7"),
        ("http://[::1/bad", "200 OK", _HTML, article_page(8).encode()),
        ("http://example.org/empty", "200 OK", _HTML, b""),
    ]
    _write(tmp_path / "a.warc.gz", _story(1), *refused, _story(2))
    _write(tmp_path / "b.warc", _story(2), _story(3))
    (tmp_path / "c.warc").write_bytes(b"no WARC at all\n")
    done = crawl("warc", "path=*.warc*", cwd=tmp_path)
    assert done.status == 0
    assert "  not read: c.warc (failed:unreadable WARC: " in done.err
    assert "Traceback" not in done.err
    archived = {f"http://example.org/{n}": "archived" for n in (1, 2, 3)}
    assert outcomes(tmp_path) == archived | {"http://example.org/empty": "rejected:empty"}
    assert list(find_faults(tmp_path / "output")) == []


def test_pages_before_the_end_of_a_torn_file_count(tmp_path: Path) -> None:
    whole = tmp_path / "whole.warc"
    _write(whole, _story(1), _story(2))
    content = whole.read_bytes()
    (tmp_path / "torn.warc").write_bytes(content[: content.rindex(b"WARC-Type") + 4])
    crawl("warc", "path=torn.warc", cwd=tmp_path)
    assert outcomes(tmp_path) == {"http://example.org/1": "archived"}


def test_nothing_readable_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "c.warc.gz").write_bytes(b"no WARC at all\n")
    assert crawl("warc", "path=c.warc.gz", cwd=tmp_path).status == 1
