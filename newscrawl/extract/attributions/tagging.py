"""From a line to its tags: names and phrases are read where the first sight of the line says they may be."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import itemgetter

from newscrawl.extract.attributions.lines import Line
from newscrawl.extract.attributions.names import Name, case_fits, names_from
from newscrawl.extract.attributions.sights import Sights, find_looks, find_starts, has_noun
from newscrawl.extract.attributions.tags import NOUNS
from newscrawl.extract.attributions.tokens import Tokens
from newscrawl.extract.attributions.words import Phrase, Reading, Stem
from newscrawl.script import unify_script

__all__ = ["Tagger"]

_PAIRS, _TOKENS = itemgetter(0), itemgetter(1)
_SHORTEST_STEM = 4
"""Letters that must be left of a lone name less its clitics: *لافي* is no *افي*."""
_WHOLE_WORD = Stem("", 0, "")
_LONGEST_NAME = 30
"""Tokens of a name behind the first, at the most."""
_SMALL = frozenset("dficbl")
"""Tags of words that an acronym leaves out."""

_Place = tuple[int, Stem, list[Name]]
"""The token behind what may be a name, the stem of its first word, who it can be."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the lines of a text have told so far."""

    heads: dict[str, Name] = field(default_factory=dict)
    """Last words of the full names met (*Times*) → who they stand for."""
    others: set[str] = field(default_factory=set)
    """Acronyms that stand for something else here: *bowel disease (IBD)*."""


class Tagger:
    """Tags the lines of one text, in their order."""

    def __init__(self, sights: Sights, *, nouns: bool = False) -> None:
        """Tag lines that may credit an outlet.

        Args:
            nouns: whether also lines that only have a medium noun.
        """
        self._sights = sights
        self._nouns = nouns
        self._memory = _Memory()

    def tag(self, original: str, *, opening: bool) -> Line | None:
        """Tag one line, listed names included.

        Args:
            opening: whether it can hold a dateline.

        Returns:
            None for a line in which no outlet can be credited, as most are.
        """
        words = unify_script(original).split()
        sights = list(map(self._sights.__getitem__, words))
        pairs = "".join(map(_PAIRS, sights))
        starts = find_starts(pairs)
        is_wanted = self._nouns and has_noun(pairs)
        if not (starts or is_wanted or self._sights.may_hold_unlisted(pairs)):
            return None
        reader = _LineReader(Tokens(original, words, [*map(_TOKENS, sights)]), pairs, self._sights, self._memory)
        reader.find_names(starts)
        if starts and not is_wanted and not reader.is_worth_reading(opening=opening):
            return None
        return reader.read(original)


