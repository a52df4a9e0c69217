"""Script-aware normalisation: one form for many spellings, with the way back to the original.

What is folded: case, width and compatibility forms, Latin, Greek and Cyrillic accents, Arabic and Hebrew
vowel signs, hamza forms, the letters that Arabic, Persian and Urdu encode differently, all decimal
digits, typographic quotes, apostrophes and dashes. Tatweel and invisible format characters (bidi marks,
joiners, soft hyphens) vanish.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Folded", "fold", "fold_with_offsets", "mend_surrogates", "unify_script"]

_LETTERS = (
    dict.fromkeys("أإآٱٲٳ", "ا")
    | dict.fromkeys("ىیېے", "ي")
    | dict.fromkeys("ةہەۀۃھ", "ه")
    | dict.fromkeys("کڪ", "ك")
    | dict.fromkeys("’‘‛ʼʻ′`´׳", "'")
    | dict.fromkeys("“”„‟«»″〝〞《》〈〉「」『』״", '"')
    | dict.fromkeys("‐‑‒–—―−־・", "-")
    # Windows-1252 read as Latin-1.
    | {"\x91": "'", "\x92": "'", "\x93": '"', "\x94": '"', "\x96": "-", "\x97": "-"}
    | {"ـ": "", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)
# A mark outside these blocks is part of the spelling (Devanagari, Thai), not an accent.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


_LATIN, _CYRILLIC = "ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху"
_ALIKE = {"latin": str.maketrans(_CYRILLIC, _LATIN), "cyrillic": str.maketrans(_LATIN, _CYRILLIC)}
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where its characters came from."""

    text: str
    offsets: Sequence[int]
    """Index in ``text`` → index in the original; one longer than ``text``, so ends can be mapped as well."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of ``text[start:end]``, without characters that folding dropped behind it."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


class _FoldTable(dict[int, str]):
    """Code point → what it folds to, worked out once per code point that occurs."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    """Fold until nothing changes, which makes the whole fold idempotent."""
    once = _fold_once(char)
    return once if once == char else "".join(map(_fold_character, once))


def _fold_once(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", char).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart))


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The folded form of ``text``; ``fold(fold(text)) == fold(text)``.

    Raises:
        Nothing, on any string: lone surrogates and NULs stay as they are.
    """
    return text.lower() if text.isascii() and "`" not in text else text.translate(_TABLE)


def fold_with_offsets(text: str) -> Folded:
    """Like `fold`, with the way back.

    Raises:
        Nothing.
    """
    return Folded(fold(text), _find_offsets(text))


def _find_offsets(text: str) -> Sequence[int]:
    if text.isascii():
        return range(len(text) + 1)
    widths = [len(_TABLE[ord(char)]) for char in text]
    if widths.count(1) == len(widths):
        return range(len(text) + 1)
    return [*(at for at, width in enumerate(widths) for _ in range(width)), len(text)]


def unify_script(text: str) -> str:
    """The text with each word of Latin and Cyrillic letters mixed in the script that it has most of.

    Copies that hide from search engines have such words (*рeriódicо* with three Cyrillic letters), and so have some
    typing errors. Only letters that look alike change, one for one, so offsets stay.
    """
    if text.isascii() or not _MIXED.search(text):
        return text
    return re.sub(r"[^\W\d_]+", lambda match: _unify_word(match[0]), text)


def _unify_word(word: str) -> str:
    if not _MIXED.search(word):
        return word
    has_more_cyrillic = 2 * len(_CYRILLIC_LETTER.findall(word)) > len(word)
    return word.translate(_ALIKE["cyrillic" if has_more_cyrillic else "latin"])


def mend_surrogates(text: str) -> str:
    """``text`` with U+FFFD for halves of characters, which JSON escapes can spell and UTF-8 can't."""
    return _SURROGATES.sub("\ufffd", text)
