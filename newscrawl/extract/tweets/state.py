"""Tweets in the state that a page's scripts carry as JSON and render in the browser.

Such states hold the tweets of other articles as well. Counted is what stands next to prose that the page itself
shows: of the prose around a tweet, that which shares the innermost object or list with it decides.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import unescape
from itertools import accumulate, chain, takewhile

from lxml.etree import _Element

from newscrawl.extract.tweets.cards import Card
from newscrawl.extract.tweets.escaped import make_writable, peel
from newscrawl.extract.tweets.flattened import fold_space
from newscrawl.extract.tweets.marks import ENCODED_ADDRESSES
from newscrawl.extract.tweets.places import Anchor, Form, Place
from newscrawl.extract.tweets.regions import is_foreign
from newscrawl.extract.tweets.scripts import Step, join_pushes, path_of, read_leaves
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["find_stated"]

_STATUS_ID = re.compile(r"status(?:es)?(?:\\*/|\\+u002[fF])(\d{1,19})(?!\d)", re.ASCII)
_TWEET_ID = re.compile(r"weet[_-]?[iI][dD]\W{1,8}(\d{9,19})\b", re.ASCII)
_ID_KEY = re.compile(r"tweet[_-]?id", re.IGNORECASE)
_HEADING_KEY = re.compile(r"headline|titel|title|titol|titre|titul|título", re.IGNORECASE)
_TOO_LONG = 20  # digits
_MARKS = ("status", "weet-id", "weetid", *ENCODED_ADDRESSES)
_APART = re.compile(r"[\s<]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE = re.compile(r"\S+ .*[.!?…؟。！？।]\W{0,2}", re.DOTALL)
_PROSE = 60  # characters; shorter is prose if it ends like a sentence
_SNIPPET = 48  # characters that tell one paragraph from another
_SHORTEST_RUN = 24  # characters
_SHORTEST_PART = 12
_FURTHEST = 200  # strings looked through on either side of a tweet
_WINDOW = 10_000  # characters of a script on either side of a tweet
_ESCAPES = 20
_RUN = re.compile(r"[^\"\\<>{}\[\]]{30,48}")
_UNSHOWN = ("script", "style", "head", "title", "noscript", "template")

_Path = tuple[str | int, ...]
ReadMarkup = Callable[[str], Iterable[Place | str]]
"""Escaped markup → its shown tweets and the texts between them, in order."""


@dataclass(frozen=True, slots=True)
class _Prose:
    """A paragraph of a state."""

    path: _Path
    runs: tuple[str, ...]
    """Its text, as it is cut by tags."""


@dataclass(frozen=True, slots=True)
class _Tweet:
    """A tweet of a state."""

    step: Step
    path: _Path
    """Ends inside the string that ``step`` leads to, if that holds more than the tweet."""
    status: Status
    form: Form = "script"
    card: Card = field(default_factory=Card)


@dataclass(frozen=True, slots=True)
class _Found:
    """A tweet and the paragraphs above and below it that are none of its own."""

    tweet: _Tweet
    above: _Prose | None
    below: _Prose | None


class _State:
    """The strings of a page's states in order, and the tweets and paragraphs that they are or hold."""

    def __init__(self, scripts: Sequence[str], read_markup: ReadMarkup) -> None:
        self._leaves = list(read_leaves(scripts))
        self._read_markup = read_markup
        self._read_leaf = cache(self._read)
        self._headed = {id(step[0]) for step, _ in self._leaves if _is_key(step[1], _HEADING_KEY)}

    def find_tweets(self) -> Iterator[_Found]:
        """Each tweet with the paragraphs around it."""
        for number, (step, text) in enumerate(self._leaves):
            if any(mark in text for mark in _MARKS) or (text.isdecimal() and _is_key(step[1], _ID_KEY)):
                yield from self._find_in_leaf(number)

    def is_elsewhere(self, tweet: _Tweet, depth: int) -> bool:
        """Whether what holds a tweet, but nothing within its first ``depth`` steps, is named after other articles or
        has a heading of its own, as articles have and their parts don't."""
        holder = tweet.step[0] and tweet.step[0][0]  # not the tweet's own object: embeds have captions
        while holder and len(path_of(holder)) > depth:
            if id(holder) in self._headed:
                return True
            holder = holder[0]
        return any(isinstance(key, str) and is_foreign(key) for key in tweet.path[depth:])

    def _find_in_leaf(self, number: int) -> Iterator[_Found]:
        pieces = self._read_leaf(number)
        for at, piece in enumerate(pieces):
            if isinstance(piece, _Tweet):
                above = _find_prose(piece, chain(pieces[:at][::-1], self._look_up(number)))
                below = _find_prose(piece, chain(pieces[at + 1 :], self._look_down(number)))
                yield _Found(piece, above, below)

    def _look_up(self, number: int) -> Iterator[_Prose | _Tweet]:
        for n in range(number - 1, max(-1, number - _FURTHEST), -1):
            yield from reversed(self._read_leaf(n))

    def _look_down(self, number: int) -> Iterator[_Prose | _Tweet]:
        for n in range(number + 1, min(number + _FURTHEST, len(self._leaves))):
            yield from self._read_leaf(n)

    def _read(self, number: int) -> tuple[_Prose | _Tweet, ...]:
        """The tweets and paragraphs of one string."""
        step, text = self._leaves[number]
        text = make_writable(text)
        if status := _read_status(step[1], text):
            return (_Tweet(step, path_of(step), status),)
        if any(mark in text for mark in _MARKS) and "<" in (markup := peel(text)):
            parts = enumerate(self._read_markup(markup))
            return tuple(filter(None, (_read_part(step, n, part) for n, part in parts)))
        prose = _read_prose(step, text) if len(text) >= _SHORTEST_RUN else None
        return (prose,) if prose else ()


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
    paragraphs = _Paragraphs(tree)
    scripts = [text for text in join_pushes(scripts) if any(map(paragraphs.are_near, _find_unknown(text, known)))]
    if not scripts:
        return []
    state = _State(scripts, read_markup)
    unknown = [found for found in state.find_tweets() if found.tweet.status.id not in known]
    shown = _Shown(_read_text_nodes(tree) if unknown else ())
    return [place for found in unknown if (place := _place(found, state, shown))]


