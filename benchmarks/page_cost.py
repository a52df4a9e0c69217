"""What the extraction of a page costs, against trafilatura with metadata on the same pages in the same process.

usage: python benchmarks/page_cost.py [--rounds 5] [--every 3] [--steps] [--demo]

The pages are every third of those in ../shared/eval/pages (``--every 1``: all), or the demo newsroom's where these are
not there, which are too short for the mark. All contenders take turns, ten pages each, after a round for warming up;
times are CPU times. ``--steps`` shows instead where newscrawl's time goes.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from operator import itemgetter
from platform import python_version
from statistics import median
from time import process_time

from pages import name_source, read_pages
from steps import watched_steps
from trafilatura import bare_extraction

from newscrawl.errors import Rejected
from newscrawl.extract import boilerplate, extract_article
from newscrawl.extract.decode import decode_body
from newscrawl.items import Page

__all__ = ["TURN", "show_spread"]

YARDSTICK = "trafilatura with metadata"
NEWSCRAWL = "newscrawl extract"
MARK = 0.55
TURN = 10  # pages
DISTRIBUTIONS = ("newscrawl", "trafilatura", "htmldate", "lxml")

Sample = tuple[Page, str]
"""A page and its characters."""


def extract(page: Page) -> None:
    with suppress(Rejected):
        extract_article(page)


CONTENDERS: dict[str, Callable[[Page, str], object]] = {
    YARDSTICK: lambda page, _: bare_extraction(page.body, with_metadata=True, url=page.url),
    NEWSCRAWL: lambda page, _: extract(page),
    "trafilatura fast, no metadata": lambda _, html: bare_extraction(html, fast=True),
    "parsing alone": lambda _, html: boilerplate.parse_html(html),
}


def measure(name: str, samples: Sequence[Sample]) -> float:
    """CPU time of a contender in seconds."""
    work = CONTENDERS[name]
    gc.collect()
    started = process_time()
    for page, html in samples:
        work(page, html)
    return process_time() - started


def measure_all(samples: Sequence[Sample]) -> dict[str, float]:
    """CPU time of each contender in milliseconds per page; short turns spread the noise of the machine evenly."""
    costs = dict.fromkeys(CONTENDERS, 0.0)
    for start in range(0, len(samples), TURN):
        for name in CONTENDERS:
            costs[name] += measure(name, samples[start : start + TURN]) / len(samples) * 1000
    return costs


def compare(samples: Sequence[Sample], rounds: int) -> None:
    """Print what each contender costs."""
    measure_all(samples)
    costs = [measure_all(samples) for _ in range(rounds)]
    print(f"{'CPU time of':32}{'ms/page':>24}{'of ' + YARDSTICK:>32}")
    for name in CONTENDERS:
        ratios = [cost[name] / cost[YARDSTICK] for cost in costs]
        mark = f"  mark: <= {MARK}" if name == NEWSCRAWL else ""
        print(f"{name:32}{show_spread([cost[name] for cost in costs], 2):>24}{show_spread(ratios, 3):>32}{mark}")


def show_spread(values: Sequence[float], places: int) -> str:
    """Median (min–max)."""
    return f"{median(values):.{places}f} ({min(values):.{places}f}–{max(values):.{places}f})"


def show_steps(samples: Sequence[Sample], rounds: int) -> None:
    """Print what each step of newscrawl's extraction costs."""
    measure(NEWSCRAWL, samples)
    plain = median([measure(NEWSCRAWL, samples) for _ in range(rounds)])
    with watched_steps() as stopwatch:
        timed = sum(measure(NEWSCRAWL, samples) for _ in range(rounds))
    rest = timed - sum(stopwatch.seconds.values())
    pages = rounds * len(samples)
    print(f"{'own CPU time of':32}{'ms/page':>10}{'share':>8}{'calls/page':>12}")
    steps = sorted(stopwatch.seconds.items(), key=itemgetter(1), reverse=True)
    for name, seconds in [*steps, ("(article.py itself, clearing up)", rest)]:
        calls = f"{stopwatch.calls[name] / pages:12.1f}" if name in stopwatch.calls else ""
        print(f"{name:32}{seconds / pages * 1000:10.2f}{seconds / timed:8.1%}{calls}")
    print(f"{'all':32}{timed / pages * 1000:10.2f}   (untimed {plain / len(samples) * 1000:.2f})")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args(arguments)
    pages = read_pages(demo=options.demo)[:: options.every]
    versions = ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS)
    print(f"{len(pages)} pages of {name_source(demo=options.demo)}, {options.rounds} rounds")
    print(f"{versions}, Python {python_version()}\n", flush=True)
    samples = [(page, decode_body(page.body, page.content_type)) for page in pages]
    (show_steps if options.steps else compare)(samples, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
