"""Archive → another format, one module each; its name is the format's.

A module says in its docstring what it writes, and has ``write(records, target)``: records as
`newscrawl.archive.read_archive` gives them, target a text file in UTF-8 that translates no line ends.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TextIO

__all__ = ["Write", "load_exports"]

Write = Callable[[Iterable[Mapping[str, Any]], TextIO], None]


def load_exports() -> dict[str, Write]:
    """Format → its writer, for every module in this folder."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").write for name in names}
