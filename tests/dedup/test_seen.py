import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import ArchiveWriter, as_dict, find_shards, recover
from newscrawl.dedup import Seen, SeenRecord
from newscrawl.errors import UsageError
from newscrawl.items import Article, Duplicate, Outcome

Build = Callable[..., Article]
CRAWL = "urls/20261122T115602Z"
ARTICLES = f"{CRAWL}/articles-00001"


@dataclass
class Lines:
    """A shard of the archive, without a file."""

    name: str
    lines: list[dict[str, Any]] = field(default_factory=list)
    records: int | None = None

    def read(self, start: int = 0) -> Iterator[dict[str, Any]]:
        return iter(self.lines[start:])


def id_of(record: SeenRecord | None) -> str | None:
    return record.id if record else None


def test_a_record_is_found_by_each_of_its_addresses(seen: Seen, build_article: Build) -> None:
    article = build_article(url="https://example.org/amp/1?utm_source=x", canonical_url="https://example.org/story")
    assert seen.by_url(article.url) is None
    seen.learn(ARTICLES, [as_dict(article)], start=0)
    for url in ("https://example.org/story", "http://www.example.org/story/", "https://example.org/1"):
        assert id_of(seen.by_url(url)) == article.id, url
    found = seen.by_fingerprint(str(article.fingerprint))
    assert found == seen.by_url(article.url)
    assert found
    assert (found.outlet, found.fetched_at, found.crawl) == (
        "example.org",
        "2026-11-22T12:00:01Z",
        CRAWL,
    )
    assert seen.by_url("https://example.org/other") is seen.by_fingerprint("1:0") is None


def test_the_addresses_of_duplicates_and_outcomes_lead_to_the_record(seen: Seen, build_article: Build) -> None:
    article = build_article()
    copy = Duplicate(url="https://copy.example/1", duplicate_of=str(article.id), kind="exact", similarity=1.0)
    asked = Outcome(url="https://short.example/x", outcome="archived", id=article.id)
    rejected = Outcome(url="https://example.org/none", outcome="rejected:no-text")
    seen.learn(ARTICLES, [as_dict(article)], start=0)
    seen.learn(f"{CRAWL}/duplicates-00001", [as_dict(copy)], start=0)
    seen.learn(f"{CRAWL}/outcomes-00001", [as_dict(asked), as_dict(rejected)], start=0)
    assert id_of(seen.by_url(copy.url)) == id_of(seen.by_url(asked.url)) == article.id
    assert seen.by_url(rejected.url) is None


def test_an_address_of_a_record_that_is_not_there_leads_nowhere(seen: Seen) -> None:
    asked = Outcome(url="https://short.example/x", outcome="archived", id="0" * 64)
    seen.learn(f"{CRAWL}/outcomes-00001", [as_dict(asked)], start=0)
    assert seen.by_url(asked.url) is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_revisions_the_newest_is_found(seen: Seen, build_article: Build, order: tuple[int, int]) -> None:
    old = build_article(fetched_at="2026-11-22T12:00:00Z")
    new = build_article(fetched_at="2026-11-23T12:00:00Z", text="Told anew. " * 30)
    for n in order:
        seen.learn(f"urls/2026112{n}T000000Z/articles-00001", [as_dict((old, new)[n])], start=0)
        seen.commit()
    assert id_of(seen.by_url(old.url)) == new.id


def test_only_what_is_committed_is_kept(tmp_path: Path, build_article: Build) -> None:
    path, one, two = tmp_path / "seen.sqlite", build_article(1), build_article(2)
    seen = Seen.open(path)
    seen.learn(ARTICLES, [as_dict(one)], start=0)
    other = Seen.open(path)
    assert other.by_url(one.url) is None
    seen.commit()
    assert id_of(other.by_url(one.url)) == one.id
    seen.learn(ARTICLES, [as_dict(two)], start=1)
    assert (seen.learned(ARTICLES), other.learned(ARTICLES)) == (2, 1)
    seen.close()
    again = Seen.open(path)
    assert again.by_url(two.url) is None
    assert again.learned(ARTICLES) == 1


