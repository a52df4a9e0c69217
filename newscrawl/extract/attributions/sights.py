"""What a line shows at first sight: its tokens, and of each its tag, if its neighbours don't say otherwise, and roles.

Tags are ASCII (see `lines`), the roles of a token (see `words`) are one character beyond, so a line is a string of
such pairs, looked up word by word as it is written. Patterns find in it the few tokens that need a closer look; most
lines hold no name and show it here.
"""

import re

from newscrawl.extract.attributions.names import case_fits
from newscrawl.extract.attributions.tags import (
    FIRST,
    LAST,
    NAME,
    PHRASE,
    PHRASE_SECOND,
    QUOTING,
    SECOND,
    VARIABLE,
)
from newscrawl.extract.attributions.tokens import LONGEST, TOKEN, split_word
from newscrawl.extract.attributions.words import Reading, Vocabulary
from newscrawl.languages import Language
from newscrawl.script import Folded, fold, fold_with_offsets

__all__ = ["Sight", "Sights", "find_looks", "find_starts", "has_noun"]

_PUNCTUATION = {c: c for c in "\"(),.:-/|'&"} | dict(zip("؟?!;؛،、[]【】©。۔।", "...;;,,()()C...", strict=True))
_MEMO_LIMIT = 150_000


def _pair(tag: str, roles: int) -> str:
    return tag + chr(0x80 + roles)


def _any(*roles: int) -> str:
    """A pattern for tokens with one of the roles."""
    return "[" + "".join(chr(0x80 + r) for r in range(0x100) if r & sum(roles)) + "]"


# Each pattern begins with one class of characters, so that the search runs past the rest.
_START = re.compile(
    rf"{_any(NAME, FIRST, LAST)}(?:(?<={_any(NAME)})|(?<=d..{_any(LAST)})"
    rf"""|(?<={_any(FIRST)})(?=(?:[\-.'&"].)?.{_any(SECOND)}))"""
)
_LOOK = re.compile(rf"{_any(PHRASE, VARIABLE)}(?:(?<={_any(VARIABLE)})|(?=.{_any(PHRASE_SECOND)}))")
_EDGE = (
    rf"""[MmH](?:(?<=[Mm]).(?:[aXM",(<loose>]|.{_any(PHRASE)})|(?<=[X'Md<ahead>].H)|(?<=[X'M].-.H)|(?<=[X"a].M))"""
    """|G.[Xfd0"]<closing>"""
)
"""A medium noun, masthead or heading and beside it what an unlisted name can consist of or be put in."""
_NOUN = re.compile(f"[Mm]|{_any(PHRASE)}")
_ALONE = _any(NAME, LAST)
_LICENCE = re.compile(rf'[Mm"(R]|{_any(QUOTING)}')
"""What makes a name of a common word in a script without capitals: a medium noun, a cue, quotation marks, brackets."""
_REACH = 24
"""Characters of the pairs between those and the name, at the most."""
_SIGN = re.compile(r"[C(/|]")
"""What makes a credit in a text whose language is unknown, but for a name that is a line of its own."""
_OWN_LINE = 2
"""Marks in front of such a name, at the most."""


