"""Which tags of a line are names: acronyms joined, common words sorted out, unlisted names marked."""

import re
from collections.abc import Iterator

from newscrawl.extract.attributions.lines import Group, Line
from newscrawl.extract.attributions.words import Vocabulary

__all__ = ["Mentions"]

_INNER = r'[^"NUny(),.:;]'
_MASTHEADS = (
    re.compile(r"(?P<name>X(?<![XH\-]X)(?:[X']|-X){0,4}-?H(?:-[XHy])?)(?![XH])"),
    re.compile(r'"(?P<name>[^"NUny(),.:;X]{1,8}H)"'),
    re.compile(rf'[UN]"?,?c"(?P<name>{_INNER}{{1,6}}|{_INNER}{{1,3}}[Nn])"'),
)
"""Names that end as papers do (quoted in scripts without capitals), or stand in quotation marks beside another."""
_HEADED = re.compile(r"(?P<name>G(?:(?:fd?'?)?X(?:-?X){0,2}|0))(?![XH])")
"""Names that begin as papers and stations do."""
_HEADING_NOUN = re.compile(r'G(?=a{0,3}(?:[:"(]{0,2}[NnU]|"))')
"""Such a word that is but the medium noun of the name behind it."""
_CLOSING = (
    re.compile(r'(?<=S)"(?P<name>X[^"NUny,]{0,5})"(?=\.|$|i)'),
    re.compile(r"(?<=S)(?P<name>X{1,3})(?=\.|$)"),
)
"""Behind the verb that closes a sentence, in a language that quotes names that are not foreign."""
_SHORT = re.compile(r"(?<=d)(?P<name>H)(?![XH'\-])")
"""*the Examiner*, where a capital tells it from a noun."""
_NOUN_AHEAD = (
    re.compile(rf'[Mm]a{{0,3}},?\(?"(?P<name>{_INNER}{{1,6}})"'),
    re.compile(rf'[Mm]a{{0,3}},?\(?"(?P<name>{_INNER}{{1,3}}[Nn]{_INNER}{{0,3}}|[Nn]{_INNER}{{1,3}})"'),
    re.compile(r"M(?<![m\-]M)a{0,2}d?(?P<name>X{1,3})(?![XH])"),
)
_NOUN_BEHIND = (
    re.compile(rf'"(?P<name>{_INNER}{{1,6}})"\'?a?M'),
    re.compile(r"(?P<name>X(?<!XX)X{0,2})a?M"),
)
"""Names that a medium noun tells, in quotation marks or with a capital."""
_LOOSE = re.compile(r"M(?P<name>x{1,2})(?=[a),.rflSQiw\"])")
"""What follows a medium noun in a script without capitals: perhaps a name."""
_LONGER = re.compile(r"n(?:(?<!ln)(?<!ldn)(?=f?X|-?H)|(?<=Xn))")
_ACRONYM = re.compile(r'[Nn]"?a?["(][Nn][")]')
_OWN_ACRONYM = re.compile(r"U\(X\)")
_FOREIGN_NAME = re.compile(r'U"\([Nn]\)')
"""*«Ла Стампа» (La Stampa)*."""
_PROGRAMME = re.compile(r"""[Nn](?:'s?|-)["']{0,2}[Nn]""")
_LICENSED = {
    True: re.compile(r'(?:M[a"(]{0,3}|J["(]?)n|"n(?=")'),
    False: re.compile(r"""(?:M[a"'(]{0,3}|J["(])n|["']n(?=["'])"""),
}
"""What makes a name of a common word, in a script with capitals and in one without."""
_NOUN_LICENSED = re.compile(r"""n(?=["']{0,2}s?a?M)""")
_ALSO_LICENSED = re.compile(r'M[a"(]{0,3}N"?,?c"?n')
_ALONE = re.compile(r'["(\-]{0,2}n[")]{0,2}\.?$')
_COMPOUND = re.compile(r"[Nn](?=(?P<hyphen>-)[Xxe])|(?<=[^\W\dNnUMJ]-)n")
"""A name that is a part of a noun: *ORF-Chef*, *contre-point*."""
_OUTSIDE = re.compile(r"(?<=y-)M")
"""A medium noun that is none: *Telegram-Kanal*."""


