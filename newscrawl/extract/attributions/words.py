"""What a single word of a language can be: the classes it belongs to, and the names it may begin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from newscrawl.extract.attributions.names import Name, Node, longer_names, may_be_small, walk
from newscrawl.extract.attributions.tags import (
    FIRST,
    LAST,
    NOUNS,
    PHRASE,
    PHRASE_SECOND,
    QUOTING,
    SECOND,
    TAGS,
    VARIABLE,
)
from newscrawl.extract.attributions.tokens import TOKEN
from newscrawl.items import Medium
from newscrawl.languages import Language

__all__ = ["Phrase", "Reading", "Stem", "Vocabulary"]

_WITH_ARTICLE = {"M": "m", "a": "a", "D": "D", "F": "F", "J": "J", "P": "P"}
"""Classes whose words may have an article written together with them → what they are then."""
_IN_FRONT = ("conjunction", "to", "preposition", "article")
"""Clitics, in the order in which they stand in front of a word."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a word can be; a word that can be nothing has none."""

    tag: str
    """The class of the word alone, empty if it has none."""
    clitics: str
    cut: int
    phrases: tuple[tuple[Stem, Phrase], ...]
    names: tuple[tuple[Stem, Node], ...]
    followers: frozenset[str]
    """Words with which a phrase or a longer name may go on."""
    roles: int
    """With a small letter."""
    capital_roles: int
    """With a capital, or in a script without."""
    is_heading: bool
    """Whether with a capital it is the first word of outlets' names."""


