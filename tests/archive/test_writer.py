import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from newscrawl.archive import ArchiveWriter, find_count_faults, find_faults, read_archive, recover
from newscrawl.archive.lock import is_running, read_lock
from newscrawl.errors import ArchiveError
from newscrawl.items import Article, Outcome

STARTED = datetime(2026, 11, 22, 11, 56, 2, tzinfo=UTC)
Build = Callable[..., Article]


def test_crawl_id_is_the_utc_second_or_the_next_free_one(tmp_path: Path) -> None:
    local = STARTED.astimezone(timezone(timedelta(hours=3)))
    writers = [ArchiveWriter(tmp_path, "urls", started=local) for _ in range(3)]
    assert [w.crawl for w in writers] == ["20261122T115602Z", "20261122T115603Z", "20261122T115604Z"]
    assert writers[0].folder == tmp_path / "urls" / "20261122T115602Z"


def test_records_are_plain_lines_at_once(writer: ArchiveWriter, build_article: Build) -> None:
    place = writer.write_article(build_article(1))
    path = writer.folder / "articles-00001.jsonl.open"
    assert json.loads(path.read_bytes())["title"] == "Story 1"
    assert place == ("urls/20261122T115602Z/articles-00001", 0)
    assert writer.write_article(build_article(2)).line == 1


def test_the_lock_says_who_holds_it(writer: ArchiveWriter) -> None:
    assert is_running(writer.folder)
    assert read_lock(writer.folder)["pid"] == os.getpid()
    writer.close(reason="finished", finished=STARTED)
    assert not is_running(writer.folder)
    assert [p.name for p in writer.folder.iterdir()] == ["crawl.json"]


def test_a_shard_is_sealed_when_full(writer: ArchiveWriter, build_article: Build) -> None:
    places = [writer.write_article(build_article(n)) for n in range(1, 8)]
    writer.abandon()
    names = sorted(p.name for p in writer.folder.glob("articles*"))
    assert names == ["articles-00001.jsonl.gz", "articles-00002.jsonl.gz", "articles-00003.jsonl.open"]
    assert [p.line for p in places] == [0, 1, 2, 0, 1, 2, 0]
    assert len(gzip.decompress((writer.folder / names[0]).read_bytes()).splitlines()) == 3


