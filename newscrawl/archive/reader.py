"""The one reader of archives, running crawls included."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from newscrawl.archive.layout import find_shards
from newscrawl.archive.shard import Stream

__all__ = ["read_archive", "read_stream"]


def read_archive(path: Path) -> Iterator[dict[str, Any]]:
    """All articles below ``path``.

    Args:
        path: output root, spider folder, crawl folder or one shard, open or sealed.

    Returns:
        Records in order of crawl id, spider and writing, one at a time: memory stays flat. A torn last line
        of an open shard is no record.

    Raises:
        ArchiveError: nothing of that kind at ``path`` (at once), or a damaged shard (while reading); names
            file and line.
    """
    return read_stream(path, "articles")


def read_stream(path: Path, stream: Stream) -> Iterator[dict[str, Any]]:
    """Like `read_archive`, for any stream; one shard given as ``path`` is read whatever its stream."""
    return chain.from_iterable(shard.read() for shard in find_shards(path, stream=stream))
