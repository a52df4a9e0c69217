"""The values that travel through newscrawl: `Page` in, `Article` out, and what the archive says beside them.

Times are ISO 8601 strings in UTC (``2026-11-22T11:56:02Z``); a day without an hour stays a day (``2026-11-22``).
The order of an `Article`'s fields is the order of keys in the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "MAX_PAGE_BYTES",
    "Article",
    "Attribution",
    "Candidate",
    "Duplicate",
    "Hints",
    "Medium",
    "Outcome",
    "Page",
    "Provenance",
    "TweetReference",
]

MAX_PAGE_BYTES = 10_000_000
"""Longer bodies are no articles: they are neither fetched nor extracted."""

Medium = Literal["agency", "newspaper", "magazine", "television", "radio", "site", "programme"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed or sitemap said about an article before it was fetched."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    modified_at: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may hold an article; it ends in exactly one outcome."""

    url: str
    via: str | None = None
    """Where it was found, e.g. ``sitemap https://example.org/news.xml``."""
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched response, not yet interpreted."""

    url: str
    """Where the body came from, after redirects."""
    body: bytes
    """As received, content encoding undone, character encoding not."""
    content_type: str | None = None
    """The Content-Type header as sent."""
    status: int | None = None
    """HTTP status; None for a file."""
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: str | None = None
    spider: str | None = None
    crawl: str | None = None
    discovered_via: str | None = None
    """`Candidate.via`."""
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class TweetReference:
    """A post on Twitter/X that an article shows or points to."""

    id: str | None = None
    """Status id, digits; null where the page does not show it."""
    url: str | None = None
    """``https://x.com/{handle}/status/{id}``, with ``i`` for an unknown handle; null without an id."""
    handle: str | None = None
    """Account name as written, without ``@``."""
    name: str | None = None
    """Display name as written."""
    text: str | None = None
    """The tweet's own words as the page shows them, without the signature, white space folded."""
    posted_at: str | None = None
    """Exact time out of the id, UTC with milliseconds; null before snowflake ids (November 2010)."""
    date: str | None = None
    """Day displayed in the signature, ``YYYY-MM-DD``."""
    media: tuple[str, ...] = ()
    """``pic.twitter.com/…`` links, in order."""
    relation: Literal["embed", "link"]
    """Whether the article shows the tweet or only links to it."""
    form: Literal["blockquote", "iframe", "amp", "attribute", "script", "oembed", "link", "text"]
    """How the page holds it."""
    offset: int | None = None
    """Where it stands: characters into the article's text, 0 to its length; null outside the body."""
    outlet: str | None = None
    """Domain of the outlet that owns the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A place in an article's text where a news outlet is credited."""

    outlet: str | None = None
    """Registrable domain; null for an outlet that the registry does not know."""
    name: str
    """The outlet's usual English name, else the surface."""
    surface: str
    """The name as written: ``text[start:end]``."""
    cue: str
    """The words that make it an attribution, as written; empty for a bare credit."""
    kind: Literal["citation", "dateline", "credit", "anaphora"]
    """A cue ties the outlet to what it says; the agency in the place line; a credit without a cue; without a name."""
    start: int
    """First character of the surface in the text."""
    end: int
    """One past the last character."""
    confidence: float
    """0 to 1: the share of right finds to expect of its rule and name."""
    own: bool = False
    """Whether the outlet is the page's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record comes from and how its values were won."""

    spider: str | None = None
    """Which spider asked for the page."""
    crawl: str | None = None
    """Crawl id, ``20261122T115602Z``."""
    discovered_via: str | None = None
    """Where its address was found, e.g. ``sitemap https://example.org/news.xml``."""
    fetched_at: str | None = None
    """When the response came, UTC."""
    status: int | None = None
    """HTTP status."""
    etag: str | None = None
    """The ETag header, for asking again."""
    last_modified: str | None = None
    """The Last-Modified header, as sent."""
    body_sha256: str
    """Of the body as received, hex."""
    extractor: str
    """``newscrawl/<version> trafilatura/<version>``."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field → where its value came from: ``json-ld``, ``meta``, ``markup``, ``feed``, ``url``, ``heuristic``, …."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What extraction made of a page: one record of the archive."""

    id: str | None = None
    """sha256 hex of canonical URL, a newline and the fingerprint."""
    url: str
    """Where the page came from, after redirects."""
    canonical_url: str
    """The page's own canonical address where it can be trusted, tracking parameters dropped."""
    outlet: str | None = None
    """Registrable domain of the outlet that published the page."""
    outlet_name: str | None = None
    """As the registry calls it, else as the site calls itself."""
    title: str | None = None
    """The headline, without the outlet's name."""
    authors: tuple[str, ...] = ()
    """Names as the page writes them, without titles and roles."""
    published_at: str | None = None
    """First publication: a UTC time, or a day where the page gives no hour or no zone."""
    modified_at: str | None = None
    """Last change, as the page says; likewise."""
    language: str | None = None
    """ISO 639-1."""
    section: str | None = None
    """The outlet's own name for the part of its site."""
    tags: tuple[str, ...] = ()
    """Keywords that the outlet gave the article."""
    description: str | None = None
    """The outlet's summary for links to the article."""
    image: str | None = None
    """Absolute URL."""
    text: str
    """The outlet's prose: paragraphs separated by one newline, no markup, no tweets, no boilerplate."""
    tweets: tuple[TweetReference, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    fingerprint: str | None = None
    """Versioned hash of the normalised text, ``<version>:<hex>``."""
    duplicate_of: str | None = None
    """Id of the record that this one repeats; null while copies are linked in ``duplicates-*.jsonl`` instead."""
    similarity: float | None = None
    """0 to 1, with ``duplicate_of``."""
    flags: tuple[str, ...] = ()
    """``paywall``: for subscribers, perhaps cut; ``date_implausible``: a date was passed over."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """One line of ``duplicates-*.jsonl``: a URL whose story the archive already holds."""

    url: str
    duplicate_of: str
    """Id of the archived record."""
    kind: Literal["url", "exact"]
    """Same canonical address, or same fingerprint."""
    similarity: float
    outlet: str | None = None
    fetched_at: str | None = None
    """Null where the address alone told, before a download."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One line of ``outcomes-*.jsonl``: how a candidate URL ended."""

    url: str
    outcome: str
    """``archived``, ``duplicate``, ``unchanged``, ``rejected:<reason>`` or ``failed:<reason>``."""
    id: str | None = None
    """The record that holds the story, where there is one."""
    discovered_via: str | None = None