def test_catching_up_reads_only_what_is_new(seen: Seen, build_article: Build) -> None:
    shard = Lines(ARTICLES, [as_dict(build_article(n)) for n in range(3)])
    assert seen.catch_up(lambda: [shard]) == 3
    assert seen.catch_up(lambda: [shard]) == 0
    shard.lines.append(as_dict(build_article(7)))
    assert seen.catch_up(lambda: [shard]) == 1
    shard.records = 4
    shard.lines = []
    assert seen.catch_up(lambda: [shard]) == 0
    assert id_of(seen.by_url("https://example.org/7")) == build_article(7).id


def test_what_is_gone_from_the_disk_is_forgotten(seen: Seen, build_article: Build) -> None:
    kept = Lines(ARTICLES, [as_dict(build_article(1))])
    gone = Lines("feed/20261122T115602Z/articles-00001", [as_dict(build_article(2))])
    seen.catch_up(lambda: [kept, gone])
    seen.catch_up(lambda: [kept])
    assert seen.by_url("https://example.org/2") is None
    assert seen.by_fingerprint(str(build_article(2).fingerprint)) is None
    assert seen.by_url("https://example.org/1")


def test_a_shard_that_lost_lines_is_learned_anew(seen: Seen, build_article: Build) -> None:
    shard = Lines(ARTICLES, [as_dict(build_article(n)) for n in range(3)])
    seen.catch_up(lambda: [shard])
    shard.lines.pop()
    shard.records = 2
    assert seen.catch_up(lambda: [shard]) == 2
    assert seen.by_url("https://example.org/2") is None
    assert seen.by_url("https://example.org/1")


def test_a_gap_is_filled_by_the_next_catch_up(seen: Seen, build_article: Build) -> None:
    lines = [as_dict(build_article(n)) for n in range(5)]
    seen.learn(ARTICLES, lines[3:], start=3)
    seen.commit()
    assert seen.learned(ARTICLES) == 0
    assert seen.by_url("https://example.org/4")
    assert seen.catch_up(lambda: [Lines(ARTICLES, lines)]) == 5


def test_a_forgotten_start_is_read_again(tmp_path: Path, build_article: Build) -> None:
    path, lines = tmp_path / "seen.sqlite", [as_dict(build_article(n)) for n in range(4)]
    one, two = Seen.open(path), Seen.open(path)
    one.learn(ARTICLES, lines[:2], start=0)
    one.commit()
    one.learn(ARTICLES, lines[2:], start=2)
    two.catch_up(list)
    one.commit()
    assert two.learned(ARTICLES) == 0
    assert two.catch_up(lambda: [Lines(ARTICLES, lines)]) == 4


def dump(path: Path) -> list[list[Any]]:
    with closing(sqlite3.connect(path)) as database:
        return [sorted(database.execute(f"SELECT * FROM {table}")) for table in ("record", "address", "shard")]


def write_lines(build_article: Build) -> list[Lines]:
    articles = [build_article(n) for n in range(50)]
    copies = [
        Duplicate(url=f"https://c.example/{n}", duplicate_of=str(a.id), kind="exact", similarity=1.0)
        for n, a in enumerate(articles)
    ]
    outcomes = [Outcome(url=f"https://r.example/{n}", outcome="archived", id=a.id) for n, a in enumerate(articles)]
    named = {"articles": articles, "duplicates": copies, "outcomes": outcomes}
    return [Lines(f"{CRAWL}/{stream}-00001", [as_dict(r) for r in records]) for stream, records in named.items()]


def test_the_index_of_a_crawl_is_that_of_its_archive(tmp_path: Path, build_article: Build) -> None:
    shards = write_lines(build_article)
    live, rebuilt = Seen.open(tmp_path / "live.sqlite"), Seen.open(tmp_path / "rebuilt.sqlite")
    for n in range(50):
        for shard in shards:
            live.learn(shard.name, [shard.lines[n]], start=n)
        if n % 7 == 0:
            live.commit()
    live.commit()
    rebuilt.catch_up(lambda: reversed(shards))
    assert dump(tmp_path / "live.sqlite") == dump(tmp_path / "rebuilt.sqlite")
    assert len(dump(tmp_path / "live.sqlite")[0]) == 50


