"""The shapes of attributions, as patterns over the tags of a line (see `lines` for the letters).

A pattern reads ``<names>`` for one or several names in a row, ``<slot>`` for what may stand between a cue
and them (article, adjectives, medium noun, quotation mark) and ``<after>`` for what may stand behind
them. ``(?P<cue>…)`` marks the words reported as the cue. Shapes of a language file are templates of words
parted by spaces: word classes (``say``, or ``say|tell``), punctuation, and those in capitals of
`_TEMPLATE_WORDS`; what stands in ``[ … ]`` is the cue, a ``?`` behind a word says that it may be missing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain
from operator import or_
from typing import Literal

from newscrawl.extract.attributions.words import TAGS
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


_JOIN = r"""["'()]{0,2}[sl]?(?:,?c|[,/&\-])["(]{0,2}l?(?:d'?)?(?:[Mm]a{0,2})?["(]{0,2}"""
_SLOT = r"""d?(?:<before>[Mm](?:f?d?[Mm])?a{0,3}[,:]?)?a{0,2}["'(]{0,2}d?"""
_BEFORE_NOUN = {True: r"[aXx0H\-']{0,4}", False: r"""a{0,2}["(]?"""}
"""What can stand before a medium noun in a script with capitals and in one without, where any word could be a name."""
_AFTER = r"""(?:["')s]{0,3}H?a{0,2}M?["')s]{0,3}|["')]{0,2},[^.,;"]{1,10},)"""
_SUBJECT = "".join(rf"""(?<![fe][dafM"']{{{n}}})""" for n in range(4)) + "<names>"
"""Not what somebody of the outlet says: *the editor of the daily Times said*."""
_GAP = r"[^.;]{0,12}?"
_STRENGTHS = {
    # Whether the script has capitals; without, a common word is a name only where the cue says so.
    True: {"any": "NUnu", "direct": "NUnu", "strong": "NUn", "sure": "NU"},
    False: {"any": "NUnu", "direct": "NUu", "strong": "NU", "sure": "NU"},
}
"""Which tags of names a rule takes."""

# Confidence, strength, pattern.
_COMMON: tuple[tuple[float, str, str], ...] = (
    # according to N · وفقا لقناة N
    (0.97, "direct", r"(?P<cue>A[il]?)v{0,2}<slot><names>(?!e)"),
    # نقلا عن N · به گزارش N
    (0.90, "any", r"(?P<cue>R)v{0,2}<slot><names>(?!e)"),
    # according to a report in N · حسب تقديرات مراسل N
    (0.93, "strong", r"(?P<cue>[AR][il]?d?[axX0]{0,3}[DFJPS]a{0,2}[bfiwol]?)<slot><names>"),
    # told N
    (0.96, "strong", r"(?P<cue>T)<slot><names>"),
    # interview with N, statement to N, footage from N · تصريح لـN
    (0.94, "strong", r"(?P<cue>[DFC]v{0,2}a{0,2}v?[wlb])<slot><names>"),
    (0.93, "strong", r"(?P<cue>[DFC]v{0,2}[fi])<slot><names>"),
    # obtained by N, wrote in N, said to N, wrote in a letter to N
    (0.93, "strong", r"(?P<cue>[PSK]v{0,3}b)<slot><names>"),
    (0.92, "strong", r"(?P<cue>[SP][vo]{0,3}(?:X[X.\-']{0,4})?i)<slot><names>"),
    (0.90, "strong", r"(?P<cue>[SP]v?[xDF]{0,2}[lw])<slot><names>"),
    # a statement given to N; an appearance on N
    (0.90, "sure", r"(?P<cue>Dv?[xP]?l)<slot><names>"),
    (0.85, "sure", r"(?P<cue>Dv{0,2}o)<slot><names>"),
    # said Sunday on N; said Ann Lee, the dean, to N.
    (0.85, "strong", r"(?P<cue>[ST]v{0,3}o)<slot><names>"),
    (0.85, "sure", r"""(?P<cue>S(?:[^.;"]|(?<=X)\.){3,30}?,l)<slot><names>(?=[.,;"]|$)"""),
    (0.85, "sure", r"(?P<cue>[ST](?:[^.;]|(?<=X)\.(?=X)){0,20}o)<slot><names>(?!e)"),
    # a correspondent for N … said · قال مراسل N
    (0.90, "strong", r"(?P<cue>Jf?)<slot><names>(?=[^.;]{0,14}[SWKT])"),
    (0.90, "strong", r"(?P<cue>[SAKWTDF]v{0,2}a{0,2}[lw]?d?[ax]{0,2}Jf?d?)<slot><names>"),
    # N, which said · صحيفة N التي قالت
    (0.88, "sure", r"<names><after>,?r(?P<cue>[SK])(?!r?z)"),
    # In N, Ann Lee writes; In der N schrieb
    (0.85, "sure", r"""(?:^|[."])(?P<cue>i)<slot><names>(?=["']?(?:,|v{0,2}S))"""),
    # according to the services of N
    (0.83, "sure", r"(?P<cue>[AR]d?[ax\-]{1,5}f)d?'?<names>"),
    # N, citing … · رويترز، نقلا عن …
    (0.85, "sure", r"""<names>["')]{0,2},?v{0,2}(?P<cue>R)"""),
    # N: … at the start of a line; From N:
    (0.88, "sure", r"^[\"]?<names>(?P<cue>:)"),
    (0.85, "sure", r"(?P<cue>[fi])d?<names>(?=:)"),
)
_SUBJECT_FIRST: tuple[tuple[float, str, str], ...] = (
    # N on Tuesday also reported; N has learned; but not: N said it, in a statement
    (0.94, "strong", r"<subject><after>[voi]{0,3}(?P<cue>S)(?!r?z)"),
    (0.90, "strong", r"<subject><after>[voi]{0,3}(?P<cue>K)(?!r?z)"),
    # the news agency, N, said
    (0.88, "sure", r"[Mm]a{0,2},<names>,v{0,2}(?P<cue>S)"),
    # …", reported N.
    (0.85, "sure", r"""(?<=[",'])v?(?P<cue>S)<slot><names>(?=[.,;:"]|$)"""),
    # an N journalist saw; N's Jane Doe reports
    (0.88, "sure", r"<names>['s]{0,2}a?(?P<cue>J)[X,]{0,5}(?:[SWK])"),
    (0.90, "sure", r"<names>'s?[aJx]{0,2}(?:X[X\-'.]{0,5}|J)(?:i[Xx\-]{1,3})?,?v{0,2}(?P<cue>[SKT])"),
    # an N poll, an N/Other poll; in an N interview
    (0.85, "strong", r"<names>(?:[/\-]X{1,3})?['s]{0,2}[a0]?(?P<cue>[FC])"),
    (0.85, "sure", r"(?<=[di])<names>a?(?P<cue>D)(?!f)"),
)
_VERB_FIRST: tuple[tuple[float, str, str], ...] = (
    # نقلت عنه قناة N · علمت «N»
    (0.95, "direct", r"(?P<cue>[SK])v{0,3}<slot><names>"),
    # قال فلان لـN: the farther the verb, the surer the name has to be
    (0.93, "strong", r"(?P<cue>[STKP][^.;]{0,9}?l)<slot><names>"),
    (0.88, "sure", r"(?P<cue>[STKP][^.;]{0,25}?(?<!e)l)<slot><names>"),
    # وكانت وكالة N ذكرت · أما صحيفة N، فأشارت
    (0.88, "sure", r"""<subject>[")]{0,2}a{0,3}(?:,?c)?v{0,2}(?P<cue>[SK])"""),
    # وكانت صحيفة N، نشرت
    (0.85, "sure", r"""v<slot><names>[")]{0,2}a{0,3},v{0,2}(?P<cue>[SK])"""),
    # أبلغ مسؤول N
    (0.88, "sure", r"(?P<cue>T[xXJa]{0,4})<slot><names>"),
    # أكد مصدر أمني لمراسل N
    (0.90, "strong", r"(?P<cue>[STKP][^.;]{0,12}?lJ)<slot><names>"),
    # نقل موقع N عن صحيفة N
    (0.85, "sure", r"[SK]v{0,3}<slot>[NU][\"a]{0,3}(?P<cue>f)<slot><names>"),
)
_MARKED = r"""(?:(?<!n)|(?=["']|a?M))"""
"""Behind a name: a common word is one only with an ending of its own, in quotes or with a medium noun."""
_VERB_LAST: tuple[tuple[float, str, str], ...] = (
    # N'a göre · N کے مطابق · N zufolge
    (0.95, "direct", r"<names><after>l?(?P<cue>Q)"),
    # N muhabirinin aldığı bilgiye göre · N'ın Ankara'dan geçtiği habere göre
    (0.93, "strong", rf"<names>{_MARKED}<after>[^.;:NU]{{0,6}}?(?P<cue>[DFJSPK][^.;:NU]{{0,4}}Q)"),
    (0.85, "sure", r"<names><after>[^.;:NUe]{0,12}?(?P<cue>[DFPS][^.;:NU]{0,2}Q)"),
    # N'a konuşan · N'a konuyla ilgili açıklama yapan · N کو بتایا
    (0.93, "strong", rf"<names>{_MARKED}<after>[liwvda0]{{0,3}}(?P<cue>T)"),
    (0.88, "sure", r"<names><after>[lw][xavXF0's]{0,7}(?P<cue>T)"),
    # N'e verdiği röportajda · N'de yayımlanan programda · N'den Ann Lee'nin haberinde
    (0.88, "strong", rf"<names>{_MARKED}<after>[liwv]{{0,2}}[xa]{{0,2}}(?P<cue>[DFP])(?!x?g)"),
    (0.90, "strong", r"""<names>(?="?(?:'|l|a{0,2}M))<after>[liwvdxX0's]{0,6}(?P<cue>r[^.;:NU]{0,6}?D)"""),
    (0.88, "sure", r"<names>'sX{1,3}'?s?[xavr]{0,3}(?P<cue>[DSP])"),
    # N muhabiri … söyledi
    (0.90, "strong", r"<names><after>(?P<cue>J)(?=[^.;]{0,25}[SWKTDQ])"),
    # N دیروز اعلام کرد · N کو بتایا · N به نقل از …
    (0.87, "sure", r"""(?<!e)(?<!e[Ma])<names>["')]{0,2}[vaoi0]{0,5}(?P<cue>S)"""),
    (0.90, "any", r"""<names>["')]{0,2}(?:a?M'?)?l(?P<cue>[ST])"""),
    (0.87, "strong", r"""<names>["')]{0,2}v{0,2}(?P<cue>R)"""),
    # N … bildirdi. · N, … söyledi. · yetkili N'a … söyledi.
    (0.90, "sure", r"""(?<!e)(?<!e[Ma])<names><after>,?[^.;NU]{0,25}?(?P<cue>[SK])(?=[.,;:"r]|$)"""),
    (0.88, "strong", r"""<names>(?:(?<!n)|(?="?a?M))["')]*(?:a{0,2}M)?,[^.;NU]{0,45}?(?P<cue>[STK])(?=[.,;:"]|$)"""),
    (0.88, "sure", r"""<names><after>l,?[^.;NU]{0,40}?(?P<cue>[ST])(?=[.,;:"]|$)"""),
)
_ORDERS = {"subject-first": _SUBJECT_FIRST, "verb-first": _VERB_FIRST, "verb-last": _VERB_LAST}
_CREDITS: tuple[tuple[float, str, str], ...] = (
    # Source: N; (Photo by Ann Lee/N
    (0.95, "strong", r"(?P<cue>C:)[X.]{0,6}[/,\-]?<slot><names>"),
    (0.95, "strong", r"(?:^|[(|*])(?P<cue>C)(?:[X.]{1,6}[/,\-])?<slot><names>"),
    (0.90, "sure", r"(?P<cue>C):?<slot><names>\.?$"),
    # (Ann Lee/Faraway Gazette via N)
    (0.98, "strong", r"\([^().;]{1,14}(?P<cue>A)<slot><names>\)"),
    # N's Ann Lee contributed to this report
    (0.95, "sure", r"(?P<cue>)<names>(?=['s]{0,2}[^.;]{0,40}B)"),
    # … (N); … . (N, 3.4.2015); (Ann Lee/N); (N/abc)
    (0.85, "strong", r"\((?P<cue>)<names>\)$"),
    (0.90, "strong", r"(?:^|[.\"])\((?P<cue>)<names>(?:[/,CDF][X0x./,aCDF]{0,8}|0[./x][X0x./,a]{0,8})?\)"),
    (0.90, "strong", r"\((?P<cue>)[^()NUn]{1,10}[/,:|]f?d?<names>(?:[/,CDF][X0x./,aCDF]{0,8})?\)"),
    (0.90, "sure", r"\((?P<cue>)<names>[/,][X0x./,aCDF]{1,8}\)"),
    # Ann Lee/N; N/Agency; N/N; | N
    (0.85, "sure", r"(?:[XCxDF]|[/\-|])/(?P<cue>)<names>"),
    (0.80, "sure", r"<names>/(?P<cue>)[Xy]"),
    (0.80, "sure", r"(?=[NU]/[NU])(?P<cue>)<names>"),
    (0.87, "sure", r"[|](?P<cue>)<names>"),
    # " Ann Lee, N behind a quotation
    (0.85, "sure", r"^X[X.\-']{1,5},(?P<cue>)<names>$"),
    (0.80, "sure", r'"(?P<cue>)<names>$'),
    # a line of its own; By Ann Lee, N
    (0.70, "sure", r"""^["(\-]{0,2}(?P<cue>)<names>[")]{0,2}\.?$"""),
    (0.90, "sure", r"^(?P<cue>b)(?:[X,]{2,6}[,/\-|])?<names>$"),
)
_DATELINES = (
    "PLACE ( NAMES )",
    "( NAMES )",
    "PLACE - NAMES -",
    "PLACE - NAMES :",
    "PLACE - NAMES END",
    "DATE NAMES END",
    "NAMES - PLACE :",
    "NAMES - PLACE -",
)
_PLAIN_DATELINES = ("OPENING ( NAMES ) -", "( NAMES ) -")
"""So plain that they hold on any line: the next report of a round-up."""
_TEMPLATE_WORDS = {
    "PLACE": r"(?:[XxaHn][XxaHn.'\-]{0,4}(?:[,/c\-][XxaHn.0'v]{1,5}){0,4}?)",
    "OPENING": r"[^.()\"NU]{1,14}",
    "DATE": r"[^.()\"NU]{1,9}0[^.()\"NU]{0,4}",
    "WORDS": r"[Xxa0]{1,6}",
    "GAP": _GAP,
    "SLOT": "<slot>",
    "AFTER": "<after>",
    "NAMES": "<names>",
    "SURE": "<names>",  # names that are no common words
    "END": "$",
} | TAGS


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
    for template in (*_DATELINES, *shapes.get("dateline", ())):
        # Without brackets only a name that is none but a name makes a dateline: *Real-Life-…* is none.
        tags = "NUn" if "(" in template or not is_cased else "NU"
        # A date makes it so plain that it holds on any line: the next report of a round-up.
        yield _rule("dateline", 0.95, _dateline(template), names=tags, opening="DATE" not in template)
    for template in _PLAIN_DATELINES:
        yield _rule("dateline", 0.95, _dateline(template), names="NUn")
    yield from _credits(shapes.get("credit", ()), is_cased=is_cased)
    if language:
        yield from _citations(language)


def _credits(templates: Iterable[str], *, is_cased: bool) -> Iterator[Rule]:
    for confidence, strength, pattern in _CREDITS:
        # Without capitals a common word in brackets is most often just that, unless it closes the line.
        tags = _STRENGTHS[is_cased or pattern.endswith("$")][strength]
        yield _rule("credit", confidence, pattern, names=tags)
    for template in templates:
        yield _rule("credit", 0.9, _from_template(template), names=_STRENGTHS[is_cased]["strong"])


def _citations(language: Language) -> Iterator[Rule]:
    slot = _SLOT.replace("<before>", _BEFORE_NOUN[language.is_cased])
    shapes = ((0.88, _strength(template), _from_template(template)) for template in language.shapes["citation"])
    orders = chain.from_iterable(_ORDERS[order] for order in language.order)
    for confidence, strength, pattern in (*_COMMON, *orders, *shapes):
        tags = _STRENGTHS[language.is_cased][strength]
        yield _rule("citation", confidence, pattern.replace("<slot>", slot), names=tags)


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
    kinds = [_TEMPLATE_WORDS[kind] for kind in core.split("|") if kind in _TEMPLATE_WORDS]
    pattern = "|".join(kinds) if kinds else re.escape(core)
    optional = f"(?:{pattern})?" if word.rstrip("]").endswith("?") else pattern if len(kinds) < 2 else f"(?:{pattern})"
    return "(?P<cue>" * word.startswith("[") + optional + ")" * word.endswith("]")


def _rule(kind: Kind, confidence: float, pattern: str, *, names: str, opening: bool = False) -> Rule:
    name = f"[{names}]"
    several = f"(?P<names>{name}(?:{_JOIN}{name}|/n){{0,5}})"
    sign = _SIGN.search(pattern)
    slot = _SLOT.replace("<before>", _BEFORE_NOUN[True])
    pattern = (
        pattern.replace("<subject>", _SUBJECT)
        .replace("<names>", several)
        .replace("<slot>", slot)
        .replace("<after>", _AFTER)
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
