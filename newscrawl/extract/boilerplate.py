"""Keep an article's prose, drop the rest of its page: the one place that knows trafilatura and htmldate."""

import logging
from importlib.metadata import version

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.metadata import extract_author, extract_title
from trafilatura.settings import Document

__all__ = [
    "EXTRACTOR",
    "MAX_DATE_BYTES",
    "clean_boilerplate",
    "guess_authors",
    "guess_date",
    "guess_title",
    "parse_html",
]

EXTRACTOR = f"trafilatura/{version('trafilatura')}"

MAX_DATE_BYTES = 1_500_000
"""Pages longer than this are not worth `guess_date`, whose time grows by a second and more per megabyte."""

# Their warnings repeat what the outcome of a page already says.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def parse_html(html: str) -> HtmlElement | None:
    """Parse a page once, with trafilatura's repairs; None if there is no HTML in it."""
    return load_html(html) if html.strip() else None


def clean_boilerplate(tree: HtmlElement) -> str:
    """The article's prose: paragraphs separated by one newline; empty if there is none.

    The tree is left as it is. The options were measured on 270 labelled pages (text F1): ``fast`` with
    ``favor_recall`` 0.938, ``fast`` alone 0.936, neither 0.930. trafilatura's own deduplication stays off: it keeps
    state for the whole process and drops an agency's paragraph from the fourth article on.
    """
    document = bare_extraction(tree, fast=True, favor_recall=True, include_comments=False)
    return (document.text or "") if isinstance(document, Document) else ""


def guess_title(tree: HtmlElement) -> str | None:
    """trafilatura's guess from headings and ``<title>``."""
    return extract_title(tree)


def guess_authors(tree: HtmlElement) -> list[str]:
    """trafilatura's guess from bylines; the tree is left as it is."""
    return [name for name in (extract_author(tree) or "").split("; ") if name]


def guess_date(tree: HtmlElement, *, url: str, latest: str | None) -> str | None:
    """htmldate's guess of the day of publication, ``YYYY-MM-DD``, not after ``latest`` (likewise a day)."""
    return find_date(tree, original_date=True, extensive_search=True, url=url, max_date=latest)
