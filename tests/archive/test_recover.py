import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import RLock

import pytest

from newscrawl.archive import find_faults, read_archive, read_stream, recover
from newscrawl.archive.lock import CrawlLock
from newscrawl.errors import ArchiveError

Write = Callable[..., Path]


def tell(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def killed(tmp_path: Path, write_crawl: Write) -> Path:
    """A killed crawl: ten articles in shards of four."""
    return write_crawl(tmp_path, articles=range(10), shard_records=4, close=False)


def test_a_killed_crawl_is_completed(killed: Path) -> None:
    (done,) = recover(killed.parent.parent)
    assert done.records == {"articles": 10, "duplicates": 1, "outcomes": 12}
    assert str(done) == "urls/20261122T115602Z recovered: 10 articles, 1 duplicates, 12 outcomes"
    summary = json.loads((killed / "crawl.json").read_bytes())
    assert summary["finish_reason"] == "killed"
    assert summary["finished_at"] is None
    assert summary["started_at"] == "2026-11-22T11:56:02Z"
    assert summary["settings"] == {"DOWNLOAD_DELAY": 1}
    assert summary["outcomes"] == {"archived": 10, "duplicate": 1, "rejected:soft-404": 1}
    assert [p.name for p in killed.iterdir() if p.suffix in (".open", ".part") or p.name == "lock"] == []
    assert list(find_faults(killed)) == []


def test_recovery_seals_as_the_writer_does(killed: Path, tmp_path: Path, write_crawl: Write) -> None:
    recover(killed)
    closed = write_crawl(tmp_path / "closed", articles=range(10), shard_records=4)
    (killed / "crawl.json").unlink()
    (closed / "crawl.json").unlink()
    assert tell(killed) == tell(closed)


def test_twice_is_once(killed: Path) -> None:
    recover(killed)
    before = tell(killed)
    assert recover(killed) == []
    assert tell(killed) == before


def test_a_running_crawl_is_left_alone(killed: Path) -> None:
    lock = CrawlLock.take(killed)
    assert lock
    before = tell(killed)
    assert recover(killed) == []
    assert tell(killed) == before
    lock.release(remove=False)
    assert len(recover(killed)) == 1


def test_a_complete_crawl_only_loses_what_a_crash_left_beside(tmp_path: Path, write_crawl: Write) -> None:
    folder = write_crawl(tmp_path)
    before = tell(folder)
    (folder / "lock").write_text("{}")
    (folder / "crawl.json.part").write_text("{")
    assert recover(tmp_path) == []
    assert tell(folder) == before


def test_nothing_to_recover(tmp_path: Path) -> None:
    assert recover(tmp_path / "nowhere") == recover(tmp_path) == []
    (tmp_path / "urls" / "20261122T115602Z").mkdir(parents=True)
    (done,) = recover(tmp_path)
    assert done.records == {"articles": 0, "duplicates": 0, "outcomes": 0}
    assert list(find_faults(tmp_path)) == []


def test_articles_torn_at_many_bytes(tmp_path: Path, write_crawl: Write) -> None:
    whole = tell(write_crawl(tmp_path / "whole", articles=range(3), close=False))
    content = whole["articles-00001.jsonl.open"]
    last = content.rindex(b"\n", 0, -1) + 1
    for cut in [*range(last, len(content), 11), len(content) - 1]:
        folder = tmp_path / str(cut) / "urls" / "20261122T115602Z"
        folder.mkdir(parents=True)
        for name, held in whole.items():
            (folder / name).write_bytes(held[:cut] if name.startswith("articles") else held)
        (done,) = recover(folder)
        assert bool(done.torn) == (cut > last)
        assert done.records_lost == 1
        assert [r["title"] for r in read_archive(folder)] == ["Story 0", "Story 1"]
        assert list(find_faults(folder)) == []


@pytest.mark.parametrize("stream", ["duplicates", "outcomes"])
@pytest.mark.parametrize("cut", [1, 2, 40, 10_000])
def test_other_streams_torn(tmp_path: Path, write_crawl: Write, stream: str, cut: int) -> None:
    killed = write_crawl(tmp_path, articles=range(10), close=False)
    path = killed / f"{stream}-00001.jsonl.open"
    path.write_bytes(path.read_bytes()[:-cut])
    recover(killed)
    assert len(list(read_archive(killed))) == 10
    assert list(find_faults(killed)) == []


def test_a_record_without_its_outcome_gets_one(killed: Path) -> None:
    for path in killed.glob("outcomes-*"):
        path.unlink()
    (done,) = recover(killed)
    assert done.outcomes_added == 11
    told = [(o["url"], o["outcome"]) for o in read_stream(killed, "outcomes")]
    assert told[0] == ("https://example.org/0", "archived")
    assert told[-1] == (
        "https://example.net/1",
        "duplicate",
    )
    assert list(find_faults(killed)) == []


def test_an_outcome_without_its_record_becomes_failed(killed: Path) -> None:
    (killed / "articles-00003.jsonl.open").unlink()
    path = killed / "outcomes-00003.jsonl"
    assert path.exists()
    path.rename(path.with_name(path.name + ".open"))
    (done,) = recover(killed)
    assert done.records_lost == 2
    outcomes = [o["outcome"] for o in read_stream(killed, "outcomes")]
    assert outcomes.count("failed:lost") == 2
    assert outcomes.count("archived") == 8
    assert list(find_faults(killed)) == []


def test_damage_before_the_last_line_is_set_aside(killed: Path) -> None:
    path = killed / "articles-00003.jsonl.open"
    path.write_bytes(b"\0\0\0\n" + path.read_bytes() + b'{"id"')
    (done,) = recover(killed)
    assert done.damaged == {"urls/20261122T115602Z/articles-00003": 1}
    assert len(done.torn) == 1
    assert (killed / "articles-00003.jsonl.open.damaged").read_bytes() == b"\0\0\0\n"
    assert len(list(read_archive(killed))) == 10
    assert [f.rpartition(": ")[2] for f in find_faults(killed)] == ["set aside by recovery"]


def test_nuls_at_the_end(killed: Path) -> None:
    path = killed / "articles-00003.jsonl.open"
    path.write_bytes(path.read_bytes() + b"\0" * 4096)
    (done,) = recover(killed)
    assert done.torn
    assert done.records["articles"] == 10


def test_killed_while_sealing(killed: Path) -> None:
    path = killed / "articles-00003.jsonl.open"
    whole = path.read_bytes()
    (killed / "articles-00003.jsonl.gz.part").write_bytes(b"\x1f\x8b")
    (killed / "articles-00003.jsonl.gz").write_bytes(gzip.compress(whole))
    path.write_bytes(whole[:-3])
    recover(killed)
    assert sorted(p.name for p in killed.glob("articles-00003*")) == ["articles-00003.jsonl.gz"]
    assert len(list(read_archive(killed))) == 10


def test_a_sealed_shard_that_does_not_read_back_is_sealed_again(killed: Path) -> None:
    (killed / "articles-00003.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    recover(killed)
    assert len(list(read_archive(killed))) == 10
    assert list(find_faults(killed)) == []


def test_recovery_that_fails_names_the_file_and_can_be_repeated(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArchiveError, match=r"00003.*No space left"):
        recover(killed)
    monkeypatch.undo()
    assert len(recover(killed)) == 1
    assert list(find_faults(killed)) == []


_DISK_CALLS = ((os, "write"), (os, "fsync"), (Path, "rename"), (Path, "unlink"))


def watch_disk(patch: pytest.MonkeyPatch, *, crash_at: int | None = None) -> list[str]:
    """The calls that reach the disk, in a growing list; instead of the ``crash_at``-th the process ends.

    Its exit status is how many lines it has written.
    """
    made: list[str] = []
    one_at_a_time = RLock()

    def watch(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def reach_disk(*args: object, **options: object) -> object:
            with one_at_a_time:
                if len(made) == crash_at:
                    os._exit(made.count("write"))
                made.append(name)
                return original(*args, **options)

        return reach_disk

    for owner, name in _DISK_CALLS:
        patch.setattr(owner, name, watch(name, getattr(owner, name)))
    return made


def run_until_crash(act: Callable[[], object], *, crash_at: int) -> int:
    """How many lines it wrote before it crashed or came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    made: list[str] = []
    try:
        made = watch_disk(pytest.MonkeyPatch(), crash_at=crash_at)
        act()
    finally:
        os._exit(made.count("write"))


def test_a_crash_at_any_step_of_writing_and_recovering(tmp_path: Path, write_crawl: Write) -> None:
    def write(root: Path) -> Path:
        return write_crawl(root, articles=range(5), shard_records=2)

    with pytest.MonkeyPatch.context() as patch:
        made = watch_disk(patch)
        write(tmp_path / "all")
    assert len(made) > 40
    for step in range(len(made)):
        root = tmp_path / str(step)
        lines = run_until_crash(partial(write, root), crash_at=step)
        for again in range(step % 7, 30, 5):
            run_until_crash(partial(recover, root), crash_at=again)
        recover(root)
        assert list(find_faults(root)) == [], step
        titles = [r["title"] for r in read_archive(root)]
        written = min((lines + 1) // 2, 5)
        assert titles == [f"Story {n}" for n in range(written)], step


_WRITE_FOREVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import STARTED, build_article, write_story
from newscrawl.archive import ArchiveWriter
writer = ArchiveWriter(Path(sys.argv[1]), "urls", started=STARTED, shard_records=50, sync_records=10)
for number in range(1_000_000):
    write_story(writer, build_article(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("told", [1, 49, 50, 99, 230, 351])
def test_kill_9(tmp_path: Path, told: int) -> None:
    command = [sys.executable, "-c", _WRITE_FOREVER, str(tmp_path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdout
        for _ in range(told):
            last = int(crawl.stdout.readline())
        assert recover(tmp_path) == []
        crawl.send_signal(signal.SIGKILL)
        crawl.wait()
        last = max([last, *map(int, crawl.stdout.read().split())])
    recover(tmp_path)
    titles = [r["title"] for r in read_archive(tmp_path)]
    assert titles == [f"Story {n}" for n in range(len(titles))]
    assert last + 1 <= len(titles) <= last + 2
    assert list(find_faults(tmp_path)) == []
