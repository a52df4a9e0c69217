"""Load a language file: what ties an outlet to its words, and how the language joins and inflects.

Keys of a file: ``name``, ``order`` (of `ORDERS`), ``capital_nouns``, ``noun_follows``, ``quoted_names``,
``[words]`` (word class → words and phrases), ``inflected`` (classes whose words take the beginnings and endings),
``[media]`` (medium → those of the medium nouns that mean it), ``[countries]`` (ISO 3166-1 → adjectives of
nationality), ``[clitics]`` (of `CLITICS`), ``[shapes]`` (``citation``, ``dateline``, ``credit``), ``[months]``
(number → names) and ``[[examples]]``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

import rtoml

from newscrawl.errors import UsageError
from newscrawl.items import Medium
from newscrawl.script import fold

__all__ = [
    "CLASSES",
    "CLITICS",
    "ORDERS",
    "Example",
    "Language",
    "available_languages",
    "load_language",
    "read_language",
]

ORDERS: Mapping[str, str] = {
    "subject-first": "Reuters reported that …",
    "verb-first": "نقلت رويترز …, informó EFE, сообщает ТАСС",
    "verb-last": "Reuters … bildirdi; what English puts in front of a name stands behind it",
}
"""Order of a plain statement → what it looks like. A language can have several."""

CLASSES: Mapping[str, str] = {
    "according": "the source follows: according to, citing",
    "quoting": "the source follows, and is so surely one that its name may be a common word: نقلا عن, به گزارش",
    "behind": "the source stands in front: göre, zufolge",
    "say": "verbs whose subject is a source: reported, writes",
    "tell": "verbs whose object is the outlet: told, speaking to",
    "learn": "verbs of an outlet's own sourcing: learned, obtained",
    "witness": "verbs of what an outlet's journalist saw",
    "publish": "participles before by or in: published, obtained",
    "document": "what is given to or carried by an outlet: interview, statement, footage",
    "finding": "documents of the outlet's own making: poll, report",
    "journalist": "correspondent, photographer",
    "medium": "nouns for outlets: newspaper, channel",
    "masthead": "last words of outlet names: Times, Herald",
    "heading": "first words of outlet names, with a capital: Radio, Diario, Corriere",
    "adjective": "what may stand between medium noun and name: official, daily; nationalities are ``[countries]``",
    "filler": "what may stand between a verb and the outlet: also, on Tuesday",
    "determiner": "articles and possessives",
    "indefinite": "those of the determiners that introduce something new: a, an",
    "by": "the agent of a passive",
    "to": "the addressee",
    "with": "the partner of an interview",
    "from": "origin or possessor",
    "in": "place of publication",
    "on": "channel of broadcast",
    "relative": "that, which, what",
    "self": "what makes the outlet speak about itself: it, its, in a statement",
    "negation": "not, could not",
    "conjunction": "and, or",
    "credit": "introduces a credit: Source, Photo by",
    "contribute": "closes a credit line: contributed to this report",
    "outsider": "names that look like outlets and are none: social networks, rating agencies",
    "notice": "what lines of boilerplate say: all rights reserved, sign up for",
    "role": "jobs and things of an outlet's own that follow its name: host, headquarters",
}
"""Word class of a language file → what belongs in it."""

_KEYS = (
    "name",
    "order",
    "capital_nouns",
    "noun_follows",
    "quoted_names",
    "inflected",
    "words",
    "media",
    "countries",
    "clitics",
    "shapes",
    "months",
    "examples",
)
CLITICS: Mapping[str, str] = {
    "conjunction": "in front of any word: و",
    "to": "the addressee, in front of a name or noun: ل",
    "preposition": "in front of a name or noun: ب",
    "article": "in front of a noun: ال",
    "beginning": "in front of a word of an inflected class: ي",
    "ending": "behind a word of an inflected class: ون",
    "name_ending": "behind a word of a name, in place of the ending that it is listed with, if that is one: у, ой",
    "suffix": "behind a name and an apostrophe: s, nin",
}
"""What is written together with other words, and where: folded when it is read. ``لل+ال``: لل stands for ال."""
_COUNTRY = re.compile("[A-Z]{2}")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]")
_SHAPES = ("citation", "dateline", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence and the outlets it credits, in text order: domains, or surfaces of unknown outlets."""

    text: str
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language file. All words are folded."""

    code: str
    """ISO 639-1, the name of the file."""
    name: str
    order: tuple[str, ...] = ("subject-first",)
    """Of `ORDERS`."""
    capital_nouns: bool = False
    """Whether all nouns are written with a capital."""
    noun_follows: bool = False
    """Whether the medium noun stands behind the name: *Birgün gazetesi*."""
    quoted_names: bool = False
    """Whether names that are also common words, or that nobody has listed, stand in quotation marks, if they are not
    foreign: *газета «Известия»*."""
    words: Mapping[str, tuple[str, ...]]
    """Word class (of `CLASSES`) → words and phrases."""
    inflected: frozenset[str] = frozenset()
    """Classes whose words take the beginnings and endings of ``clitics``."""
    media: Mapping[str, Medium] = field(default_factory=dict)
    """Medium noun → the medium that it means: tells outlets apart that share a name."""
    countries: Mapping[str, str] = field(default_factory=dict)
    """Adjective of nationality → ISO 3166-1: tells outlets apart that share a name, and is of class ``adjective``."""
    clitics: Mapping[str, tuple[str, ...]]
    """Kind → forms written together with the next word (endings: with the word before)."""
    shapes: Mapping[str, tuple[str, ...]]
    """``citation``, ``dateline``, ``credit`` → templates, see `newscrawl.extract.attributions.rules`."""
    months: Mapping[str, int] = field(default_factory=dict)
    """Folded month name → 1..12."""
    examples: tuple[Example, ...] = ()

    @property
    def is_cased(self) -> bool:
        """Whether its script has capitals, which tell names from common words; a few foreign words change nothing."""
        words = self._all_words()
        return 2 * sum(word.upper() != word for word in words) > len(words)

    @property
    def is_spaceless(self) -> bool:
        """Whether its words are written without spaces."""
        words = self._all_words()
        return 2 * sum(_SPACELESS.search(word) is not None for word in words) > len(words)

    def _all_words(self) -> list[str]:
        return [word for words in self.words.values() for word in words]


def available_languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a file, sorted."""
    names = (file.name for file in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_language(code: str) -> Language | None:
    """The language of ``code``, None if it has no file.

    Raises:
        UsageError: the file is wrong; names the file and key.
    """
    if code not in available_languages():
        return None
    return read_language(files(__package__) / f"{code}.toml")


def read_language(source: Traversable | Path) -> Language:
    """Parse and check one language file.

    Raises:
        UsageError: it can't be read, or a key is unknown or holds the wrong thing; names the file and key.
    """
    try:
        table = rtoml.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"language file {source.name}: {error}") from error
    try:
        return _parse_language(table, code=source.name.removesuffix(".toml"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"language file {source.name}: {error.args[0] if error.args else error}") from error


def _parse_language(table: dict[str, Any], *, code: str) -> Language:
    _check_keys(table, _KEYS, where="top level")
    countries = _parse_countries(table)
    words = _parse_words(table, countries)
    inflected = frozenset(table.get("inflected", ()))
    _check_keys(inflected, words, where="inflected")
    return Language(
        code=code,
        name=table["name"],
        order=_parse_order(table),
        capital_nouns=table.get("capital_nouns", False),
        noun_follows=table.get("noun_follows", False),
        quoted_names=table.get("quoted_names", False),
        words=words,
        inflected=inflected,
        media=_parse_media(table),
        countries=countries,
        clitics=_parse_lists(table, "clitics", keys=CLITICS, clean=fold),
        shapes=_parse_lists(table, "shapes", keys=_SHAPES, clean=str),
        months=_parse_months(table),
        examples=tuple(_parse_example(e, n) for n, e in enumerate(table.get("examples", ()), 1)),
    )


def _check_keys(found: Any, known: Any, *, where: str) -> None:
    if unknown := sorted(set(found) - set(known)):
        raise ValueError(f"{where}: unknown key {', '.join(unknown)}")


def _parse_lists(
    table: dict[str, Any], section: str, *, keys: Any, clean: Callable[[str], str]
) -> Mapping[str, tuple[str, ...]]:
    lists = table.get(section, {})
    _check_keys(lists, keys, where=section)
    for key, forms in lists.items():
        if not isinstance(forms, list) or not all(isinstance(form, str) and form for form in forms):
            raise ValueError(f"{section}.{key}: must be a list of words")
    return {key: tuple(clean(form) for form in lists.get(key, ())) for key in keys}


def _parse_words(table: dict[str, Any], countries: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    words = dict(_parse_lists(table, "words", keys=CLASSES, clean=fold))
    words["adjective"] = (*words["adjective"], *countries)
    return words


def _parse_countries(table: dict[str, Any]) -> Mapping[str, str]:
    codes = table.get("countries", {})
    if wrong := next((code for code in codes if not _COUNTRY.fullmatch(code)), None):
        raise ValueError(f"countries.{wrong}: must be a code of two capitals")
    forms = _parse_lists(table, "countries", keys=codes, clean=fold)
    return {form: code for code, of_country in forms.items() for form in of_country}


def _parse_order(table: dict[str, Any]) -> tuple[str, ...]:
    order = table.get("order", ["subject-first"])
    _check_keys(order, ORDERS, where="order")
    return tuple(order)


def _parse_media(table: dict[str, Any]) -> Mapping[str, Medium]:
    nouns = _parse_lists(table, "media", keys=get_args(Medium), clean=fold)
    return {noun: medium for medium in get_args(Medium) for noun in nouns[medium]}


def _parse_months(table: dict[str, Any]) -> Mapping[str, int]:
    months: dict[str, int] = {}
    for number, names in table.get("months", {}).items():
        if not number.isdecimal() or not 1 <= int(number) <= 12:
            raise ValueError(f"months.{number}: must be 1 to 12")
        months.update((fold(name), int(number)) for name in names)
    return months


def _parse_example(entry: dict[str, Any], number: int) -> Example:
    if not isinstance(entry.get("text"), str) or not isinstance(entry.get("credits"), list):
        raise ValueError(f"examples, entry {number}: needs text and credits")
    return Example(text=entry["text"], credits=tuple(entry["credits"]))
