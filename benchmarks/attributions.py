"""Measure how fast attributions are found, beside a plain search for the same names.

usage: python benchmarks/attributions.py [--rounds N]

Texts are those of ../shared/eval/texts; it says so and exits with 2 where they are not there. Prints for each language
megabytes of UTF-8 text a second on one core: with nothing known but the language, with the words known of as many other
texts, and of the same texts again; then of an alternation of the registry's names in one regular expression, on a part
of the texts, and how many times as fast the second is. Then what loading takes, in CPU milliseconds.
"""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from statistics import median
from time import process_time

from pages import EVAL, read_rounds

from newscrawl.extract.attributions import find_attributions
from newscrawl.outlets import load_registry

TEXTS = EVAL / "texts"
SAMPLE = 20
"""Texts that the alternation is tried on: it is slow."""
_LOAD = """
from time import process_time
from newscrawl.outlets import load_registry
start = process_time()
load_registry()
print(process_time() - start)
"""


def main() -> int:
    rounds = read_rounds(__doc__ or "", needs=TEXTS)
    print(f"{'language':9}{'MB':>6}{'new':>8}{'warm':>8}{'again':>8}{'re':>8}{'warm/re':>9}")
    for path in sorted(TEXTS.glob("*.jsonl.gz")):
        _measure(path, rounds=rounds)
    loads = [1000 * float(_python(_LOAD)) for _ in range(rounds)]
    print(f"loading {len(load_registry())} outlets: {median(loads):.0f} ms ({min(loads):.0f}–{max(loads):.0f})")
    return 0


def _measure(path: Path, *, rounds: int) -> None:
    language = path.name.partition(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    half = len(texts) // 2
    find = partial(find_attributions, language=language)
    find(texts[0])  # loads the language
    new = _speed(find, texts[:half])
    warm = _speed(find, texts[half:])
    again = median(_speed(find, texts[half:]) for _ in range(rounds))
    plain = _speed(_alternation().findall, texts[half : half + SAMPLE])
    print(f"{language:9}{_size(texts):6.1f}{new:8.1f}{warm:8.1f}{again:8.1f}{plain:8.2f}{warm / plain:8.0f}x")


def _size(texts: list[str]) -> float:
    """Megabytes of UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def _speed(find: Callable[[str], object], texts: list[str]) -> float:
    """Megabytes a second of CPU time."""
    start = process_time()
    for text in texts:
        find(text)
    return _size(texts) / (process_time() - start)


@cache
def _alternation() -> re.Pattern[str]:
    names = {form for outlet in load_registry() for forms in outlet.names.values() for form in forms}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
