"""RSS and Atom feeds → candidates."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser

from newscrawl.dates import parse_date
from newscrawl.errors import Unreadable
from newscrawl.items import Candidate, Hints
from newscrawl.urls import resolve_url

__all__ = ["parse_feed"]

# Emoji as two references, which XML forbids and feedparser trips over.
_SURROGATES = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)


def parse_feed(body: bytes, *, url: str) -> list[Candidate]:
    """The entries of a feed, in its order.

    Broken XML is no reason to drop entries: what feedparser could read counts. Relative links are resolved against
    ``xml:base`` and the feed's own address; entries without a link are left out.

    Raises:
        Unreadable: the body is no feed.
    """
    clean = BytesIO(_SURROGATES.sub("\ufffd".encode(), body))
    try:
        feed = feedparser.parse(clean, response_headers={"content-location": url}, sanitize_html=False)
    except ValueError as error:  # an encoding declaration that is not even text
        raise Unreadable("not-a-feed") from error
    if not feed.get("version") and not feed.entries:
        raise Unreadable("not-a-feed")
    language = feed.feed.get("language")
    return list(_read_entries(feed.entries, url, language))


def _read_entries(entries: list[Any], url: str, language: str | None) -> Iterator[Candidate]:
    for entry in entries:
        if link := resolve_url(url, entry.get("link") or ""):
            yield Candidate(url=link, via=f"feed {url}", hints=_read_hints(entry, language))


def _read_hints(entry: Any, language: str | None) -> Hints:
    return Hints(
        title=entry.get("title") or None,
        authors=tuple(name for a in entry.get("authors", ()) if (name := a.get("name"))),
        published_at=parse_date(entry.get("published")),
        modified_at=parse_date(entry.get("updated")) if "updated" in set(entry) else None,
        language=entry.get("language") or language,
        tags=tuple(term for t in entry.get("tags", ()) if (term := t.get("term"))),
    )