def test_the_index_of_a_killed_crawl_is_that_of_the_recovered_archive(tmp_path: Path, build_article: Build) -> None:
    """Archive and index together: what the killed crawl had committed and not committed, and a rebuild."""
    path, root = tmp_path / "seen.sqlite", tmp_path / "output"
    started = datetime(2026, 11, 22, 11, 56, 2, tzinfo=UTC)
    writer, seen = (
        ArchiveWriter(root, "urls", started=started, shard_records=4, sync_records=3),
        Seen.open(path),
    )
    for number in range(11):
        article = build_article(number)
        place = writer.write_article(article)
        seen.learn(place.shard, [as_dict(article)], start=place.line)
        if writer.is_synced:
            seen.commit()
    writer.abandon()
    seen.close()
    recover(root)
    seen = Seen.open(path)
    assert 0 < seen.catch_up(lambda: find_shards(root)) < 11 + 11
    seen.close()
    live = dump(path)
    path.unlink()
    seen = Seen.open(path)
    assert seen.catch_up(lambda: find_shards(root)) == 11 + 11
    assert dump(path) == live
    assert len(live[0]) == 11
    shutil.rmtree(root / "urls")
    assert seen.catch_up(lambda: find_shards(root)) == 0
    assert seen.by_url("https://example.org/1") is None


@pytest.mark.parametrize("damage", ["garbage", "header", "middle", "version", "empty"])
def test_a_file_of_no_use_is_replaced(tmp_path: Path, build_article: Build, damage: str) -> None:
    path, shards = tmp_path / "seen.sqlite", write_lines(build_article)
    seen = Seen.open(path)
    seen.catch_up(lambda: shards)
    seen.close()
    before = dump(path)
    break_file(path, damage)
    seen = Seen.open(path)
    assert seen.catch_up(lambda: shards) == 150
    assert dump(path) == before


def test_an_index_deleted_while_a_crawl_uses_it(tmp_path: Path, build_article: Build) -> None:
    path, shards = tmp_path / "seen.sqlite", write_lines(build_article)
    first = Seen.open(path)
    first.catch_up(lambda: shards)
    path.unlink()
    second = Seen.open(path)
    assert second.catch_up(lambda: shards) == 150
    first.learn(ARTICLES, [as_dict(build_article(77))], start=50)
    first.commit()
    assert first.by_url("https://example.org/77")
    assert not second.by_url("https://example.org/77")
    assert second.by_url("https://example.org/7")


def break_file(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "version":
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA user_version = 99")
        return
    path.write_bytes(
        {
            "garbage": b"this is no index" * 99,
            "header": b"\0" * 100 + content[100:],
            "middle": content[:4096] + b"\xff" * 8192 + content[4096 * 3 :],
            "empty": b"",
        }[damage]
    )


@pytest.mark.parametrize("name", ["seen.sqlite", "file/seen.sqlite"])
def test_a_place_where_no_index_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "seen.sqlite").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"seen.sqlite"):
        Seen.open(tmp_path / name)


_LEARN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import build_article
from newscrawl.archive import as_dict
from newscrawl.dedup import Seen
seen = Seen.open(Path(sys.argv[1]))
number = int(sys.argv[2])
for line in range(150):
    lines = [as_dict(build_article(number * 1000 + line))]
    seen.learn(f"urls/2026112{number}T115602Z/articles-00001", lines, start=line)
    seen.commit()
    assert seen.by_url(lines[0]["url"])
"""


def test_several_crawls_share_it(tmp_path: Path) -> None:
    path = tmp_path / "seen.sqlite"
    commands = [[sys.executable, "-c", _LEARN, str(path), str(n), str(Path(__file__).parent)] for n in range(3)]
    crawls = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    errors = [crawl.communicate(timeout=120)[1] for crawl in crawls]
    assert errors == ["", "", ""]
    assert [rows[1] for rows in dump(path)[2]] == [150, 150, 150]
    assert len(dump(path)[0]) == 450


@pytest.mark.parametrize("url", ["http://[::1", "", "not a url", "https://a.example/\ud800", "https://a.example/\0"])
def test_any_address_can_be_asked_for(seen: Seen, url: str) -> None:
    assert seen.by_url(url) is None


@pytest.mark.parametrize(
    "line", [{}, {"id": 7, "url": "u"}, {"id": "x"}, {"id": "x", "url": 7}, {"id": "x", "url": "u"}]
)
def test_a_strange_line_is_no_error(seen: Seen, line: dict[str, Any]) -> None:
    seen.learn(ARTICLES, [line], start=0)
    assert seen.learned(ARTICLES) == 1
