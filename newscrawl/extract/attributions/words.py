"""What a single word of a language can be: the classes it belongs to, and the names it may begin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newscrawl.extract.attributions.names import Node, word_tokens
from newscrawl.languages import Language

__all__ = ["TAGS", "Phrase", "Reading", "Stem", "Vocabulary"]

TAGS = {
    "according": "A",
    "credit": "C",
    "say": "S",
    "tell": "T",
    "learn": "K",
    "witness": "W",
    "publish": "P",
    "finding": "F",
    "document": "D",
    "journalist": "J",
    "medium": "M",
    "masthead": "H",
    "adjective": "a",
    "filler": "v",
    "determiner": "d",
    "by": "b",
    "to": "l",
    "with": "w",
    "from": "f",
    "in": "i",
    "on": "o",
    "relative": "r",
    "self": "z",
    "negation": "g",
    "conjunction": "c",
    "contribute": "B",
    "outsider": "y",
    "role": "e",
}
"""Word class → the letter for its words in a tag string; a word of several classes is of the first."""

_WITH_ARTICLE = {"M": "m", "a": "a", "D": "D", "F": "F", "J": "J", "P": "P"}
"""Classes whose words may have an article written together with them → what they are then."""
_MEMO_LIMIT = 300_000


@dataclass(frozen=True, slots=True)
class Phrase:
    """The rest of a phrase behind its first word."""

    rest: tuple[str, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Stem:
    """A word without what is written together with it in front."""

    text: str
    cut: int
    """Characters of the word in front of the stem."""
    clitics: str
    """A tag for each of those in front."""
    article: bool = False
    """Whether an article is among them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word can be; a word that can be nothing has none."""

    tag: str
    """The class of the word alone, empty if it has none."""
    clitics: str
    cut: int
    phrases: tuple[tuple[Stem, Phrase], ...]
    names: tuple[tuple[Stem, Node], ...]


class Vocabulary(dict[str, Reading | None]):
    """Folded word → its reading, worked out once per word that occurs."""

    def __init__(self, language: Language | None, root: Node) -> None:
        super().__init__()
        clitics = language.clitics if language else {}
        self._root = root
        self._clitics = clitics
        self._beginnings = ("", *clitics.get("beginning", ()))
        self._endings = frozenset(("", *clitics.get("ending", ())))
        self._longest_ending = max(map(len, self._endings))
        self._inflected = {TAGS[name] for name in language.inflected} if language else set()
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        self._learn(language)
        articles = ("", *clitics.get("article", ()))
        self.skippable = frozenset(a + w for w in self._words_of("a") for a in articles)
        """Adjectives that may be put inside a name."""
        self.joined = tuple(_articles_in_front(clitics)) if language else ()
        """What is written together with a common noun: the article, alone or behind a preposition."""
        self.has_capital_nouns = bool(language and language.capital_nouns)
        """Whether a capital says nothing about a noun."""

    def __missing__(self, word: str) -> Reading | None:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        reading = self[word] = self._read(word)
        return reading

    def _words_of(self, tag: str) -> Iterator[str]:
        return (word for word, found in self._single.items() if found == tag)

    def _learn(self, language: Language | None) -> None:
        for name, tag in TAGS.items():
            for form in language.words[name] if language else ():
                first, *rest = word_tokens(form) or [form]
                if rest:
                    self._phrases.setdefault(first, []).append(Phrase(tuple(rest), tag))
                else:
                    self._single.setdefault(first, tag)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p.rest))

    def _read(self, word: str) -> Reading | None:
        stems = list(self._stems(word))
        tag, stem = next(((t, s) for s in stems if (t := self._tag(s))), ("", stems[0]))
        plain = [s for s in stems if not s.article or s.clitics.endswith("l")]
        phrases = tuple((s, p) for s in plain for p in self._phrases.get(s.text, ()))
        names = tuple((s, node) for s in plain if (node := self._node(s.text)))
        if not (tag or phrases or names):
            return None
        return Reading(tag, stem.clitics, stem.cut, phrases, names)

    def _node(self, stem: str) -> Node | None:
        """Where names that begin with the stem, or with the stem less an ending, go on."""
        nodes = self._root.children
        if stem in nodes or len(stem) < 4:
            return nodes.get(stem)
        endings = (e for e in self._clitics.get("name_ending", ()) if stem.endswith(e))
        return next((nodes[s] for e in endings if (s := stem[: -len(e)]) in nodes), None)

    def _stems(self, word: str) -> Iterator[Stem]:
        whole = Stem(word, 0, "")
        for stem in (whole, *self._cut(whole, "conjunction", "c")):
            for inner in (stem, *self._cut(stem, "to", "l"), *self._cut(stem, "preposition", "i")):
                yield inner
                yield from self._cut(inner, "article", "")

    def _cut(self, stem: Stem, kind: str, tag: str) -> Iterator[Stem]:
        for form in self._clitics.get(kind, ()):
            written, _, restored = form.partition("+")
            if stem.text.startswith(written) and len(stem.text) > len(written) + 1:
                rest = restored + stem.text[len(written) :]
                melted = kind == "article" or (len(written) > 1 and kind == "to")
                yield Stem(rest, stem.cut + len(written), stem.clitics + tag, melted)

    def _tag(self, stem: Stem) -> str:
        tag = self._single.get(stem.text, "")
        if stem.article:
            return _WITH_ARTICLE.get(tag, "")
        return tag or self._inflected_tag(stem.text)

    def _inflected_tag(self, word: str) -> str:
        for start in self._beginnings:
            if not (self._inflected and word.startswith(start)):
                continue
            for cut in range(len(word), max(len(start) + 1, len(word) - self._longest_ending - 1), -1):
                tag = self._single.get(word[len(start) : cut], "")
                if tag in self._inflected and word[cut:] in self._endings:
                    return tag
        return ""


def _articles_in_front(clitics: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield from (form for form in clitics["to"] if len(form) > 1)
    yield from (p + a for a in clitics["article"] for p in ("", *clitics["preposition"]))
