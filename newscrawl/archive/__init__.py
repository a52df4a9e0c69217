"""Archives on disk: one writer, one reader, recovery and verification; see docs/archive-format.md."""

from newscrawl.archive.encode import Record, as_dict, encode
from newscrawl.archive.layout import find_shards
from newscrawl.archive.reader import read_archive, read_stream
from newscrawl.archive.recover import Recovery, recover
from newscrawl.archive.shard import Shard, Stream
from newscrawl.archive.summary import find_count_faults
from newscrawl.archive.verify import find_faults
from newscrawl.archive.writer import ArchiveWriter, Place

__all__ = [
    "ArchiveWriter",
    "Place",
    "Record",
    "Recovery",
    "Shard",
    "Stream",
    "as_dict",
    "encode",
    "find_count_faults",
    "find_faults",
    "find_shards",
    "read_archive",
    "read_stream",
    "recover",
]
