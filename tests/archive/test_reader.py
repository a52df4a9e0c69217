import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.archive import find_shards, read_archive, read_stream
from newscrawl.errors import ArchiveError

Write = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path, write_crawl: Write) -> Path:
    """Two crawls of ten articles each, in shards of four; the second one was killed."""
    (tmp_path / "seen.sqlite").write_bytes(b"")
    (tmp_path / "urls" / "notes").mkdir(parents=True)
    write_crawl(tmp_path, articles=range(10), shard_records=4)
    write_crawl(tmp_path, articles=range(10, 20), shard_records=4, close=False)
    return tmp_path


def read_numbers(path: Path) -> list[int]:
    return [int(record["title"].split()[1]) for record in read_archive(path)]


def test_every_kind_of_path(root: Path) -> None:
    second = root / "urls" / "20261122T115603Z"
    assert read_numbers(root) == read_numbers(root / "urls") == list(range(20))
    assert read_numbers(second) == list(range(10, 20))
    assert read_numbers(second / "articles-00001.jsonl.gz") == [10, 11, 12, 13]
    assert read_numbers(second / "articles-00003.jsonl.open") == [18, 19]


def test_relative_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "urls" / "20261122T115603Z")
    assert read_numbers(Path(".")) == list(range(10, 20))
    assert [s.name for s in find_shards(Path("articles-00001.jsonl.gz"))] == ["urls/20261122T115603Z/articles-00001"]


def test_crawls_of_all_spiders_stand_in_order_of_time(root: Path) -> None:
    (root / "urls" / "20261122T115603Z").rename(root / "20261122T115601Z")
    (root / "feed").mkdir()
    (root / "20261122T115601Z").rename(root / "feed" / "20261122T115601Z")
    assert read_numbers(root) == [*range(10, 20), *range(10)]


def test_other_streams(root: Path) -> None:
    assert [d["kind"] for d in read_stream(root, "duplicates")] == ["exact", "exact"]
    assert len(list(read_stream(root, "outcomes"))) == 24


def test_shards_keep_their_name_and_tell_their_records(root: Path) -> None:
    shards = {s.name: s for s in find_shards(root, stream="articles")}
    assert len(shards) == 6
    assert shards["urls/20261122T115602Z/articles-00003"].records == 2
    still_open = shards["urls/20261122T115603Z/articles-00003"]
    assert still_open.is_open
    assert still_open.records is None
    assert [r["title"] for r in still_open.read(1)] == ["Story 19"]
    assert list(still_open.read(2)) == list(still_open.read(7)) == []


def test_a_shard_sealed_after_it_was_listed_is_still_read(root: Path) -> None:
    *_, shard = find_shards(root, stream="articles")
    shard.sealed_path.write_bytes(gzip.compress(shard.path.read_bytes()))
    shard.path.unlink()
    assert len(list(shard.read())) == 2


def test_of_open_and_sealed_the_sealed_one_counts(root: Path) -> None:
    crawl = root / "urls" / "20261122T115602Z"
    (crawl / "articles-00001.jsonl.open").write_bytes(b"")
    assert read_numbers(crawl) == list(range(10))


def test_an_open_shard_torn_at_any_byte(root: Path) -> None:
    path = root / "urls" / "20261122T115603Z" / "articles-00003.jsonl.open"
    content = path.read_bytes()
    last = content.index(b"\n") + 1
    for cut in range(last, len(content)):
        path.write_bytes(content[:cut])
        assert read_numbers(path) == [18]


def test_a_last_line_of_nuls_is_torn_and_one_before_it_is_damage(root: Path) -> None:
    path = root / "urls" / "20261122T115603Z" / "articles-00003.jsonl.open"
    content = path.read_bytes()
    path.write_bytes(content + b"\0" * 5000 + b"\n")
    assert read_numbers(path) == [18, 19]
    path.write_bytes(b"\0\0\n" + content)
    with pytest.raises(ArchiveError, match=r"articles-00003.jsonl.open, line 1: damaged"):
        read_numbers(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: gzip.compress(lines)[:-9], "after line"),
        (lambda lines: gzip.compress(lines)[:40] + b"\xff" * 9 + gzip.compress(lines)[49:], "line"),
        (lambda lines: lines, "after line 0: Not a gzipped file"),
        (lambda lines: gzip.compress(lines[:-1]), "line 4: damaged record: no newline"),
        (lambda lines: gzip.compress(lines.replace(b"Story 1", b'Story" 1')), "line 2: damaged record"),
        (lambda lines: gzip.compress(b"7\n" + lines), "line 1: damaged record: not a JSON object"),
    ],
)
def test_a_damaged_sealed_shard_is_an_error(root: Path, change: Callable[[bytes], bytes], message: str) -> None:
    path = root / "urls" / "20261122T115602Z" / "articles-00001.jsonl.gz"
    path.write_bytes(change(gzip.decompress(path.read_bytes())))
    with pytest.raises(ArchiveError, match=rf"articles-00001.jsonl.gz, .*{message}"):
        read_numbers(root)


@pytest.mark.parametrize("name", ["nowhere", "urls/20261122T115602Z/crawl.json"])
def test_what_is_no_archive_is_an_error_at_once(root: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match=name):
        read_archive(root / name)


def test_an_empty_folder_is_an_empty_archive(tmp_path: Path) -> None:
    assert list(read_archive(tmp_path)) == []


def test_a_broken_summary_hides_no_records(root: Path) -> None:
    (root / "urls" / "20261122T115602Z" / "crawl.json").write_text(json.dumps({"shards": 7}))
    assert read_numbers(root) == list(range(20))
