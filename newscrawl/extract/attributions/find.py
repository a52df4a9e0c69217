"""From a text to its attributions: lines to tags, tags to matches, matches to the best one for each name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from newscrawl.extract.attributions.anaphora import References
from newscrawl.extract.attributions.lines import Line
from newscrawl.extract.attributions.mentions import Mentions
from newscrawl.extract.attributions.names import grow_trie
from newscrawl.extract.attributions.namesakes import Namesakes
from newscrawl.extract.attributions.rules import Rule, as_bits, rules_for
from newscrawl.extract.attributions.sights import Sights
from newscrawl.extract.attributions.tagging import Tagger
from newscrawl.extract.attributions.words import Vocabulary
from newscrawl.items import Attribution
from newscrawl.languages import load_language
from newscrawl.outlets import Outlet, Registry, load_registry

__all__ = ["find_attributions"]

_OPENING_LINES = 3
_DENIED = re.compile(r'g[^,.;:"\-]{0,4}$')
_DOUBTS = {"N": 1.0, "n": 0.92, "U": 0.85, "u": 0.7}
_NAMES = as_bits(_DOUBTS)
_NOTICE = as_bits("I")
_LONGEST_NOTICE = 60
"""Tags of a line that is boilerplate as a whole."""


@dataclass(frozen=True, slots=True)
class _Find:
    """A name that a rule accepts."""

    at: int
    rule: Rule
    cue: tuple[int, int]


class _Engine:
    """What is derived once from a registry and a language."""

    def __init__(self, registry: Registry, language: str | None) -> None:
        spoken = load_language(language) if language else None
        self.rules = rules_for(language)
        self.inner_rules = [rule for rule in self.rules if not rule.opening]
        self.vocabulary = Vocabulary(spoken, grow_trie(registry, spoken))
        self.mentions = Mentions(self.vocabulary)
        self.sights = Sights(self.vocabulary, spoken)


@lru_cache(maxsize=32)
def _load_engine(registry: Registry, language: str | None) -> _Engine:
    return _Engine(registry, language)


def find_attributions(
    text: str,
    *,
    language: str | None,
    registry: Registry | None = None,
    own: str | None = None,
    anaphora: bool = False,
) -> tuple[Attribution, ...]:
    """Find passages that credit a news outlet.

    Args:
        text: the cleaned article text; offsets refer to exactly this string.
        language: ISO 639-1 code; None or a language without a file finds only datelines and credits, and only
            of outlets that the registry knows.
        registry: the outlets to know; by default those that ship with newscrawl.
        own: domain of the page's outlet. Its credits have ``own`` set; of outlets that share a name it comes first,
            then one of its country.
        anaphora: whether to find back references as well (*the newspaper added*): of kind ``anaphora``, for the
            outlet credited before.

    Returns:
        In text order, not overlapping; ``start`` and ``end`` count characters, end exclusive. An outlet that
        the registry does not know has ``outlet`` None and its surface as ``name``.

    Raises:
        Nothing, on any text.
    """
    known = language if language and load_language(language) else None
    registry = load_registry() if registry is None else registry
    engine = _load_engine(registry, known)
    page = registry.by_domain(own) if own else None
    reader = _TextReader(engine, page=page)
    found = reader.read(text, references=References(engine.vocabulary, registry) if anaphora else None)
    home = page.domain if page else own
    return tuple(replace(a, own=a.outlet == home) if home else a for a in found)


class _TextReader:
    """Reads the lines of one text, in their order."""

    def __init__(self, engine: _Engine, *, page: Outlet | None) -> None:
        self._engine = engine
        self._namesakes = Namesakes(engine.vocabulary, page)

    def read(self, text: str, *, references: References | None) -> list[Attribution]:
        """What the text credits and, if ``references`` are given, the nouns that stand for it; in text order."""
        found: list[Attribution] = []
        back: list[Attribution] = []
        tagger = Tagger(self._engine.sights, nouns=references is not None)
        start = 0
        for number, original in enumerate(text.split("\n")):
            if line := tagger.tag(original, opening=number < _OPENING_LINES):
                self._engine.mentions.settle(line)
                credits = list(self._read_line(line, number=number, start=start))
                found.extend(credits)
                back.extend(references.find(line, credits, start=start) if references else ())
            start += len(original) + 1
        return sorted(found + back, key=lambda a: a.start) if back else found

    def _read_line(self, line: Line, *, number: int, start: int) -> Iterator[Attribution]:
        here = as_bits(set(line.tags))
        if not here & _NAMES or (here & _NOTICE and len(line.tags) < _LONGEST_NOTICE):
            return
        best: dict[int, _Find] = {}
        rules = self._engine.rules if number < _OPENING_LINES else self._engine.inner_rules
        for rule, match in [(r, m) for r in rules if here & r.names and here & r.signs for m in r.find(line.tags)]:
            for find in _finds(rule, match):
                if find.at not in best or best[find.at].rule.confidence < rule.confidence:
                    best[find.at] = find
        for at in sorted(best):
            yield _attribution(line, best[at], self._namesakes.choose(line, at), offset=start)


def _finds(rule: Rule, match: re.Match[str]) -> Iterator[_Find]:
    tags, start = match.string, match.start()
    if rule.kind == "citation" and _DENIED.search(tags, max(0, start - 6), start):
        return
    yield from (_Find(at, rule, match.span("cue")) for at in range(*match.span("names")) if tags[at] in _DOUBTS)


def _attribution(line: Line, find: _Find, outlet: Outlet | None, *, offset: int) -> Attribution:
    start, end = line.original_span(find.at, find.at)
    surface = line.original[start:end]
    return Attribution(
        outlet=outlet.domain if outlet else None,
        name=outlet.name if outlet else surface,
        surface=surface,
        cue=_cue(line, find.cue),
        kind=find.rule.kind,
        start=offset + start,
        end=offset + end,
        confidence=round(find.rule.confidence * _DOUBTS[line.tags[find.at]], 2),
    )


def _cue(line: Line, span: tuple[int, int]) -> str:
    if span[0] >= span[1]:
        return ""
    start, end = line.original_span(span[0], span[1] - 1)
    return line.original[start:end]
