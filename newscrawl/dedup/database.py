"""The file of the index: opening it, and replacing one that is of no use."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import UsageError

__all__ = ["VERSION", "open_database"]

VERSION = 2
"""One more whenever the tables, `url_key` or the meaning of a row change; older files are replaced."""

# Rows name the shard they come from, so that they can go with it. What is not committed yet stands in
# temporary tables of the same form: unlike an open transaction, they keep no other crawl from writing.
_TABLES = """
    CREATE {0} TABLE IF NOT EXISTS record (
        id TEXT, shard TEXT, fingerprint TEXT, outlet TEXT, fetched_at TEXT, address BLOB,
        PRIMARY KEY (id, shard)
    ) WITHOUT ROWID;
    CREATE {0} TABLE IF NOT EXISTS address (
        key BLOB, record TEXT, shard TEXT, PRIMARY KEY (key, record, shard)
    ) WITHOUT ROWID;
"""
_KEPT = f"""
    BEGIN IMMEDIATE;
    {_TABLES.format("")}
    CREATE TABLE IF NOT EXISTS shard (name TEXT PRIMARY KEY, lines INTEGER) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS main.record_fingerprint ON record (fingerprint);
    PRAGMA user_version = {VERSION};
    COMMIT;
"""
_PENDING = f"""
    PRAGMA temp_store = MEMORY;
    {_TABLES.format("TEMPORARY")}
    CREATE TEMPORARY TABLE shard (name TEXT PRIMARY KEY, lines INTEGER, start INTEGER) WITHOUT ROWID;
    CREATE INDEX temp.pending_fingerprint ON record (fingerprint);
"""


def open_database(path: Path) -> sqlite3.Connection:
    """Open the index at ``path``, made anew where it is missing, damaged or of another version.

    Raises:
        UsageError: the file can't be made or opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.parent):
            # What SQLite keeps beside a file that is gone belongs to an index that a crawl may still use.
            return (_connect(path) if path.exists() else None) or _replace(path)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"index {path}: {error}") from error


def _replace(path: Path) -> sqlite3.Connection:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    database = _connect(path)
    if not database:
        raise OSError("made anew and still of no use")
    return database


def _connect(path: Path) -> sqlite3.Connection | None:
    """The open database; None if its content is of no use."""
    database = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        if not _is_usable(database):
            database.close()
            return None
        database.executescript(_KEPT)
        database.executescript(_PENDING)
    except sqlite3.DatabaseError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return None
        raise
    return database


def _is_usable(database: sqlite3.Connection) -> bool:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    is_new = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    is_whole = database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    return is_whole and (is_new or version == VERSION)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from opening the index meanwhile: they might replace what this one makes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
