import pytest

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.metadata import read_metadata
from newscrawl.items import Page
from tests.extract.metadata.conftest import PARAGRAPHS, Read


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_structured_data_wins_and_is_named(read: Read) -> None:
    found = read(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay opens at last", "author": '
        '{"name": "Jane Doe"}, "datePublished": "2026-11-20T10:00:00+03:00", "dateModified": "2026-11-21", '
        '"articleSection": ["Ports"], "keywords": "sea, ships", "description": "It opens.", "inLanguage": "en-GB", '
        '"image": [{"url": "/quay.jpg"}], "publisher": {"name": "Harbour Post"}}</script>'
        + meta("og:title", "Quay opens at last - Harbour Post")
        + meta("author", "John Roe")
        + meta("article:published_time", "2026-11-19")
        + '<link rel="canonical" href="/quay">',
        "<h1>Quay opens at last</h1>",
    )
    assert (found.title, found.authors, found.section) == ("Quay opens at last", ("Jane Doe",), "Ports")
    assert (found.published_at, found.modified_at) == ("2026-11-20T07:00:00Z", "2026-11-21")
    assert (found.tags, found.description) == (("sea", "ships"), "It opens.")
    assert (found.image, found.canonical_url) == ("https://www.example.org/quay.jpg", "https://www.example.org/quay")
    assert (found.site_name, found.is_article, found.is_free) == ("Harbour Post", True, True)
    assert found.languages[0] == "en-GB"
    assert found.sources["canonical_url"] == "markup"
    assert {source for field, source in found.sources.items() if field != "canonical_url"} == {"json-ld"}


def test_meta_tags_come_next(read: Read) -> None:
    found = read(
        meta("og:title", "Quay opens at last")
        + meta("og:site_name", "Harbour Post")
        + meta("og:type", "article")
        + '<META NAME="Author" content="By Jane Doe">'
        + meta("article:published_time", "2026-11-20T10:00:00Z")
        + meta("article:modified_time", "never")
        + meta("og:updated_time", "2026-11-21T10:00:00Z")
        + meta("article:section", "Ports")
        + meta("article:tag", "sea")
        + meta("article:tag", "ships, large")
        + meta("og:description", "")
        + meta("description", "It opens.")
        + meta("og:image", "http://[")
        + meta("og:url", "https://www.example.org/quay?utm_source=x")
    )
    assert (found.title, found.authors) == ("Quay opens at last", ("Jane Doe",))
    assert (found.published_at, found.modified_at) == ("2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z")
    assert (found.section, found.tags, found.description) == ("Ports", ("sea", "ships, large"), "It opens.")
    assert (found.image, found.canonical_url) == (None, "https://www.example.org/quay")
    assert found.is_article
    assert set(found.sources.values()) == {"meta"}


def test_then_markup(read: Read) -> None:
    found = read(
        "<title>Quay opens at last</title>",
        '<h1>Quay opens at last</h1><a rel="author">Jane Doe</a><aside><time datetime="2026-01-01"></time></aside>'
        '<time datetime="2026-11-18"></time><time class="entry-date" datetime="2026-11-19T10:00:00Z"></time>',
    )
    assert (found.title, found.authors, found.published_at) == (
        "Quay opens at last",
        ("Jane Doe",),
        "2026-11-19T10:00:00Z",
    )
    assert {found.sources[field] for field in ("title", "authors", "published_at")} == {"markup"}


def test_then_the_feed(read: Read) -> None:
    found = read(
        title="Quay &amp; <b>port</b>",
        authors=("Jane Doe",),
        published_at="2026-11-20T10:00:00Z",
        modified_at="2026-11-21",
        tags=("sea",),
    )
    assert (found.title, found.authors, found.tags) == ("Quay & port", ("Jane Doe",), ("sea",))
    assert (found.published_at, found.modified_at) == ("2026-11-20T10:00:00Z", "2026-11-21")
    assert {found.sources[f] for f in ("title", "authors", "published_at", "modified_at", "tags")} == {"feed"}


