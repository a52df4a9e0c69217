"""Words, numbers and marks: what a text is made of once it is folded, and where a line has them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain

from newscrawl.script import Folded, fold, fold_with_offsets

__all__ = ["LONGEST", "TOKEN", "Tokens", "split_word", "word_tokens"]

_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff"
"""Scripts written without spaces: every character is a token of its own, digits aside."""
_LATIN = "a-zß-öø-ɏ"
_ACRONYM = r"[\u05d0-\u05ea]+[\"\u05f4][\u05d0-\u05ea](?![\u05d0-\u05ea])"
"""Hebrew marks them before the last letter: *גל״צ*."""
TOKEN = re.compile(rf"[{_LATIN}]+|{_ACRONYM}|[{_SPACELESS}]|[^\W\d_{_LATIN}{_SPACELESS}]+|\d+|[^\s\w]")
"""A word, number or mark of a folded text; *لCNN* is two words, as *فرانس24* is."""
_SINGLE = rf"{_SPACELESS}!-&(-/:-@\[-_{{-~“”«»،–—"
_PART = re.compile(rf"[{_SINGLE}]|[^{_SINGLE}]+")
_HEBREW = re.compile("[\u05d0-\u05ea\ufb1d-\ufb4f]")
LONGEST = 60
"""Characters of a word worth remembering: more have only addresses and lines of scripts without spaces."""
_MEMO_LIMIT = 20_000


@cache
def word_tokens(form: str) -> tuple[str, ...]:
    """The words of a name, folded, without punctuation; kept, because every language asks for those of all names."""
    return tuple(token for token in TOKEN.findall(fold(form)) if token[0].isalnum())


def split_word(written: str) -> list[str]:
    """What a written word can be taken apart into without a change to its tokens or to the apostrophe before an *s*.

    Hebrew stays whole: its acronyms show only once the word is folded.
    """
    return [written] if _HEBREW.search(written) else _PART.findall(written)


@dataclass(frozen=True, slots=True)
class _Word:
    folded: Folded
    spans: tuple[tuple[int, int], ...]
    """Of the tokens, in the folded word."""


class _Words(dict[str, _Word]):
    """Word as written → how its tokens are written."""

    def __missing__(self, written: str) -> _Word:
        if len(written) > LONGEST:
            return _read_long(written)
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        word = self[written] = _read(written)
        return word


def _read(written: str) -> _Word:
    folded = fold_with_offsets(written)
    return _Word(folded, tuple(match.span() for match in TOKEN.finditer(folded.text)))


# A line's words are read one after the other, so that its long ones need no place in the memory of all.
_read_long = lru_cache(maxsize=2)(_read)
_WORDS = _Words()


class Tokens:
    """The tokens of a line by index. Few are asked how they are written, so that is looked up in their word then.

    Args:
        words: what white space parts in the line.
        folded: the tokens of each word.
    """

    def __init__(self, line: str, words: Sequence[str], folded: Sequence[Sequence[str]]) -> None:
        self._line = line
        self._words = words
        self._folded = folded
        self._tokens = [*chain.from_iterable(folded)]

    @cached_property
    def _starts(self) -> list[int]:
        """Of each word, in the line."""
        return [match.start() for match in re.finditer(r"\S+", self._line)]

    @cached_property
    def _ends(self) -> list[int]:
        """Of each word, the token behind it."""
        return [*accumulate(map(len, self._folded))]

    def __getitem__(self, at: int) -> str:
        return self._tokens[at]

    def behind(self, at: int, *, size: int) -> list[str]:
        """Up to ``size`` tokens behind token ``at``."""
        return self._tokens[at + 1 : at + 1 + size]

    def follower(self, at: int) -> str:
        """The token behind token ``at``, empty at the end of the line."""
        return self._tokens[at + 1] if at + 1 < len(self._tokens) else ""

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
        word = bisect_right(self._ends, at)
        found = _WORDS[self._words[word]]
        return word, found.folded, found.spans[at - self._ends[word]]
