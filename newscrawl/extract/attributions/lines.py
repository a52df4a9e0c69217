"""A line of text as a string of tags, one letter for each word, name or punctuation mark.

Letters of word classes are those of `words.TAGS`. Besides: ``N`` a name, ``n`` a name that is also a
common word, ``U`` a name that nobody has listed, ``u`` one that only its place suggests, ``m`` a medium
noun with its article, ``X`` another capitalised word, ``x`` any other word, ``0`` a number, ``s`` a
possessive ending; punctuation stands for itself, ``*`` for the rest of it.
"""

from dataclasses import dataclass, field, replace

from newscrawl.extract.attributions.names import TOKEN, Name, case_fits, names_from
from newscrawl.extract.attributions.words import Reading, Stem, Vocabulary
from newscrawl.script import Folded

__all__ = ["Group", "Line", "tag_line"]

_PUNCTUATION = {c: c for c in "\"(),.:-/|'&"} | dict(zip("؟?！!;؛،、[]©…。", "....;;,,()C..", strict=True))
_SHORTEST_STEM = 4
"""Letters that must be left of a lone name less its clitics: *لافي* is no *افي*."""
_WHOLE_WORD = Stem("", 0, "")


@dataclass(frozen=True, slots=True)
class Group:
    """Tags ``start`` to ``end``, exclusive, that are one thing."""

    start: int
    end: int
    tag: str
    names: list[Name] | None
    """Who it is, for a listed name."""


@dataclass(slots=True)
class Line:
    """One line, tagged."""

    original: str
    folded: Folded
    tags: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Of each tag, into the folded line."""
    names: dict[int, list[Name]] = field(default_factory=dict)
    """Index of a tag ``N`` or ``n`` → the names it can be, best first."""

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the original line from tag ``first`` to tag ``last``, inclusive."""
        return self.folded.span(self.spans[first][0], self.spans[last][1])

    def unite(self, groups: list[Group]) -> None:
        """Put one tag in the place of each group; groups are in order and do not overlap."""
        old, end = self.names, len(self.tags)
        tags, self.names = "", {}
        spans: list[tuple[int, int]] = []
        done = 0
        for group in (*groups, Group(end, end, "", None)):
            self.names.update((at - done + len(spans), old[at]) for at in range(done, group.start) if at in old)
            tags += self.tags[done : group.start] + group.tag
            spans += self.spans[done : group.start]
            if group.names:
                self.names[len(spans)] = group.names
            if group.tag:
                spans.append((self.spans[group.start][0], self.spans[group.end - 1][1]))
            done = group.end
        self.tags, self.spans = tags, spans


def tag_line(original: str, folded: Folded, *, vocabulary: Vocabulary, heads: dict[str, Name]) -> Line:
    """Tag one line, listed names included.

    Args:
        heads: last words of the full names met so far in the text (*Times*) → who they stand for; those of
            this line are added.
    """
    return _Tagger(Line(original, folded), vocabulary, heads).run()


