import gzip
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover import MAX_SITEMAP_BYTES, Sitemap, parse_sitemap, parse_sitemap_lines
from newscrawl.errors import Unreadable

URL = "https://example.org/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><!-- made at noon -->
<url><image:image><image:loc>https://example.org/1.jpg</image:loc><image:title>A photo</image:title></image:image>
<loc> https://example.org/1 </loc><lastmod>2026-11-22T12:00:00+03:00</lastmod>
<news:news><news:publication><news:name>Example</news:name><news:language>ar</news:language></news:publication>
<news:publication_date>2026-11-22</news:publication_date><news:title>الرصيف</news:title>
<news:keywords>ports, , sea</news:keywords></news:news>
<image:image><image:loc>https://example.org/2.jpg</image:loc></image:image></url>
<url><loc>https://example.org/2</loc></url></urlset>""".encode()


def links(body: bytes) -> list[str]:
    return [entry.url for entry in parse_sitemap(body, url=URL)]


def test_news_fields_become_hints_and_images_do_not() -> None:
    first, second = parse_sitemap(NEWS, url=URL)
    assert not isinstance(first, Sitemap)
    assert (first.url, first.via) == ("https://example.org/1", f"sitemap {URL}")
    assert (first.hints.title, first.hints.language, first.hints.tags) == ("الرصيف", "ar", ("ports", "sea"))
    assert (first.hints.published_at, first.hints.modified_at) == ("2026-11-22", "2026-11-22T09:00:00Z")
    assert second.url == "https://example.org/2"


def test_an_index_names_further_sitemaps() -> None:
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>/news.xml.gz</loc><lastmod>2026-11-22</lastmod></sitemap><sitemap><loc>ftp://example.org/</loc></sitemap>
    </sitemapindex>"""
    assert parse_sitemap(index, url=URL) == [Sitemap(url="https://example.org/news.xml.gz", modified_at="2026-11-22")]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(NEWS),
        b"\xef\xbb\xbf" + NEWS,
        NEWS.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        NEWS.replace(b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', b""),
        NEWS.replace(b' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', b""),
        NEWS.removesuffix(b"</urlset>"),
        NEWS.replace("الرصيف".encode(), b"a & b &nbsp; &#xD800; \xed\xa0\x80"),
        NEWS.replace(b"<lastmod>", b"<:x/><a:b:c/><lastmod>"),
    ],
    ids=["gzip", "mark", "utf-16", "no news namespace", "no namespace", "cut", "title", "names"],
)
def test_sitemaps_as_they_come(body: bytes) -> None:
    assert links(body) == ["https://example.org/1", "https://example.org/2"]


@pytest.mark.parametrize("body", [NEWS[:-60], gzip.compress(NEWS, mtime=0)[:-60]], ids=["xml", "gzip"])
def test_entries_before_a_fault_count(body: bytes) -> None:
    assert links(body)[:1] == ["https://example.org/1"]


def test_entries_without_an_address_are_left_out() -> None:
    assert links(b"<urlset><url/><url><loc/></url><url><loc>http://[</loc></url><url><loc>/3</loc></url></urlset>") == [
        "https://example.org/3"
    ]


def test_entities_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE urlset [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/hostname">{entities}]>'
    bomb += "<urlset><url><loc>/1?&e11;&file;</loc></url><url><loc>/2</loc></url></urlset>"
    assert links(bomb.encode())[-1:] in (["https://example.org/2"], [])
    assert all(len(link) < 100 for link in links(bomb.encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>Not found</h1></body></html>",
        b'<rss version="2.0"><channel/></rss>',
        b"User-agent: *",
        b"",
        b"\0",
        b"<",
        gzip.compress(b"plain", mtime=0),
        b"\x1f\x8bno gzip at all",
    ],
)
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(Unreadable, match="not-a-sitemap"):
        parse_sitemap(body, url=URL)


def test_a_gzip_bomb_is_not_unpacked() -> None:
    with pytest.raises(Unreadable, match="too-large"):
        parse_sitemap(gzip.compress(b"<urlset>" + b" " * MAX_SITEMAP_BYTES, compresslevel=1), url=URL)


@given(
    st.integers(0, len(NEWS)),
    st.binary(max_size=9) | st.sampled_from([b"<a:b:c>", b"&#xD800;", b"\xed\xa0\x80", b"<!--"]),
)
def test_no_bytes_break_it(at: int, noise: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(links(NEWS[:at] + noise + NEWS[at + len(noise) :]), list)


def test_robots_lines_in_any_case() -> None:
    robots = "\ufeffSITEMAP: https://example.org/a.xml\r\nUser-agent: *\nsitemap:/b.xml # the other\nSiteMap : c.xml\n"
    robots += "Disallow: /sitemap: x\n#Sitemap: https://example.org/no.xml\nSitemap:\nSitemap: http://[\n"
    found = parse_sitemap_lines(robots.encode(), url="https://example.org/robots.txt")
    assert [sitemap.url for sitemap in found] == [f"https://example.org/{name}.xml" for name in "abc"]


def test_robots_that_are_no_text() -> None:
    assert parse_sitemap_lines(b"\xff\xfe\x00\x00", url=URL) == []
