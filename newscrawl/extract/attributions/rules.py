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

__all__ = ["Rule", "as_bits", "rules_for"]

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
    """Tags of which one is in every line where the rule holds, as bits."""
    opening: bool = False
    """Whether it holds only for the first lines of a text."""
    anchored: bool = False
    """Whether it holds only at the beginning of a line."""

    def may_hold(self, here: int) -> bool:
        """Whether a line with these tags (see `as_bits`) can have a place for the rule."""
        return bool(here & self.names and here & self.signs)

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
        yield _rule("dateline", 0.95, _dateline(template), names=tags, opening="DATE" not in template)
    for template in PLAIN_DATELINES:
        yield _rule("dateline", 0.95, _dateline(template), names="NUn")
    yield from _credits(shapes.get("credit", ()), is_cased=is_cased)
    if language:
        yield from _citations(language)


def _credits(templates: Iterable[str], *, is_cased: bool) -> Iterator[Rule]:
    for confidence, strength, pattern in CREDITS:
        # Without capitals a common word in brackets is most often just that, unless it closes the line.
        tags = STRENGTHS[is_cased or pattern.endswith("$")][strength]
        yield _rule("credit", confidence, pattern, names=tags)
    for template in templates:
        yield _rule("credit", 0.9, _from_template(template), names=STRENGTHS[is_cased]["strong"])


def _citations(language: Language) -> Iterator[Rule]:
    slot = SLOT.replace("<before>", BEFORE_NOUN[language.is_cased])
    shapes = ((0.88, _strength(template), _from_template(template)) for template in language.shapes["citation"])
    orders = chain.from_iterable(ORDERS[order] for order in language.order)
    for confidence, strength, pattern in (*COMMON, *orders, *shapes):
        tags = STRENGTHS[language.is_cased][strength]
        pattern = _stretch(pattern) if language.is_spaceless else pattern
        yield _rule("citation", confidence, pattern.replace("<slot>", slot), names=tags)


def _stretch(pattern: str) -> str:
    """The pattern with its longer bounds made for a script whose characters are tokens."""
    return re.sub(r"\{0,(\d\d)\}", lambda bound: f"{{0,{4 * int(bound[1])}}}", pattern)


def _strength(template: str) -> str:
    return "sure" if "SURE" in template.split() else "strong"


def _dateline(template: str) -> str:
    return "^[-(]?" + _from_template(template)


def _from_template(template: str) -> str:
    pattern = "".join(map(_template_word, template.split()))
    return pattern if "?P<cue>" in pattern else pattern.replace("<names>", "(?P<cue>)<names>")


def _template_word(word: str) -> str:
    """One word of a template as a pattern; ``[`` and ``]`` open and close the cue."""
    core = word.strip("[]?") or word
    kinds = [TEMPLATE_WORDS[kind] for kind in core.split("|") if kind in TEMPLATE_WORDS]
    pattern = "|".join(kinds) if kinds else re.escape(core)
    optional = f"(?:{pattern})?" if word.rstrip("]").endswith("?") else pattern if len(kinds) < 2 else f"(?:{pattern})"
    return "(?P<cue>" * word.startswith("[") + optional + ")" * word.endswith("]")


def _rule(kind: Kind, confidence: float, pattern: str, *, names: str, opening: bool = False) -> Rule:
    name = f"[{names}]"
    several = f"(?P<names>{name}(?:{JOIN}{name}|/n){{0,5}})"
    sign = _SIGN.search(pattern)
    slot = SLOT.replace("<before>", BEFORE_NOUN[True])
    pattern = (
        pattern.replace("<subject>", SUBJECT)
        .replace("<names>", several)
        .replace("<slot>", slot)
        .replace("<after>", AFTER)
    )
    return Rule(
        kind=kind,
        confidence=confidence,
        pattern=re.compile(pattern),
        names=as_bits(names),
        signs=as_bits("".join(filter(None, sign.groups())) if sign else names),
        opening=opening,
        anchored=pattern.startswith("^"),
    )