def test_crawl_json_tells_all(tmp_path: Path, write_crawl: Callable[..., Path]) -> None:
    folder = write_crawl(tmp_path)
    summary = json.loads((folder / "crawl.json").read_bytes())
    shards = summary.pop("shards")
    assert summary == {
        "format": 1,
        "spider": "urls",
        "crawl": "20261122T115602Z",
        "started_at": "2026-11-22T11:56:02Z",
        "settings": {"DOWNLOAD_DELAY": 1},
        "finished_at": "2026-11-22T11:56:02Z",
        "finish_reason": "finished",
        "outcomes": {"archived": 3, "duplicate": 1, "rejected:soft-404": 1},
        "records": {"articles": 3, "duplicates": 1, "outcomes": 5},
    }
    assert [(s["name"], s["records"]) for s in shards] == [
        ("articles-00001.jsonl.gz", 3),
        ("duplicates-00001.jsonl", 1),
        ("outcomes-00001.jsonl", 5),
    ]
    for shard in shards:
        content = (folder / shard["name"]).read_bytes()
        assert (shard["bytes"], shard["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert sorted(p.name for p in folder.iterdir()) == sorted(["crawl.json", *(s["name"] for s in shards)])


def test_the_same_records_give_the_same_bytes(tmp_path: Path, write_crawl: Callable[..., Path]) -> None:
    one, two = write_crawl(tmp_path / "one"), write_crawl(tmp_path / "two")
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_counts_that_do_not_add_up_are_told(writer: ArchiveWriter, build_article: Build) -> None:
    writer.write_article(build_article())
    summary = writer.close(reason="finished", finished=STARTED, discovery={"https://a.example/feed": "not a feed"})
    assert summary["discovery"] == {"https://a.example/feed": "not a feed"}
    assert list(find_count_faults(summary)) == ["archived: 0 counted, but 1 articles"]


@pytest.mark.parametrize("spider", ["", ".", "..", "a/b", "a\0b"])
def test_a_spider_that_can_be_no_folder(tmp_path: Path, spider: str) -> None:
    with pytest.raises(ArchiveError, match="folder"):
        ArchiveWriter(tmp_path, spider, started=STARTED)


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(ArchiveError, match="output"):
        ArchiveWriter(tmp_path / "output", "urls", started=STARTED)


def test_syncing(tmp_path: Path, build_article: Build) -> None:
    writer = ArchiveWriter(tmp_path, "urls", started=STARTED, sync_records=2, sync_seconds=3600)
    told = []
    for number in range(4):
        writer.write_article(build_article(number))
        told.append(writer.is_synced)
    assert told == [False, True, False, True]
    writer.write_article(build_article(9))
    writer.sync()
    assert writer.is_synced


def test_syncing_by_time(tmp_path: Path, build_article: Build) -> None:
    writer = ArchiveWriter(tmp_path, "urls", started=STARTED, sync_records=100, sync_seconds=0)
    writer.write_article(build_article())
    assert writer.is_synced


def test_a_short_write_is_undone(writer: ArchiveWriter, build_article: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.write_article(build_article(1))
    path = writer.folder / "articles-00001.jsonl.open"
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:20]))
    with pytest.raises(ArchiveError, match=r"articles-00001.jsonl.open: disk full"):
        writer.write_article(build_article(2))
    assert path.read_bytes() == before
    monkeypatch.undo()
    writer.write_article(build_article(3))
    writer.close(reason="finished", finished=STARTED)
    assert [r["title"] for r in read_archive(writer.folder)] == ["Story 1", "Story 3"]


def test_what_cannot_be_undone_is_final(
    writer: ArchiveWriter, build_article: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    writer.write_article(build_article(1))
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:20]))
    monkeypatch.setattr(os, "ftruncate", fail)
    with pytest.raises(ArchiveError, match="articles-00001"):
        writer.write_article(build_article(2))
    monkeypatch.undo()
    with pytest.raises(ArchiveError, match="nothing more is written"):
        writer.write_article(build_article(3))
    with pytest.raises(ArchiveError):
        writer.close(reason="finished", finished=STARTED)
    (done,) = recover(writer.folder.parent)
    assert done.torn
    assert [r["title"] for r in read_archive(writer.folder)] == ["Story 1"]


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_failing_disk_is_an_error_and_loses_nothing(
    tmp_path: Path, build_article: Build, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    writer = ArchiveWriter(tmp_path, "urls", started=STARTED)
    for number in (1, 2):
        writer.write_article(build_article(number))
        writer.write_outcome(Outcome(url="u", outcome="archived", id=build_article(number).id))
    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "rename")), fail)
    with pytest.raises(ArchiveError, match=r"00001.*Input/output error"):
        writer.close(reason="finished", finished=STARTED)
    assert not (writer.folder / "crawl.json").exists()
    assert writer.is_synced == (call != "fsync")
    monkeypatch.undo()
    recover(tmp_path)
    assert len(list(read_archive(tmp_path))) == 2
    assert list(find_faults(tmp_path)) == []


_FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import STARTED, build_article, write_story
from newscrawl.archive import ArchiveWriter
from newscrawl.errors import ArchiveError
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
writer = ArchiveWriter(Path(sys.argv[1]), "urls", started=STARTED)
written = 0
try:
    while True:
        write_story(writer, build_article(written))
        written += 1
except ArchiveError as error:
    writer.close(reason="write-failed", finished=STARTED)
    print(written, error)
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FULL_DISK, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    written, _, message = done.stdout.partition(" ")
    assert "articles-00001.jsonl.open" in message
    assert len(list(read_archive(tmp_path))) == int(written) > 5
    assert list(find_faults(tmp_path)) == []
