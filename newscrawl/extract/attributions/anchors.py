"""Which lines are worth reading: those with a word that can begin an outlet's name or introduce one."""

import re

from newscrawl.extract.attributions.names import TOKEN, Name, Node, walk
from newscrawl.extract.attributions.words import Reading, Vocabulary
from newscrawl.script import fold

__all__ = ["Anchors"]

_WRITTEN = re.compile(r"[^\W\d_]+")
_MEMO_LIMIT = 300_000


class Anchors(dict[str, int]):
    """Word → 2 if an outlet may be named there, 1 if only beside quotation marks or brackets, 0 if not."""

    def __init__(self, vocabulary: Vocabulary, *, cased: bool) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._cased = cased

    def __missing__(self, word: str) -> int:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        readings = [self._vocabulary[token] for token in TOKEN.findall(fold(word)) if token[0].isalnum()]
        strength = self[word] = max((self._strength(r, word) for r in readings if r), default=0)
        return strength

    def are_in(self, original: str, folded: str, *, opening: bool) -> bool:
        """Whether the line can hold an attribution; ``opening`` lines can hold a dateline as well."""
        # Capitals tell names from words, so they are looked at as written; marks and tatweel would only split words.
        words = _WRITTEN.findall(original) if self._cased else TOKEN.findall(folded)
        strength = max(map(self.__getitem__, words), default=0)
        return strength == 2 or (strength == 1 and (opening or '"' in folded or "(" in folded))

    def _strength(self, reading: Reading, word: str) -> int:
        if reading.tag in ("M", "m"):
            return 2
        if not self._cased:
            return max((1 + any(not n.ambiguous for n in _names(node)) for _, node in reading.names), default=0)
        if word[0].isupper() or word.upper() == word.lower():
            return 2 if reading.names or reading.tag == "H" else 0
        return 2 if any(n.core[0].islower() for _, node in reading.names for n in _names(node)) else 0


def _names(node: Node) -> list[Name]:
    return [name for below in walk(node) for name in below.names]
