"""Back references: a medium noun alone, for an outlet that was credited before (*the newspaper added*)."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newscrawl.extract.attributions.lines import Line
from newscrawl.extract.attributions.words import Vocabulary
from newscrawl.items import Attribution, Medium
from newscrawl.outlets import Registry

__all__ = ["References"]

_CONFIDENCE = 0.8
_NOUN = r"""(?<![NUnuX"'s])(?P<noun>d?a{0,2}[Mm]a?)(?!a{0,2}["'(]{0,2}[NUnuXHMm])"""
_SHAPES = (
    # according to the agency, told the paper, نشرته الوكالة
    re.compile(rf"(?P<cue>[ARSKTP][il]?r?[SPK]?v{{0,2}}[lwfb]?){_NOUN}"),
    # an interview with the channel
    re.compile(rf"(?P<cue>[DFJ][flwb]?){_NOUN}"),
    # the newspaper also said
    re.compile(rf"{_NOUN}v{{0,3}}r?v?(?P<cue>[SK])"),
    # gazeteye göre, gazeteye konuşan
    re.compile(rf"{_NOUN}[^.;:]{{0,6}}(?P<cue>[QT])"),
)


class References:
    """Finds the back references of one text, line by line."""

    def __init__(self, vocabulary: Vocabulary, registry: Registry) -> None:
        self._vocabulary = vocabulary
        self._registry = registry
        self._credited: dict[str, tuple[Attribution, Medium | None]] = {}
        """Outlets credited so far, the last one last, with the last credit of each and their medium if it is known."""

    def find(self, line: Line, credits: Sequence[Attribution], *, start: int) -> Iterator[Attribution]:
        """Nouns that stand for one of the outlets credited before them, in text order.

        Args:
            credits: what this line credits by name, in text order.
            start: where in the text the line starts.
        """
        coming = deque(credits)
        for at, match in sorted(self._nouns(line).items()):
            first, end = self._span(line, match)
            while coming and coming[0].end <= start + first:
                self._remember(coming.popleft())
            if before := self._antecedent(line, at, match):
                cue = slice(*line.original_span(match.start("cue"), match.end("cue") - 1))
                yield replace(
                    before,
                    surface=line.original[first:end],
                    cue=line.original[cue],
                    kind="anaphora",
                    start=start + first,
                    end=start + end,
                    confidence=_CONFIDENCE,
                )
        for credit in coming:
            self._remember(credit)

    def _nouns(self, line: Line) -> dict[int, re.Match[str]]:
        """Tag with which a noun begins → the first shape that it is in."""
        nouns: dict[int, re.Match[str]] = {}
        for match in (match for shape in _SHAPES for match in shape.finditer(line.tags)):
            nouns.setdefault(match.start("noun"), match)
        return nouns

    def _span(self, line: Line, match: re.Match[str]) -> tuple[int, int]:
        """Of the noun with its article, in the line."""
        first, end = line.original_span(match.start("noun"), match.end("noun") - 1)
        article = max((len(a) for a in self._vocabulary.articles if line.original.endswith(a, 0, first)), default=0)
        return first - article, end

    def _remember(self, credit: Attribution) -> None:
        outlet = self._registry.by_domain(credit.outlet) if credit.outlet else None
        key = credit.outlet or credit.surface
        self._credited.pop(key, None)
        self._credited[key] = credit, outlet.medium if outlet else None

    def _antecedent(self, line: Line, at: int, match: re.Match[str]) -> Attribution | None:
        """The last credit of an outlet that the noun can mean."""
        if not self._is_definite(line, at):
            return None
        medium = self._vocabulary.medium(line.words(at, match.end("noun") - 1))
        fitting = (c for c, known in reversed(self._credited.values()) if None in (medium, known) or medium == known)
        return next(fitting, None)

    def _is_definite(self, line: Line, at: int) -> bool:
        """Not *a newspaper*; where the article is written together with the noun, only with it."""
        if line.tags[at] == "d":
            return line.tokens[line.first_token(at)] not in self._vocabulary.indefinite
        return line.tags[at] == "m" or not self._vocabulary.joined
