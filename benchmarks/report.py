"""The table that compares crawls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from watch import Sample

__all__ = ["CrawlCost", "Turn", "format_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlCost:
    """What one crawl took; CPU and times in seconds, memory in bytes."""

    pages: int
    outcomes: Mapping[str, int]
    seconds: float
    """From the first response until nothing was left to do."""
    main_cpu: float
    worker_cpu: float
    server_cpu: float
    longest_pause: float
    rare_pause: float
    """The 99.9th percentile."""
    longest_work: float
    """The most CPU time at a stretch, in which the loop waited for nothing but itself."""
    samples: Sequence[Sample]

    @property
    def cpu(self) -> float:
        """Of the whole crawl, its start and end included."""
        return self.main_cpu + self.worker_cpu

    @property
    def cpu_per_article(self) -> float:
        return self.cpu / self.outcomes["archived"]

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A crawl, and what was measured right before it to compare it with."""

    crawl: CrawlCost
    start: CrawlCost
    """One of hardly any pages."""
    first: CrawlCost
    """The first of the same round."""
    reference: float
    """CPU seconds per page of trafilatura alone."""

    @property
    def start_cpu_per_article(self) -> float:
        return self.start.cpu / self.crawl.outcomes["archived"]


def _growth(samples: Sequence[Sample], memory: Callable[[Sample], int]) -> float | None:
    """Percent by which the peak after the first tenth of the pages is above the peak until then."""
    tenth = samples[-1].served / 10
    until = max((memory(s) for s in samples if s.served <= tenth), default=0)
    after = max((memory(s) for s in samples if s.served > tenth), default=0)
    return 100 * (after / until - 1) if until and after else None


def _speed_up(turn: Turn) -> float | None:
    return None if turn.crawl is turn.first else turn.crawl.pages_per_second / turn.first.pages_per_second


_Value = Callable[[Turn], float | None]

_ROWS: tuple[tuple[str, int, str, _Value], ...] = (
    ("pages per second", 1, "", lambda t: t.crawl.pages_per_second),
    ("  times the first column", 2, ">= 1.8", _speed_up),
    ("CPU per article, ms", 1, "", lambda t: 1e3 * t.crawl.cpu_per_article),
    ("  main process", 1, "", lambda t: 1e3 * t.crawl.main_cpu / t.crawl.outcomes["archived"]),
    ("  workers", 1, "", lambda t: 1e3 * t.crawl.worker_cpu / t.crawl.outcomes["archived"]),
    ("  of these, to start", 1, "", lambda t: 1e3 * t.start_cpu_per_article),
    ("server, CPU per page, ms", 1, "", lambda t: 1e3 * t.crawl.server_cpu / t.crawl.pages),
    ("trafilatura, CPU per page, ms", 1, "", lambda t: 1e3 * t.reference),
    ("crawl / trafilatura", 2, "<= 0.75", lambda t: t.crawl.cpu_per_article / t.reference),
    ("  without the start", 2, "", lambda t: (t.crawl.cpu_per_article - t.start_cpu_per_article) / t.reference),
    ("memory of main process, peak MB", 0, "<= 350", lambda t: max(s.main for s in t.crawl.samples) / 1e6),
    ("  growth after a tenth, %", 1, "<= 10", lambda t: _growth(t.crawl.samples, lambda s: s.main)),
    ("memory of a worker, peak MB", 0, "<= 350", lambda t: max(s.worker for s in t.crawl.samples) / 1e6 or None),
    ("  growth after a tenth, %", 1, "<= 10", lambda t: _growth(t.crawl.samples, lambda s: s.worker)),
    ("longest pause, ms", 1, "< 50", lambda t: 1e3 * t.crawl.longest_pause),
    ("  99.9th percentile", 1, "", lambda t: 1e3 * t.crawl.rare_pause),
    ("  longest of CPU alone", 1, "", lambda t: 1e3 * t.crawl.longest_work),
)
"""Name, decimals, mark, value."""


def format_report(columns: Sequence[tuple[str, Sequence[Turn]]]) -> str:
    """Rows of medians, with least and most where there are several rounds.

    Args:
        columns: label and turns, one turn a round.
    """
    lines = [["", *(label for label, _ in columns), "mark"]]
    for name, decimals, mark, value in _ROWS:
        cells = [_format([value(turn) for turn in turns], decimals) for _, turns in columns]
        lines.append([name, *cells, mark])
    last = [turns[-1].crawl.outcomes for _, turns in columns]
    named = sorted({outcome for outcomes in last for outcome in outcomes})
    lines += [[name, *(str(outcomes.get(name, 0)) for outcomes in last), ""] for name in named]
    return _align(lines)


def _format(values: Sequence[float | None], decimals: int) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    texts = [f"{value:.{decimals}f}" for value in (median(known), min(known), max(known))]
    return texts[0] if len(values) == 1 else "{} ({}–{})".format(*texts)


def _align(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    aligned = []
    for name, *cells in lines:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        aligned.append("  ".join([name.ljust(widths[0]), *padded]).rstrip())
    return "\n".join(aligned)
