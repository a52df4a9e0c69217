"""What a page says of itself in schema.org JSON-LD.

Source: https://schema.org/NewsArticle and https://www.w3.org/TR/json-ld11/, checked 2026-11-22.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from operator import attrgetter
from typing import Any, NamedTuple, cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extract.metadata.words import fold_space
from newscrawl.urls import resolve_url, url_key

__all__ = ["Node", "Placed", "find_article", "names_of", "read_nodes", "text_of", "texts_of", "types_of"]

Node = dict[str, Any]

_SCRIPTS = XPath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
_DECODER = json.JSONDecoder(strict=False)
_HOLDERS = (dict, list)
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
_TOP, _INSIDE, _ELSEWHERE = range(3)
_STEPS = {"@graph": _TOP} | dict.fromkeys(_OF_OTHERS, _ELSEWHERE)
_MOST = 100  # article nodes of which one might be the page's own; more are a list
_DEEPEST = 50  # levels; real pages have a dozen, and Python's stack ends at a thousand


class Placed(NamedTuple):
    """A node and where it stands; what is inside an object stands no better than that does."""

    node: Node
    place: int = _TOP
    """Lower is better: at the top of a script or in its ``@graph``, inside another node, inside another work."""


def read_nodes(tree: HtmlElement) -> list[Placed]:
    """Every JSON object in the page's ``application/ld+json`` scripts, outer before inner, in page order.

    Scripts that are not JSON even after the usual mistakes are mended (comments, trailing commas, raw line breaks),
    or are nested beyond reason, count as absent.
    """
    return [
        placed
        for script in cast("list[HtmlElement]", _SCRIPTS(tree))
        for placed in _place_objects(_parse_json(script.text or ""))
    ]


def find_article(nodes: list[Placed], url: str) -> Node:
    """The node of the article at ``url``, completed by the WebPage node; empty if there is neither.

    A node that names the page's address comes first, then one at the top of a script or in its ``@graph``. Teasers,
    comments, a product's reviews and other nodes that belong to other works never count.

    Args:
        nodes: outer before inner, as `read_nodes` gives them.
        url: the page's address.
    """
    own = [n for n, _ in sorted((p for p in nodes if p.place < _ELSEWHERE), key=attrgetter("place"))]
    articles = [n for n in own if _is_article(n)]
    page: Node = next((n for n in own if "WebPage" in types_of(n)), {})
    return {**page, **_choose_article(articles, url)} if articles else page


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


def names_of(value: Any, nodes: list[Placed]) -> tuple[list[str], list[str]]:
    """The people and the organisations of an author value; references (``@id``) are looked up in ``nodes``."""
    people: list[str] = []
    organisations: list[str] = []
    authors = value if isinstance(value, list) else [value]
    named = _find_named(nodes) if any(map(_is_reference, authors)) else {}
    for author in authors:
        author = named.get(author["@id"], author) if _is_reference(author) else author
        if name := _name_of(author):
            is_organisation = isinstance(author, dict) and any("Organi" in t for t in types_of(author))
            (organisations if is_organisation else people).append(name)
    return people, organisations


def _parse_json(text: str) -> Any:
    for attempt in _mend_json(text):
        try:
            return _DECODER.decode(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def _mend_json(text: str) -> Iterator[str]:
    yield text
    bare = _WRAPPING.sub("", text).strip(_AROUND)
    yield bare
    yield _TRAILING_COMMA.sub("", bare)


def _place_objects(value: Any) -> list[Placed]:
    """The objects in a JSON value, outer before inner; none of one that is nested beyond reason."""
    found: list[Placed] = []
    stack = [(value, _TOP, 1)] if isinstance(value, _HOLDERS) else []
    while stack:
        holder, place, level = stack.pop()
        if level == _DEEPEST and holder:
            return []
        if isinstance(holder, dict):
            found.append(Placed(holder, place))
            inner = [(v, max(place, _STEPS.get(m, _INSIDE))) for m, v in holder.items() if isinstance(v, _HOLDERS)]
        else:
            inner = [(v, place) for v in holder if isinstance(v, _HOLDERS)]
        stack += [(v, step, level + 1) for v, step in reversed(inner)]
    return found


def types_of(node: Node) -> list[str]:
    """``schema:NewsArticle`` and ``http://schema.org/NewsArticle`` are ``NewsArticle``."""
    types = node.get("@type")
    return [re.split(r"[/:#]", t)[-1] for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _is_article(node: Node) -> bool:
    has_content = "headline" in node or "articleBody" in node or "datePublished" in node
    return has_content and any(t.endswith(_ARTICLE_TYPES) for t in types_of(node))


def _choose_article(articles: list[Node], url: str) -> Node:
    """The one that names the page's address, else the first."""
    if len(articles) == 1:
        return articles[0]
    key = _key_of(url, url)
    return next((n for n in articles[:_MOST] if key and key in _keys_of(n, url)), articles[0])


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


def _is_reference(author: Any) -> bool:
    return isinstance(author, dict) and isinstance(author.get("@id"), str) and not _name_of(author)


def _find_named(nodes: list[Placed]) -> dict[str, Node]:
    """What nodes call themselves → the first of them that has a name."""
    return {n["@id"]: n for n, _ in reversed(nodes) if isinstance(n.get("@id"), str) and _name_of(n)}


def _name_of(author: Any) -> str | None:
    if not isinstance(author, dict):
        return text_of(author)
    parts = [text_of(author.get(key)) for key in ("givenName", "familyName")]
    return text_of(author.get("name") or author.get("byline")) or fold_space(" ".join(filter(None, parts)))
