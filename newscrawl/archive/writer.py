"""The one writer of a crawl."""

import os
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.archive.durable import archive_errors, sync_folder
from newscrawl.archive.encode import Record, encode
from newscrawl.archive.layout import SUMMARY, format_crawl_id
from newscrawl.archive.lock import CrawlLock
from newscrawl.archive.open_shard import OpenShard
from newscrawl.archive.seal import seal_shard
from newscrawl.archive.shard import STREAMS, Stream
from newscrawl.archive.summary import summarize, write_summary
from newscrawl.dates import format_utc
from newscrawl.errors import ArchiveError
from newscrawl.items import Article, Duplicate, Outcome

__all__ = ["ArchiveWriter", "Place"]


class Place(NamedTuple):
    """Where a record was written."""

    shard: str
    """`Shard.name`."""
    line: int
    """Counted from 0."""


class ArchiveWriter:
    """Writes one crawl's folder, from its lock to its ``crawl.json``.

    A record that a ``write_…`` has returned for survives the death of the process; it survives a power cut
    once `is_synced`, which happens by itself every ``sync_records`` records and, looked at with each write,
    every ``sync_seconds`` seconds.
    """

    def __init__(
        self,
        root: Path,
        spider: str,
        *,
        started: datetime,
        settings: Mapping[str, Any] | None = None,
        shard_records: int = 10_000,
        sync_records: int = 100,
        sync_seconds: float = 5.0,
    ) -> None:
        """Make and lock the crawl's folder.

        Args:
            root: the output folder; made if it is not there.
            spider: a name that can be a folder's.
            started: aware time; the crawl id is its second or, if that is taken, the next free one.
            settings: what ``crawl.json`` tells about the settings; JSON values.
            shard_records: a shard is sealed when it holds so many.
            sync_records: most records that a power cut may cost.
            sync_seconds: a write so many seconds after the last sync brings all before it to the disk.

        Raises:
            ArchiveError: the folder can't be made or locked.
        """
        self._facts = {"started_at": format_utc(started), "settings": dict(settings or {})}
        self._shard_records, self._sync_records, self._sync_seconds = (
            shard_records,
            sync_records,
            sync_seconds,
        )
        self._open: dict[Stream, OpenShard] = {}
        self._sealer = ThreadPoolExecutor(max_workers=1)  # a full shard takes a second and more
        self._sealing: deque[Future[dict[str, Any]]] = deque()
        self._sealed: list[dict[str, Any]] = []
        self._numbers: Counter[Stream] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._broken: ArchiveError | None = None
        self._unsynced = 0
        self._synced_at = time.monotonic()
        self.folder, self._lock = _make_folder(root.absolute(), spider, started=started)
        self._lock.write(self._facts | {"pid": os.getpid()})

    @property
    def crawl(self) -> str:
        """The crawl id."""
        return self.folder.name

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Outcome → how many of the written ones."""
        return self._outcomes

    @property
    def is_synced(self) -> bool:
        """Whether every record written so far is on the disk."""
        return not self._unsynced

    def write_article(self, article: Article) -> Place:
        """Write one record of the archive.

        Raises:
            ArchiveError: it could not be written, and no part of it stays; or it was, but the sync or sealing
                that was due or under way failed, and this writer writes nothing more.
        """
        return self._write("articles", article)

    def write_duplicate(self, duplicate: Duplicate) -> Place:
        """Like `write_article`."""
        return self._write("duplicates", duplicate)

    def write_outcome(self, outcome: Outcome) -> Place:
        """Like `write_article`; ``archived`` and ``duplicate`` need the id of the story's record."""
        place = self._write("outcomes", outcome)
        self._outcomes[outcome.outcome] += 1
        return place

    def sync(self) -> None:
        """Bring every record written so far to the disk, articles first.

        Raises:
            ArchiveError: that failed; this writer writes nothing more then.
        """
        self._refuse_if_broken()
        if self._unsynced:
            with self._breaking():
                for stream in STREAMS:
                    if stream in self._open:
                        self._open[stream].sync()
        self._unsynced = 0
        self._synced_at = time.monotonic()

    def close(self, *, reason: str, finished: datetime, **facts: Any) -> dict[str, Any]:
        """Seal everything and write ``crawl.json``.

        Args:
            reason: why the crawl ended, Scrapy's word.
            finished: aware time.
            facts: what else ``crawl.json`` tells; JSON values.

        Returns:
            The content of ``crawl.json``; see `find_count_faults`.

        Raises:
            ArchiveError: something could not be written, now or before; recovery completes the crawl then.
        """
        try:
            self.sync()
            for stream in tuple(self._open):
                self._seal(stream)
            self._collect_sealed(wait=True)
            facts |= self._facts | {"finished_at": format_utc(finished), "finish_reason": reason}
            summary = summarize(self.folder, outcomes=self._outcomes, shards=self._sealed, **facts)
            write_summary(self.folder, summary)
            self._lock.release(remove=True)
            return summary
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the folder unsealed, as the death of the process would; recovery completes it."""
        self._broken = self._broken or ArchiveError(f"{self.folder}: closed")
        for shard in self._open.values():
            shard.close()
        self._sealer.shutdown()
        self._lock.release(remove=False)

    def _write(self, stream: Stream, record: Record) -> Place:
        self._collect_sealed()
        self._refuse_if_broken()
        line = encode(record).encode() + b"\n"
        shard = self._open.get(stream) or self._start_shard(stream)
        place = Place(shard.shard.name, shard.records)
        self._append(shard, line)
        self._unsynced += 1
        if shard.records >= self._shard_records:
            self.sync()
            self._seal(stream)
        elif self._is_sync_due():
            self.sync()
        return place

    def _append(self, shard: OpenShard, line: bytes) -> None:
        try:
            shard.append(line)
        except ArchiveError as error:
            self._broken = error if shard.is_torn else None
            raise

    def _is_sync_due(self) -> bool:
        waited = time.monotonic() - self._synced_at
        return self._unsynced >= self._sync_records or waited >= self._sync_seconds

    def _start_shard(self, stream: Stream) -> OpenShard:
        with self._breaking():
            shard = OpenShard(self.folder, stream=stream, number=self._numbers[stream] + 1)
        self._numbers[stream] += 1
        self._open[stream] = shard
        return shard

    def _seal(self, stream: Stream) -> None:
        shard = self._open.pop(stream)
        shard.close()
        self._sealing.append(self._sealer.submit(seal_shard, shard.shard))

    def _collect_sealed(self, *, wait: bool = False) -> None:
        with self._breaking():
            while self._sealing and (wait or self._sealing[0].done()):
                self._sealed.append(self._sealing.popleft().result())

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        try:
            yield
        except ArchiveError as error:
            self._broken = error
            raise

    def _refuse_if_broken(self) -> None:
        if self._broken:
            raise ArchiveError(f"{self.folder.parent.name}/{self.crawl}: nothing more is written: {self._broken}")


def _make_folder(root: Path, spider: str, *, started: datetime) -> tuple[Path, CrawlLock]:
    if spider in ("", ".", "..") or "/" in spider or "\0" in spider:
        raise ArchiveError(f"{root}: a spider called {spider!r} can't have a folder")
    home = root / spider
    with archive_errors(home):
        home.mkdir(parents=True, exist_ok=True)
    while True:
        folder = home / format_crawl_id(started)
        if lock := _claim(folder):
            return folder, lock
        started += timedelta(seconds=1)


def _claim(folder: Path) -> CrawlLock | None:
    with archive_errors(folder):
        try:
            folder.mkdir()
        except FileExistsError:
            return None
        sync_folder(folder.parent)
    lock = CrawlLock.take(folder)
    # Recovery may have come between mkdir and lock, and finished the empty crawl.
    if lock and (folder / SUMMARY).exists():
        lock.release(remove=True)
        return None
    return lock
