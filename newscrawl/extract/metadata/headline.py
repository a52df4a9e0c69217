"""The headline: what three witnesses agree on, without the outlet's name behind it."""

import re
from collections.abc import Iterable
from typing import Literal

from lxml.html import HtmlElement

from newscrawl.extract.metadata.outlet_names import OutletNames
from newscrawl.extract.metadata.words import fold_space

__all__ = ["choose_headline", "find_heading", "strip_outlet"]

_SEPARATOR = re.compile(r"\s+[–—\-·:»•/]\s+|\s*[|ㅣ｜│]\s*")
_Witness = tuple[Literal["json-ld", "meta", "markup"], str | None]
_WORD = re.compile(r"\w+")
_SHORTEST = 3  # words of a headline that can be told from a lead-in
_SHARE = 0.6  # of the shorter one's words: a heading and a title that share fewer speak of different things


def choose_headline(structured: str | None, meta: str | None, heading: str | None) -> _Witness:
    """Settle a headline by agreement: (source, title).

    Two witnesses that agree word by word win; a variant that stands alone, written for search engines or sharing,
    loses to the heading that readers see. A lead-in ("Opinion | …") that one of the machine-readable titles does
    without is no part of the headline.
    """
    said: list[_Witness] = [("json-ld", structured), ("meta", meta), ("markup", heading)]
    agreed = next((w for n, w in enumerate(said) if w[1] and any(_same(w, other) for other in said[n + 1 :])), None)
    chosen = agreed or next((w for w in reversed(said) if w[1]), said[0])
    return next((w for w in said[:2] if _is_without_lead_in(w[1], chosen[1])), chosen)


def find_heading(tree: HtmlElement, titles: Iterable[str | None]) -> str | None:
    """The first ``<h1>`` that speaks of the same as one of ``titles``: not a logo, section or related story."""
    known = [set(_words(title)) for title in titles if title]
    for heading in tree.iter("h1"):
        text = fold_space((" " if len(heading) else "").join(heading.itertext()))
        if text and any(_overlap(set(_words(text)), words) >= _SHARE for words in known):
            return text
    return None


def strip_outlet(title: str | None, names: OutletNames) -> str | None:
    """Drop segments at either end that say no more than the outlet's name: ``Storm hits coast - BBC News``."""
    cuts = list(_SEPARATOR.finditer(title or ""))
    if not title or not cuts:
        return title or None
    starts, ends = [0, *(c.end() for c in cuts)], [*(c.start() for c in cuts), len(title)]
    first, last = 0, len(cuts)
    while first < last and title[starts[last] : ends[last]] in names:
        last -= 1
    while first < last and title[starts[first] : ends[first]] in names:
        first += 1
    return title[starts[first] : ends[last]].strip() or None


def _same(a: _Witness, b: _Witness) -> bool:
    return _words(a[1] or "") == _words(b[1] or "")


def _is_without_lead_in(short: str | None, full: str | None) -> bool:
    words = _words(short or "")
    return len(words) >= _SHORTEST and words == _words(full or "")[-len(words) :]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if min(len(a), len(b)) > 1 else 0.0
