"""What makes two texts the same story, word for word.

The fingerprint is a hash of the folded words in order. It is not trafilatura's, whose tokens leave out most
of Arabic, Hindi and Thai, nor any simhash, which calls texts alike that differ in a name or a number;
near-duplicates are another question than sameness. Its version stands in front: a change of the folding or of
the words changes every hash, and whoever compares two fingerprints must be able to tell that from a change of
the text.
"""

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

from newscrawl.items import Article
from newscrawl.script import fold, mend_surrogates

__all__ = ["VERSION", "fingerprint", "identify_article", "record_id"]

VERSION = "1"

# Vowel signs of Indic and Thai script are marks, which \w leaves out. Variation selectors say how, not what.
# Of the scripts beyond U+FFFF all counts: their marks one by one would make the pattern ten times slower.
_MARKS = "".join(char for char in map(chr, range(0x300, 0xFE00)) if unicodedata.category(char)[0] == "M")
_WORD = re.compile(rf"\w[\w{_MARKS}\U00010300-\U0001efff]*")
_SHORT = 120


def fingerprint(text: str, *, title: str | None = None) -> str:
    """Hash of the words of ``text``, the same for every way to write them.

    Case, white space, punctuation, width, Latin accents, Arabic vowel signs, hamza forms and digits of any
    script make no difference; each word and each number does, and so does their order.

    Args:
        text: the cleaned article text.
        title: told apart by as well where the text has fewer than 120 characters of words: what outlets put
            under every video or gallery must not make one story of all of them.

    Returns:
        ``1:`` and 64 hex digits.

    Raises:
        Nothing, on any text.
    """
    words = _fold_words(text)
    if title and len(words) < _SHORT:
        words = f"{_fold_words(title)}\n{words}"
    return f"{VERSION}:{sha256(words.encode()).hexdigest()}"


def record_id(canonical_url: str, story: str) -> str:
    """The id of a record: sha256 hex of its canonical URL, a newline and its fingerprint.

    Raises:
        Nothing: a lone surrogate counts as U+FFFD, as which the archive writes it.
    """
    return sha256(mend_surrogates(f"{canonical_url}\n{story}").encode()).hexdigest()


def identify_article(article: Article) -> Article:
    """``article`` with its fingerprint and id."""
    story = fingerprint(article.text, title=article.title)
    return replace(article, fingerprint=story, id=record_id(article.canonical_url, story))


def _fold_words(text: str) -> str:
    return " ".join(_WORD.findall(fold(unicodedata.normalize("NFC", text))))
