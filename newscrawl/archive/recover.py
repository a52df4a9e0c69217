"""Completing what a killed crawl left: every open shard sealed, every count told."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import PART, archive_errors, replace_file
from newscrawl.archive.encode import is_record
from newscrawl.archive.layout import SUMMARY, find_crawls, find_shards
from newscrawl.archive.lock import LOCK, CrawlLock, read_lock
from newscrawl.archive.reconcile import reconcile_outcomes
from newscrawl.archive.seal import seal_shard
from newscrawl.archive.shard import Shard, parse_shard
from newscrawl.archive.summary import describe_shard, summarize, write_summary
from newscrawl.errors import ArchiveError

__all__ = ["DAMAGED", "Recovery", "recover"]

DAMAGED = ".damaged"
"""Suffix of the file that keeps the lines of a shard which were no records."""


@dataclass(slots=True, kw_only=True)
class Recovery:
    """What was done to one crawl."""

    crawl: str
    """``spider/crawl id``."""
    records: dict[str, int] = field(default_factory=dict)
    """Stream → records that the crawl now holds."""
    torn: list[str] = field(default_factory=list)
    """Shards whose torn last line was cut: its URL has no outcome and will be fetched again."""
    damaged: dict[str, int] = field(default_factory=dict)
    """Shard → lines before its last that were no records; they are kept beside it, in ``….damaged``."""
    outcomes_added: int = 0
    """Records whose outcome line was lost."""
    records_lost: int = 0
    """Outcome lines whose record was lost, now ``failed:lost``."""

    def __str__(self) -> str:
        told = [f"{n} {stream}" for stream, n in self.records.items()]
        told += [f"torn line cut in {name}" for name in self.torn]
        told += [f"{n} damaged lines of {name} set aside" for name, n in self.damaged.items()]
        told += [f"{self.outcomes_added} outcomes added"] if self.outcomes_added else []
        told += [f"{self.records_lost} records lost"] if self.records_lost else []
        return f"{self.crawl} recovered: {', '.join(told)}"


def recover(root: Path) -> list[Recovery]:
    """Complete every crawl below ``root`` that has no ``crawl.json`` and is not running.

    Open shards lose a torn last line and are sealed, and a ``crawl.json`` with the finish reason ``killed``
    is written. Doing it again, or after being killed itself at any moment, changes nothing more than is left
    to do.

    Returns:
        One `Recovery` for each crawl that was completed, the oldest first; nothing where ``root`` is no
        folder yet.

    Raises:
        ArchiveError: a crawl can't be completed; names the file. Crawls before it are done.
    """
    crawls = find_crawls(root) if root.is_dir() else []
    return [done for crawl in crawls if (done := _recover_crawl(crawl))]


def _recover_crawl(crawl: Path) -> Recovery | None:
    if _is_complete(crawl):
        return None
    lock = CrawlLock.take(crawl)
    if not lock:
        return None
    # Its writer may have finished between the look and the lock.
    was_complete = (crawl / SUMMARY).exists()
    try:
        recovery = None if was_complete else _complete(crawl)
        _remove_parts(crawl)
        lock.release(remove=True)
        return recovery
    finally:
        lock.release(remove=False)


def _is_complete(crawl: Path) -> bool:
    return (crawl / SUMMARY).exists() and not (crawl / LOCK).exists()


def _complete(crawl: Path) -> Recovery:
    recovery = Recovery(crawl=f"{crawl.parent.name}/{crawl.name}")
    for shard in _open_shards(crawl):
        if _is_sealed_too(shard):
            _remove(shard.path)
        else:
            shard.sealed_path.unlink(missing_ok=True)
            _mend(shard, recovery)
    recovery.outcomes_added, recovery.records_lost = reconcile_outcomes(crawl)
    for shard in _open_shards(crawl):
        seal_shard(shard)
    summary = _summarize_killed(crawl)
    recovery.records = summary["records"]
    write_summary(crawl, summary)
    return recovery


def _open_shards(crawl: Path) -> list[Shard]:
    with archive_errors(crawl):
        found = [shard for path in sorted(crawl.iterdir()) if (shard := parse_shard(path))]
    return [shard for shard in found if shard.is_open]


def _is_sealed_too(shard: Shard) -> bool:
    """Whether the crash came after sealing; a sealed shard that does not read back is none."""
    if not shard.sealed_path.exists():
        return False
    try:
        describe_shard(shard.sealed_path)
    except ArchiveError:
        return False
    return True


def _mend(shard: Shard, recovery: Recovery) -> None:
    """Leave whole records only: a torn last line goes, other damage moves to a file beside."""
    whole = [is_record(line) for line in _read_lines(shard.path)]
    torn = bool(whole) and not whole[-1]
    inner = whole[:-1] if torn else whole
    if torn:
        recovery.torn.append(shard.name)
    if damaged := inner.count(False):
        recovery.damaged[shard.name] = damaged
        aside = shard.path.with_name(shard.path.name + DAMAGED)
        _copy_lines(shard.path, aside, chosen=[not is_whole for is_whole in inner])
    if torn or damaged:
        _copy_lines(shard.path, shard.path, chosen=whole)
    if not any(whole):
        _remove(shard.path)


def _read_lines(path: Path) -> Iterator[bytes]:
    with archive_errors(path), path.open("rb") as file:
        yield from file


def _copy_lines(path: Path, target: Path, *, chosen: Iterable[bool]) -> None:
    with replace_file(target) as part, part.open("wb") as file:
        file.writelines(compress(_read_lines(path), chosen))


def _summarize_killed(crawl: Path) -> dict[str, Any]:
    shards = list(find_shards(crawl))
    outcomes = Counter(str(line.get("outcome")) for s in shards if s.stream == "outcomes" for line in s.read())
    facts = {"started_at": None, "settings": {}} | read_lock(crawl)
    facts = {key: facts[key] for key in ("started_at", "settings")}
    facts |= {"finished_at": None, "finish_reason": "killed"}
    described = [describe_shard(shard.path) for shard in shards]
    return summarize(crawl, outcomes=outcomes, shards=described, **facts)


def _remove_parts(crawl: Path) -> None:
    with archive_errors(crawl):
        parts = list(crawl.glob(f"*{PART}"))
    for part in parts:
        _remove(part)


def _remove(path: Path) -> None:
    with archive_errors(path):
        path.unlink()
