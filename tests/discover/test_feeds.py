from contextlib import suppress

import pytest

from newscrawl.discover import parse_feed
from newscrawl.errors import Unreadable

URL = "https://example.org/feeds/news.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><language>ar</language>
{}</channel></rss>"""
ITEM = "<item><title>{0}</title><link>https://example.org/{0}</link></item>"


def rss(*items: str) -> bytes:
    return RSS.format("".join(items)).encode()


def links(body: bytes) -> list[str]:
    return [candidate.url for candidate in parse_feed(body, url=URL)]


def test_rss_entries_bring_hints() -> None:
    (entry,) = parse_feed(
        rss(
            "<item><title>الرصيف &amp; الميناء</title><link>https://example.org/1</link>"
            "<pubDate>Sun, 22 Nov 2026 13:00:00 +0300</pubDate><dc:creator>Jane Doe</dc:creator>"
            "<category>Ports</category><category>Sea</category></item>"
        ),
        url=URL,
    )
    assert (entry.url, entry.via) == ("https://example.org/1", f"feed {URL}")
    assert entry.hints.title == "الرصيف & الميناء"
    assert (entry.hints.published_at, entry.hints.modified_at) == ("2026-11-22T10:00:00Z", None)
    assert (entry.hints.authors, entry.hints.language) == (("Jane Doe",), "ar")
    assert entry.hints.tags == ("Ports", "Sea")


def test_atom_links_are_resolved_against_their_base() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/" xml:lang="en">
    <entry><title>One</title><link href="one"/><updated>2026-11-22T10:00:00Z</updated></entry>
    <entry xml:base="/sport/"><title>Two</title><link href="two"/><published>2026-11-22</published></entry></feed>"""
    one, two = parse_feed(feed, url=URL)
    assert (one.url, one.hints.modified_at) == ("https://example.org/news/one", "2026-11-22T10:00:00Z")
    assert (two.url, two.hints.published_at) == ("https://example.org/sport/two", "2026-11-22")


def test_entries_without_a_link_are_left_out() -> None:
    assert links(rss("<item><title>no link</title></item>", "<item><link>http://[</link></item>", ITEM.format(3))) == [
        "https://example.org/3"
    ]


def test_a_relative_link_belongs_to_the_feed() -> None:
    assert links(rss("<item><link>/1</link></item>")) == ["https://example.org/1"]


def test_a_date_that_is_none_is_no_hint() -> None:
    (entry,) = parse_feed(rss("<item><link>/1</link><pubDate>soon</pubDate></item>"), url=URL)
    assert (entry.hints.published_at, entry.hints.modified_at) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM.format(1), ITEM.format(2))[:-20],
        rss(ITEM.format(1), "<item><title>a & b<br></title><link>https://example.org/2</link></item>"),
        rss(ITEM.format(1), "<item><title>&#55357;&#56832;&#xD83D;</title><link>https://example.org/2</link></item>"),
        b"\n\n" + rss(ITEM.format(1), ITEM.format(2)),
        b"\xef\xbb\xbf" + rss(ITEM.format(1), ITEM.format(2)),
        rss(ITEM.format(1), ITEM.format(2)).decode().replace("utf-8", "utf-16").encode("utf-16"),
        rss(ITEM.format(1), ITEM.format(2)).replace(b"News", b"\x00\xff\xd8"),
    ],
    ids=["cut", "markup", "surrogates", "blank lines", "mark", "utf-16", "bytes"],
)
def test_broken_feeds_give_what_can_be_read(body: bytes) -> None:
    assert links(body) == ["https://example.org/1", "https://example.org/2"]


def test_an_empty_feed_has_no_entries() -> None:
    assert links(rss()) == []


def test_an_entity_bomb_stays_small() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>' + RSS.partition("\n")[2].format(ITEM.format("&e11;"))
    with suppress(Unreadable):
        assert len(str(parse_feed(bomb.encode(), url=URL))) < 10_000


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>Not found</h1></body></html>",
        b'{"items": []}',
        b"",
        b"\x00\xff",
        b'<?xml version="1.0" encoding="\xff\x00"?>',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
    ],
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(Unreadable, match="not-a-feed"):
        parse_feed(body, url=URL)
