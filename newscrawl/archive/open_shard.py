"""A shard while its crawl writes it: whole lines only, whatever the disk says."""

import os
from pathlib import Path

from newscrawl.archive.durable import archive_errors, sync_folder
from newscrawl.archive.shard import OPEN, Shard, Stream

__all__ = ["OpenShard"]


class OpenShard:
    """The file of an open shard.

    Attributes:
        records: how many it holds.
        is_torn: part of a line could not be taken back; nothing may follow it, only recovery can seal this.
    """

    def __init__(self, crawl: Path, *, stream: Stream, number: int) -> None:
        path = crawl / f"{stream}-{number:05d}.jsonl{OPEN}"
        self.shard = Shard(path=path, stream=stream, number=number)
        self.records = 0
        self.is_torn = False
        self._size = 0
        with archive_errors(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
            self._descriptor = os.open(path, flags, 0o644)
            sync_folder(crawl)

    def append(self, line: bytes) -> None:
        """Hand one whole line to the system in one write; a line that did not fit is taken back.

        Raises:
            ArchiveError: the line was not written; the shard is as before, or `is_torn`.
        """
        with archive_errors(self.shard.path):
            try:
                written = os.write(self._descriptor, line)
                if written != len(line):
                    raise OSError(f"disk full: {written} of {len(line)} bytes written")
            except OSError:
                self._undo()
                raise
        self._size += len(line)
        self.records += 1

    def sync(self) -> None:
        """Bring what was written to the disk.

        Raises:
            ArchiveError: that failed; what of the shard is on the disk is unknown then.
        """
        with archive_errors(self.shard.path):
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Free the file; nothing is lost by closing, and nothing sealed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _undo(self) -> None:
        self.is_torn = True
        os.ftruncate(self._descriptor, self._size)
        self.is_torn = False
