"""From a line to its tags: names and phrases are read where the first sight of the line says they may be."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import itemgetter

from newscrawl.extract.attributions.lines import Line
from newscrawl.extract.attributions.names import Name, case_fits, names_from
from newscrawl.extract.attributions.sights import Sights, find_looks, find_starts
from newscrawl.extract.attributions.tokens import Tokens
from newscrawl.extract.attributions.words import NOUNS, Phrase, Reading, Stem, Vocabulary

__all__ = ["Tagger"]

_SHORTEST_STEM = 4
"""Letters that must be left of a lone name less its clitics: *لافي* is no *افي*."""
_WHOLE_WORD = Stem("", 0, "")

_Place = tuple[int, Stem, list[Name]]
"""The token behind what may be a name, the stem of its first word, who it can be."""


class Tagger:
    """Tags the lines of one text, in their order."""

    def __init__(self, sights: Sights) -> None:
        self._sights = sights
        self._heads: dict[str, Name] = {}
        """Last words of the full names met so far (*Times*) → who they stand for."""

    def tag(self, original: str, *, opening: bool) -> Line | None:
        """Tag one line, listed names included.

        Args:
            opening: whether it can hold a dateline.

        Returns:
            None for a line in which no outlet can be credited, as most are.
        """
        words = original.split()
        parts = list(map(self._sights.__getitem__, words))
        pairs = "".join(parts)
        starts = find_starts(pairs)
        if not starts and not self._sights.may_hold_unlisted(pairs):
            return None
        tokens = Tokens(original, words, map(len, parts))
        names = dict(self._find_names(tokens, starts))
        if starts and not self._is_worth_reading(pairs, names, opening=opening):
            return None
        line = Line(original, tokens, list(pairs[::2]))
        _Reader(line, names, self._sights, self._heads).read(find_looks(pairs))
        return line

    def _find_names(self, tokens: Tokens, starts: list[tuple[int, bool]]) -> Iterator[tuple[int, list[_Place]]]:
        """Tokens that begin what may be a name, as far as its words go, or a noun for an outlet; longest name first."""
        vocabulary = self._sights.vocabulary
        for at, may_be_alone in starts:
            token = tokens[at]
            reading = vocabulary[token]
            places = [p for p in _find_places(tokens, at, vocabulary) if may_be_alone or p[0] > at + 1]
            if places or token in self._heads or (reading and _begins_noun(tokens, at, reading)):
                yield at, sorted(places, key=itemgetter(0), reverse=True)

    def _is_worth_reading(self, pairs: str, names: dict[int, list[_Place]], *, opening: bool) -> bool:
        may_be_credited = self._sights.may_be_credited
        return (
            (opening and bool(names))
            or any(may_be_credited(pairs, at, is_common=_are_common(places)) for at, places in names.items())
            or self._sights.may_hold_unlisted(pairs)
        )


def _find_places(tokens: Tokens, at: int, vocabulary: Vocabulary) -> Iterator[_Place]:
    reading = vocabulary[tokens[at]]
    for stem, node in reading.names if reading else ():
        for length, names in names_from(node, tokens.behind(at), skip=vocabulary.skippable):
            yield at + length, stem, names


def _begins_noun(tokens: Tokens, at: int, reading: Reading) -> bool:
    return any(phrase.tag in NOUNS and _has_phrase(tokens, at, phrase) for _, phrase in reading.phrases)


def _has_phrase(tokens: Tokens, at: int, phrase: Phrase) -> bool:
    return tuple(islice(tokens.behind(at), len(phrase.rest))) == phrase.rest


class _Reader:
    """Reads the tokens of one line that take a closer look."""

    def __init__(self, line: Line, names: dict[int, list[_Place]], sights: Sights, heads: dict[str, Name]) -> None:
        self.line = line
        self.tokens = line.tokens
        self.names = names
        self.vocabulary = sights.vocabulary
        self.heads = heads

    def read(self, looks: list[int]) -> None:
        done = 0
        for at in sorted({*looks, *self.names}):
            if at >= done:
                done = self._step(at)
        self.line.join()

    def _step(self, at: int) -> int:
        """Read what begins at token ``at``; the result is the token behind it."""
        reading = self.vocabulary[self.tokens[at]]
        end = self._read_name(at, reading) if at in self.names else None
        if end or not reading:
            return end or at + 1
        return self._read_phrase(at, reading) or self._read_word(at, reading)

    def _read_name(self, at: int, reading: Reading | None) -> int | None:
        head = self.heads.get(self.tokens[at])
        if head and self.tokens.is_capital(at) and self._follows_article(at):
            return self._set_name(at, at + 1, _WHOLE_WORD, [replace(head, ambiguous=True)])
        if reading and reading.tag == "H" and self._ends_longer_name(at):
            return None
        for end, stem, names in self.names[at]:
            if fitting := self._fitting(at, end, stem, names):
                return self._set_name(at, end, stem, fitting)
        return None

    def _read_phrase(self, at: int, reading: Reading) -> int | None:
        for stem, phrase in reading.phrases:
            if _has_phrase(self.tokens, at, phrase) and not self._is_out_of_case(at, phrase.tag):
                return self._set(at, at + 1 + len(phrase.rest), stem, phrase.tag)
        return None

    def _read_word(self, at: int, reading: Reading) -> int:
        if self._is_out_of_case(at, reading.tag):
            self.line.pieces[at] = "X" if self.tokens.is_capital(at) else "x"
        elif reading.cut:
            self._set(at, at + 1, Stem("", reading.cut, reading.clitics), reading.tag)
        return at + 1

    def _fitting(self, at: int, end: int, stem: Stem, names: list[Name]) -> list[Name]:
        """Those of the names that this place, its capitals and the word before allow."""
        if stem.cut and end == at + 1 and len(stem.text) < _SHORTEST_STEM:
            return []
        before, surface, behind = self.tokens.surface(at, end - 1, cut=stem.cut)
        if _is_address(before, behind):
            return []
        may_lack_article = end > at + 1 or self._follows_article(at)
        return [n for n in names if (may_lack_article or not n.article) and case_fits(n.core, surface)]

    def _is_out_of_case(self, at: int, tag: str) -> bool:
        """A paper's last word has a capital; a medium noun with a capital is part of some other name."""
        if tag == "H":
            return not self.tokens.is_capital(at)
        return tag == "M" and at > 0 and self.tokens.is_capital(at) and not self.vocabulary.has_capital_nouns

    def _ends_longer_name(self, at: int) -> bool:
        """Whether the word before is capitalised, as in an unlisted *Springfield Times*."""
        before = self.line.pieces[max(0, at - 2) : at]
        return before[-1:] == ["X"] or before == ["X", "-"]

    def _follows_article(self, at: int) -> bool:
        return at > 0 and self.line.pieces[at - 1] == "d" and self.tokens[at - 1] == "the"

    def _set_name(self, at: int, end: int, stem: Stem, names: list[Name]) -> int:
        if names[0].article and self._follows_article(at) and self.tokens.is_capital(at - 1):
            at, stem = at - 1, _WHOLE_WORD
        self._set(at, end, stem, "n" if names[0].ambiguous else "N")
        self.line.known[at] = names
        if end - at > 1 and self.tokens.is_capital(end - 1):
            self.heads[self.tokens[end - 1]] = names[0]
        return end

    def _set(self, at: int, end: int, stem: Stem, tag: str) -> int:
        self.line.pieces[at:end] = [stem.clitics + tag] + [""] * (end - at - 1)
        if stem.cut:
            self.line.cuts[at] = stem.cut
        return end


def _are_common(places: list[_Place]) -> bool:
    return bool(places) and all(name.ambiguous for _, _, names in places for name in names)


def _is_address(before: str, behind: str) -> bool:
    """Whether what stands between is part of a handle, a hashtag or a URL."""
    return before[-1:] in ("@", "#", "_") or behind in ("@", "_") or before == "//"
