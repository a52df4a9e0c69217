"""Making a killed crawl's outcomes agree with its records.

A record and its outcome are two lines in two files, and a crash can come between them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import replace_file
from newscrawl.archive.encode import encode
from newscrawl.archive.layout import find_shards
from newscrawl.archive.shard import OPEN, Stream

__all__ = ["reconcile_outcomes"]

_Key = tuple[Any, Any]
# stream → the outcome of its lines, and the key that holds the story's id
_TOLD_BY: tuple[tuple[Stream, str, str], ...] = (
    ("articles", "archived", "id"),
    ("duplicates", "duplicate", "duplicate_of"),
)


def reconcile_outcomes(crawl: Path) -> tuple[int, int]:
    """Add the outcome of each record that has none; turn an outcome whose record was lost into
    ``failed:lost``.

    An added outcome names the record's own URL: the candidate that led to it is not known any more.

    Returns:
        How many were added, how many turned.

    Raises:
        ArchiveError: a shard can't be read or written.
    """
    held = Counter(key for key, _ in _find_records(crawl))
    told = Counter(
        (line.get("outcome"), line.get("id")) for s in find_shards(crawl, stream="outcomes") for line in s.read()
    )
    told = Counter({key: n for key, n in told.items() if key[0] in ("archived", "duplicate")})
    untold, lost = held - told, told - held
    if untold or lost:
        _rewrite(crawl, untold=untold.copy(), lost=lost.copy())
    return untold.total(), lost.total()


def _find_records(crawl: Path) -> Iterator[tuple[_Key, dict[str, Any]]]:
    for stream, outcome, id_key in _TOLD_BY:
        for shard in find_shards(crawl, stream=stream):
            yield from (((outcome, line.get(id_key)), line) for line in shard.read())


def _rewrite(crawl: Path, *, untold: Counter[_Key], lost: Counter[_Key]) -> None:
    shards = list(find_shards(crawl, stream="outcomes"))
    is_new = not shards or not shards[-1].is_open
    path = crawl / f"outcomes-{len(shards) + 1:05d}.jsonl{OPEN}" if is_new else shards[-1].path
    lines = [*_turn_lost([] if is_new else shards[-1].read(), lost), *_tell(crawl, untold)]
    with replace_file(path) as part:
        part.write_bytes(b"".join(encode(line).encode() + b"\n" for line in lines))


def _turn_lost(lines: Iterable[dict[str, Any]], lost: Counter[_Key]) -> Iterator[dict[str, Any]]:
    for line in lines:
        key = (line.get("outcome"), line.get("id"))
        if lost[key] > 0:
            lost[key] -= 1
            line |= {"outcome": "failed:lost", "id": None}
        yield line


def _tell(crawl: Path, untold: Counter[_Key]) -> Iterator[dict[str, Any]]:
    for key, line in _find_records(crawl):
        if untold[key] > 0:
            untold[key] -= 1
            via = line.get("discovered_via") or (line.get("provenance") or {}).get("discovered_via")
            yield {"url": line["url"], "outcome": key[0], "id": key[1], "discovered_via": via}
