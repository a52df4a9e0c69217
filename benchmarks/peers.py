"""newscrawl's extraction against other extractors, on the same pages and the same core.

usage: python benchmarks/peers.py [--rounds 3] [--every 3] [--demo] [--venv benchmarks/.peers]

Each peer is installed into a virtual environment of its own below ``--venv`` (trafilatura is the one that newscrawl
uses) and runs in a process of its own, where it gets the characters of every page and can fetch nothing. After a round
for warming up they take turns, ten pages each, on one core; times are CPU times of their processes. The pages are those
of page_cost.py; the demo newsroom's have no F1, and the marks are not meant for pages as short as those.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from platform import python_version
from tempfile import TemporaryDirectory

from page_cost import TURN, show_spread
from pages import EVAL, name_source, read_pages

from newscrawl.extract.decode import decode_body
from newscrawl.items import Page

RUNNER = Path(__file__).with_name("peers") / "runner.py"

_NEWSPAPER = "newspaper4k[ja,nlp]"  # with less it fails on Japanese and Arabic pages

REQUIREMENTS = {
    "newscrawl": (),
    "trafilatura": (),
    "newspaper4k": (_NEWSPAPER,),
    "goose3": ("goose3",),
    "news-please": ("news-please", _NEWSPAPER),
}
"""Peer → what its environment gets; nothing where newscrawl's own has it."""

MARKS = {"newspaper4k": 4, "news-please": 12}
"""Peer → how many times as many pages newscrawl should get through."""


class PeerError(Exception):
    """A peer can't be installed or started; `main` says so in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An extractor that waits for its turns, its first round done."""

    name: str
    version: str
    texts: list[str]
    """One per page, empty where it failed."""
    process: subprocess.Popen[str]
    seconds: list[float] = field(default_factory=list)
    """CPU time of each round."""

    def measure(self, start: int) -> float:
        """CPU time of a turn, from page number ``start`` on."""
        assert self.process.stdin
        print(start, start + TURN, file=self.process.stdin, flush=True)
        return float(_read_answer(self.process))


def find_python(name: str, folder: Path) -> str:
    """The interpreter that has the peer, which is installed into ``folder`` if need be.

    Raises:
        PeerError: it can't be.
    """
    if not REQUIREMENTS[name]:
        return sys.executable
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)}))
    if not (scripts / "pip").exists():
        _run(sys.executable, "-m", "venv", str(folder))
    python = str(scripts / "python")
    _run(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *REQUIREMENTS[name])
    return python


def start_peer(name: str, python: str, pages: Path) -> Peer:
    """Start a peer's process and wait until it is warm.

    Raises:
        PeerError: it ended instead.
    """
    command = [python, str(RUNNER), name, str(pages)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    return Peer(name=name, process=process, **json.loads(_read_answer(process)))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise PeerError(f"can't be installed: {lines[-1] if lines else done.returncode}")


def _read_answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    if answer := process.stdout.readline():
        return answer
    raise PeerError(f"ended with status {process.wait()}")


def score(texts: Sequence[str], labels: Sequence[str]) -> float:
    """Text F1 on labels, which are JSON, in the same order."""
    with TemporaryDirectory() as name:
        wanted, found = Path(name, "labels.jsonl"), Path(name, "found.jsonl")
        wanted.write_text("".join(labels), encoding="utf-8")
        records = [{"id": json.loads(label)["id"], "text": text} for label, text in zip(labels, texts, strict=True)]
        found.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        command = [sys.executable, str(EVAL / "score_pages.py"), str(wanted), "--found", str(found)]
        table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    _, _, _, _, f1, *_ = table.splitlines()[-1].split()
    return float(f1)


def show(peer: Peer, own: Sequence[float], labels: Sequence[str]) -> str:
    """A peer's line of the table; ``own`` is what newscrawl took."""
    speeds = [len(peer.texts) / seconds for seconds in peer.seconds]
    ratios = [theirs / ours for theirs, ours in zip(peer.seconds, own, strict=True)]
    mark = f">= {MARKS[peer.name]}" if peer.name in MARKS else ""
    f1 = f"{score(peer.texts, labels):.3f}" if labels else "-"
    speed = f"{show_spread(speeds, 1):>22}{show_spread(ratios, 2):>24}{mark:>7}"
    return f"{peer.name:12}{peer.version:>9}{speed}{f1:>9}{peer.texts.count(''):>8}"


def start_peers(pages: Path, folder: Path) -> tuple[dict[str, Peer], list[str]]:
    """Those that can be started, by name, and a line for each of the others."""
    peers, missing = {}, []
    for name in REQUIREMENTS:
        print(f"starting {name}", file=sys.stderr)
        try:
            peers[name] = start_peer(name, find_python(name, folder / name), pages)
        except PeerError as error:
            missing.append(f"{name:12}{error}")
    return peers, missing


def measure_all(peers: Sequence[Peer]) -> None:
    """Run one round; short turns spread the noise of the machine evenly."""
    for peer in peers:
        peer.seconds.append(0.0)
    for start, peer in product(range(0, len(peers[0].texts), TURN), peers):
        peer.seconds[-1] += peer.measure(start)


def compare(pages: Path, labels: Sequence[str], options: argparse.Namespace) -> None:
    """Print what each peer does on the pages in a file."""
    peers, missing = start_peers(pages, options.venv)
    with ExitStack() as processes:
        for peer in peers.values():
            processes.enter_context(peer.process)
        for _ in range(options.rounds):
            measure_all(list(peers.values()))
    own = peers["newscrawl"].seconds
    print(f"{'':12}{'version':>9}{'pages/s':>22}{'newscrawl/peer':>24}{'mark':>7}{'text F1':>9}{'failed':>8}")
    print(*(show(peer, own, labels) for peer in peers.values()), *missing, sep="\n")


def encode_page(page: Page) -> dict[str, str]:
    """What the runner reads; peers want an address of the web or none."""
    url = page.url if page.url.startswith("http") else ""
    return {"url": url, "html": decode_body(page.body, page.content_type)}


def read_labels(*, demo: bool) -> list[str]:
    """A line of JSON per page; none for the demo newsroom's."""
    file = EVAL / "pages" / "labels.jsonl"
    return [] if demo or not file.exists() else file.read_text(encoding="utf-8").splitlines(keepends=True)


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--venv", type=Path, default=Path(__file__).with_name(".peers"), metavar="DIR")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse_arguments(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # the peers inherit it
    pages = read_pages(demo=options.demo)[:: options.every]
    labels = read_labels(demo=options.demo)[:: options.every]
    source = name_source(demo=options.demo)
    print(f"{len(pages)} pages of {source}, {options.rounds} rounds, Python {python_version()}\n", flush=True)
    with TemporaryDirectory() as folder:
        file = Path(folder, "pages.json")
        file.write_text(json.dumps([encode_page(page) for page in pages]), encoding="utf-8")
        compare(file, labels, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
