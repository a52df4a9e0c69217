"""Back references: a medium noun alone, for an outlet that was credited before (*the newspaper added*)."""

import re
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
    """Finds the back references of a text, line by line."""

    def __init__(self, vocabulary: Vocabulary, registry: Registry) -> None:
        self._vocabulary = vocabulary
        self._registry = registry

    def find(self, line: Line, credited: Sequence[Attribution], *, start: int) -> Iterator[Attribution]:
        """Nouns that stand for one of the outlets credited before them, in no order.

        Args:
            credited: what the text credits by name up to the end of the line, in text order.
            start: where in the text the line starts.
        """
        seen: set[int] = set()
        for match in (match for shape in _SHAPES for match in shape.finditer(line.tags)):
            at = match.start("noun")
            if at not in seen and self._is_definite(line, at):
                seen.add(at)
                yield from self._refer(line, match, credited, start=start)

    def _is_definite(self, line: Line, at: int) -> bool:
        """Not *a newspaper*; where the article is written together with the noun, only with it."""
        if line.tags[at] == "d":
            return line.tokens[line.first_token(at)] not in self._vocabulary.indefinite
        return line.tags[at] == "m" or not self._vocabulary.joined

    def _refer(
        self, line: Line, match: re.Match[str], credited: Sequence[Attribution], *, start: int
    ) -> Iterator[Attribution]:
        first, end = line.original_span(match.start("noun"), match.end("noun") - 1)
        first -= max((len(a) for a in self._vocabulary.articles if line.original.endswith(a, 0, first)), default=0)
        medium = self._vocabulary.medium(line.words(match.start("noun"), match.end("noun") - 1))
        for before in reversed(credited):
            if before.end <= start + first and self._fits(before, medium):
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
                return

    def _fits(self, credited: Attribution, medium: Medium | None) -> bool:
        outlet = self._registry.by_domain(credited.outlet) if credited.outlet else None
        return medium is None or outlet is None or outlet.medium == medium
