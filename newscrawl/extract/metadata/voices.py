"""Who says what: for each field the voices of a page, best first, each asked only when its turn comes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.dates import find_url_day, parse_date
from newscrawl.extract.boilerplate import MAX_DATE_BYTES, guess_authors, guess_date, guess_title
from newscrawl.extract.metadata.authors import clean_authors
from newscrawl.extract.metadata.bylines import find_bylines, keep_bylines
from newscrawl.extract.metadata.headline import choose_headline, find_heading, strip_outlet
from newscrawl.extract.metadata.json_ld import Node, Placed, names_of, text_of, texts_of
from newscrawl.extract.metadata.meta_tags import MetaTags, first_of, read_canonical_link
from newscrawl.extract.metadata.outlet_names import OutletNames
from newscrawl.extract.metadata.words import fold_space
from newscrawl.items import Page
from newscrawl.urls import clean_url, is_web_url, registrable_domain, resolve_url

__all__ = ["Voices"]

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline")
_AUTHOR = (
    "author", "article:author", "og:author", "og:article:author", "parsely-author", "byl", "byline", "article:byline",
    "articleauthor", "authors", "article_author", "dc.creator", "dcterms.creator", "dcsext.author",
    "cxenseparse:author", "citation_author",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "pubdate", "pub_date", "publishdate", "publish-date", "publish_date", "publication_date",
    "date.available", "article:publicationdate", "rnews:datepublished", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "sailthru.date",
    "citation_publication_date", "date", "date.created", "datecreated",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "date.modified",
    "dcterms.modified", "lastmod",
)  # fmt: skip
_SECTION = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section")
_TAGS = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
_IMAGE = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src")

_PUBLISHED_CLASS = re.compile(r"publish|posted|entry-date", re.IGNORECASE)
_MARGINS = ("aside", "nav", "footer")
_AMP_CACHE = ".cdn.ampproject.org"


@dataclass(frozen=True, slots=True)
class Voices:
    """One page, asked field by field; every method yields (source, value) pairs, a missing value as None or ``()``."""

    page: Page
    tree: HtmlElement
    nodes: list[Placed]
    article: Node
    tags: MetaTags
    outlet: OutletNames
    """No part of a title and no author."""

    def titles(self) -> Iterator[tuple[str, str | None]]:
        structured = self._bare_title(text_of(self.article.get("headline")))
        meta = self._bare_title(first_of(self.tags, _TITLE))
        window = self._bare_title(fold_space(next((title.text or "" for title in self.tree.iter("title")), "")))
        heading = self._bare_title(find_heading(self.tree, (structured, meta, window)))
        yield choose_headline(structured, meta, heading)
        yield "feed", self._bare_title(text_of(self.page.hints.title))
        yield "markup", window
        yield "heuristic", self._bare_title(guess_title(self.tree))

    def authors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        people, organisations = names_of(self.article.get("author"), self.nodes)
        yield "json-ld", self._clean_authors(people)
        for name in _AUTHOR:
            yield "meta", self._clean_authors(self.tags.get(name, ()))
        yield "markup", self._clean_authors(self._bylines())
        yield "feed", self.page.hints.authors
        yield "json-ld", _distinct(people + organisations)  # the outlet itself, or its staff
        yield "heuristic", self._clean_authors(guess_authors(keep_bylines(self.tree)))

    def published(self) -> Iterator[tuple[str, str | None]]:
        yield "json-ld", parse_date(text_of(self.article.get("datePublished")))
        yield from self._meta_dates(_PUBLISHED)
        yield "markup", parse_date(self._published_time())
        yield "feed", self.page.hints.published_at
        yield "url", find_url_day(self.page.url)
        if len(self.page.body) <= MAX_DATE_BYTES:
            latest = self.page.fetched_at
            yield "heuristic", guess_date(self.tree, url=self.page.url, latest=latest and latest[:10])

    def modified(self) -> Iterator[tuple[str, str | None]]:
        yield "json-ld", parse_date(text_of(self.article.get("dateModified")))
        yield from self._meta_dates(_MODIFIED)
        yield "feed", self.page.hints.modified_at

    def sections(self) -> Iterator[tuple[str, str | None]]:
        yield "json-ld", text_of(self.article.get("articleSection"))
        yield "meta", first_of(self.tags, _SECTION)

    def keywords(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "json-ld", _distinct(texts_of(self.article.get("keywords")))
        found = next((self.tags[name] for name in _TAGS if name in self.tags), [])
        yield "meta", _distinct(found if len(found) > 1 else texts_of("".join(found)))
        yield "feed", self.page.hints.tags

    def descriptions(self) -> Iterator[tuple[str, str | None]]:
        yield "json-ld", text_of(self.article.get("description"))
        yield "meta", first_of(self.tags, _DESCRIPTION)

    def images(self) -> Iterator[tuple[str, str | None]]:
        image = self.article.get("image")
        image = image[0] if isinstance(image, list) and image else image
        yield "json-ld", self._absolute(text_of(image.get("url") if isinstance(image, dict) else image))
        yield "meta", self._absolute(first_of(self.tags, _IMAGE))

    def canonical_urls(self) -> Iterator[tuple[str, str | None]]:
        yield "markup", self._own_address(read_canonical_link(self.tree))
        yield "meta", self._own_address(first_of(self.tags, ("og:url",)))
        yield "url", _clean_or_none(self.page.url)

    def _bare_title(self, title: str | None) -> str | None:
        return strip_outlet(title, self.outlet)

    def _clean_authors(self, names: Iterable[str]) -> tuple[str, ...]:
        return clean_authors(names, self.outlet)

    def _meta_dates(self, names: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
        for name in names:
            if name in self.tags:
                yield "meta", parse_date(self.tags[name][0])

    def _published_time(self) -> str | None:
        times = [t for t in self.tree.iter("time") if t.get("datetime") and not _in_margin(t)]
        named = [t for t in times if "datePublished" in (t.get("itemprop") or "") or t.get("pubdate") is not None]
        classed = [t for t in times if _PUBLISHED_CLASS.search(t.get("class") or "")]
        return next((t.get("datetime") for t in (*named, *classed, *times)), None)

    def _bylines(self) -> list[str]:
        """Many different ones belong to a list of teasers."""
        names = find_bylines(self.tree)
        return names if len(set(names)) <= 4 else []

    def _absolute(self, url: str | None) -> str | None:
        return resolve_url(self.page.url, url or "")

    def _own_address(self, declared: str | None) -> str | None:
        """A canonical address, unless it points at another outlet, or at the home page from elsewhere."""
        absolute = self._absolute(declared)
        clean = _clean_or_none(absolute) if absolute else None
        if clean is None or not is_web_url(self.page.url):
            return clean
        here, there = urlsplit(self.page.url), urlsplit(clean)
        if there.path in ("", "/") and not there.query and here.path not in ("", "/"):
            return None
        same_outlet = registrable_domain(self.page.url) == registrable_domain(clean)
        return clean if same_outlet or (here.hostname or "").endswith(_AMP_CACHE) else None


def _in_margin(element: HtmlElement) -> bool:
    return next(element.iterancestors(*_MARGINS), None) is not None


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _clean_or_none(url: str) -> str | None:
    try:
        return clean_url(url) if is_web_url(url) else None
    except ValueError:
        return None
