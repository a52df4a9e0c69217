"""Small pages and a registry of one outlet, so that no test depends on the shipped files."""

from collections.abc import Callable

import pytest
from lxml.html import HtmlElement

from newscrawl.extract.boilerplate import clean_boilerplate, parse_html
from newscrawl.extract.tweets import settle_tweets, take_tweets
from newscrawl.items import TweetReference
from newscrawl.outlets import Outlet, Registry

PROSE = (
    "The harbour master said on Monday that the new quay would open before the winter storms arrive.",
    "Fishermen who had waited for three years for the works to end were seen celebrating in the old town.",
    "The council will vote on the budget for the second part of the works at its meeting in December.",
)


@pytest.fixture
def registry() -> Registry:
    return Registry([Outlet(domain="rt.com", name="RT", medium="television", country="RU", handles=("RTarabic",))])


@pytest.fixture
def parse_page() -> Callable[[str], HtmlElement]:
    """Wrap an article's inner markup between paragraphs of prose and parse the page."""

    def parse(inner: str, *, around: str = "") -> HtmlElement:
        first, *others = (f"<p>{paragraph}</p>" for paragraph in PROSE)
        article = f"<article><h1>Quay</h1>{first}{inner}{''.join(others)}</article>"
        tree = parse_html(f"<html><head><title>Quay</title></head><body>{article}{around}</body></html>")
        assert tree is not None
        return tree

    return parse


@pytest.fixture
def read_page(
    parse_page: Callable[..., HtmlElement], registry: Registry
) -> Callable[..., tuple[str, tuple[TweetReference, ...]]]:
    """The whole way: take, clean, settle."""

    def read(inner: str, *, around: str = "") -> tuple[str, tuple[TweetReference, ...]]:
        tree = parse_page(inner, around=around)
        tweets = take_tweets(tree, registry=registry)
        return settle_tweets(clean_boilerplate(tree), tweets, registry=registry)

    return read
