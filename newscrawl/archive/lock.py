"""The lock that a crawl holds on its folder while it runs.

It is an flock, which the system frees when its holder dies in whatever way; the file's content only says who
that is. A child process that was forked (not spawned) shares the lock, so workers must be spawned.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import archive_errors

__all__ = ["LOCK", "CrawlLock", "is_running", "read_lock"]

LOCK = "lock"


class CrawlLock:
    """A held lock; free again after `release` or the death of this process."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._path = folder / LOCK
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path) -> "CrawlLock | None":
        """The lock of ``folder``; None if somebody else holds it.

        Raises:
            ArchiveError: the lock file can't be made.
        """
        with archive_errors(folder / LOCK):
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(descriptor)
                if isinstance(error, BlockingIOError):
                    return None
                raise
        return cls(folder, descriptor)

    def write(self, content: Mapping[str, Any]) -> None:
        """Say in the file who holds it.

        Raises:
            ArchiveError: writing failed.
        """
        with archive_errors(self._path):
            os.pwrite(self._descriptor, json.dumps(content, ensure_ascii=False).encode() + b"\n", 0)

    def release(self, *, remove: bool) -> None:
        """Free the lock; ``remove`` also deletes its file, which only a complete crawl does."""
        if self._descriptor < 0:
            return
        if remove:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1


def is_running(folder: Path) -> bool:
    """Whether somebody holds the lock of ``folder`` now."""
    with archive_errors(folder / LOCK):
        try:
            descriptor = os.open(folder / LOCK, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False


def read_lock(folder: Path) -> dict[str, Any]:
    """What the holder wrote into the lock; empty where there is none or a crash cut it."""
    try:
        content = json.loads((folder / LOCK).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
