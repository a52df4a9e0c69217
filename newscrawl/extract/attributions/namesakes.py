"""Which of the outlets that share a name is meant: what stands around it tells, then the page."""

import re
from collections.abc import Iterator

from newscrawl.extract.attributions.lines import Line
from newscrawl.extract.attributions.words import Vocabulary
from newscrawl.outlets import Outlet

__all__ = ["Namesakes"]

_NOUN_BEFORE = re.compile(r"""[Mm][a"'(d]{0,4}$""")
_ADJECTIVES_BEFORE = re.compile(r"""a[aMm"'(d]{0,4}$""")
_ADJECTIVES_BEHIND = re.compile(r"""["')]{0,2}a{1,3}""")
_REACH = 6
"""Tags of those, at the most."""


class Namesakes:
    """Chooses among outlets of one name."""

    def __init__(self, vocabulary: Vocabulary, page: Outlet | None) -> None:
        self._vocabulary = vocabulary
        self._page = page

    def choose(self, line: Line, at: int) -> Outlet | None:
        """The outlet of the name at tag ``at``, None for one that nobody has listed.

        First counts the country that an adjective tells, then the medium that a noun in front tells, then the page:
        its own outlet, and outlets of its country.
        """
        outlets = [name.outlet for name in line.names(at)]
        if len(outlets) < 2:
            return outlets[0] if outlets else None
        country, medium = self._country(line, at), self._medium(line, at)
        home = self._page.country if self._page else None
        return min(
            outlets,
            key=lambda o: (
                country not in (None, o.country),
                medium not in (None, o.medium),
                o is not self._page,
                home != o.country,
            ),
        )

    def _medium(self, line: Line, at: int) -> str | None:
        noun = _NOUN_BEFORE.search(line.tags, max(0, at - _REACH), at)
        return self._vocabulary.medium(line.words(noun.start(), noun.start())) if noun else None

    def _country(self, line: Line, at: int) -> str | None:
        return next(filter(None, (self._vocabulary.country(line.words(a, a)) for a in _adjectives(line, at))), None)


def _adjectives(line: Line, at: int) -> Iterator[int]:
    """The tags of adjectives that go with the name, those behind it first."""
    spans = [_ADJECTIVES_BEHIND.match(line.tags, at + 1), _ADJECTIVES_BEFORE.search(line.tags, max(0, at - _REACH), at)]
    for span in filter(None, spans):
        yield from (tag for tag in range(*span.span()) if line.tags[tag] == "a")
