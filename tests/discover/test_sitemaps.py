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
    assert parse_sitemap(index, url=URL) == [Sitemap(url="https://example.org/news.xml.gz")]


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


def urlset(count: int) -> bytes:
    entries = (f"<url><loc>https://example.org/{n}</loc></url>" for n in range(count))
    return f"<urlset>{''.join(entries)}</urlset>".encode()


def test_every_member_of_a_gzip_counts() -> None:
    body = urlset(9)
    assert links(gzip.compress(body[:100]) + gzip.compress(body[100:200]) + gzip.compress(body[200:])) == links(body)
    assert len(links(body)) == 9


@pytest.mark.parametrize(
    "end",
    [
        "",
        "<url>",
        "<url><loc>",
        "<url><loc>htt",
        "<url><loc>https://example.org/1",
        "<url><loc>https://example.org/1</",
    ],
)
def test_only_whole_entries_before_a_fault_count(end: str) -> None:
    body = urlset(1).removesuffix(b"</urlset>") + end.encode()
    assert links(body) == ["https://example.org/0"]
    assert links(gzip.compress(body)[:-8]) == ["https://example.org/0"]


def test_a_torn_address_is_none_wherever_the_tear_is() -> None:
    whole = urlset(200)
    packed = gzip.compress(whole)
    for body in (whole[:-5000], whole[:-5021], packed[:-100], packed[:-200]):
        found = links(body)
        assert found == links(whole)[: len(found)]
        assert found


@pytest.mark.parametrize(
    "body",
    [b"<urlset>", b"<urlset><url><loc>https://example.org/1", gzip.compress(NEWS, mtime=0)[:40], b"\x1f\x8b\x08\x00"],
    ids=["root", "address", "gzip", "gzip head"],
)
def test_a_sitemap_torn_before_its_first_entry(body: bytes) -> None:
    with pytest.raises(Unreadable, match="truncated"):
        parse_sitemap(body, url=URL)


def test_a_sitemap_may_be_empty() -> None:
    assert links(urlset(0)) == links(b"<sitemapindex/>") == []


@pytest.mark.parametrize(
    "address",
    ["/1?a=1&b=2", "/1?a=1&amp;b=2", "/1?a=1&#38;b=2", "<![CDATA[/1?a=1&b=2]]>"],
)
def test_ampersands_with_and_without_escape(address: str) -> None:
    body = f"<urlset><url><loc>{address}</loc></url><url><loc>/2</loc></url></urlset>"
    assert links(body.encode()) == ["https://example.org/1?a=1&b=2", "https://example.org/2"]


TEXT = "https://example.org/1\r\n\n  https://example.org/الرصيف \n".encode()


def test_a_text_has_one_address_a_line() -> None:
    first, second = parse_sitemap(b"\xef\xbb\xbf" + TEXT, url=URL)
    assert not isinstance(first, Sitemap)
    assert (first.url, first.via) == ("https://example.org/1", f"sitemap {URL}")
    assert second.url == "https://example.org/الرصيف"
    assert links(gzip.compress(TEXT + b"http://host/htt")[:-8]) == [first.url, second.url]


@pytest.mark.parametrize("line", [b"Not found", b"ftp://example.org/", b"https://example.org/ is down", b"http://["])
def test_a_text_with_other_lines_is_no_sitemap(line: bytes) -> None:
    with pytest.raises(Unreadable, match="not-a-sitemap"):
        parse_sitemap(TEXT + line, url=URL)


@pytest.mark.parametrize(
    "body",
    [
        b'<rss version="2.0"><channel><item><title>One</title><link>/1</link></item></channel></rss>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="/1"/></entry></feed>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b"<item><title>One</title><link>/1</link></item></rdf:RDF>",
    ],
    ids=["rss", "atom", "rdf"],
)
def test_a_feed_is_a_sitemap_too(body: bytes) -> None:
    (entry,) = parse_sitemap(gzip.compress(body), url=URL)
    assert not isinstance(entry, Sitemap)
    assert (entry.url, entry.hints.title) == ("https://example.org/1", "One")


def test_entries_without_an_address_are_left_out() -> None:
    assert links(b"<urlset><url/><url><loc/></url><url><loc>http://[</loc></url><url><loc>/3</loc></url></urlset>") == [
        "https://example.org/3"
    ]


def test_entities_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE urlset [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/hostname">{entities}]>'
    bomb += "<urlset><url><loc>/1?&e11;&file;</loc></url><url><loc>/2</loc></url></urlset>"
    with suppress(Unreadable):  # libxml2 may give up at the first of them
        assert all(len(link) < 100 for link in links(bomb.encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>Not found</h1></body></html>",
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