class Mentions:
    """Decides which tags of a line are names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._shapes = _shapes(vocabulary)

    def settle(self, line: Line) -> None:
        """Decide, in place."""
        line.tags = _HEADING_NOUN.sub("M", _OUTSIDE.sub("X", line.tags))
        if line.known:
            _settle_listed(line, self._vocabulary)
        if not (self._vocabulary.is_cased and line.is_shouted):
            self._mark_unlisted(line)
        line.tags = line.tags.replace("G", "X")
        own = (match for match in _OWN_ACRONYM.finditer(line.tags) if _is_own_acronym(line, match))
        _unite(line, [Group(*match.span(), "U", None) for match in own])
        foreign = _find_foreign_names(line)
        _unite(line, [Group(*match.span(), "N", line.names(match.end() - 2)) for match in foreign])
        if not self._vocabulary.is_cased:
            loose = (match for match in _LOOSE.finditer(line.tags) if _is_bare(line, match, self._vocabulary))
            _unite(line, [_mark(line, match, "u") for match in loose])

    def _mark_unlisted(self, line: Line) -> None:
        for shape in self._shapes:
            matches = shape.finditer(line.tags)
            wanted = (m for m in matches if not self._vocabulary.quoted_names or _is_quoted(line, m))
            _unite(line, [_mark(line, match, "U") for match in wanted])


def _shapes(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    """How names that nobody has listed look in the language."""
    ahead = _NOUN_AHEAD if not vocabulary.noun_follows or not vocabulary.is_cased else ()
    behind = _NOUN_BEHIND if vocabulary.noun_follows or not vocabulary.is_cased else ()
    closing = _CLOSING if vocabulary.quoted_names else ()
    short = (_SHORT,) if vocabulary.is_cased and not vocabulary.has_capital_nouns else ()
    return (_HEADED, *ahead, *behind, *_MASTHEADS, *short, *closing)


def _settle_listed(line: Line, vocabulary: Vocabulary) -> None:
    _unite(line, [Group(*match.span(), "X", None) for match in _LONGER.finditer(line.tags)])
    _unite(line, [Group(*m.span(), "X", None) for m in _COMPOUND.finditer(line.tags) if _is_joined(line, m)])
    _unite(line, [_join_acronym(line, match) for match in _ACRONYM.finditer(line.tags)])
    _unite(line, list(filter(None, (_join_programme(line, match) for match in _PROGRAMME.finditer(line.tags)))))
    if "n" in line.tags:
        _license(line, vocabulary)


def _license(line: Line, vocabulary: Vocabulary) -> None:
    """Make names of the common words that their place says are."""
    shapes = [_LICENSED[vocabulary.is_cased], _ALSO_LICENSED]
    for shape in [*shapes, _NOUN_LICENSED] if vocabulary.noun_follows else shapes:
        line.tags = shape.sub(lambda m: m[0][:-1] + "N", line.tags)
    if _ALONE.match(line.tags) and line.is_shouted and vocabulary.is_home_to(line.names(line.tags.index("n"))):
        line.tags = line.tags.replace("n", "N")


def _unite(line: Line, groups: list[Group]) -> None:
    if groups:
        line.unite(groups)


def _join_acronym(line: Line, match: re.Match[str]) -> Group:
    """Make one mention of a full name and the acronym in brackets or quotes behind it.

    A description before another outlet's quoted name (*the Russian news agency "…"*) is no name.
    """
    full, short = match.start(), match.end() - 2
    both = _outlets(line, full) & _outlets(line, short)
    if not both:
        return Group(full, full + 1, "M", None)
    return Group(full, match.end(), "N", [n for n in line.names(full) if n.outlet.domain in both])


def _is_own_acronym(line: Line, match: re.Match[str]) -> bool:
    """Whether what stands in brackets behind an unlisted name is its acronym."""
    initials = "".join(word[0] for word in line.words(match.start(), match.start()))
    return initials.endswith(line.words(match.end() - 2, match.end() - 2)[0])


def _find_foreign_names(line: Line) -> Iterator[re.Match[str]]:
    """Quoted names with their foreign form behind them; an acronym there is of another outlet."""
    for match in _FOREIGN_NAME.finditer(line.tags):
        start, end = line.original_span(match.end() - 2, match.end() - 2)
        if not line.original[start:end].isupper():
            yield match


def _is_joined(line: Line, match: re.Match[str]) -> bool:
    """Whether the hyphen before or behind stands without blanks."""
    hyphen = match.end() if match["hyphen"] else match.start() - 1
    before, after = line.original_span(hyphen - 1, hyphen - 1), line.original_span(hyphen + 1, hyphen + 1)
    return after[0] - before[1] == 1


def _is_quoted(line: Line, match: re.Match[str]) -> bool:
    """Whether the name is in quotation marks or foreign."""
    start, end = match.span("name")
    return line.tags[end : end + 1] == '"' or all(map(str.isascii, line.words(start, end - 1)))


def _join_programme(line: Line, match: re.Match[str]) -> Group | None:
    """Make one mention of an outlet and its programme: *NBC's "Today"*."""
    programme = match.end() - 1
    if _outlets(line, match.start()) & _outlets(line, programme):
        return Group(*match.span(), "N", line.names(programme))
    return None


def _outlets(line: Line, at: int) -> set[str]:
    return {name.outlet.domain for name in line.names(at)}


def _is_bare(line: Line, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether no word of the match may have an article written together with it, as common nouns do, or is a letter."""
    words = [line.tokens[line.first_token(at)] for at in range(*match.span("name"))]
    return not any(len(word) == 1 or word.startswith(vocabulary.joined) for word in words)


def _mark(line: Line, match: re.Match[str], tag: str) -> Group:
    """One name of the whole match; a listed name inside says who it is, if it is none but a name."""
    start, end = match.span("name")
    at = line.tags.find("N", start, end)
    return Group(start, end, tag, None) if at < 0 else Group(start, end, "N", line.names(at))
