"""What crawl.json says about a finished crawl, and whether its counts add up."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import archive_errors, replace_file
from newscrawl.archive.layout import SUMMARY
from newscrawl.archive.shard import STREAMS, parse_shard
from newscrawl.errors import ArchiveError

__all__ = ["FORMAT", "describe_shard", "find_count_faults", "summarize", "write_summary"]

FORMAT = 1


def summarize(
    crawl: Path, *, outcomes: Mapping[str, int], shards: list[dict[str, Any]], **facts: Any
) -> dict[str, Any]:
    """The content of ``crawl.json``.

    Args:
        crawl: the crawl's folder; its name and its parent's are the crawl id and the spider.
        outcomes: outcome → number of candidate URLs that ended so.
        shards: `describe_shard` of each.
        facts: started_at, finished_at, finish_reason, settings, and what else the crawl tells.
    """
    ordered = sorted(shards, key=lambda s: str(s["name"]))
    records = {s: sum(d["records"] for d in ordered if d["name"].startswith(s)) for s in STREAMS}
    return {
        "format": FORMAT,
        "spider": crawl.parent.name,
        "crawl": crawl.name,
        **facts,
        "outcomes": dict(sorted(outcomes.items())),
        "records": records,
        "shards": ordered,
    }


def write_summary(crawl: Path, summary: Mapping[str, Any]) -> None:
    """Write ``crawl.json``, which makes the crawl complete.

    Raises:
        ArchiveError: writing failed.
    """
    with replace_file(crawl / SUMMARY) as part:
        part.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def describe_shard(path: Path) -> dict[str, Any]:
    """Name, number of records, size in bytes and sha256 of a sealed shard, read from its file.

    Raises:
        ArchiveError: the file or a record of it is damaged.
    """
    shard = parse_shard(path)
    if not shard:
        raise ArchiveError(f"{path}: not a shard")
    records = sum(1 for _ in shard.read())
    with archive_errors(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"name": path.name, "records": records, "bytes": file.tell(), "sha256": digest}


def find_count_faults(summary: Mapping[str, Any]) -> Iterator[str]:
    """Where the counts of a crawl do not add up: a line each, none if all is well."""
    outcomes, records = summary["outcomes"], summary["records"]
    pairs = [
        ("outcomes", sum(outcomes.values()), records["outcomes"], "outcome lines"),
        ("archived", outcomes.get("archived", 0), records["articles"], "articles"),
        ("duplicate", outcomes.get("duplicate", 0), records["duplicates"], "duplicate lines"),
    ]
    for name, counted, written, what in pairs:
        if counted != written:
            yield f"{name}: {counted} counted, but {written} {what}"
