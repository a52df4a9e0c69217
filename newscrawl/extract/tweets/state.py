"""Tweets in the state that a page's scripts carry as JSON and render in the browser.

Such states hold the tweets of other articles as well. Counted is what stands next to prose that the page itself
shows: of the prose around a tweet, that which shares the innermost object or list with it decides.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import accumulate, takewhile

from lxml.etree import _Element

from newscrawl.extract.tweets.cards import Card
from newscrawl.extract.tweets.escaped import peel
from newscrawl.extract.tweets.flattened import fold_space
from newscrawl.extract.tweets.marks import ENCODED_ADDRESSES
from newscrawl.extract.tweets.places import Anchor, Form, Place
from newscrawl.extract.tweets.regions import is_foreign
from newscrawl.extract.tweets.scripts import Path, read_leaves
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["find_stated", "read_text_nodes"]

_IDS = re.compile(r"status(?:es)?(?:\\*/|\\+u002[fF])(\d{1,19})(?!\d)|tweet[_-]?id\W{1,8}(\d{9,19})\b", re.IGNORECASE)
_ID_KEY = re.compile(r"tweet[_-]?id", re.IGNORECASE)
_ID = re.compile(r"\d{9,19}")
_MARKS = ("status", "tweet", *ENCODED_ADDRESSES)
_APART = re.compile(r"[\s<]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE = re.compile(r"\S+ .*[.!?…؟。！？।]\W{0,2}", re.DOTALL)
_PROSE = 60  # characters; shorter is prose if it ends like a sentence
_SNIPPET = 48  # characters that tell one paragraph from another
_SHORTEST_RUN = 24  # characters
_SHORTEST_PART = 12
_FURTHEST = 40  # pieces looked through on either side of a tweet
_UNSHOWN = ("script", "style", "head", "title", "noscript", "template")

ReadMarkup = Callable[[str], Iterable[Place | str]]
"""Escaped markup → its shown tweets and the texts between them, in order."""


@dataclass(frozen=True, slots=True)
class _Prose:
    """A paragraph of a state."""

    path: Path
    runs: tuple[str, ...]
    """Its text, as it is cut by tags."""


@dataclass(frozen=True, slots=True)
class _Tweet:
    """A tweet of a state."""

    path: Path
    status: Status
    form: Form = "script"
    card: Card = field(default_factory=Card)


class _State:
    """All tweets and paragraphs of a page's states, in order."""

    def __init__(self, pieces: Iterable[_Prose | _Tweet]) -> None:
        self.tweets: list[tuple[int, _Tweet]] = []
        """Each with the number of paragraphs before it."""
        self._prose: list[_Prose] = []
        for piece in pieces:
            if isinstance(piece, _Tweet):
                self.tweets.append((len(self._prose), piece))
            else:
                self._prose.append(piece)

    def find_above(self, tweet: _Tweet, number: int) -> _Prose | None:
        """The last of the first ``number`` paragraphs that is none of the tweet's own."""
        near = (self._prose[n] for n in range(number - 1, max(-1, number - 1 - _FURTHEST), -1))
        return next((prose for prose in near if not _is_own(tweet, prose)), None)

    def find_below(self, tweet: _Tweet, number: int) -> _Prose | None:
        """Likewise the first of the others."""
        near = (self._prose[n] for n in range(number, min(number + _FURTHEST, len(self._prose))))
        return next((prose for prose in near if not _is_own(tweet, prose)), None)


class _Shown:
    """The texts that a page shows, to be searched for the words of one."""

    def __init__(self, nodes: Sequence[tuple[_Element, bool, str]]) -> None:
        self._nodes = nodes
        self._text = "\n".join(text for _, _, text in nodes)
        self._starts = list(accumulate((len(text) + 1 for _, _, text in nodes), initial=0))
        self._find = cache(self._search)

    def find_end(self, prose: _Prose | None) -> Anchor | None:
        """The shown text that ends a paragraph, as the anchor of what follows it."""
        return self._find(prose.runs[-1][-_SNIPPET:].strip(), False) if prose else None

    def find_start(self, prose: _Prose | None) -> Anchor | None:
        """The shown text that begins a paragraph, as the anchor of what precedes it."""
        return self._find(prose.runs[0][:_SNIPPET].strip(), True) if prose else None

    def _search(self, snippet: str, is_before: bool) -> Anchor | None:
        at = self._text.find(snippet)
        if at < 0:
            return None
        element, is_tail, _ = self._nodes[bisect_right(self._starts, at) - 1]
        return Anchor(element, is_tail, is_before)


