"""Tweets in the state that a page's scripts carry as JSON and render in the browser.

Such states hold the tweets of other articles as well. Counted is what stands next to prose that the page
itself shows.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import accumulate
from typing import Any, cast

from lxml.etree import XPath, _Element

from newscrawl.extract.tweets.flattened import fold_space
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["Stated", "TextNode", "find_stated", "read_text_nodes"]

_SCRIPTS = XPath("//script[contains(., 'status') and not(contains(@type, 'ld+json'))]")
_SLASH = r"(?:/|\\{1,3}/|\\{1,3}u002[fF])"
# The host is looked at last: a search for what may stand first in several ways takes many times as long.
_STATUS_ID = re.compile(
    rf"\.com(?:(?<=twitter\.com)|(?<=x\.com)){_SLASH}[\w\\#!/]{{1,40}}?status(?:es)?{_SLASH}(\d{{1,19}})(?!\d)"
)
_VALUE = re.compile(r"(?:\A|[=(])\s*(?=[\[{\"])")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_DECODER = json.JSONDecoder()
_MOST_VALUES = 40  # per script; further assignments are small settings
_MOST_NODES = 200_000
_PROSE = 60  # characters
_SNIPPET = 48  # characters that tell one paragraph from another


@dataclass(frozen=True, slots=True)
class TextNode:
    """A piece of text that the page shows: the text or, if ``is_tail``, the tail of an element."""

    element: _Element
    is_tail: bool
    text: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A tweet in a state."""

    status: Status | None
    """None where ``markup`` tells."""
    markup: str
    behind: TextNode | None
    """The shown text that it follows; None where it only precedes one."""


class _Shown:
    """The texts that a page shows, to be searched for the words of one."""

    def __init__(self, nodes: Sequence[TextNode]) -> None:
        self._nodes = nodes
        self._text = "\n".join(node.text for node in nodes)
        self._starts = list(accumulate((len(node.text) + 1 for node in nodes), initial=0))
        self.find = cache(self._find)

    def _find(self, snippet: str) -> TextNode | None:
        """The first text that holds ``snippet``, which has no line breaks; None if it is empty."""
        at = self._text.find(snippet) if snippet else -1
        return None if at < 0 else self._nodes[bisect_right(self._starts, at) - 1]


def find_stated(tree: _Element, known: set[str]) -> list[Stated]:
    """The tweets in JSON states that stand between prose of this page, in order, without those in ``known``.

    Raises:
        Nothing.
    """
    scripts = [s.text or "" for s in cast("list[_Element]", _SCRIPTS(tree))]
    scripts = [text for text in scripts if set(_STATUS_ID.findall(text)) - known]
    shown = _Shown(read_text_nodes(tree) if scripts else ())
    found = [s for text in scripts for value in _read_values(text) for s in _find_in_value(value, shown)]
    return [s for s in found if s.status is None or s.status.id not in known]


def read_text_nodes(tree: _Element) -> tuple[TextNode, ...]:
    """All longer pieces of text that a page shows; scripts and styles left out."""
    nodes = []
    for element in tree.iter():
        shows = isinstance(element.tag, str) and element.tag not in (
            "script",
            "style",
            "head",
            "title",
            "noscript",
        )
        if shows and element.text and len(element.text) >= _SNIPPET // 2:
            nodes.append(TextNode(element, False, fold_space(element.text)))
        if element.tail and len(element.tail) >= _SNIPPET // 2:
            nodes.append(TextNode(element, True, fold_space(element.tail)))
    return tuple(nodes)


def _read_values(script: str) -> Iterator[Any]:
    """The JSON values that a script is or assigns, those in ``JSON.parse("…")`` as well."""
    at = 0
    for _ in range(_MOST_VALUES):
        if not (match := _VALUE.search(script, at)):
            return
        value, at = _decode(script, match.end())
        if isinstance(value, str):
            value, _end = _decode(value, 0)
        if isinstance(value, dict | list):
            yield value


def _decode(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at + 1


def _find_in_value(value: Any, shown: _Shown) -> Iterator[Stated]:
    """Look through every list: an item that is a tweet, beside items that hold prose."""
    stack, seen = [value], 0
    while stack and seen < _MOST_NODES:
        node = stack.pop()
        seen += 1
        if isinstance(node, list):
            yield from _find_in_list(node, shown)
        children = list(node.values()) if isinstance(node, dict) else node
        stack.extend(child for child in reversed(children) if isinstance(child, dict | list))


def _find_in_list(items: list[Any], shown: _Shown) -> Iterator[Stated]:
    """The tweets whose nearest prose, above or else below, is shown on this page."""
    tweets = {number: tweet for number, item in enumerate(items) if (tweet := _read_tweet(item))}
    if not tweets:
        return
    prose = [_read_prose(item) for item in items]
    above, below = _carry(prose), _carry(reversed(prose))[::-1]
    for number, tweet in tweets.items():
        behind = shown.find(above[number][-_SNIPPET:].strip())
        if behind or shown.find(below[number + 1][:_SNIPPET].strip()):
            yield Stated(*tweet, behind)


def _carry(prose: Iterable[str]) -> list[str]:
    """What the nearest prose before each item is, and before the end; empty where none is."""
    return list(accumulate(prose, lambda last, text: text or last, initial=""))


def _read_tweet(item: Any) -> tuple[Status | None, str] | None:
    """A list's item that shows a tweet: an object whose own value is an address or the usual markup."""
    if not isinstance(item, dict):
        return None
    for value in item.values():
        if isinstance(value, str) and "status" in value:
            if "<blockquote" in value and len(value) < 6000:
                return None, value
            if status := parse_status(value):
                return status, ""
    return None


def _read_prose(item: Any) -> str:
    """The first prose that an item of a list holds, without markup; empty if it holds none."""
    for value in item.values() if isinstance(item, dict) else [item]:
        text = fold_space(unescape(_TAG.sub(" ", value))) if isinstance(value, str) else ""
        if len(text) >= _PROSE and " " in text and not parse_status(text):
            return text
    return ""