def test_then_the_address(read: Read) -> None:
    found = read()
    assert (found.published_at, found.sources["published_at"]) == ("2026-11-20", "url")
    assert (found.canonical_url, found.sources["canonical_url"]) == ("https://www.example.org/2026/11/20/quay", "url")


def test_an_absent_value_has_no_source(read: Read) -> None:
    found = read(url="https://www.example.org/quay")
    assert (found.title, found.authors, found.section, found.tags, found.image) == (None, (), None, (), None)
    assert found.sources == {"canonical_url": "url"}


@pytest.mark.parametrize("author", ['"Harbour Post"', '{"@type": "Organization", "name": "Harbour Post"}'])
def test_the_outlet_is_an_author_only_where_nobody_else_is(read_ld: Read, author: str) -> None:
    node = f'"headline": "Quay opens", "publisher": {{"name": "Harbour Post"}}, "author": {author}'
    assert read_ld(node).authors == ("Harbour Post",)
    assert read_ld(node, authors=("Jane Doe",)).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("date", "published_at", "implausible"),
    [
        ("2026-11-20T23:30:00-05:00", "2026-11-21T04:30:00Z", False),
        ("2026-11-20T23:30:00", "2026-11-20", False),
        ("2026-11-20T00:00:00+03:00", "2026-11-20", False),
        ("03/04/2026", "2026-11-20", False),
        ("2203-01-01T10:00:00Z", "2026-11-20", True),
        ("1970-01-01T00:00:00Z", "2026-11-20", True),
        ("9999-12-31T23:59:59-10:00", "2026-11-20", False),
    ],
)
def test_dates(read_ld: Read, date: str, published_at: str, implausible: bool) -> None:
    found = read_ld(f'"headline": "Quay opens", "datePublished": "{date}"')
    assert (found.published_at, found.date_implausible) == (published_at, implausible)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/ports/quay", "https://www.example.org/ports/quay"),
        ("https://m.example.org/quay?utm_source=x#top", "https://m.example.org/quay"),
        ("https://www.example.org/", None),
        ("/", None),
        ("https://example.net/2026/11/20/quay", None),
        ("http://[", None),
        ("javascript:void(0)", None),
        ("", None),
    ],
)
def test_a_canonical_address_has_to_be_the_pages_own(read: Read, href: str, canonical: str | None) -> None:
    found = read(f'<link rel="canonical" href="{href}">')
    assert found.canonical_url == (canonical or "https://www.example.org/2026/11/20/quay")


def test_an_amp_cache_is_not_where_the_page_belongs(read: Read) -> None:
    found = read(
        '<link rel="canonical" href="https://www.example.org/quay">',
        url="https://www-example-org.cdn.ampproject.org/c/s/www.example.org/quay",
    )
    assert found.canonical_url == "https://www.example.org/quay"


@pytest.mark.parametrize(("value", "is_free"), [("false", False), ('"False"', False), ("true", True), ("null", True)])
def test_a_paywall_that_the_page_declares(read_ld: Read, value: str, is_free: bool) -> None:
    assert read_ld(f'"headline": "Quay opens", "isAccessibleForFree": {value}').is_free is is_free


@pytest.mark.parametrize(
    "members",
    [
        '"headline": {"@value": ["x"]}, "author": {"@id": {"a": 1}}, "keywords": {"a": 1}, "image": [[{"url": 3}]]',
        '"headline": "\\ud800", "author": "\\udfff", "image": "https://example.org/\\ud800.jpg", "inLanguage": [7]',
        '"headline": 7, "datePublished": [{"a": 1}], "publisher": [null], "isAccessibleForFree": {"a": 1}',
    ],
)
def test_values_of_any_type(read_ld: Read, members: str) -> None:
    found = read_ld(members)
    assert found.is_article
    str(found).encode()


@pytest.mark.parametrize(("size", "published"), [(1_500_000, "2026-11-20"), (1_500_001, None)])
def test_the_date_of_a_huge_page_is_not_guessed(size: int, published: str | None) -> None:
    tree = parse_html(f'<html><body><p class="date">20 November 2026</p>{PARAGRAPHS}</body></html>')
    assert tree is not None
    assert read_metadata(tree, Page(url="https://www.example.org/quay", body=b" " * size)).published_at == published
