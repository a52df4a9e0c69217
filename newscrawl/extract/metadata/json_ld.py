"""What a page says of itself in schema.org JSON-LD.

Source: https://schema.org/NewsArticle and https://www.w3.org/TR/json-ld11/, checked 2026-11-22.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

__all__ = ["Node", "find_article", "fold_space", "names_of", "read_nodes", "text_of", "texts_of"]

Node = dict[str, Any]

_WRAPPING = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_AROUND = " \t\r\n/*;"  # what is left of comment marks around a wrapping
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_ARTICLE_TYPES = ("NewsArticle", "Article", "Posting", "Report", "Review")
_DEEPEST = 50  # levels; real pages have a dozen, and Python's stack ends at a thousand


def read_nodes(tree: HtmlElement) -> list[Node]:
    """Every JSON object in the page's ``application/ld+json`` scripts, outer before inner, in page order.

    Scripts that are not JSON even after the usual mistakes are mended (comments, trailing commas, raw line breaks),
    or are nested beyond reason, count as absent.
    """
    return [
        node
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for node in _walk(_parse_json(script.text or ""))
    ]


def find_article(nodes: list[Node]) -> Node:
    """The node of the page's article, completed by its WebPage node; empty if there is neither."""
    articles = [n for n in nodes if _is_article(n) and ("headline" in n or "articleBody" in n or "datePublished" in n)]
    page: Node = next((n for n in nodes if "WebPage" in _types(n)), {})
    return {**page, **articles[0]} if articles else page


def text_of(value: Any) -> str | None:
    """The words of a JSON-LD value, entities and stray tags undone, white space folded; None if there are none."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("headline"))
    return fold_space(_TAG.sub(" ", unescape(unescape(str(value))))) if isinstance(value, str | int) else None


def texts_of(value: Any) -> list[str]:
    """All words of a value that may be a list or one string with commas between."""
    if isinstance(value, str):
        value = value.split(",")
    return [text for item in (value if isinstance(value, list) else [value]) if (text := text_of(item))]


def names_of(value: Any, nodes: list[Node]) -> tuple[list[str], list[str]]:
    """The people and the organisations of an author value; references (``@id``) are looked up in ``nodes``."""
    people: list[str] = []
    organisations: list[str] = []
    named = {n["@id"]: n for n in reversed(nodes) if isinstance(n.get("@id"), str) and _name_of(n)}
    for item in value if isinstance(value, list) else [value]:
        author = _resolve(item, named)
        if name := _name_of(author):
            is_organisation = isinstance(author, dict) and any("Organi" in t for t in _types(author))
            (organisations if is_organisation else people).append(name)
    return people, organisations


def fold_space(text: str) -> str | None:
    """``text`` with runs of white space folded, soft hyphens and zero-width marks dropped; None if nothing is left.

    Lone surrogates, which JSON escapes can spell and UTF-8 can't, become U+FFFD.
    """
    return " ".join(text.translate(_CLEAN).split()) or None


_CLEAN = dict.fromkeys(map(ord, "\0\u00ad\u200b\u2060\ufeff")) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def _parse_json(text: str) -> Any:
    bare = _WRAPPING.sub("", text).strip(_AROUND)
    for attempt in (text, bare, _TRAILING_COMMA.sub("", bare)):
        try:
            value = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return None if _is_deep(value) else value
    return None


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [child for held in level for child in _children(held)]
        if not level:
            return False
    return True


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _walk(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
    for child in _children(value):
        yield from _walk(child)


def _types(node: Node) -> list[str]:
    """``schema:NewsArticle`` and ``http://schema.org/NewsArticle`` are ``NewsArticle``."""
    types = node.get("@type")
    return [re.split(r"[/:#]", t)[-1] for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _is_article(node: Node) -> bool:
    return any(t.endswith(_ARTICLE_TYPES) for t in _types(node))


def _resolve(author: Any, named: dict[str, Node]) -> Any:
    if not isinstance(author, dict) or not isinstance(author.get("@id"), str) or _name_of(author):
        return author
    return named.get(author["@id"], author)


def _name_of(author: Any) -> str | None:
    if not isinstance(author, dict):
        return text_of(author)
    parts = [text_of(author.get(key)) for key in ("givenName", "familyName")]
    return text_of(author.get("name") or author.get("byline")) or fold_space(" ".join(filter(None, parts)))