class _Tagger:
    """Walks over the tokens of one line."""

    def __init__(self, line: Line, vocabulary: Vocabulary, heads: dict[str, Name]) -> None:
        matches = list(TOKEN.finditer(line.folded.text))
        self.line = line
        self.vocabulary = vocabulary
        self.heads = heads
        self.tokens = [m[0] for m in matches]
        self.places = [m.span() for m in matches]
        self.tags: list[str] = []

    def run(self) -> Line:
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self.line.tags = "".join(self.tags)
        return self.line

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        if not token[0].isalnum():
            return self._emit(_PUNCTUATION.get(token, "*"), at)
        if token == "s" and self._is_possessive(at):
            return self._emit("s", at)
        if token in self.heads and self._is_capital(at) and self._follows_article(at):
            return self._emit_name(at, at + 1, _WHOLE_WORD, [replace(self.heads[token], ambiguous=True)])
        reading = self.vocabulary[token]
        return self._read(at, reading) if reading else self._read_unknown(at)

    def _read(self, at: int, reading: Reading) -> int:
        end = self._read_name(at, reading) or self._read_phrase(at, reading)
        if end:
            return end
        if not reading.tag or self._is_out_of_case(at, reading.tag):
            return self._read_unknown(at)
        return self._emit_stem(at, at + 1, Stem("", reading.cut, reading.clitics), reading.tag)

    def _read_unknown(self, at: int) -> int:
        if self.tokens[at].isdecimal():
            return self._emit("0", at)
        return self._emit("X" if self._is_capital(at) else "x", at)

    def _read_name(self, at: int, reading: Reading) -> int | None:
        if reading.tag == "H" and self._ends_longer_name():
            return None
        found = [
            (end, names, stem)
            for stem, node in reading.names
            for end, names in names_from(node, self.tokens, at + 1, skip=self.vocabulary.skippable)
        ]
        for end, names, stem in sorted(found, key=lambda f: -f[0]):
            if fitting := self._fitting(at, end, stem, names):
                return self._emit_name(at, end, stem, fitting)
        return None

    def _read_phrase(self, at: int, reading: Reading) -> int | None:
        for stem, phrase in reading.phrases:
            end = at + 1 + len(phrase.rest)
            if tuple(self.tokens[at + 1 : end]) == phrase.rest and not self._is_out_of_case(at, phrase.tag):
                return self._emit_stem(at, end, stem, phrase.tag)
        return None

    def _fitting(self, at: int, end: int, stem: Stem, names: list[Name]) -> list[Name]:
        """Those of the names that this place, its capitals and the word before allow."""
        start, stop = self.line.folded.span(self.places[at][0] + stem.cut, self.places[end - 1][1])
        is_stump = stem.cut and end == at + 1 and len(stem.text) < _SHORTEST_STEM
        if is_stump or self._is_inside_address(start, stop):
            return []
        surface = self.line.original[start:stop]
        may_lack_article = end > at + 1 or self._follows_article(at)
        return [n for n in names if (may_lack_article or not n.article) and case_fits(n.core, surface)]

    def _is_inside_address(self, start: int, stop: int) -> bool:
        text = self.line.original
        before, behind = text[max(0, start - 2) : start], text[stop : stop + 1]
        return before[-1:] in ("@", "#", "_") or behind in ("@", "_") or before == "//"

    def _is_out_of_case(self, at: int, tag: str) -> bool:
        """A paper's last word has a capital; a medium noun with a capital is part of some other name."""
        if tag == "H":
            return not self._is_capital(at)
        return tag == "M" and at > 0 and self._is_capital(at) and not self.vocabulary.has_capital_nouns

    def _ends_longer_name(self) -> bool:
        """Whether the word before is capitalised, as in an unlisted *Springfield Times*."""
        return self.tags[-1:] == ["X"] or self.tags[-2:] == ["X", "-"]

    def _emit_name(self, at: int, end: int, stem: Stem, names: list[Name]) -> int:
        if names[0].article and self._follows_article(at) and self._is_capital(at - 1):
            self.tags.pop()
            self.line.spans.pop()
            at, stem = at - 1, _WHOLE_WORD
        self._emit_stem(at, end, stem, "n" if names[0].ambiguous else "N")
        self.line.names[len(self.tags) - 1] = names
        if end - at > 1 and self._is_capital(end - 1):
            self.heads[self.tokens[end - 1]] = names[0]
        return end

    def _emit_stem(self, at: int, end: int, stem: Stem, tag: str) -> int:
        start, stop = self.places[at][0], self.places[end - 1][1]
        for clitic in stem.clitics:
            self.tags.append(clitic)
            self.line.spans.append((start, start + stem.cut))
        self.tags.append(tag)
        self.line.spans.append((start + stem.cut, stop))
        return end

    def _emit(self, tag: str, at: int) -> int:
        self.tags.append(tag)
        self.line.spans.append(self.places[at])
        return at + 1

    def _is_capital(self, at: int) -> bool:
        return self.line.original[self.line.folded.offsets[self.places[at][0]]].isupper()

    def _follows_article(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1] == "the" and self.tags[-1:] == ["d"]

    def _is_possessive(self, at: int) -> bool:
        return self.tokens[at - 1 : at] == ["'"] and self.places[at - 1][1] == self.places[at][0]