class Vocabulary(dict[str, Reading | None]):
    """Folded word → its reading, worked out once for each word that has one."""

    def __init__(self, language: Language | None, root: Node) -> None:
        super().__init__()
        self._nodes = root.children
        self._learn_clitics(language.clitics if language else {})
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        self._learn_words(language)
        self._inflected = self._inflect(language) if language else {}
        self._code = language.code if language else None
        countries = language.countries if language else {}
        self._countries = {" ".join(TOKEN.findall(form)): code for form, code in countries.items()}
        self._inflected_tags = {TAGS[name] for name in language.inflected} if language else set()
        self._media: Mapping[str, Medium] = language.media if language else {}
        self.headings = frozenset(language.words["heading"]) if language else frozenset()
        self.indefinite = frozenset(language.words["indefinite"]) if language else frozenset()
        self.articles = language.clitics["article"] if language else ()
        self.skippable = frozenset(a + w for w, tag in self._single.items() if tag == "a" for a in ("", *self.articles))
        """Adjectives that may be put inside a name."""
        self.joined = tuple(_articles_in_front(language.clitics)) if language else ()
        """What is written together with a common noun: the article, alone or behind a preposition."""
        self.has_capital_nouns = bool(language and language.capital_nouns)
        """Whether a capital says nothing about a noun."""
        self.quoted_names = bool(language and language.quoted_names)
        self.noun_follows = bool(language and language.noun_follows)
        self.is_cased = language is None or language.is_cased
        self._roles = self._find_roles(root)
        self._known = {*self.headings, *self._single, *self._inflected, *self._phrases, *self._nodes, *self._roles}

    def __missing__(self, word: str) -> Reading | None:
        if not self._may_know(word):
            return None
        if len(self) > _MEMO_LIMIT:
            self.clear()
        reading = self[word] = self._read(word)
        return reading

    def medium(self, words: Sequence[str]) -> Medium | None:
        """The medium that the last noun among the words tells, whatever is written together with it."""
        return next(filter(None, map(self._medium, reversed(words))), None)

    def _medium(self, word: str) -> Medium | None:
        stem = self._stem(word)
        return self._media.get(stem) or next((m for noun, m in self._media.items() if stem.startswith(noun)), None)

    def is_home_to(self, names: Sequence[Name]) -> bool:
        """Whether one of the outlets publishes in the language."""
        return any(self._code in name.outlet.languages for name in names)

    def country(self, words: Sequence[str]) -> str | None:
        """ISO 3166-1 of the country whose adjective the words are."""
        stem = " ".join(map(self._stem, words))
        code = self._countries.get(" ".join(words)) or self._countries.get(stem)
        if code or "a" not in self._inflected_tags:
            return code
        return next((code for form, code in self._countries.items() if len(form) > 4 and stem.startswith(form)), None)

    def _stem(self, word: str) -> str:
        """The word without what is written together with it in front."""
        reading = self[word]
        return word[reading.cut :] if reading else word

    def _may_know(self, word: str) -> bool:
        """Whether the word or an end of it is known: most words aren't, which is cheaper to see than to read."""
        if word in self._known:
            return True
        for cut in self._cuts:
            for start in self._restored.get(word[:cut], ()):
                if start + word[cut:] in self._known:
                    return True
        return False

    def _learn_clitics(self, clitics: Mapping[str, tuple[str, ...]]) -> None:
        self._clitics = {kind: [form.partition("+") for form in clitics.get(kind, ())] for kind in _IN_FRONT}
        self._restored: dict[str, set[str]] = {}
        """All that can be written in front of a word → what it stands for the beginning of."""
        nothing = ("", "", "")
        conjunctions, to, prepositions, articles = ([nothing, *self._clitics[kind]] for kind in _IN_FRONT)
        for forms in product(conjunctions, [*to, *prepositions], articles):
            written = "".join(form[0] for form in forms)
            self._restored.setdefault(written, set()).add(forms[1][2])
        self._restored.pop("")
        self._cuts = range(1, max(map(len, self._restored), default=0) + 1)
        self.suffixes = frozenset(clitics.get("suffix", ()))
        """What may stand behind a name and an apostrophe."""

    def _learn_words(self, language: Language | None) -> None:
        for name, tag in TAGS.items():
            for form in language.words[name] if language else ():
                first, *rest = TOKEN.findall(form)
                if rest:
                    self._phrases.setdefault(first, []).append(Phrase(tuple(rest), tag))
                else:
                    self._single.setdefault(first, tag)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p.rest))

    def _inflect(self, language: Language) -> dict[str, str]:
        """All forms of the inflected words → their tags; the shortest beginning and the longest stem win."""
        tags = {TAGS[name] for name in language.inflected}
        stems = sorted((w for w, tag in self._single.items() if tag in tags and len(w) > 1), key=len, reverse=True)
        forms: dict[str, str] = {}
        for beginning in ("", *language.clitics["beginning"]):
            for stem in stems:
                for ending in ("", *language.clitics["ending"]):
                    forms.setdefault(beginning + stem + ending, self._single[stem])
        return forms

    def _find_roles(self, root: Node) -> dict[str, int]:
        """Roles of words that are not first."""
        roles = dict.fromkeys(self.skippable, SECOND)
        for node in root.children.values():
            roles.update((word, roles.get(word, 0) | SECOND) for word in node.children)
        for phrase in chain.from_iterable(self._phrases.values()):
            word = phrase.rest[0]
            roles[word] = roles.get(word, 0) | PHRASE_SECOND | SECOND * (phrase.tag in NOUNS)
        for node in walk(root):
            roles.update((word, roles.get(word, 0) | LAST) for word, below in node.children.items() if below.names)
        return roles

    def _read(self, word: str) -> Reading | None:
        stems = list(self._stems(word))
        tag, stem = next(((t, s) for s in stems if (t := self._tag(s))), ("", stems[0]))
        plain = [s for s in stems if not s.article or s.clitics.endswith("l")]
        phrases = tuple((s, p) for s in plain for p in self._phrases.get(s.text, ()))
        names = tuple((s, node) for s in plain if (node := self._nodes.get(s.text)))
        roles = self._roles.get(word, 0)
        is_heading = word in self.headings
        if not (tag or phrases or names or roles or is_heading):
            return None
        roles |= QUOTING * any(p.tag == "R" for _, p in phrases)
        roles |= PHRASE * bool(phrases) | VARIABLE * bool(stem.cut) | FIRST * any(p.tag in NOUNS for _, p in phrases)
        longer = [name for _, node in names for name in longer_names(node)]
        capital_roles = roles | FIRST * bool(longer)
        roles = roles & ~LAST | FIRST * any(map(may_be_small, longer))
        if tag == "M" and word != word.upper() and not self.has_capital_nouns:
            capital_roles |= VARIABLE
        followers = {p.rest[0] for _, p in phrases}.union(*(node.children for _, node in names))
        return Reading(
            tag=tag,
            clitics=stem.clitics,
            cut=stem.cut,
            phrases=phrases,
            names=names,
            followers=frozenset(followers),
            roles=roles,
            capital_roles=capital_roles,
            is_heading=is_heading,
        )

    def _stems(self, word: str) -> Iterator[Stem]:
        whole = Stem(word, 0, "")
        for stem in (whole, *self._cut(whole, "conjunction", "c")):
            for inner in (stem, *self._cut(stem, "to", "l"), *self._cut(stem, "preposition", "i")):
                yield inner
                yield from self._cut(inner, "article", "")

    def _cut(self, stem: Stem, kind: str, tag: str) -> Iterator[Stem]:
        for written, _, restored in self._clitics[kind]:
            if stem.text.startswith(written) and len(stem.text) > len(written) + 1:
                rest = restored + stem.text[len(written) :]
                melted = kind == "article" or (len(written) > 1 and kind == "to")
                yield Stem(rest, stem.cut + len(written), stem.clitics + tag, melted)

    def _tag(self, stem: Stem) -> str:
        tag = self._single.get(stem.text, "")
        if stem.article:
            return _WITH_ARTICLE.get(tag, "")
        return tag or self._inflected.get(stem.text, "")


def _articles_in_front(clitics: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield from (form for form in clitics["to"] if len(form) > 1)
    yield from (p + a for a in clitics["article"] for p in ("", *clitics["preposition"]))
