"""The whole extraction of a page, in reading order."""

import re
from dataclasses import replace
from hashlib import sha256

from lxml.html import HtmlElement

from newscrawl import __version__
from newscrawl.errors import Rejected
from newscrawl.extract.attributions import find_attributions
from newscrawl.extract.boilerplate import EXTRACTOR, clean_boilerplate, parse_html
from newscrawl.extract.decode import decode_body
from newscrawl.extract.metadata import Metadata, read_metadata
from newscrawl.extract.metadata.language import choose_language
from newscrawl.extract.tweets import find_marks, settle_tweets, take_tweets
from newscrawl.extract.verdict import refuse_body, refuse_markup, refuse_text, refuse_tree
from newscrawl.items import Article, Page, Provenance, TweetReference
from newscrawl.outlets import Outlet, Registry, load_registry
from newscrawl.script import fold, mend_surrogates
from newscrawl.urls import registrable_domain

__all__ = ["extract_article"]

_LINE_BREAKS = re.compile(r"[\u0085\u2028\u2029\v\f\r]")


def extract_article(page: Page, *, registry: Registry | None = None, anaphora: bool = False) -> Article:
    """Make an article of a page, or refuse it.

    Args:
        page: as fetched, or a file.
        registry: the known outlets; those that ship with newscrawl by default.
        anaphora: of `find_attributions`.

    Returns:
        The article without identity: `newscrawl.dedup` adds ``id`` and ``fingerprint``.

    Raises:
        Rejected: the page holds no article; ``reason`` is one of those in `newscrawl.extract.verdict`.
    """
    registry = registry or load_registry()
    html = _read_html(page)
    tree = _parse(html)
    outlet = registry.by_domain(page.url)
    metadata = read_metadata(tree, page, outlet=outlet)
    headline = _headline(tree, metadata)
    text, tweets = _read_text(tree, page.body, metadata.title, registry=registry)
    _refuse(refuse_text(text, headline=headline, html=html, is_article=metadata.is_article))
    article = _describe(page, metadata, outlet)
    language = choose_language(metadata.languages, text)
    credits = find_attributions(text, language=language, registry=registry, own=article.outlet, anaphora=anaphora)
    return replace(article, language=language, text=text, tweets=tweets, attributions=credits)


def _read_html(page: Page) -> str:
    _refuse(refuse_body(page.body, page.content_type))
    html = decode_body(page.body, page.content_type)
    _refuse(refuse_markup(html))
    return html


def _parse(html: str) -> HtmlElement:
    tree = parse_html(html)
    if tree is None:
        raise Rejected("not-html")
    _refuse(refuse_tree(tree))
    return tree


def _read_text(
    tree: HtmlElement, body: bytes, title: str | None, *, registry: Registry
) -> tuple[str, tuple[TweetReference, ...]]:
    """Tweets leave the tree before cleaning, which would delete some and mix others into the prose."""
    marks = find_marks(body)
    embeds = take_tweets(tree, marks, registry=registry) if marks else ()
    prose = mend_surrogates(_LINE_BREAKS.sub("\n", clean_boilerplate(tree)))
    lines = [stripped for line in prose.split("\n") if (stripped := line.strip())]
    if lines and title and fold(lines[0]) == fold(title):
        del lines[0]  # a headline is no prose, and copies of one report differ in it
    return settle_tweets("\n".join(lines), embeds, registry=registry)


def _describe(page: Page, metadata: Metadata, outlet: Outlet | None) -> Article:
    """All of an article but its text and what is found in it."""
    return Article(
        url=page.url,
        canonical_url=metadata.canonical_url,
        outlet=outlet.domain if outlet else registrable_domain(page.url) or None,
        outlet_name=outlet.name if outlet else metadata.site_name,
        title=metadata.title,
        authors=metadata.authors,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        section=metadata.section,
        tags=metadata.tags,
        description=metadata.description,
        image=metadata.image,
        text="",
        flags=_flags(metadata),
        provenance=_provenance(page, metadata),
    )


def _refuse(reason: str | None) -> None:
    if reason:
        raise Rejected(reason)


def _headline(tree: HtmlElement, metadata: Metadata) -> str:
    headings = (" ".join(heading.itertext()) for heading in tree.iter("title", "h1"))
    return "\n".join(filter(None, (metadata.title, *headings)))


def _flags(metadata: Metadata) -> tuple[str, ...]:
    flags = {"paywall": not metadata.is_free, "date_implausible": metadata.date_implausible}
    return tuple(flag for flag, is_set in flags.items() if is_set)


def _provenance(page: Page, metadata: Metadata) -> Provenance:
    return Provenance(
        spider=page.spider,
        crawl=page.crawl,
        discovered_via=page.discovered_via,
        fetched_at=page.fetched_at,
        status=page.status,
        etag=page.etag,
        last_modified=page.last_modified,
        body_sha256=sha256(page.body).hexdigest(),
        extractor=f"newscrawl/{__version__} {EXTRACTOR}",
        fields=metadata.sources,
    )
