"""Draw a crawl over time."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib import pyplot
from matplotlib.axes import Axes
from watch import Sample

__all__ = ["draw"]

_WINDOW = 20
"""Throughput is a mean over so many samples if there are enough: less would show which pages happen to be large, and
that Scrapy fetches them in bursts."""


def draw(file: Path, title: str, crawls: Sequence[tuple[str, Sequence[Sample]]]) -> None:
    """Write an image of throughput and memory over time.

    Args:
        file: its suffix says the format.
        title: what was crawled.
        crawls: label, and samples in the order of time.
    """
    figure, (throughput, memory) = pyplot.subplots(2, sharex=True, figsize=(9, 7), layout="constrained")
    figure.suptitle(title)
    for colour, (label, samples) in enumerate(crawls):
        _draw_throughput(throughput, samples, label=label, color=f"C{colour}")
        _draw_memory(memory, samples, label=label, color=f"C{colour}")
    throughput.set(title="Throughput", ylabel="pages per second")
    memory.set(title="Resident memory", ylabel="MB", xlabel="seconds since the start of the crawl", xlim=(0, None))
    for axes in (throughput, memory):
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(file, dpi=120)
    pyplot.close(figure)


def _draw_throughput(axes: Axes, samples: Sequence[Sample], *, label: str, color: str) -> None:
    fetching = [sample for sample in samples if 0 < sample.served < samples[-1].served]
    window = min(max(_WINDOW, len(fetching) // 20), len(fetching) // 4)
    spans = list(zip(fetching, fetching[window:], strict=False)) if window else []
    times = [(a.at + b.at) / 2 for a, b in spans]
    axes.plot(times, [(b.served - a.served) / (b.at - a.at) for a, b in spans], label=label, color=color)


def _draw_memory(axes: Axes, samples: Sequence[Sample], *, label: str, color: str) -> None:
    times = [sample.at for sample in samples]
    axes.plot(times, [sample.main / 1e6 for sample in samples], label=f"{label}: main process", color=color)
    if any(sample.worker for sample in samples):
        worker = [sample.worker / 1e6 for sample in samples]
        axes.plot(times, worker, label=f"{label}: largest worker", color=color, linestyle="dashed")
