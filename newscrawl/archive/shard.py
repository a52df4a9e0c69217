"""One file of records: its name, and reading it."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Literal

from newscrawl.archive.encode import decode
from newscrawl.errors import ArchiveError

__all__ = ["OPEN", "STREAMS", "Shard", "Stream", "parse_shard"]

Stream = Literal["articles", "duplicates", "outcomes"]
STREAMS: tuple[Stream, ...] = ("articles", "duplicates", "outcomes")
OPEN = ".open"
_NAME = re.compile(r"(articles|duplicates|outcomes)-(\d{5,9})\.jsonl(\.gz|\.open|)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One file of records, open or sealed."""

    path: Path
    stream: Stream
    number: int
    """From 1, in the order of writing."""
    records: int | None = None
    """How many it holds, by the word of ``crawl.json``; None if that has not been written yet."""

    @property
    def name(self) -> str:
        """``spider/crawl/stream-number``: the same while open and when sealed, wherever the archive lies."""
        folder = self.path.parent
        return f"{folder.parent.name}/{folder.name}/{self.stream}-{self.number:05d}"

    @property
    def is_open(self) -> bool:
        return self.path.suffix == OPEN

    @property
    def sealed_path(self) -> Path:
        """Its path once sealed: articles are compressed, the other two stay plain for grep."""
        return self.path.with_suffix(".gz" if self.stream == "articles" else "") if self.is_open else self.path

    def read(self, start: int = 0) -> Iterator[dict[str, Any]]:
        """The records from line ``start`` (counted from 0) on, in order.

        A torn last line of an open shard is no record and left out.

        Raises:
            ArchiveError: the file can't be read or a line is damaged; names file and line.
        """
        return _read_records(self, start)


def parse_shard(path: Path) -> Shard | None:
    """The shard that ``path`` is by its name."""
    match = _NAME.fullmatch(path.name)
    if not match:
        return None
    stream = next(s for s in STREAMS if s == match[1])
    return Shard(path=path, stream=stream, number=int(match[2]))


def _read_records(shard: Shard, start: int) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        with _open_lines(shard) as file:
            for number, line in enumerate(file, 1):
                if number <= start:
                    continue
                record = _decode_unless_torn(line, file, is_open=shard.is_open)
                if record is None:
                    return
                yield record
    except (OSError, EOFError, zlib.error) as error:
        raise ArchiveError(f"{shard.path}, after line {number}: {error}") from error
    except ValueError as error:
        raise ArchiveError(f"{shard.path}, line {number}: damaged record: {error}") from error


def _open_lines(shard: Shard) -> BufferedReader | gzip.GzipFile:
    try:
        return _open_file(shard.path)
    except FileNotFoundError:
        # Sealed by its writer since the folder was listed; a sealed path fails here as before.
        return _open_file(shard.sealed_path)


def _open_file(path: Path) -> BufferedReader | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _decode_unless_torn(line: bytes, file: BufferedReader | gzip.GzipFile, *, is_open: bool) -> dict[str, Any] | None:
    try:
        return decode(line)
    except ValueError:
        if is_open and (not line.endswith(b"\n") or not file.peek(1)):
            return None
        raise
