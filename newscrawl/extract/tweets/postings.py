"""Tweets that a page's JSON-LD declares as posts which the article shows.

Source: https://schema.org/SocialMediaPosting, checked 2026-11-22.
"""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extract.metadata.json_ld import Node, read_nodes, text_of, types_of
from newscrawl.extract.tweets.cards import Card
from newscrawl.extract.tweets.places import Place
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["find_postings"]

_ADDRESSES = ("url", "@id", "mainEntityOfPage", "sameAs")
_APART_TYPES = frozenset(("ClaimReview", "Comment", "ItemList"))
_APART = ("comment", "review", "mentions", "about", "citation", "isBasedOn")
_TEXTS = ("articleBody", "text", "headline")


def find_postings(tree: HtmlElement, known: set[str]) -> Iterator[Place]:
    """The posts among the page's JSON-LD nodes, without those in ``known``, the claims that it checks, and comments.

    Raises:
        Nothing.
    """
    nodes = [placed.node for placed in read_nodes(tree)]
    apart = {id(inner) for node in nodes for inner in _find_apart(node)}
    for node in nodes:
        status = _find_status(node) if "SocialMediaPosting" in types_of(node) and id(node) not in apart else None
        if status and status.id not in known:
            yield Place(status, "script", tree, _read_card(node, status), is_stated=True)


def _find_apart(node: Node) -> Iterator[Node]:
    """The nodes inside a node that the article doesn't show: claims, comments, lists, what it is about."""
    values: list[Any] = [node] if not _APART_TYPES.isdisjoint(types_of(node)) else [node.get(name) for name in _APART]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            yield value
        values.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


def _find_status(node: Node) -> Status | None:
    values = (node.get(name) for name in _ADDRESSES)
    return next((s for value in values if isinstance(value, str) and (s := parse_status(value))), None)


def _read_card(node: Node, status: Status) -> Card:
    text = next((text for name in _TEXTS if (text := text_of(node.get(name)))), None)
    return Card(handle=status.handle, name=text_of(node.get("author")), text=text)
