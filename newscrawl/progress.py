"""How a crawl gets on: the line that a terminal shows while it lasts."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sized
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import timedelta
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

from scrapy import signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler

from newscrawl.extensions import RecordCrawl

if TYPE_CHECKING:
    from tqdm import tqdm

__all__ = ["Progress", "Speed", "describe", "live_line"]

_REDRAW_SECONDS = 0.2
_SPEED_SECONDS = 10.0
_ECHO = len("^C") + 1
"""Columns that stay free: a terminal echoes Ctrl-C behind the line, and full up it would begin another."""
_NAMES = {
    "archived": "articles",
    "duplicate": "duplicates",
    "unchanged": "duplicates",
    "rejected": "refused",
    "failed": "failed",
}
_EXPENDABLE = ("elapsed", "refused", "duplicates", "queue", "speed", "failed")
"""What a narrow terminal has to do without, the first first."""


class Speed:
    """How fast a count has grown of late."""

    def __init__(self, *, window: float) -> None:
        self._window = window
        self._samples: deque[tuple[float, int]] = deque()

    def measure(self, count: int, *, now: float) -> float:
        """Note a count.

        Args:
            count: not less than the last one.
            now: seconds on a clock that never goes back.

        Returns:
            Growth per second over the window, or since the first count if that is younger.
        """
        self._samples.append((now, count))
        while len(self._samples) > 2 and self._samples[1][0] <= now - self._window:
            self._samples.popleft()
        then, before = self._samples[0]
        return (count - before) / (now - then) if now > then else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One moment of a crawl."""

    outcomes: Mapping[str, int]
    """Outcome → number of candidates that ended so."""
    speed: float
    """Pages per second."""
    queue: int
    """Requests that wait for their page, and pages that wait to be read."""
    elapsed: float
    """Seconds."""


def describe(progress: Progress, *, width: int) -> str:
    """One line of ASCII, at most ``width`` characters long."""
    parts = {name: f"{name} {count}" for name, count in _count_by_name(progress.outcomes).items()}
    parts["speed"] = f"{progress.speed:.{int(progress.speed < 10)}f} pages/s"
    parts["queue"] = f"queue {progress.queue}"
    parts["elapsed"] = str(timedelta(seconds=int(progress.elapsed))).removeprefix("0:")
    for name in _EXPENDABLE:
        if len(", ".join(parts.values())) <= width:
            break
        del parts[name]
    return ", ".join(parts.values())[:width]


@contextmanager
def live_line(crawler: Crawler) -> Iterator[None]:
    """Show how a crawl gets on while the block lasts, and leave no trace; nothing where standard error is no terminal.

    Scrapy makes its log handler when the crawl starts. That has to be in the block, for then log lines go around the
    live one.
    """
    terminal = sys.stderr
    if not terminal.isatty():
        yield
        return
    from tqdm import tqdm
    from tqdm.contrib import DummyTqdmFile

    tqdm.monitor_interval = 0  # it would be a thread, the default lock one between processes: too much for a line
    tqdm.set_lock(RLock())
    # Sizes because tqdm's own measuring hides the line where nobody has told the terminal its size.
    line = _LiveLine(crawler, tqdm(bar_format="{desc}", leave=False, ncols=0, nrows=20, file=terminal))
    crawler.signals.connect(line.start, signal=signals.engine_started)
    with redirect_stderr(cast(TextIO, DummyTqdmFile(terminal))):
        try:
            yield
        finally:
            line.close()


class _LiveLine:
    """Draws itself by the clock: neither do many items make it dear, nor does a slow host make it stand still."""

    def __init__(self, crawler: Crawler, bar: "tqdm[NoReturn]") -> None:
        self._crawler = crawler
        self._bar = bar
        self._speed = Speed(window=_SPEED_SECONDS)
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self._started = monotonic()
        self._crawl = RecordCrawl.of(self._crawler).crawl
        self._draw()

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._bar.close()

    def _draw(self) -> None:
        self._bar.disable = not _is_in_foreground(self._bar.fp)
        self._bar.set_description_str(describe(self._look(), width=max(_columns(self._bar.fp) - _ECHO, 0)))
        self._timer = asyncio.get_running_loop().call_later(_REDRAW_SECONDS, self._draw)

    def _look(self) -> Progress:
        now, outcomes = monotonic(), self._crawl.outcomes
        return Progress(
            outcomes=outcomes,
            speed=self._speed.measure(sum(outcomes.values()), now=now),
            queue=_queue(self._crawler.engine),
            elapsed=now - self._started,
        )


def _queue(engine: ExecutionEngine) -> int:
    scheduled = len(engine.scheduler) if isinstance(engine.scheduler, Sized) else 0
    read = engine.scraper.slot.itemproc_size if engine.scraper.slot else 0
    return scheduled + len(engine.downloader.active) + read


def _count_by_name(outcomes: Mapping[str, int]) -> dict[str, int]:
    counts = dict.fromkeys(_NAMES.values(), 0)
    for outcome, count in outcomes.items():
        counts[_NAMES[outcome.partition(":")[0]]] += count
    return counts


def _columns(terminal: TextIO) -> int:
    try:
        return os.get_terminal_size(terminal.fileno()).columns or 80  # 0 where nobody has told the terminal its size
    except OSError:
        return 80  # it is gone


def _is_in_foreground(terminal: TextIO) -> bool:
    """Whether the terminal is ours: after Ctrl-Z and ``bg``, what a person types at the shell must stay whole."""
    try:
        return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return True  # a terminal without jobs
