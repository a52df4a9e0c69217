"""Finding what is wrong with an archive."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import fastjsonschema

from newscrawl.archive.durable import archive_errors
from newscrawl.archive.layout import SUMMARY, find_crawls, find_shards, read_summary
from newscrawl.archive.lock import is_running
from newscrawl.archive.recover import DAMAGED
from newscrawl.archive.shard import OPEN, Shard, Stream
from newscrawl.archive.summary import find_count_faults
from newscrawl.errors import ArchiveError
from newscrawl.items import Duplicate, Outcome
from newscrawl.schema import load_schema

__all__ = ["find_faults"]

_OUTCOMES = re.compile(r"archived|duplicate|unchanged|(?:rejected|failed):\S.*")
_OUTCOME = {field.name for field in fields(Outcome)}
_DUPLICATE = {field.name for field in fields(Duplicate)}


def find_faults(path: Path) -> Iterator[str]:
    """What is wrong with the archive at ``path``: one line per fault, none if it is sound.

    Checks shards against their ``crawl.json`` (missing, extra, size, sha256, number of records), each line
    against its form (articles: the JSON Schema), ids (right, and unique below ``path``), and the counts of
    outcomes. Crawls that are running are checked line by line only.

    Args:
        path: output root, spider folder, crawl folder or one shard.

    Raises:
        ArchiveError: nothing of that kind at ``path``.
    """
    ids = _Ids()
    if path.is_file():
        for shard in find_shards(path):
            yield from _find_shard_faults(shard, None, ids)
        return
    crawls = find_crawls(path)
    if not crawls:
        yield f"{path}: no crawl in it"
    for crawl in crawls:
        yield from _find_crawl_faults(crawl, ids)


class _Ids:
    """The ids that occurred: half of each, which still tells them apart and keeps millions in memory."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def find_fault(self, record: Mapping[str, Any], shard: Shard) -> list[str]:
        """One line if an article of this id occurred before."""
        if shard.stream != "articles":
            return []
        half = bytes.fromhex(record["id"][:32])
        if half in self._seen:
            return [f"id {record['id']} occurs twice"]
        self._seen.add(half)
        return []


def _find_crawl_faults(crawl: Path, ids: _Ids) -> Iterator[str]:
    yield from (f"{path}: set aside by recovery" for path in sorted(crawl.glob(f"*{DAMAGED}")))
    told: dict[str, Mapping[str, Any]] | None = None
    try:
        summary = read_summary(crawl)
        if summary:
            yield from (f"{crawl / SUMMARY}: {fault}" for fault in find_count_faults(summary))
            told = {entry["name"]: entry for entry in summary["shards"]}
        elif not is_running(crawl):
            yield f"{crawl}: no {SUMMARY}: its crawl was killed and awaits recovery"
    except ArchiveError as error:
        yield str(error)
    except (KeyError, TypeError, AttributeError) as error:
        yield f"{crawl / SUMMARY}: not of the form of a {SUMMARY}: {error!r}"
    shards = list(find_shards(crawl))
    yield from (f"{crawl / name}: missing" for name in (told or {}).keys() - {s.path.name for s in shards})
    for shard in shards:
        yield from _find_shard_faults(shard, told, ids)


def _find_shard_faults(shard: Shard, told: Mapping[str, Mapping[str, Any]] | None, ids: _Ids) -> Iterator[str]:
    find = _FINDERS[shard.stream]
    number = 0
    try:
        for number, record in enumerate(shard.read(), 1):
            faults = [*find(record)] or ids.find_fault(record, shard)
            yield from (f"{shard.path}, line {number}: {fault}" for fault in faults)
        if told is not None:
            entry = told.get(shard.path.name)
            yield from (f"{shard.path}: {fault}" for fault in _compare(shard.path, number, entry))
    except ArchiveError as error:
        yield str(error)


def _compare(path: Path, records: int, told: Mapping[str, Any] | None) -> Iterator[str]:
    if told is None:
        yield f"{'left open' if path.suffix == OPEN else 'extra'}: {SUMMARY} does not name it"
        return
    with archive_errors(path), path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    actual = {"records": records, "bytes": path.stat().st_size, "sha256": digest}
    for key, value in actual.items():
        if value != told.get(key):
            yield f"{key} {value}, but {told.get(key)} in {SUMMARY}"


def _find_article_faults(record: dict[str, Any]) -> Iterator[str]:
    try:
        _validator()(record)
    except fastjsonschema.JsonSchemaValueException as error:
        yield f"not of the schema: {error.message.replace('data', 'record', 1)}"
        return
    story = f"{record['canonical_url']}\n{record['fingerprint']}"
    if record["id"] != sha256(story.encode()).hexdigest():
        yield "id is not the sha256 of canonical_url and fingerprint"


def _find_duplicate_faults(record: dict[str, Any]) -> Iterator[str]:
    yield from _find_key_faults(record, _DUPLICATE)
    if not isinstance(record.get("duplicate_of"), str):
        yield "duplicate_of names no record"


def _find_outcome_faults(record: dict[str, Any]) -> Iterator[str]:
    yield from _find_key_faults(record, _OUTCOME)
    outcome = str(record.get("outcome"))
    if not _OUTCOMES.fullmatch(outcome):
        yield f"no such outcome: {outcome}"
    elif outcome in ("archived", "duplicate") and not isinstance(record.get("id"), str):
        yield f"{outcome}, but id names no record"


def _find_key_faults(record: dict[str, Any], keys: set[str]) -> Iterator[str]:
    if record.keys() != keys:
        yield f"wrong or missing keys: {', '.join(sorted(record.keys() ^ keys))}"
    elif not isinstance(record["url"], str):
        yield "url is no text"


@cache
def _validator() -> Callable[[Any], Any]:
    validator: Callable[[Any], Any] = fastjsonschema.compile(load_schema(), use_default=False)
    return validator


_FINDERS: Mapping[Stream, Callable[[dict[str, Any]], Iterator[str]]] = {
    "articles": _find_article_faults,
    "duplicates": _find_duplicate_faults,
    "outcomes": _find_outcome_faults,
}
