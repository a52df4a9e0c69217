"""Measure how fast attributions are found, beside a plain search for the same names.

usage: python benchmarks/attributions.py [--rounds N]

Texts are those of ../shared/eval/texts; it says so and exits with 2 where they are not there. Prints for each language
megabytes of UTF-8 text a second on one core: the first time that its texts are seen, once their words are known, and
of an alternation of the registry's names in one regular expression. Then what loading takes, in CPU milliseconds.
"""

import argparse
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from newscrawl.extract.attributions import find_attributions
from newscrawl.outlets import load_registry

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "eval" / "texts"
_LOAD = "from newscrawl.outlets import load_registry; from time import process_time as t; a = t(); {}; print(t() - a)"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median is printed")
    rounds = parser.parse_args().rounds
    if not TEXTS.is_dir():
        print(f"nothing to measure on: {TEXTS} is not there", file=sys.stderr)
        return 2
    print(f"{'language':9}{'MB':>6}{'first':>8}{'again':>8}{'re':>8}   MB/s")
    for path in sorted(TEXTS.glob("*.jsonl.gz")):
        _measure(path, rounds=rounds)
    loads = [float(_python(_LOAD.format("load_registry()"))) for _ in range(rounds)]
    print(f"loading the registry: {1000 * median(loads):.0f} ms ({1000 * min(loads):.0f}–{1000 * max(loads):.0f})")
    return 0


def _measure(path: Path, *, rounds: int) -> None:
    language = path.name.partition(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts) / 1e6
    find = partial(find_attributions, language=language)
    find(texts[0])  # loads the language
    times = [_time(find, texts) for _ in range(rounds + 1)]
    plain = median(_time(_alternation().findall, texts) for _ in range(rounds))
    print(f"{language:9}{size:6.1f}{size / times[0]:8.1f}{size / median(times[1:]):8.1f}{size / plain:8.1f}")


def _time(find: Callable[[str], object], texts: list[str]) -> float:
    start = process_time()
    for text in texts:
        find(text)
    return process_time() - start


def _alternation() -> re.Pattern[str]:
    names = {form for outlet in load_registry() for forms in outlet.names.values() for form in forms}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