def find_starts(pairs: str) -> list[tuple[int, bool]]:
    """Tokens with which a listed name may begin, and whether they may be one alone."""
    return [(match.start() // 2, match[0] in _ALONE) for match in _START.finditer(pairs)]


def find_looks(pairs: str) -> list[int]:
    """Other tokens whose tag takes a closer look."""
    return [match.start() // 2 for match in _LOOK.finditer(pairs)]


def has_noun(pairs: str) -> bool:
    """Whether there is a medium noun, or a phrase that may be one."""
    return _NOUN.search(pairs) is not None


_QUOTE = re.compile(r"(?<!.)'(?=\w{3})|(?<=[^\Ws])'(?!.)")
"""Of single quotation marks those that are no apostrophe: in front of a word, or behind one that does not end in s."""


Sight = tuple[str, tuple[str, ...]]
"""Pairs and tokens of a word."""


class Sights(dict[str, Sight]):
    """Word as written, with its punctuation → the sight of it."""

    def __init__(self, vocabulary: Vocabulary, language: Language | None) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self._has_words = language is not None
        self.credits_all = language is not None and language.is_cased
        """Whether a name can be credited wherever it stands in a line."""
        edge = _EDGE.replace("<loose>", "" if vocabulary.is_cased else "x")
        edge = edge.replace("<closing>", '|S.["X]' if vocabulary.quoted_names else "")
        self._edge = re.compile(edge.replace("<ahead>", "" if vocabulary.is_cased else "x"))

    def __missing__(self, written: str) -> Sight:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        parts = split_word(written)
        sight = self._look_at_parts(parts) if len(parts) > 1 else self._look_at(written)
        if len(written) <= LONGEST:
            self[written] = sight
        return sight

    def may_hold_unlisted(self, pairs: str) -> bool:
        """Whether there may be a name that nobody has listed."""
        return self._has_words and self._edge.search(pairs) is not None

    def may_be_credited(self, pairs: str, at: int, *, is_common: bool) -> bool:
        """Whether a name at token ``at`` can be part of an attribution, behind the opening lines of a text.

        Args:
            is_common: whether the name is also a common word.
        """
        if not self._has_words:
            return at <= _OWN_LINE or _SIGN.search(pairs) is not None
        return self.credits_all or not is_common or _LICENCE.search(pairs, max(0, 2 * at - _REACH), 2 * at) is not None

    def _look_at_parts(self, parts: list[str]) -> Sight:
        pairs: list[str] = []
        tokens: list[str] = []
        for part in parts:
            of_part, tokens_of_part = self[part]
            pairs.append(of_part)
            tokens += tokens_of_part
        return "".join(pairs), tuple(tokens)

    def _look_at(self, written: str) -> Sight:
        token = fold(written)
        if len(token) != len(written):
            return self._look_inside(fold_with_offsets(written), written)
        if TOKEN.fullmatch(token):
            return self._look_at_token(token, written), (token,)
        return self._look_inside(Folded(token, range(len(token) + 1)), written)

    def _look_inside(self, folded: Folded, written: str) -> Sight:
        pairs, tokens = "", []
        for match in TOKEN.finditer(folded.text):
            token, at = match[0], match.start()
            tokens.append(token)
            if token in self.vocabulary.suffixes and folded.text[at - 1 : at] == "'":
                pairs += _pair("s", 0)
            elif token == "'" and _QUOTE.match(folded.text, at):
                pairs += _pair('"', 0)
            else:
                start, end = folded.span(*match.span())
                pairs += self._look_at_token(token, written[start:end])
        return pairs, tuple(tokens)

    def _look_at_token(self, token: str, surface: str) -> str:
        reading = self.vocabulary[token]
        return _look_closer(token, reading, surface) if reading else _pair(_plain_tag(token, surface[0]), 0)


def _look_closer(token: str, reading: Reading, surface: str) -> str:
    roles = reading.roles if surface[0].islower() else reading.capital_roles
    for stem, node in reading.names:
        for name in node.names:
            if case_fits(name.core, surface[stem.cut :]):
                roles |= LAST if name.article else NAME
    if reading.is_heading and not surface[0].islower():
        return _pair("G", roles)
    tag = reading.tag
    if not tag or not token[0].isalnum() or (tag == "H" and surface[0].islower()):
        tag = _plain_tag(token, surface[0])
    return _pair(tag, roles)


def _plain_tag(token: str, first: str) -> str:
    """The tag of a token that is no word of the language; ``first`` is its first letter as written."""
    if not token[0].isalnum():
        return _PUNCTUATION.get(token, "*")
    if token.isdecimal():
        return "0"
    return "X" if first.isupper() else "x"
