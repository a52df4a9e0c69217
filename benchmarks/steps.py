"""Where the time of an extraction goes: each of its steps under a stopwatch."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from inspect import isfunction
from time import process_time
from types import ModuleType
from typing import Any
from unittest.mock import patch

from newscrawl.extract import article, boilerplate

__all__ = ["Stopwatch", "watched_steps"]


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Each function's own CPU time: what a timed function spends in another timed one is the other's alone."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[str] = field(default_factory=Counter)
    _elsewhere: list[float] = field(default_factory=lambda: [0.0])
    """For each timed function that is running, what it has spent in others."""

    def watch(self, function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__

        @wraps(function)
        def watched(*args: Any, **options: Any) -> Any:
            self._elsewhere.append(0.0)
            started = process_time()
            try:
                return function(*args, **options)
            finally:
                spent = process_time() - started
                self.calls[name] += 1
                self.seconds[name] += spent - self._elsewhere.pop()
                self._elsewhere[-1] += spent

        return watched


def find_steps() -> Iterator[tuple[ModuleType, str]]:
    """Where the functions that article.py calls are named, and wherever one of boilerplate.py is."""
    modules = [module for name, module in sys.modules.items() if name.startswith("newscrawl.extract")]
    for module in modules:
        for name, function in vars(module).items():
            home = function.__module__ if isfunction(function) and not name.startswith("_") else ""
            is_called = module is article and home.startswith("newscrawl.") and home != article.__name__
            if is_called or home == boilerplate.__name__:
                yield module, name


@contextmanager
def watched_steps() -> Iterator[Stopwatch]:
    """Time the steps of all extractions meanwhile."""
    stopwatch = Stopwatch()
    with ExitStack() as stack:
        for module, name in list(find_steps()):
            stack.enter_context(patch.object(module, name, stopwatch.watch(getattr(module, name))))
        yield stopwatch
