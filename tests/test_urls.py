from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.urls import clean_url, host_of, is_web_url, registrable_domain, resolve_url, url_key


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://Example.org/a?b=2&a=1#top", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?utm_source=x&fbclid=y&gclid=z&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?cid=7&ref=home", "https://example.org/a?cid=7&ref=home"),
        ("https://example.org/a?flag=", "https://example.org/a?flag="),
        ("https://example.org/a?t=%C7%E1%DE&utm_source=x", "https://example.org/a?t=%C7%E1%DE"),
        (" https://example.org ", "https://example.org/"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
    ],
)
def test_clean_url(url: str, clean: str) -> None:
    assert clean_url(url) == clean
    assert clean_url(clean) == clean


@pytest.mark.parametrize(
    "twin",
    [
        "http://example.org/news/1",
        "https://www.example.org/news/1/",
        "https://m.example.org/news/1",
        "https://amp.example.org/news/1",
        "https://example.org/amp/news/1",
        "https://example.org/news/1/amp",
        "https://example.org/news/1/amp/",
        "https://example.org/news/1?amp=1",
        "https://example.org/news/1?outputType=amp",
        "https://example.org/news/1.amp",
        "https://example.org/news/1?utm_medium=social#comments",
    ],
)
def test_twins_share_a_key(twin: str) -> None:
    assert url_key(twin) == url_key("https://example.org/news/1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/news/1", "https://example.org/news/2"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?t=%C7%E1%DE", "https://example.org/?t=%E3%D5%D1"),  # windows-1256
        ("https://example.org/amp", "https://example.org/ampere"),
        ("https://arabic.example.org/1", "https://example.org/1"),
        ("https://m.com/1", "https://com/1"),
    ],
)
def test_different_pages_keep_their_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("arabic.RT.com", "rt.com"),
        ("http://user@example.org:8080/", "example.org"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://newsroom.localhost/", "newsroom.localhost"),
        ("file:///page", ""),
        ("http://[", ""),
    ],
)
def test_registrable_domain(address: str, domain: str) -> None:
    assert registrable_domain(address) == domain


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "/a", "example.org", "http://", "http://[", "mailto:a@b.org", ""]
)
def test_other_addresses_are_no_web_urls(url: str) -> None:
    assert not is_web_url(url)


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("/a", "https://example.org/a"),
        (" b ", "https://example.org/news/b"),
        ("//other.org/c", "https://other.org/c"),
        ("http://other.org/", "http://other.org/"),
        ("", None),
        (" ", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_resolve_url(reference: str, address: str | None) -> None:
    assert resolve_url("https://example.org/news/", reference) == address


@given(st.text() | st.text(alphabet="htps:/[]@.?&=%#a\ud800١", max_size=30).map("http://".__add__))
def test_no_address_breaks_anything(url: str) -> None:
    assert isinstance(is_web_url(url), bool)
    assert isinstance(host_of(url), str)
    assert isinstance(registrable_domain(url), str)
    resolve_url(url, url)
    for normalize in (clean_url, url_key):
        with suppress(ValueError):
            assert normalize(url) == normalize(url)
