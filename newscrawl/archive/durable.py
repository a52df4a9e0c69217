"""Files that are either whole or absent, and errors that name them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newscrawl.errors import ArchiveError

__all__ = ["PART", "archive_errors", "replace_file", "sync_folder"]

PART = ".part"
"""Suffix of a file that is not whole yet; no reader looks at it and recovery removes it."""


@contextmanager
def archive_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into an ArchiveError that names ``path``."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def sync_folder(folder: Path) -> None:
    """Bring the folder's names to the disk: a renamed or new file is only safe after this."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replace_file(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; at the end of the block it takes the target's name.

    After the block the whole file is on the disk under its name. A crash at any moment leaves either the old
    target or the whole new one; an error may leave either, and the next attempt starts afresh.

    Raises:
        ArchiveError: writing, fsync or rename failed.
    """
    part = target.with_name(target.name + PART)
    try:
        with archive_errors(target):
            yield part
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.rename(target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
