"""Whether some words say no more than the outlet's own name."""

import re
from collections.abc import Iterable

__all__ = ["OutletNames"]

_WORD = re.compile(r"\w+")


class OutletNames:
    """What a page's outlet is called: registry names, site name, labels of its host."""

    def __init__(self, names: Iterable[str | None]) -> None:
        self._squeezed = tuple({s for name in names if name and len(s := _squeeze(name)) > 2})

    def __contains__(self, words: str) -> bool:
        """``BBC News`` for the site name ``BBC``, but not ``What the BBC got wrong``."""
        squeezed = _squeeze(words)
        if len(squeezed) < 3:
            return False
        return any(squeezed in name or _is_mostly(name, squeezed) for name in self._squeezed)


def _is_mostly(name: str, squeezed: str) -> bool:
    return name in squeezed and len(squeezed) <= 2 * len(name) + 2


def _squeeze(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
