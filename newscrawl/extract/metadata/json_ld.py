"""What a page says of itself in schema.org JSON-LD.

Source: https://schema.org/NewsArticle and https://www.w3.org/TR/json-ld11/, checked 2026-11-22.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extract.metadata.words import fold_space
from newscrawl.urls import resolve_url, url_key

__all__ = ["Node", "find_article", "names_of", "read_nodes", "text_of", "texts_of"]

Node = dict[str, Any]

_WRAPPING = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_AROUND = " \t\r\n/*;"  # what is left of comment marks around a wrapping
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_ARTICLE_TYPES = ("NewsArticle", "Article", "Posting", "Report", "Review")
_OF_OTHERS = frozenset([
    "itemListElement", "item", "dataFeedElement", "blogPost", "blogPosts", "review", "reviews", "comment", "hasPart",
    "isPartOf", "mentions", "citation", "isBasedOn", "isRelatedTo", "isSimilarTo", "relatedLink", "workExample",
    "exampleOfWork", "about", "subjectOf",
])  # fmt: skip
"""Members that hold other works: teasers, comments, reviews of a product."""
_TOP, _INSIDE, _ELSEWHERE = range(3)  # where a node stands: best first
_MOST = 100  # article nodes of which one might be the page's own; more are a list
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


def find_article(nodes: list[Node], url: str) -> Node:
    """The node of the article at ``url``, completed by the WebPage node; empty if there is neither.

    A node that names the page's address comes first, then one at the top of a script or in its ``@graph``. Teasers,
    comments, a product's reviews and other nodes that belong to other works never count.

    Args:
        nodes: outer before inner, as `read_nodes` gives them.
        url: the page's address.
    """
    places = _find_places(nodes)
    own = sorted((n for n in nodes if places[id(n)] < _ELSEWHERE), key=lambda n: places[id(n)])
    articles = [n for n in own if _is_article(n)]
    page: Node = next((n for n in own if "WebPage" in _types(n)), {})
    key = _key_of(url, url)
    named = (n for n in articles[:_MOST] if key and key in _keys_of(n, url))
    return {**page, **next(named, articles[0])} if articles else page


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
    has_type = any(t.endswith(_ARTICLE_TYPES) for t in _types(node))
    return has_type and ("headline" in node or "articleBody" in node or "datePublished" in node)


def _find_places(nodes: list[Node]) -> dict[int, int]:
    """Identity of a node → where it stands; what is inside an object stands no better than that does."""
    places: dict[int, int] = {}
    for node in nodes:
        place = places.setdefault(id(node), _TOP)
        for member, value in node.items():
            step = _ELSEWHERE if member in _OF_OTHERS else _TOP if member == "@graph" else _INSIDE
            places.update((id(inner), max(place, step)) for inner in _objects(value))
    return places


def _objects(value: Any) -> Iterator[Node]:
    """``value`` or, if it is a list, its items, as far as they are objects."""
    if isinstance(value, dict):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from _objects(item)


def _keys_of(node: Node, base: str) -> set[str | None]:
    """The addresses that a node gives itself, in the form in which twins of a page are equal."""
    page = node.get("mainEntityOfPage")
    holders = [node, page] if isinstance(page, dict) else [node]
    addresses = [page, *(holder.get(member) for holder in holders for member in ("url", "@id"))]
    return {_key_of(base, a) for a in addresses if isinstance(a, str) and not a.startswith("#")}


def _key_of(base: str, address: str) -> str | None:
    absolute = resolve_url(base, address)
    try:
        return url_key(absolute) if absolute else None
    except ValueError:
        return None


def _resolve(author: Any, named: dict[str, Node]) -> Any:
    if not isinstance(author, dict) or not isinstance(author.get("@id"), str) or _name_of(author):
        return author
    return named.get(author["@id"], author)


def _name_of(author: Any) -> str | None:
    if not isinstance(author, dict):
        return text_of(author)
    parts = [text_of(author.get(key)) for key in ("givenName", "familyName")]
    return text_of(author.get("name") or author.get("byline")) or fold_space(" ".join(filter(None, parts)))