class _LineReader:
    """Reads the tokens of one line that take a closer look."""

    line: Line

    def __init__(self, tokens: Tokens, pairs: str, sights: Sights, memory: _Memory) -> None:
        self.tokens = tokens
        self.pairs = pairs
        self.sights = sights
        self.vocabulary = sights.vocabulary
        self.memory = memory
        self.names: dict[int, list[_Place]] = {}
        """Token with which a name may begin → the names, longest first; none where a last word or a noun may stand."""

    def find_names(self, starts: list[tuple[int, bool]]) -> None:
        """Find what may be names, as far as their words go."""
        for at, may_be_alone in starts:
            reading = self.vocabulary[self.tokens[at]]
            if reading and not may_be_alone and not self._may_go_on(at, reading):
                continue
            places = [p for p in self._places(at, reading) if may_be_alone or p[0] > at + 1] if reading else []
            if places or may_be_alone or (reading and reading.phrases):
                self.names[at] = sorted(places, key=itemgetter(0), reverse=True)

    def is_worth_reading(self, *, opening: bool) -> bool:
        """Whether a name that was found can be credited, or one that nobody has listed."""
        if any(self._may_be_credited(at, places, opening=opening) for at, places in self.names.items()):
            return True
        return self.sights.may_hold_unlisted(self.pairs)

    def read(self, original: str) -> Line:
        """Tag the line."""
        self.line = Line(original, self.tokens, list(self.pairs[::2]))
        done = 0
        for at in sorted({*find_looks(self.pairs), *self.names}):
            if at >= done:
                done = self._step(at)
        self.line.join()
        return self.line

    def _may_go_on(self, at: int, reading: Reading) -> bool:
        follower = self.tokens.follower(at)
        return follower in reading.followers or follower in self.vocabulary.skippable or not follower.isalnum()

    def _places(self, at: int, reading: Reading) -> Iterator[_Place]:
        behind = self.tokens.behind(at, size=_LONGEST_NAME) if reading.followers else []
        if at and self.tokens[at - 1] == '"' and '"' in behind:
            del behind[behind.index('"') :]  # a name in quotation marks ends with them
        for stem, node in reading.names:
            for length, names in names_from(node, behind, skip=self.vocabulary.skippable):
                yield at + length, stem, names

    def _may_be_credited(self, at: int, places: list[_Place], *, opening: bool) -> bool:
        if not places:
            return self.tokens[at] in self.memory.heads or self._begins_noun(at)
        if opening or self.sights.credits_all:
            return True
        return self.sights.may_be_credited(self.pairs, at, is_common=_are_common(places))

    def _begins_noun(self, at: int) -> bool:
        reading = self.vocabulary[self.tokens[at]]
        return reading is not None and any(phrase.tag in NOUNS for _, phrase in self._phrases(at, reading))

    def _begins_longer_phrase(self, at: int, reading: Reading | None) -> bool:
        """Whether a phrase goes on behind the longest name: *联合报告* is no *联合报*."""
        if reading is None or not reading.phrases or not self.names[at]:
            return False
        longest = self.names[at][0][0]
        return any(at + 1 + len(phrase.rest) > longest for _, phrase in self._phrases(at, reading))

    def _phrases(self, at: int, reading: Reading) -> Iterator[tuple[Stem, Phrase]]:
        follower = self.tokens.follower(at)
        if phrases := [found for found in reading.phrases if found[1].rest[0] == follower]:
            behind = tuple(self.tokens.behind(at, size=max(len(phrase.rest) for _, phrase in phrases)))
            yield from (found for found in phrases if behind[: len(found[1].rest)] == found[1].rest)

    def _step(self, at: int) -> int:
        """Read what begins at token ``at``; the result is the token behind it."""
        reading = self.vocabulary[self.tokens[at]]
        may_be_name = at in self.names and not self._begins_longer_phrase(at, reading)
        end = self._read_name(at, reading) if may_be_name else None
        if end or not reading:
            return end or at + 1
        return self._read_phrase(at, reading) or self._read_word(at, reading)

    def _read_name(self, at: int, reading: Reading | None) -> int | None:
        head = self.memory.heads.get(self.tokens[at])
        if head and self.tokens.is_capital(at) and self._follows_article(at):
            return self._set_name(at, at + 1, _WHOLE_WORD, [replace(head, ambiguous=True)])
        if reading and reading.tag == "H" and self._ends_longer_name(at):
            return None
        self._learn_acronym(at)
        for end, stem, names in self.names[at]:
            if end == at + 1 and self.tokens[at] in self.memory.others:
                return None
            if fitting := self._fitting(at, end, stem, names):
                return self._set_name(at, end, stem, fitting)
        return None

    def _learn_acronym(self, at: int) -> None:
        """Remember an acronym that the text says to stand for words that are no outlet."""
        token = self.tokens[at]
        if len(token) > 1 and at > 1 and self.tokens[at - 1] == "(" and self._is_spelled_out(at):
            self.memory.others.add(token)

    def _is_spelled_out(self, at: int) -> bool:
        token = self.tokens[at]
        before = range(max(0, at - 1 - 2 * len(token)), at - 1)
        if not {"N", "n", "H"}.isdisjoint(self.line.pieces[before.start : before.stop]):
            return False
        initials = "".join(self.tokens[word][0] for word in before)
        telling = "".join(self.tokens[word][0] for word in before if self.line.pieces[word] not in _SMALL)
        return initials.endswith(token) or telling.endswith(token)

    def _read_phrase(self, at: int, reading: Reading) -> int | None:
        for stem, phrase in self._phrases(at, reading):
            if not self._is_out_of_case(at, phrase.tag):
                return self._set(at, at + 1 + len(phrase.rest), stem, phrase.tag)
        return None

    def _read_word(self, at: int, reading: Reading) -> int:
        if self.line.pieces[at] == "G":
            return at + 1
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
        fitting = [n for n in names if (may_lack_article or not n.article) and case_fits(n.core, surface)]
        weak = [n for n in fitting if n.needs_licence or _lacks_capital(n, surface)]
        return fitting if not weak or self._is_licensed(at, end) else [n for n in fitting if n not in weak]

    def _is_out_of_case(self, at: int, tag: str) -> bool:
        """A paper's last word has a capital; a medium noun with a capital inside a sentence is part of some name."""
        if tag == "H":
            return self.vocabulary.is_cased and not self.tokens.is_capital(at)
        if tag != "M" or self.vocabulary.has_capital_nouns or not self.tokens.is_capital(at):
            return False
        return at > 0 and self.pairs[2 * at - 2] not in ".:"

    def _ends_longer_name(self, at: int) -> bool:
        """Whether the word before is capitalised, as in an unlisted *Springfield Times*."""
        before = self.line.pieces[max(0, at - 2) : at]
        return before[-1:] == ["X"] or before == ["X", "-"]

    def _is_licensed(self, at: int, end: int) -> bool:
        """Whether a noun, a possessive or quotation marks make a name of the tokens ``at`` to ``end``."""
        before = "".join(self.line.pieces[max(0, at - 3) : at]).rstrip("a")
        nouns = ("M", "m", "s", "J") if self.vocabulary.is_cased else ("M", "m", "s")
        return before.endswith(nouns) or (before.endswith('"') and self.pairs[2 * end : 2 * end + 1] == '"')

    def _follows_article(self, at: int) -> bool:
        return at > 0 and self.line.pieces[at - 1] == "d" and self.tokens[at - 1] == "the"

    def _set_name(self, at: int, end: int, stem: Stem, names: list[Name]) -> int:
        if names[0].article and self._follows_article(at) and self.tokens.is_capital(at - 1):
            at, stem = at - 1, _WHOLE_WORD
        self._set(at, end, stem, "n" if names[0].ambiguous and not self._is_shouted(at, end) else "N")
        self.line.known[at] = names
        if end - at > 1 and self.tokens.is_capital(end - 1) and self.pairs[2 * end - 2] not in "MG":
            self.memory.heads[self.tokens[end - 1]] = names[0]
        return end

    def _is_shouted(self, at: int, end: int) -> bool:
        """Whether a word that is no acronym is in capitals, as papers write their own name, in a line that is not."""
        _, surface, _ = self.tokens.surface(at, end - 1)
        return len(surface) > 3 and surface.isupper() and not self.line.is_shouted

    def _set(self, at: int, end: int, stem: Stem, tag: str) -> int:
        self.line.pieces[at:end] = [stem.clitics + tag] + [""] * (end - at - 1)
        if stem.cut:
            self.line.cuts[at] = stem.cut
        return end


def _lacks_capital(name: Name, surface: str) -> bool:
    """Whether the article that begins the name is written as any article: *la Nación*."""
    return " " in name.core and name.core[0].isupper() and surface[0].islower()


def _are_common(places: list[_Place]) -> bool:
    return all(name.ambiguous for _, _, names in places for name in names)


def _is_address(before: str, behind: str) -> bool:
    """Whether what stands between is part of a handle, a hashtag or a URL."""
    return before[-1:] in ("@", "#", "_") or behind in ("@", "_") or before == "//"
