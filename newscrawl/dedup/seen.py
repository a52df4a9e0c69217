"""The index of what the archive holds, by address and by fingerprint.

It is derived: every row comes from a line of the archive and says from which shard. It may be deleted at any
time and is learned again; a file that is damaged or of another version is replaced. Several crawls share one.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from newscrawl.dedup.database import open_database
from newscrawl.urls import url_key

__all__ = ["Seen", "SeenRecord", "ShardLines", "address_key"]

_BATCH = 2_000
# stream → key of the id of the record that a line is about
_ID_KEYS = {"articles": "id", "duplicates": "duplicate_of", "outcomes": "id"}
_COMMIT = (
    "INSERT OR REPLACE INTO main.record SELECT * FROM temp.record",
    "INSERT OR REPLACE INTO main.address SELECT * FROM temp.address",
    # Another crawl may have forgotten what came before these lines, or have learned beyond them.
    "INSERT INTO main.shard SELECT name, lines FROM temp.shard AS new"
    " WHERE start <= ifnull((SELECT lines FROM main.shard WHERE name = new.name), 0)"
    " ON CONFLICT DO UPDATE SET lines = max(lines, excluded.lines)",
    "DELETE FROM temp.record",
    "DELETE FROM temp.address",
    "DELETE FROM temp.shard",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRecord:
    """What the index knows of an archived record."""

    id: str
    fingerprint: str | None
    outlet: str | None
    fetched_at: str | None
    address: bytes
    """`address_key` of its canonical URL."""
    crawl: str
    """``spider/crawl id`` of the crawl that archived it."""


class ShardLines(Protocol):
    """What `Seen.catch_up` asks of a shard of the archive; `newscrawl.archive.Shard` is one."""

    @property
    def name(self) -> str:
        """``spider/crawl id/stream-number``, the same while open and when sealed."""

    @property
    def records(self) -> int | None:
        """Number of records if the shard is complete, else None."""

    def read(self, start: int = 0) -> Iterator[dict[str, Any]]:
        """Its records from line ``start`` on."""


@lru_cache(maxsize=4096)
def address_key(url: str) -> bytes:
    """16 bytes that the twins of one page (AMP, mobile, http, tracked) have in common.

    Raises:
        Nothing: an address that can't be parsed stands for itself.
    """
    try:
        key = url_key(url)
    except ValueError:
        key = url
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()


class Seen:
    """The index; it finds at once what it learned, other crawls and the next one do from `commit` on.

    Every method may raise sqlite3.Error if the disk is full or the file breaks while in use; the archive has
    no part in that, and a new index learns everything again.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "Seen":
        """The index at ``path``; an empty one where there is none, or none of use.

        Raises:
            UsageError: the file can't be made or opened.
        """
        return cls(open_database(path))

    def by_url(self, url: str) -> SeenRecord | None:
        """The record that ``url`` or a twin of it led to; of several (revisions), the one fetched last."""
        return self._find("SELECT record FROM {0}.address WHERE key = ?1", address_key(url))

    def by_fingerprint(self, story: str) -> SeenRecord | None:
        """The record with this fingerprint; of several, the one fetched last."""
        return self._find("SELECT id FROM {0}.record WHERE fingerprint = ?1", story)

    def learned(self, shard: str) -> int:
        """How many lines of the shard are known, from its first on."""
        query = _from_both("SELECT lines FROM {0}.shard WHERE name = ?1")
        found = self._database.execute(f"SELECT max(lines) FROM ({query})", (shard,)).fetchone()
        return int(found[0] or 0)

    def learn(self, shard: str, lines: Iterable[Mapping[str, Any]], *, start: int) -> None:
        """Learn lines of a shard: records and their addresses, or the addresses that led to a record.

        Args:
            shard: its name, in which the stream is.
            lines: as read from the archive, or as they were written to it.
            start: the first one's place in the shard, counted from 0.
        """
        stream = shard.rpartition("/")[2].partition("-")[0]
        count = start
        for line in lines:
            self._learn_line(stream, shard, line)
            count += 1
        # A gap before the start leaves the count as it is, so that the next catch-up reads what is missing.
        if start <= self.learned(shard) < count:
            self._database.execute(
                "INSERT INTO temp.shard VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET lines = ?2",
                (shard, count, start),
            )

    def commit(self) -> None:
        """Keep what was learned; call it when the lines are safe on the disk."""
        with self._transaction():
            for statement in _COMMIT:
                self._database.execute(statement)

    def catch_up(self, list_shards: Callable[[], Iterable[ShardLines]]) -> int:
        """Learn and keep what the archive holds beyond what is known; forget shards that are gone or shorter.

        Args:
            list_shards: lists all shards of the archive; called after the index was asked, so that a shard
                which another crawl starts meanwhile is not taken for one that is gone.

        Returns:
            Number of lines learned.

        Raises:
            What reading a shard raises; shards before it are learned.
        """
        known = dict(self._database.execute("SELECT name, lines FROM main.shard"))
        shards = list(list_shards())
        gone = known.keys() - {shard.name for shard in shards}
        shrunk = {s.name for s in shards if s.records is not None and s.records < known.get(s.name, 0)}
        self._forget(gone | shrunk)
        return sum(self._catch_up_shard(shard) for shard in shards)

    def close(self) -> None:
        """Free the file; what was learned and not committed is forgotten."""
        self._database.close()

    def _catch_up_shard(self, shard: ShardLines) -> int:
        start = before = self.learned(shard.name)
        if shard.records == start:
            return 0
        lines = shard.read(start)
        while batch := list(islice(lines, _BATCH)):
            self.learn(shard.name, batch, start=start)
            self.commit()
            start += len(batch)
        return start - before

    def _learn_line(self, stream: str, shard: str, line: Mapping[str, Any]) -> None:
        record = line.get(_ID_KEYS[stream])
        urls = [line[name] for name in ("url", "canonical_url") if isinstance(line.get(name), str)]
        if not urls or not isinstance(record, str):
            return
        keys = [address_key(url) for url in urls]
        for key in keys:
            self._database.execute("INSERT OR REPLACE INTO temp.address VALUES (?, ?, ?)", (key, record, shard))
        if stream == "articles":
            row = (record, shard, line.get("fingerprint"), line.get("outlet"), _fetched_at(line), keys[-1])
            self._database.execute("INSERT OR REPLACE INTO temp.record VALUES (?, ?, ?, ?, ?, ?)", row)

    def _find(self, ids: str, value: str | bytes) -> SeenRecord | None:
        records = _from_both(f"SELECT * FROM {{0}}.record WHERE id IN ({_from_both(ids)})")
        row = self._database.execute(
            "SELECT id, fingerprint, outlet, fetched_at, address, shard"
            f" FROM ({records}) ORDER BY fetched_at DESC, id, shard LIMIT 1",
            (value,),
        ).fetchone()
        if row is None:
            return None
        record, story, outlet, fetched_at, address, shard = row
        return SeenRecord(
            id=record,
            fingerprint=story,
            outlet=outlet,
            fetched_at=fetched_at,
            address=address,
            crawl=shard.rpartition("/")[0],
        )

    def _forget(self, shards: Iterable[str]) -> None:
        names = json.dumps(sorted(shards))
        if names == "[]":
            return
        with self._transaction():
            for table, column in (("record", "shard"), ("address", "shard"), ("shard", "name")):
                self._database.execute(
                    f"DELETE FROM main.{table} WHERE {column} IN (SELECT value FROM json_each(?))", (names,)
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _from_both(query: str) -> str:
    return f"{query.format('main')} UNION ALL {query.format('temp')}"


def _fetched_at(line: Mapping[str, Any]) -> str | None:
    fetched_at: str | None = (line.get("provenance") or {}).get("fetched_at")
    return fetched_at