def _read_text_nodes(tree: _Element) -> tuple[tuple[_Element, bool, str], ...]:
    """All longer pieces of text that a page shows, as element, whether it is its tail, and text."""
    nodes = []
    for element in tree.iter():
        shows = isinstance(element.tag, str) and element.tag not in _UNSHOWN
        if shows and element.text and len(element.text) >= _SHORTEST_RUN:
            nodes.append((element, False, fold_space(element.text)))
        if element.tail and len(element.tail) >= _SHORTEST_RUN:
            nodes.append((element, True, fold_space(element.tail)))
    return tuple(nodes)


def _find_unknown(script: str, known: set[str]) -> Iterator[str]:
    """What stands around each tweet of a script that is not in ``known``."""
    found = (match for pattern in (_STATUS_ID, _TWEET_ID) for match in pattern.finditer(script))
    starts = [match.start() for match in found if match[1] not in known]
    starts += [at for mark in ENCODED_ADDRESSES if (at := script.find(mark)) >= 0]
    last = -_WINDOW
    for start in sorted(starts):
        if start - last >= _WINDOW:
            yield script[max(0, start - _WINDOW) : start + _WINDOW]
            last = start


class _Paragraphs:
    """The words of a page's paragraphs, as a first test: reading a state takes longer than all else."""

    def __init__(self, tree: _Element) -> None:
        self._tree = tree

    @cached_property
    def _words(self) -> str:
        return fold_space(
            " ".join(text for p in self._tree.iter("p") for text in p.itertext() if isinstance(text, str))
        )

    def are_near(self, code: str) -> bool:
        """Whether a part of a script repeats any paragraph, or can't be told to."""
        if code.count("\\u") > _ESCAPES or len(self._words) < _WINDOW // 10:
            return True
        return any(run.strip() in self._words for run in _RUN.findall(code))


def _read_status(key: str | int, text: str) -> Status | None:
    """The post that a string names by nothing but its address, or by its id under a key that says so."""
    if text.isdecimal() and text.isascii() and len(text) < _TOO_LONG and _is_key(key, _ID_KEY):
        return Status(text)
    return parse_status(text) if "status" in text and not _APART.search(text.strip()) else None


def _read_part(step: Step, number: int, part: Place | str) -> _Prose | _Tweet | None:
    """A tweet, or a text beside one in the same markup, which is prose in any length."""
    path = (*path_of(step), number)
    if isinstance(part, Place):
        return _Tweet(step, path, part.status, part.form, part.card)
    return _Prose(path, (fold_space(part),)) if len(part.strip()) >= _SHORTEST_PART else None


def _read_prose(step: Step, text: str) -> _Prose | None:
    runs = [fold_space(unescape(run)) for run in _TAG.split(text)]
    long = tuple(run for run in runs if len(run) >= _SHORTEST_RUN)
    is_prose = sum(map(len, runs)) >= _PROSE or any(_SENTENCE.fullmatch(run) for run in long)
    return _Prose(path_of(step), long) if long and is_prose else None


def _place(found: _Found, state: _State, shown: _Shown) -> Place | None:
    """Where a tweet stands, if the prose that is closest to it is shown."""
    tweet = found.tweet
    above, below = _closeness(tweet, found.above), _closeness(tweet, found.below)
    closest = max(above, below)
    if closest < 1 or state.is_elsewhere(tweet, closest):
        return None
    anchor = shown.find_end(found.above) if above == closest else None
    if anchor is None and below == closest:
        anchor = shown.find_start(found.below)
    if anchor is None:
        return None
    return Place(tweet.status, tweet.form, anchor.element, tweet.card, is_stated=True, anchor=anchor)


def _find_prose(tweet: _Tweet, pieces: Iterable[_Prose | _Tweet]) -> _Prose | None:
    return next((p for p in pieces if isinstance(p, _Prose) and not _is_own(tweet, p)), None)


def _is_key(key: str | int, names: re.Pattern[str]) -> bool:
    return isinstance(key, str) and names.search(key) is not None


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
