"""Which places of a page belong to its article, and which to what stands around it."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import cast

import rtoml
from lxml.etree import XPath, _Element
from lxml.html import HtmlElement

__all__ = ["Regions", "is_foreign", "split_words", "words_of"]

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OUTSIDE_TAGS = {"footer", "nav", "head", "menu"}
_MUCH_PROSE = 400  # characters in paragraphs; no share bar has that
_LIVE = {"live", "liveblog", "liveticker", "ticker", "stream"}
_PARAGRAPHS = XPath(".//p[string-length() > 60]")
_LENGTH = XPath("string-length()")
_BLOCKS = XPath(".//div[string-length(text()) > 60]")
_SHORTEST_LINE = 60  # characters
_HAS_PROSE = XPath("boolean(.//p[string-length() > 80])")
_FIRST_FEW = 8
_REGIONS = ("foreign", "furniture", "sharing", "beside")


@lru_cache(maxsize=8192)
def split_words(names: str) -> tuple[str, ...]:
    """The words of names as code writes them, lower case: ``twitterBox-list`` → twitter, box, list."""
    return tuple(word.lower() for word in _WORD.findall(names))


def words_of(element: _Element) -> tuple[str, ...]:
    """The words of an element's class and id."""
    return split_words(f"{element.get('class') or ''} {element.get('id') or ''}"[:400])


def is_foreign(key: str) -> bool:
    """Whether a key of a page's state is named after other articles, comments or timelines."""
    words = split_words(key)
    names = {*words, *map(" ".join, pairwise(words)), " ".join(words)}
    return not names.isdisjoint(_foreign_keys())


class Regions:
    """Judges places of one page.

    The element that holds most of the prose is the core; names of regions count only outside the line from
    the core to the root, because layouts call whole pages "with-sidebar" or "share-container".
    """

    def __init__(self, tree: HtmlElement) -> None:
        core = _find_core(tree)
        self._line = set() if core is None else {core, *core.iterancestors()}
        self._core = core
        self._further = _find_further(tree, core, self._line)
        self._articles = _find_full_articles(tree)
        self._order: dict[_Element, int] = {article: number for number, article in enumerate(tree.iter("article"))}
        self._kinds: dict[_Element, str | None] = {}

    def is_outside(self, element: _Element, *, is_shown: bool) -> bool:
        """Whether ``element`` stands in a sidebar, comments, teasers, a further article or, unless it shows a tweet,
        in a share bar."""
        kinds = {self._find_kind(e) for e in (element, *element.iterancestors())}
        return bool(kinds - ({None, "sharing"} if is_shown else {None}))

    def _find_kind(self, element: _Element) -> str | None:
        if element not in self._kinds:
            self._kinds[element] = self._judge(element)
        return self._kinds[element]

    def _judge(self, element: _Element) -> str | None:
        """The kind of region that begins with ``element``, named as in the data file."""
        if element in self._further:
            return "foreign"
        if element.tag == "article":
            return "foreign" if self._is_later(element) else None
        if element in self._line or element.tag in ("body", "html"):
            return None
        if element.tag in _OUTSIDE_TAGS or (element.tag == "aside" and not _is_within_article(element)):
            return "furniture"
        words = words_of(element)
        names = {*words, *map(" ".join, pairwise(words))}
        kind = next((kind for kind in _REGIONS if not _load_names()[kind].isdisjoint(names)), None)
        if kind == "beside":
            return None if self._core is None or self._is_within_core(element) else kind
        return None if kind != "foreign" and kind and _holds_prose(element) else kind

    def _is_within_core(self, element: _Element) -> bool:
        return self._core is not None and any(e is self._core for e in element.iterancestors())

    def _is_later(self, article: _Element) -> bool:
        """Whether a like article with prose of its own stands before this one, and the page is no live blog."""
        chain = [article, *article.iterancestors()]
        if any(not _LIVE.isdisjoint(words_of(e)) for e in chain):
            return False
        known = (e for name in _names_of(article) for e in self._articles.get(name, ()))
        return any(e not in chain and self._order[e] < self._order[article] for e in known)


@cache
def _load_names() -> dict[str, frozenset[str]]:
    table = rtoml.loads(files(__package__).joinpath("regions.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(names) for kind, names in table.items()}


@cache
def _foreign_keys() -> frozenset[str]:
    return frozenset().union(*(_load_names()[kind] for kind in ("foreign", "beside", "state")))


def _holds_prose(element: _Element) -> bool:
    paragraphs = cast("list[_Element]", _PARAGRAPHS(element))
    return sum(cast("float", _LENGTH(p)) for p in paragraphs) > _MUCH_PROSE


def _is_within_article(element: _Element) -> bool:
    return next(element.iterancestors("article"), None) is not None


def _names_of(article: _Element) -> list[str]:
    return (article.get("class") or "").split()[:_FIRST_FEW]


def _find_full_articles(tree: HtmlElement) -> dict[str, list[_Element]]:
    """Class → the first few articles of that class that hold prose, in document order."""
    firsts: dict[str, list[_Element]] = {}
    for article in tree.iter("article"):
        lists = [firsts.setdefault(name, []) for name in _names_of(article)]
        open_lists = [known for known in lists if len(known) < _FIRST_FEW]
        if open_lists and _HAS_PROSE(article):
            for known in open_lists:
                known.append(article)
    return firsts


def _find_further(tree: HtmlElement, core: _Element | None, line: set[_Element]) -> set[_Element]:
    """What holds the further articles of a page: headings of the first rank beside the core, behind the first one."""
    further: set[_Element] = set()
    for heading in list(tree.iter("h1"))[1:] if core is not None else ():
        ancestors = list(takewhile(lambda e: e not in line, heading.iterancestors()))
        if not ancestors or ancestors[-1].getparent() is not core:
            further.update(ancestors)
    return further


def _find_core(tree: HtmlElement) -> _Element | None:
    """The element with most prose directly below it; paragraphs of grandchildren count half."""
    weights: dict[_Element, float] = {}
    for paragraph in cast("list[_Element]", _PARAGRAPHS(tree) or _BLOCKS(tree)):
        weight = cast("float", _LENGTH(paragraph))
        for share, ancestor in zip((1.0, 0.5), paragraph.iterancestors(), strict=False):
            weights[ancestor] = weights.get(ancestor, 0) + share * weight
    for line_break in tree.iter("br"):
        parent, line = line_break.getparent(), line_break.tail or ""
        if parent is not None and len(line) > _SHORTEST_LINE:
            weights[parent] = weights.get(parent, 0) + len(line)
    return max(weights, key=lambda e: weights[e], default=None)
