"""A line of text as a string of tags, one letter for each word, name or punctuation mark.

Letters of word classes are those of `tags.TAGS`. Besides: ``N`` a name, ``n`` a name that is also a common word,
``U`` a name that nobody has listed, ``u`` one that only its place suggests, ``m`` a medium noun with its article,
``G`` a word that begins names, ``X`` another capitalised word, ``x`` any other word, ``0`` a number, ``s`` a possessive
ending; punctuation stands for itself, ``*`` for the rest of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from newscrawl.extract.attributions.names import Name
from newscrawl.extract.attributions.tokens import Tokens

__all__ = ["Group", "Line"]


@dataclass(frozen=True, slots=True)
class Group:
    """Tags ``start`` to ``end``, exclusive, that are one thing."""

    start: int
    end: int
    tag: str
    names: list[Name] | None
    """Who it is, for a listed name."""


@dataclass
class Line:
    """One line, tagged. Few of its tags are ever asked where they stand, so that is worked out late."""

    original: str
    tokens: Tokens
    pieces: list[str]
    """Tags of each token: one, and one more for each clitic; none where it belongs to the token before."""
    cuts: dict[int, int] = field(default_factory=dict)
    """Token → its characters in front of the stem."""
    known: dict[int, list[Name]] = field(default_factory=dict)
    """First token of a listed name → the names it can be, best first."""
    tags: str = ""
    bounds: Sequence[int] = ()
    """Tag → its first letter in the joined ``pieces``; one longer than ``tags``."""

    @cached_property
    def is_shouted(self) -> bool:
        """Whether all of the line is in capitals, which tell nothing then."""
        return self.original.isupper()

    @cached_property
    def _owners(self) -> list[int]:
        """Letter of the joined ``pieces`` → its token."""
        return [at for at, piece in enumerate(self.pieces) for _ in piece]

    def join(self) -> None:
        """Make tags of the pieces."""
        self.tags = "".join(self.pieces)
        self.bounds = range(len(self.tags) + 1)

    def first_token(self, at: int) -> int:
        """The first token of tag ``at``."""
        return self._owners[self.bounds[at]]

    def names(self, at: int) -> list[Name]:
        """The names that tag ``at`` can be, best first."""
        return self.known.get(self.first_token(at), [])

    def words(self, first: int, last: int) -> list[str]:
        """The tokens from tag ``first`` to tag ``last``, inclusive."""
        start, (_, end) = self.first_token(first), self._reach(self.bounds[last + 1] - 1)
        return [self.tokens[at] for at in range(start, max(end, start + 1))]

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the original line from tag ``first`` to tag ``last``, inclusive."""
        return self._start(self.bounds[first]), self._end(self.bounds[last + 1] - 1)

    def _start(self, letter: int) -> int:
        token, behind = self._reach(letter)
        return self.tokens.start(token, cut=0 if token == behind else self.cuts.get(token, 0))

    def _end(self, letter: int) -> int:
        token, behind = self._reach(letter)
        return self.tokens.end(token, size=self.cuts[token]) if token == behind else self.tokens.end(behind - 1)

    def _reach(self, letter: int) -> tuple[int, int]:
        """The token of a letter of the joined ``pieces`` and that of the next letter, for a clitic the same."""
        owners = self._owners
        return owners[letter], owners[letter + 1] if letter + 1 < len(owners) else len(self.pieces)

    def unite(self, groups: list[Group]) -> None:
        """Put one tag in the place of each group; groups are in order and do not overlap."""
        for group in groups:
            self._rename(self.first_token(group.start), group.names)
        tags, done = "", 0
        bounds: list[int] = []
        for group in groups:
            tags += self.tags[done : group.start] + group.tag
            bounds += self.bounds[done : group.start + 1]
            done = group.end
        self.tags, self.bounds = tags + self.tags[done:], [*bounds, *self.bounds[done:]]

    def _rename(self, token: int, names: list[Name] | None) -> None:
        self.known.pop(token, None)
        if names:
            self.known[token] = names
