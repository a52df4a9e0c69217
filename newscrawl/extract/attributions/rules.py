"""The rules by which a language credits outlets: its shapes as patterns, with what each of them takes.

Shapes of a language file are templates of words parted by spaces: word classes (``say``, or ``say|tell``), punctuation,
and those in capitals of `TEMPLATE_WORDS`; what stands in ``[ … ]`` is the cue, a ``?`` behind a word says that it may
be missing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain
from operator import or_
from typing import Literal

from newscrawl.errors import UsageError
from newscrawl.extract.attributions.shapes import (
    AFTER,
    BEFORE_NOUN,
    COMMON,
    CREDITS,
    DATELINES,
    JOIN,
    ORDERS,
    PLAIN_DATELINES,
    SLOT,
    STRENGTHS,
    SUBJECT,
    TEMPLATE_WORDS,
)
from newscrawl.languages import Language, load_language

__all__ = ["Rule", "as_bits", "from_template", "rules_for"]

_BITS = {chr(code): 1 << code for code in range(128)}
Kind = Literal["citation", "dateline", "credit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One shape."""

    kind: Kind
    confidence: float
    """Share of right finds to expect, before the doubts about a name."""
    pattern: re.Pattern[str]
    names: int
    """The tags of names that may stand there, as bits."""
    signs: int
    """Tags of which one is in every line where the rule holds, as bits: it need not be tried where none of them is."""
    opening: bool = False
    """Whether it holds only for the first lines of a text."""
    anchored: bool = False
    """Whether it holds only at the beginning of a line."""

    def find(self, tags: str) -> Iterable[re.Match[str]]:
        """Where the rule holds in the tags of a line."""
        if not self.anchored:
            return self.pattern.finditer(tags)
        match = self.pattern.match(tags)
        return (match,) if match else ()


def as_bits(tags: Iterable[str]) -> int:
    """The set of the tags."""
    return reduce(or_, map(_BITS.__getitem__, tags), 0)


_SIGN = re.compile(r"\(\?P<cue>(?:\[(\w+)\]|([\w:]))|(?:\\(\W)|\[(\W)\]|(/))\(\?P<cue>\)")
"""What a cue begins with or what stands in front of an empty one."""


@cache
def rules_for(code: str | None) -> tuple[Rule, ...]:
    """All rules that hold in a language; without a language file those shapes that need no words.

    Raises:
        UsageError: the language file is wrong.
    """
    language = load_language(code) if code else None
    return tuple(_build(language))


def _build(language: Language | None) -> Iterator[Rule]:
    shapes = language.shapes if language else {}
    is_cased = language is None or language.is_cased
    for template in (*DATELINES, *shapes.get("dateline", ())):
        # Without brackets only a name that is none but a name makes a dateline: *Real-Life-…* is none.
        tags = "NUn" if "(" in template or not is_cased else "NU"
        # A date makes it so plain that it holds on any line: the next report of a round-up.
        is_opening = "DATE" not in template
        yield _rule("dateline", 0.95, _dateline(template), names=tags, is_cased=is_cased, is_opening=is_opening)
    for template in PLAIN_DATELINES:
        yield _rule("dateline", 0.95, _dateline(template), names="NUn", is_cased=is_cased)
    yield from _credits(shapes.get("credit", ()), is_cased=is_cased)
    if language:
        yield from _citations(language)


def _credits(templates: Iterable[str], *, is_cased: bool) -> Iterator[Rule]:
    for confidence, strength, pattern in CREDITS:
        # Without capitals a common word in brackets is most often just that, unless it closes the line.
        tags = STRENGTHS[is_cased or pattern.endswith("$")][strength]
        yield _rule("credit", confidence, pattern, names=tags, is_cased=is_cased)
    for template in templates:
        tags = STRENGTHS[is_cased][_strength(template)]
        yield _rule("credit", 0.9, from_template(template), names=tags, is_cased=is_cased)


def _citations(language: Language) -> Iterator[Rule]:
    shapes = ((0.88, _strength(template), from_template(template)) for template in language.shapes["citation"])
    orders = chain.from_iterable(ORDERS[order] for order in language.order)
    for confidence, strength, pattern in (*COMMON, *orders, *shapes):
        tags = STRENGTHS[language.is_cased][strength]
        pattern = _stretch(pattern) if language.is_spaceless else pattern
        yield _rule("citation", confidence, pattern, names=tags, is_cased=language.is_cased)


def _stretch(pattern: str) -> str:
    """The pattern with its longer bounds made for a script whose characters are tokens."""
    return re.sub(r"\{0,(\d\d)\}", lambda bound: f"{{0,{4 * int(bound[1])}}}", pattern)


def _strength(template: str) -> str:
    return "sure" if "SURE" in template.split() else "strong"


def _dateline(template: str) -> str:
    return "^[-(]?" + from_template(template)


def from_template(template: str) -> str:
    """The pattern of a template, its cue empty where the template marks none.

    Raises:
        UsageError: it has a word that is no word class, or none of `TEMPLATE_WORDS`.
    """
    pattern = "".join(map(_template_word, template.split()))
    return pattern if "?P<cue>" in pattern else pattern.replace("<names>", "(?P<cue>)<names>")


def _template_word(word: str) -> str:
    """One word of a template as a pattern; ``[`` and ``]`` open and close the cue."""
    core = word.strip("[]?") or word
    kinds = [_template_kind(kind) for kind in core.split("|")] if len(core) > 1 else []
    pattern = "|".join(kinds) if kinds else re.escape(core)
    optional = f"(?:{pattern})?" if word.rstrip("]").endswith("?") else pattern if len(kinds) < 2 else f"(?:{pattern})"
    return "(?P<cue>" * word.startswith("[") + optional + ")" * word.endswith("]")


def _template_kind(word: str) -> str:
    if word not in TEMPLATE_WORDS:
        raise UsageError(f"shapes of a language file: no word class {word!r}")
    return TEMPLATE_WORDS[word]


def _rule(kind: Kind, confidence: float, pattern: str, *, names: str, is_cased: bool, is_opening: bool = False) -> Rule:
    sign = _SIGN.search(pattern)
    return Rule(
        kind=kind,
        confidence=confidence,
        pattern=re.compile(_fill(pattern, names=names, is_cased=is_cased)),
        names=as_bits(names),
        signs=as_bits("".join(filter(None, sign.groups())) if sign else names),
        opening=is_opening,
        anchored=pattern.startswith("^"),
    )


def _fill(pattern: str, *, names: str, is_cased: bool) -> str:
    """The pattern with its pieces in the places for them."""
    name = f"[{names}]"
    pieces = {
        "<subject>": SUBJECT,
        "<names>": f"(?P<names>{name}(?:{JOIN}{name}|/n){{0,5}})",
        "<slot>": SLOT.replace("<before>", BEFORE_NOUN[is_cased]),
        "<after>": AFTER,
    }
    for place, piece in pieces.items():
        pattern = pattern.replace(place, piece)
    return pattern
