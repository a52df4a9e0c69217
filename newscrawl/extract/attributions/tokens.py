"""Words, numbers and marks: what a text is made of once it is folded, and where a line has them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from newscrawl.script import Folded, fold, fold_with_offsets

__all__ = ["LONGEST", "PART", "TOKEN", "Tokens", "word_tokens"]

_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff"
"""Scripts written without spaces: every character is a token of its own, digits aside."""
_LATIN = "a-zß-öø-ɏ"
TOKEN = re.compile(rf"[{_LATIN}]+|[{_SPACELESS}]|[^\W\d_{_LATIN}{_SPACELESS}]+|\d+|[^\s\w]")
"""A word, number or mark of a folded text; *لCNN* is two words, as *فرانس24* is."""
_SINGLE = rf"{_SPACELESS}!-&(-/:-@\[-_{{-~“”«»،–—"
PART = re.compile(rf"[{_SINGLE}]|[^{_SINGLE}]+")
"""What a written word can be taken apart into without a change to its tokens or to the apostrophe before an *s*."""
LONGEST = 60
"""Characters of a word worth remembering: more have only addresses and lines of scripts without spaces."""
_MEMO_LIMIT = 20_000


def word_tokens(form: str) -> list[str]:
    """The words of a name, folded, without punctuation."""
    return [token for token in TOKEN.findall(fold(form)) if token[0].isalnum()]


@dataclass(frozen=True, slots=True)
class _Word:
    folded: Folded
    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Of the tokens, in the folded word."""


class _Words(dict[str, _Word]):
    """Word as written → its tokens."""

    def __missing__(self, written: str) -> _Word:
        if len(written) > LONGEST:
            return _read_long(written)
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        word = self[written] = _read(written)
        return word


def _read(written: str) -> _Word:
    folded = fold_with_offsets(written)
    matches = list(TOKEN.finditer(folded.text))
    return _Word(folded, tuple(m[0] for m in matches), tuple(m.span() for m in matches))


# A line's words are read one after the other, so that its long ones need no place in the memory of all.
_read_long = lru_cache(maxsize=2)(_read)
_WORDS = _Words()


class Tokens:
    """The tokens of a line by index. Few of them are asked for, so each is looked up in its word when it is.

    Args:
        words: what white space parts in the line.
        sizes: twice the number of tokens of each word.
    """

    def __init__(self, line: str, words: list[str], sizes: Iterable[int]) -> None:
        self._line = line
        self._words = words
        self._ends = list(accumulate(sizes))

    @cached_property
    def _starts(self) -> list[int]:
        """Of each word, in the line."""
        return [match.start() for match in re.finditer(r"\S+", self._line)]

    def __getitem__(self, at: int) -> str:
        word = bisect_right(self._ends, 2 * at)
        return _WORDS[self._words[word]].tokens[at - self._ends[word] // 2]

    def follower(self, at: int) -> str:
        """The token behind token ``at``, empty at the end of the line."""
        return self[at + 1] if 2 * at + 2 < self._ends[-1] else ""

    def behind(self, at: int) -> Iterator[str]:
        """The tokens behind token ``at``."""
        word = bisect_right(self._ends, 2 * at)
        tokens = _WORDS[self._words[word]].tokens
        yield from map(tokens.__getitem__, range(at + 1 - self._ends[word] // 2, 0))
        for after in range(word + 1, len(self._words)):
            yield from _WORDS[self._words[after]].tokens

    def is_capital(self, at: int) -> bool:
        """Whether the token begins with a capital."""
        word, folded, (start, _) = self._find(at)
        return self._words[word][folded.offsets[start]].isupper()

    def surface(self, first: int, last: int, *, cut: int = 0) -> tuple[str, str, str]:
        """How tokens ``first`` to ``last`` are written, less ``cut`` characters of the first as folded.

        Returns:
            Up to two characters of its word before them, they with blanks between their words, one character behind.
        """
        word, folded, (start, _) = self._find(first)
        last_word, last_folded, (_, end) = self._find(last)
        written, last_written = self._words[word], self._words[last_word]
        start, end = folded.offsets[start + cut], last_folded.offsets[end - 1] + 1
        surface = written[start:end]
        if word != last_word:
            surface = " ".join((written[start:], *self._words[word + 1 : last_word], last_written[:end]))
        return written[max(0, start - 2) : start], surface, last_written[end : end + 1]

    def start(self, at: int, *, cut: int = 0) -> int:
        """Where in the line token ``at`` starts, less ``cut`` characters as folded."""
        word, folded, (start, _) = self._find(at)
        return self._starts[word] + folded.offsets[start + cut]

    def end(self, at: int, *, size: int | None = None) -> int:
        """Where in the line token ``at``, or its first ``size`` characters as folded, ends."""
        word, folded, (start, end) = self._find(at)
        return self._starts[word] + folded.offsets[(end if size is None else start + size) - 1] + 1

    def _find(self, at: int) -> tuple[int, Folded, tuple[int, int]]:
        """The word that holds token ``at``, its folded form, and the token's span in that."""
        word = bisect_right(self._ends, 2 * at)
        found = _WORDS[self._words[word]]
        return word, found.folded, found.spans[at - self._ends[word] // 2]
