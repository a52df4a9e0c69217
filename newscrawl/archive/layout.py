"""Where an archive keeps what, and finding it again; the format is specified in docs/archive-format.md.

<output>/<spider>/<crawl id>/
    lock                        while the crawl runs; says who holds it
    articles-00001.jsonl.open   being written; sealed: articles-00001.jsonl.gz
    duplicates-00001.jsonl.open being written; sealed: duplicates-00001.jsonl
    outcomes-00001.jsonl.open   being written; sealed: outcomes-00001.jsonl
    crawl.json                  written last: the crawl is complete and immutable
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import archive_errors
from newscrawl.archive.shard import OPEN, STREAMS, Shard, Stream, parse_shard
from newscrawl.errors import ArchiveError

__all__ = ["SUMMARY", "find_crawls", "find_shards", "format_crawl_id", "is_crawl", "read_summary"]

SUMMARY = "crawl.json"
_CRAWL_ID = re.compile(r"\d{8}T\d{6}Z")
_SUFFIXES = (".gz", ".jsonl", OPEN)


def format_crawl_id(started: datetime) -> str:
    """``20261122T115602Z`` for an aware time of any zone."""
    return started.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def is_crawl(folder: Path) -> bool:
    """Whether ``folder`` is a crawl's, by its name."""
    return bool(_CRAWL_ID.fullmatch(folder.name)) and folder.is_dir()


def find_crawls(path: Path) -> list[Path]:
    """Crawl folders of an output root or spider folder, or ``path`` itself if it is one; the oldest first.

    Raises:
        ArchiveError: there is no folder at ``path``.
    """
    path = path.absolute()
    if not path.is_dir():
        raise ArchiveError(f"{path}: no such folder")
    with archive_errors(path):
        folders = [path] if is_crawl(path) else [*path.glob("*"), *path.glob("*/*")]
    return sorted(filter(is_crawl, folders), key=lambda f: (f.name, f.parent.name))


def find_shards(path: Path, *, stream: Stream | None = None) -> Iterator[Shard]:
    """All shards below ``path``, or ``path`` itself if it is one, each of them once.

    In order of crawl id, spider, stream and number. Of a shard that a crash left both open and sealed, the
    sealed one.

    Args:
        path: output root, spider folder, crawl folder or shard.
        stream: only shards of this stream; a shard given as ``path`` counts as what its name says.

    Raises:
        ArchiveError: nothing of that kind at ``path``.
    """
    if path.is_file():
        shard = parse_shard(path.absolute())
        if not shard:
            raise ArchiveError(f"{path}: not the name of a shard, such as articles-00001.jsonl.gz")
        return iter([shard])
    crawls = find_crawls(path)
    return (s for crawl in crawls for s in _list_shards(crawl) if stream in (None, s.stream))


def read_summary(crawl: Path) -> dict[str, Any] | None:
    """The content of ``crawl.json``; None where the crawl has none yet.

    Raises:
        ArchiveError: it can't be read or is no JSON object.
    """
    path = crawl / SUMMARY
    try:
        with archive_errors(path):
            summary = json.loads(path.read_bytes()) if path.exists() else None
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"{path}: {error}") from error
    if summary is not None and not isinstance(summary, dict):
        raise ArchiveError(f"{path}: not a JSON object")
    return summary


def _list_shards(crawl: Path) -> list[Shard]:
    with archive_errors(crawl):
        found = [shard for path in crawl.iterdir() if (shard := parse_shard(path))]
    # The last of a name wins in the mapping: the open one first, the compressed one last.
    found.sort(key=lambda s: _SUFFIXES.index(s.path.suffix), reverse=True)
    shards = {shard.name: shard for shard in found}.values()
    records = _told_records(crawl)
    ordered = sorted(shards, key=lambda s: (STREAMS.index(s.stream), s.number))
    return [replace(shard, records=records.get(shard.path.name)) for shard in ordered]


def _told_records(crawl: Path) -> dict[str, int]:
    with suppress(ArchiveError, KeyError, TypeError):
        summary = read_summary(crawl) or {"shards": []}
        return {str(entry["name"]): int(entry["records"]) for entry in summary["shards"]}
    return {}
