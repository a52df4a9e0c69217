"""Open shard → sealed shard, such that a crash at any moment loses nothing.

Articles are compressed into a part file, brought to the disk, renamed, read back, and only then is the open
one removed. A crash between leaves both, the sealed one whole: it got its content before its name.
"""

import gzip
import os
import shutil
from pathlib import Path
from typing import Any

from newscrawl.archive.durable import archive_errors, replace_file, sync_folder
from newscrawl.archive.shard import Shard
from newscrawl.archive.summary import describe_shard

__all__ = ["seal_shard"]


def seal_shard(shard: Shard) -> dict[str, Any]:
    """Seal an open shard of whole records.

    Returns:
        `describe_shard` of the sealed one, which has been read back.

    Raises:
        ArchiveError: writing failed or the shard does not read back; the open shard is still there then.
    """
    if shard.stream != "articles":
        _rename(shard.path, shard.sealed_path)
        return describe_shard(shard.sealed_path)
    with replace_file(shard.sealed_path) as part:
        _compress(shard.path, part)
    description = describe_shard(shard.sealed_path)
    with archive_errors(shard.path):
        shard.path.unlink()
        sync_folder(shard.path.parent)
    return description


def _rename(path: Path, target: Path) -> None:
    with archive_errors(target):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.rename(target)
        sync_folder(target.parent)


def _compress(path: Path, target: Path) -> None:
    # No name and no time in the header: the same records give the same bytes.
    with (
        path.open("rb") as source,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed, 1 << 20)
