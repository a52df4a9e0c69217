"""What a page says of itself in ``<meta>`` and ``<link>`` tags."""

from collections.abc import Iterable, Mapping

from lxml.html import HtmlElement

from newscrawl.extract.metadata.words import fold_space

__all__ = ["MetaTags", "first_of", "read_canonical_link", "read_meta_tags"]

MetaTags = Mapping[str, list[str]]


def read_meta_tags(tree: HtmlElement) -> MetaTags:
    """Lower-case name (``property``, ``name`` or ``itemprop``) → contents, in page order, never empty strings."""
    tags: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = fold_space(meta.get("content") or "")
        if name and content:
            tags.setdefault(name.strip().lower(), []).append(content)
    return tags


def first_of(tags: MetaTags, names: Iterable[str]) -> str | None:
    """The first content under the first of ``names`` that the page has."""
    return next((tags[name][0] for name in names if name in tags), None)


def read_canonical_link(tree: HtmlElement) -> str | None:
    """The address in ``<link rel="canonical">``, as written."""
    links = (link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next((link.get("href", "").strip() for link in links), None)
