"""Measure the whole crawl (fetch from loopback, extract, deduplicate, archive) against trafilatura alone.

It crawls the labelled pages of ../shared/eval/pages where they are there, else the articles of the demo newsroom, each
many times, under addresses and with texts of its own, from a server in another process. Before each round trafilatura
extracts the same pages: ratios to it hold on any machine. Several values of --workers or --cores are crawled in turns:

    python benchmarks/crawl.py --pages 2000 --workers 1,2 --rounds 5
    python benchmarks/crawl.py --pages 2000 --workers 1,2 --cores 1,2
    python benchmarks/crawl.py --pages 20000 --workers 2 --plot crawl.png

It needs psutil, and matplotlib for the plot: pip install -e .[bench]
"""

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from subprocess import PIPE

from measure import Setup, run_crawl, run_reference
from pages import Template, name_source, read_templates
from report import Turn, format_report
from watch import Server, running

_HERE = Path(__file__).resolve().parent


def main() -> None:
    options = _parse_options()
    draw = import_module("plot").draw if options.plot else None  # without matplotlib, end here and not after an hour
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    templates = read_templates(demo=options.demo)
    title = f"Crawl of {options.pages} pages, made of {len(templates)} from {name_source(demo=options.demo)}"
    print(f"{title}; rounds: {options.rounds}\n", flush=True)
    with _serving(demo=options.demo) as server:
        urls = _number(templates, options.pages, server)
        rounds = [_run_round(options, urls, server) for _ in range(options.rounds)]
    columns = list(zip((setup.label for setup in options.setups), zip(*rounds, strict=True), strict=True))
    print(format_report(columns))
    if draw:
        draw(options.plot, title, [(label, turns[-1].crawl.samples) for label, turns in columns])


def _run_round(options: Namespace, urls: Sequence[str], server: Server) -> list[Turn]:
    reference = run_reference(options.pages, demo=options.demo)
    turns: list[Turn] = []
    for setup in options.setups:
        start = run_crawl(setup, urls[: max(1, setup.workers)], server)
        crawl = run_crawl(setup, urls, server)
        turns.append(Turn(crawl=crawl, start=start, first=turns[0].crawl if turns else crawl, reference=reference))
    return turns


def _number(templates: Sequence[Template], pages: int, server: Server) -> list[str]:
    """The addresses of so many pages."""
    paths = (templates[number % len(templates)].path_of(number) for number in range(pages))
    return [f"http://127.0.0.1:{server.port}{path}" for path in paths]


@contextmanager
def _serving(*, demo: bool) -> Iterator[Server]:
    command = [sys.executable, str(_HERE / "server.py"), *["--demo"] * demo]
    with running(command, stdin=PIPE, stdout=PIPE) as process:
        yield Server(process)


def _parse_options() -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=_positive, default=1000, metavar="N", help="pages a crawl (default: 1000)")
    parser.add_argument("--workers", type=_numbers, default=[1, 2], metavar="N,N", help="0: in-process (default: 1,2)")
    parser.add_argument("--cores", type=_numbers, default=[0], metavar="N,N", help="of the crawl; 0: all (default)")
    parser.add_argument("--rounds", type=_positive, default=1, metavar="N", help="tell medians of N (default: 1)")
    parser.add_argument("--set", type=_setting, action="append", default=[], metavar="NAME=VALUE", help="for the crawl")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw throughput and memory of the last round")
    parser.add_argument("--demo", action="store_true", help="take the demo newsroom in any case")
    options = parser.parse_args()
    options.setups = list(_pair(options))
    return options


def _pair(options: Namespace) -> Iterator[Setup]:
    """One set-up for each number of workers and cores; the shorter list begins anew."""
    for turn in range(max(len(options.workers), len(options.cores))):
        workers, cores = (numbers[turn % len(numbers)] for numbers in (options.workers, options.cores))
        yield Setup(workers=workers, cores=cores, settings=dict(options.set))


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ArgumentTypeError("must be at least 1")
    return number


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _setting(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