def find_stated(tree: _Element, scripts: Sequence[str], known: set[str], read_markup: ReadMarkup) -> list[Place]:
    """The tweets in states that stand beside prose of this page, in order, without those in ``known``.

    Raises:
        Nothing.
    """
    scripts = [text for text in scripts if _names_unknown(text, known)]
    if not scripts:
        return []
    state = _State(piece for path, text in read_leaves(scripts) for piece in _read_leaf(path, text, read_markup))
    unknown = [(number, tweet) for number, tweet in state.tweets if tweet.status.id not in known]
    shown = _Shown(read_text_nodes(tree) if unknown else ())
    return [place for number, tweet in unknown if (place := _place(tweet, number, state, shown))]


def read_text_nodes(tree: _Element) -> tuple[tuple[_Element, bool, str], ...]:
    """All longer pieces of text that a page shows, as element, whether it is its tail, and text."""
    nodes = []
    for element in tree.iter():
        shows = isinstance(element.tag, str) and element.tag not in _UNSHOWN
        if shows and element.text and len(element.text) >= _SHORTEST_RUN:
            nodes.append((element, False, fold_space(element.text)))
        if element.tail and len(element.tail) >= _SHORTEST_RUN:
            nodes.append((element, True, fold_space(element.tail)))
    return tuple(nodes)


def _names_unknown(script: str, known: set[str]) -> bool:
    ids = {first or second for first, second in _IDS.findall(script)}
    return bool(ids - known) or any(mark in script for mark in ENCODED_ADDRESSES) or "__next_f" in script


def _read_leaf(path: Path, text: str, read_markup: ReadMarkup) -> Iterator[_Prose | _Tweet]:
    """The tweets and paragraphs of one string."""
    if status := _read_status(path[-1], text):
        yield _Tweet(path, status)
    elif any(mark in text for mark in _MARKS) and "<" in (markup := peel(text)):
        yield from filter(None, (_read_part((*path, n), part) for n, part in enumerate(read_markup(markup))))
    elif len(text) >= _SHORTEST_RUN and (prose := _read_prose(path, text)):
        yield prose


def _read_status(key: str | int, text: str) -> Status | None:
    """The post that a string names by nothing but its address, or by its id under a key that says so."""
    if isinstance(key, str) and _ID_KEY.search(key) and _ID.fullmatch(text):
        return Status(text)
    return parse_status(text) if "status" in text and not _APART.search(text.strip()) else None


def _read_part(path: Path, part: Place | str) -> _Prose | _Tweet | None:
    """A tweet, or a text beside one in the same markup, which is prose in any length."""
    if isinstance(part, Place):
        return _Tweet(path, part.status, part.form, part.card)
    return _Prose(path, (fold_space(part),)) if len(part.strip()) >= _SHORTEST_PART else None


def _read_prose(path: Path, text: str) -> _Prose | None:
    runs = [fold_space(unescape(run)) for run in _TAG.split(text)]
    long = tuple(run for run in runs if len(run) >= _SHORTEST_RUN)
    is_prose = sum(map(len, runs)) >= _PROSE or any(_SENTENCE.fullmatch(run) for run in long)
    return _Prose(path, long) if long and is_prose else None


def _place(tweet: _Tweet, number: int, state: _State, shown: _Shown) -> Place | None:
    """Where a tweet stands, if the prose that is closest to it is shown."""
    above, below = state.find_above(tweet, number), state.find_below(tweet, number)
    near, far = _closeness(tweet, above), _closeness(tweet, below)
    if max(near, far) < 1 or any(isinstance(key, str) and is_foreign(key) for key in tweet.path[max(near, far, 0) :]):
        return None
    anchor = shown.find_end(above) if near >= far else None
    anchor = anchor or (shown.find_start(below) if far >= near else None)
    return (
        Place(tweet.status, tweet.form, anchor.element, tweet.card, is_stated=True, anchor=anchor) if anchor else None
    )


def _is_own(tweet: _Tweet, prose: _Prose) -> bool:
    """Whether a paragraph stands in one object with a tweet's address: it is the tweet's text, or a caption."""
    own = tweet.path[:-1]
    return isinstance(tweet.path[-1], str) and prose.path[: len(own)] == own


def _closeness(tweet: _Tweet, prose: _Prose | None) -> int:
    """How many steps into the state two pieces go together; -1 without the second."""
    if prose is None:
        return -1
    pairs = zip(tweet.path, prose.path, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
