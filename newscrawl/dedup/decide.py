"""Whether the archive already holds an article."""

from dataclasses import dataclass
from typing import Literal

from newscrawl.dedup.seen import Seen, SeenRecord
from newscrawl.items import Article

__all__ = ["Match", "find_duplicate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The archived record that makes an article superfluous."""

    kind: Literal["unchanged", "url", "exact"]
    """``unchanged``: the same page as at an earlier crawl; the other two as in `Duplicate`."""
    record: SeenRecord
    similarity: float = 1.0


def find_duplicate(article: Article, seen: Seen) -> Match | None:
    """Decide by address, then by text.

    - The page's address was archived by this very crawl: ``url``, whatever the text (a twin, or a page in
      motion).
    - By an earlier crawl, with the same text: ``unchanged``; with another text it is a revision, and new.
    - The address that the page calls its canonical one, with the same text: ``url``. With another text it is new:
      sites name one canonical address for all their stories more often than anyone would like.
    - Another address with the same text: ``exact``. So is a revision that returns to a text archived before,
      which would have the id of that record.

    Args:
        article: with its fingerprint; the spider and crawl of its provenance say which crawl is this one.
        seen: what the archive holds.

    Returns:
        None for an article to archive.
    """
    crawl = f"{article.provenance.spider}/{article.provenance.crawl}"
    same_page = seen.by_url(article.url)
    if same_page and same_page.crawl == crawl:
        return Match(kind="url", record=same_page)
    if same_page and same_page.fingerprint == article.fingerprint:
        return Match(kind="unchanged", record=same_page)
    same_canonical = seen.by_url(article.canonical_url)
    if same_canonical and same_canonical.fingerprint == article.fingerprint:
        return Match(kind="url", record=same_canonical)
    same_text = seen.by_fingerprint(article.fingerprint) if article.fingerprint else None
    return Match(kind="exact", record=same_text) if same_text else None
