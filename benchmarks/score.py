"""Score newscrawl on the labelled pages and texts in ../shared/eval, with the scorers that lie there.

usage: python benchmarks/score.py [pages] [tweets] [attributions] [anaphora] [-- SCORER OPTIONS]

Without a name, all of them. With anaphora, attributions are found as with FIND_ANAPHORA: the recall of back references
counts, and what is found beyond the labelled ones is false. It says so and exits with 2 where ../shared is not there.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pages import EVAL, read_page

from newscrawl.archive import as_dict
from newscrawl.errors import Rejected
from newscrawl.extract import annotate_record, extract_article

Record = dict[str, Any]


def score_pages(*options: str) -> None:
    labels = EVAL / "pages" / "labels.jsonl"
    _score("score_pages.py", [labels], (_extract(label, EVAL / "pages") for label in _read(labels)), options)


def score_tweets(*options: str) -> None:
    pages, texts = EVAL / "tweets" / "pages.jsonl", EVAL / "tweets" / "texts.jsonl"
    _score("score_tweets.py", [pages], (_extract(label, EVAL / "tweets" / "pages") for label in _read(pages)), options)
    _score("score_tweets.py", [texts], map(_annotate, _read(texts)), options)


def score_attributions(*options: str) -> None:
    labels = sorted((EVAL / "attributions").glob("*.jsonl"))
    found = (_annotate(label) for path in labels for label in _read(path))
    _score("score_attributions.py", labels, found, options)


def score_anaphora(*options: str) -> None:
    labels = sorted((EVAL / "attributions").glob("*.jsonl"))
    found = (_annotate(label, anaphora=True) for path in labels for label in _read(path))
    _score("score_attributions.py", labels, found, options)


SCORES: dict[str, Callable[..., None]] = {
    "pages": score_pages,
    "tweets": score_tweets,
    "attributions": score_attributions,
    "anaphora": score_anaphora,
}


def _read(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _extract(label: Record, folder: Path) -> Record:
    try:
        article = extract_article(read_page(label, folder))
    except Rejected as refusal:
        print(f"rejected as {refusal.reason}: {label['id']}", file=sys.stderr)
        return {"id": label["id"], "text": "", "tweets": []}
    return as_dict(article) | {"id": label["id"]}


def _annotate(label: Record, *, anaphora: bool = False) -> Record:
    known = {key: label[key] for key in ("id", "language", "text") if key in label}
    record = annotate_record(known | {"outlet": label.get("page_outlet")}, anaphora=anaphora)
    for found in record["attributions"]:
        found["domain"] = found["outlet"]
    return record


def _score(scorer: str, labels: list[Path], found: Iterator[Record], options: tuple[str, ...]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in found)
        file.flush()
        subprocess.run([sys.executable, EVAL / scorer, *labels, "--found", file.name, *options], check=True)


def main(arguments: list[str]) -> int:
    if not EVAL.is_dir():
        print(f"nothing to score on: {EVAL} is not there", file=sys.stderr)
        return 2
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    for name in arguments[:cut] or SCORES:
        SCORES[name](*arguments[cut + 1 :])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
