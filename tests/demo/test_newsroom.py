import gzip
import json
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from newscrawl.dates import format_utc
from newscrawl.demo import Newsroom
from newscrawl.errors import UsageError
from newscrawl.urls import clean_url
from tests.demo.urls import DEMO_URLS, DemoUrl, demo_urls

_ARTICLES = demo_urls("article", "copy", "amp", "paywalled", "disallowed")
_SITEMAPS = (
    "http://almirsad.localhost/sitemap-news.xml",
    "http://almirsad.localhost/sitemap-archive.xml",
    "http://harbourpost.localhost/sitemap.xml",
    "http://nabaa.localhost/sitemap-ar.xml",
    "http://nabaa.localhost/sitemap-en.xml.gz",
)
_FLOODS = "http://almirsad.localhost/local/2026/10/14/wadi-floods"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=0) as running:
        yield running


def _fetch(newsroom: Newsroom, url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", newsroom.port, timeout=5)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
    connection.request("GET", target, headers={"Host": f"{parts.hostname}:{newsroom.port}", **headers})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def _tree(newsroom: Newsroom, url: str) -> html.HtmlElement:
    return html.document_fromstring(_fetch(newsroom, url)[1])


def _paragraphs(newsroom: Newsroom, url: str) -> list[str]:
    blocks = _tree(newsroom, url).xpath("//*[@class='story' or @class='article-body' or @class='wire']/p")
    return [" ".join(block.text_content().split()) for block in blocks]


def _locations(newsroom: Newsroom, sitemap: str) -> list[str]:
    response, body = _fetch(newsroom, sitemap)
    xml = gzip.decompress(body) if response.headers["Content-Type"] == "application/gzip" else body
    return [str(text) for text in etree.fromstring(xml).xpath("//*[local-name()='loc']/text()")]


@pytest.mark.parametrize("known", DEMO_URLS, ids=lambda known: known.address)
def test_every_address_answers_as_the_table_says(newsroom: Newsroom, known: DemoUrl) -> None:
    response, body = _fetch(newsroom, known.url(newsroom.port))
    assert response.status == known.status
    assert response.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("known", _ARTICLES, ids=lambda known: known.address)
def test_articles_are_long_enough_to_read(newsroom: Newsroom, known: DemoUrl) -> None:
    story = _tree(newsroom, known.url(newsroom.port)).xpath(
        "//*[@class='story' or @class='article-body' or @class='wire' or @id='story']"
    )
    assert 140 <= len(story[0].text_content().split()) <= 350


def test_hosts_are_told_apart(newsroom: Newsroom) -> None:
    titles = [_tree(newsroom, page).findtext(".//title") for page in newsroom.home_pages]
    assert len(set(titles)) == 3


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_front_door_links_every_outlet(newsroom: Newsroom, host: str) -> None:
    assert tuple(_tree(newsroom, f"http://{host}/").xpath("//a/@href")) == newsroom.home_pages


def test_unknown_host_is_missing(newsroom: Newsroom) -> None:
    assert _fetch(newsroom, "http://elsewhere.localhost/")[0].status == 404


def test_robots_name_the_sitemaps(newsroom: Newsroom) -> None:
    named = []
    for home in newsroom.home_pages:
        robots = _fetch(newsroom, urljoin(home, "/robots.txt"))[1].decode()
        named += re.findall(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    index = f"http://nabaa.localhost:{newsroom.port}/sitemap-index.xml"
    assert index in named
    children = _locations(newsroom, index)
    found = {url.replace(f":{newsroom.port}", "") for url in [*named, *children] if url != index}
    assert found == set(_SITEMAPS)


def test_sitemaps_list_all_but_the_twins(newsroom: Newsroom) -> None:
    listed = [url for sitemap in _SITEMAPS for url in _locations(newsroom, sitemap)]
    twins = demo_urls("amp", "tracked")
    assert sorted(listed) == sorted(known.url(newsroom.port) for known in DEMO_URLS if known not in twins)


def test_news_sitemap_has_the_news_fields(newsroom: Newsroom) -> None:
    tree = etree.fromstring(_fetch(newsroom, _SITEMAPS[0])[1])
    for entry in tree:
        names = {etree.QName(element).localname for element in entry.iter(etree.Element)}
        assert {"publication", "name", "language", "publication_date", "title"} <= names


def test_rss_links_are_tracked_twins(newsroom: Newsroom) -> None:
    tree = etree.fromstring(_fetch(newsroom, "http://harbourpost.localhost/latest.rss")[1])
    links = [str(link) for link in tree.xpath("//item/link/text()")]
    assert all("?utm_source=rss" in link for link in links)
    assert {clean_url(link) for link in links} <= {known.url(newsroom.port) for known in _ARTICLES}


def test_atom_links_are_relative_to_their_base(newsroom: Newsroom) -> None:
    tree = etree.fromstring(_fetch(newsroom, "http://nabaa.localhost/latest.atom")[1])
    links = []
    for link in tree.iterfind("{*}entry/{*}link"):
        bases = [str(base) for base in link.xpath("ancestor::*/@xml:base")]
        links.append(reduce(urljoin, [*bases, link.attrib["href"]]))
    expected = {known.url(newsroom.port) for known in DEMO_URLS if known.host == "nabaa.localhost"}
    assert set(links) == expected


@pytest.mark.parametrize("known", demo_urls("copy", "amp"), ids=lambda known: known.address)
def test_copies_have_the_text_of_their_original(newsroom: Newsroom, known: DemoUrl) -> None:
    copy = _paragraphs(newsroom, known.url(newsroom.port))
    assert copy
    assert copy == _paragraphs(newsroom, f"http://{known.of}")


def test_amp_twins_point_at_each_other(newsroom: Newsroom) -> None:
    (amp,) = demo_urls("amp")
    article = f"http://{amp.of}"
    (address,) = _tree(newsroom, article).xpath("//link[@rel='amphtml']/@href")
    assert address == amp.url(newsroom.port)
    (canonical,) = _tree(newsroom, address).xpath("//link[@rel='canonical']/@href")
    assert urlsplit(canonical).path == urlsplit(article).path


def test_redirect_leads_to_the_article(newsroom: Newsroom) -> None:
    (old,) = demo_urls("redirect")
    location = _fetch(newsroom, old.url(newsroom.port))[0].headers["Location"]
    assert location.replace(f":{newsroom.port}", "") == f"http://{old.of}"


def test_archive_page_is_windows_1256(newsroom: Newsroom) -> None:
    response, body = _fetch(newsroom, "http://almirsad.localhost/archive/show.php?id=204")
    assert response.headers["Content-Type"] == "text/html"
    assert b"charset=windows-1256" in body
    assert "مكتبة الحصن" in body.decode("windows-1256")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


@pytest.mark.parametrize("known", _ARTICLES, ids=lambda known: known.address)
def test_json_ld_is_json(newsroom: Newsroom, known: DemoUrl) -> None:
    page = _tree(newsroom, known.url(newsroom.port))
    blocks = page.xpath("//script[@type='application/ld+json']/text()")
    assert [json.loads(block)["@type"] for block in blocks] in ([], ["NewsArticle"])


@pytest.mark.parametrize("known", demo_urls("article", "copy", "amp"), ids=lambda known: known.address)
def test_pages_show_the_tweets_of_the_table(newsroom: Newsroom, known: DemoUrl) -> None:
    page = _fetch(newsroom, known.url(newsroom.port))[1].decode("utf-8", "ignore")
    statuses = set(re.findall(r"(?:/status/|[&;]id=|data-tweetid=\")(\d+)", page))
    assert statuses == {name for _, name in known.tweets if name.isdigit()}
    assert all(f"(@{name})" in page for form, name in known.tweets if form == "text")


def test_second_edition_updates_one_article(newsroom: Newsroom) -> None:
    before = format_utc(datetime.now(UTC))
    with Newsroom(port=0, edition=2) as later:
        for known in _ARTICLES:
            url = known.url(0)
            same = _paragraphs(newsroom, url) == _paragraphs(later, url)
            assert same == (known.path != urlsplit(_FLOODS).path)
        modified = _tree(later, _FLOODS).xpath("string(//script[@type='application/ld+json'])")
        lastmod = _fetch(later, _SITEMAPS[0])[1].decode()
    assert json.loads(modified)["dateModified"] == "2026-10-15T08:50:00+03:00"
    (changed,) = re.findall(r"<lastmod>(.*)</lastmod>", lastmod)
    assert before <= changed <= format_utc(datetime.now(UTC))


def test_second_edition_on_the_same_port_differs_in_etag_and_date() -> None:
    with Newsroom(port=0) as first:
        before = _fetch(first, _FLOODS)[0].headers
    with Newsroom(port=first.port, edition=2) as second:
        after = _fetch(second, _FLOODS, **{"If-None-Match": before["ETag"]})[0]
    assert after.status == 200
    assert after.headers["Last-Modified"] == "Thu, 15 Oct 2026 05:50:00 GMT" != before["Last-Modified"]


@pytest.mark.parametrize(
    ("condition", "validator"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
def test_known_page_is_not_sent_again(newsroom: Newsroom, condition: str, validator: str) -> None:
    first = _fetch(newsroom, _FLOODS)[0]
    again, body = _fetch(newsroom, _FLOODS, **{condition: first.headers[validator]})
    assert (again.status, body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_head_has_no_body_and_the_connection_lives_on(newsroom: Newsroom) -> None:
    connection = HTTPConnection("127.0.0.1", newsroom.port, timeout=5)
    for method, empty in [("HEAD", True), ("GET", False)]:
        connection.request(method, "/", headers={"Host": "nabaa.localhost"})
        assert (connection.getresponse().read() == b"") == empty
    connection.close()


def test_close_ends_open_connections() -> None:
    with Newsroom(port=0) as newsroom:
        connection = socket.create_connection(("127.0.0.1", newsroom.port), timeout=5)
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    assert connection.recv(1) == b""
    connection.close()


def test_taken_port_is_one_clear_line(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match=rf"port {newsroom.port} .* name another one") as raised:
        Newsroom(newsroom.port).start()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("wrong", [{"edition": 3}, {"edition": 0}])
def test_unknown_edition_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="edition"):
        Newsroom(**wrong)


def test_close_without_start_does_nothing() -> None:
    newsroom = Newsroom()
    newsroom.close()
    newsroom.wait()
