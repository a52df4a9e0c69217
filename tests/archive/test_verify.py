import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import ArchiveWriter, find_faults
from newscrawl.archive.lock import CrawlLock
from newscrawl.errors import ArchiveError

ARTICLES, DUPLICATES, OUTCOMES = "articles-00001.jsonl.gz", "duplicates-00001.jsonl", "outcomes-00001.jsonl"


@pytest.fixture
def crawl(tmp_path: Path, write_crawl: Callable[..., Path]) -> Path:
    return write_crawl(tmp_path)


def change_line(path: Path, **values: Any) -> None:
    """Change keys of the first record of a shard."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    first, _, rest = content.partition(b"\n")
    changed = json.dumps(json.loads(first) | values).encode() + b"\n" + rest
    path.write_bytes(gzip.compress(changed) if path.suffix == ".gz" else changed)


def change_summary(crawl: Path, **values: Any) -> None:
    path = crawl / "crawl.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_sound_archive(crawl: Path) -> None:
    for path in (crawl, crawl.parent, crawl.parent.parent, crawl / ARTICLES, crawl / OUTCOMES):
        assert list(find_faults(path)) == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        (ARTICLES, {"title": 7}, "line 1: not of the schema: record.title"),
        (ARTICLES, {"surprise": 1}, "line 1: not of the schema"),
        (ARTICLES, {"canonical_url": "https://example.org/other"}, "line 1: id is not the sha256"),
        (ARTICLES, {"fingerprint": "1:00"}, "line 1: id is not the sha256"),
        (ARTICLES, {"id": None}, "line 1: id is not the sha256"),
        (DUPLICATES, {"duplicate_of": None}, "line 1: duplicate_of names no record"),
        (DUPLICATES, {"surprise": 1}, "line 1: wrong or missing keys: surprise"),
        (OUTCOMES, {"outcome": "lost"}, "line 1: no such outcome: lost"),
        (OUTCOMES, {"outcome": "rejected:"}, "line 1: no such outcome: rejected:"),
        (OUTCOMES, {"id": None}, "line 1: archived, but id names no record"),
        (OUTCOMES, {"url": None}, "line 1: url is no text"),
    ],
)
def test_a_line_of_another_form(crawl: Path, name: str, values: dict[str, Any], message: str) -> None:
    change_line(crawl / name, **values)
    faults = list(find_faults(crawl))
    assert any(message in fault and name in fault for fault in faults)
    assert any(f"{name}: sha256" in fault for fault in faults)
    assert any(message in fault for fault in find_faults(crawl / name))


@pytest.mark.parametrize("name", [ARTICLES, DUPLICATES, OUTCOMES])
def test_a_missing_shard(crawl: Path, name: str) -> None:
    (crawl / name).unlink()
    assert list(find_faults(crawl)) == [f"{crawl / name}: missing"]


@pytest.mark.parametrize(
    ("name", "what"), [("articles-00002.jsonl.gz", "extra"), ("outcomes-00002.jsonl.open", "left open")]
)
def test_an_extra_shard(crawl: Path, name: str, what: str) -> None:
    (crawl / name).write_bytes(gzip.compress(b"") if name.endswith("gz") else b"")
    assert list(find_faults(crawl)) == [f"{crawl / name}: {what}: crawl.json does not name it"]


def test_lost_records(crawl: Path) -> None:
    lines = gzip.decompress((crawl / ARTICLES).read_bytes()).splitlines(keepends=True)
    (crawl / ARTICLES).write_bytes(gzip.compress(b"".join(lines[:2])))
    assert any("records 2, but 3 in crawl.json" in fault for fault in find_faults(crawl))


def test_every_flipped_byte_of_a_shard_is_found(crawl: Path) -> None:
    path = crawl / ARTICLES
    content = path.read_bytes()
    for at in range(0, len(content), 23):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert list(find_faults(crawl)), at


def test_a_truncated_shard(crawl: Path) -> None:
    path = crawl / ARTICLES
    path.write_bytes(path.read_bytes()[:-20])
    assert any(f"{path}, after line" in fault for fault in find_faults(crawl))


def test_an_id_that_occurs_twice(crawl: Path, write_crawl: Callable[..., Path]) -> None:
    write_crawl(crawl.parent.parent, articles=range(3, 6))
    faults = list(find_faults(crawl.parent.parent))
    assert len(faults) == 1
    assert "occurs twice" in faults[0]
    assert "115603Z" in faults[0]


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ({"archived": 2, "duplicate": 1, "rejected:x": 2}, "archived: 2 counted, but 3 articles"),
        ({"archived": 3, "duplicate": 2}, "duplicate: 2 counted, but 1 duplicate lines"),
        ({"archived": 3, "duplicate": 1}, "outcomes: 4 counted, but 5 outcome lines"),
    ],
)
def test_counts_that_do_not_add_up(crawl: Path, outcomes: dict[str, int], message: str) -> None:
    change_summary(crawl, outcomes=outcomes)
    assert list(find_faults(crawl)) == [f"{crawl / 'crawl.json'}: {message}"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"outcomes": 1, "records": 2}', "[" * 99_999])
def test_a_broken_summary(crawl: Path, content: str) -> None:
    (crawl / "crawl.json").write_text(content)
    faults = list(find_faults(crawl))
    assert len(faults) == 1
    assert "crawl.json: " in faults[0]


def test_a_killed_crawl(tmp_path: Path, write_crawl: Callable[..., Path]) -> None:
    crawl = write_crawl(tmp_path, close=False)
    assert list(find_faults(tmp_path)) == [f"{crawl}: no crawl.json: its crawl was killed and awaits recovery"]


def test_a_running_crawl(tmp_path: Path, write_crawl: Callable[..., Path]) -> None:
    crawl = write_crawl(tmp_path, close=False)
    lock = CrawlLock.take(crawl)
    path = crawl / "articles-00001.jsonl.open"
    path.write_bytes(path.read_bytes() + b'{"id"')
    assert lock
    assert list(find_faults(tmp_path)) == []


def test_nothing_is_not_sound(tmp_path: Path) -> None:
    assert list(find_faults(tmp_path)) == [f"{tmp_path}: no crawl in it"]
    with pytest.raises(ArchiveError, match="nowhere"):
        list(find_faults(tmp_path / "nowhere"))


def test_a_crawl_of_nothing_is_sound(writer: ArchiveWriter) -> None:
    writer.close(reason="finished", finished=datetime.now(UTC))
    assert list(find_faults(writer.folder)) == []
