"""The commands that need no crawl."""

import csv
import gzip
import json
import signal
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from newscrawl.items import Article
from tests.cli import Finished, articles, crawl, crawls, run, run_all, start
from tests.site import Site, article, article_page

_SEED = Path(__file__).parents[2] / ".." / "shared" / "eval" / "attributions" / "ar.jsonl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages, and the archive of a crawl of three stories, of which two are the same."""
    folder = tmp_path_factory.mktemp("commands")
    with Site({"/1": article(1), "/2": article(2), "/copy": article(2)}) as site:
        assert crawl("urls", f"urls={','.join(map(site.url, ('/1', '/2', '/copy')))}", cwd=folder).status == 0
    (folder / "pages").mkdir()
    (folder / "pages" / "1.html").write_text(article_page(1))
    (folder / "pages" / "2.html.gz").write_bytes(gzip.compress(article_page(2).encode()))
    (folder / "pages" / "none.html").write_text("")
    (folder / "pages" / "broken.html.gz").write_bytes(b"\x1f\x8bno")
    entries = [("one", "1.html", "http://example.org/1"), ("two", "2.html.gz", None), ("none", "none.html", None)]
    lines = [json.dumps(dict(zip(("id", "path", "url"), entry, strict=True))) for entry in entries]
    (folder / "pages" / "list.jsonl").write_text("\n".join(lines) + "\n\n")
    return folder


def _records(done: Finished) -> list[dict[str, Any]]:
    assert done.status == 0
    return [json.loads(line) for line in done.out.split("\n") if line]


def test_extract(folder: Path) -> None:
    commands = [
        ("extract", "pages/1.html", "pages/2.html.gz", "pages/none.html", "pages/broken.html.gz"),
        ("extract", "pages/1.html", "--url", "http://example.org/1?utm_source=x"),
        ("extract", "--list", "pages/list.jsonl"),
    ]
    several, addressed, listed = run_all(commands, cwd=folder)
    found = _records(several)
    assert [next(iter(record)) for record in found] == ["page"] * 4
    assert [record["page"] for record in found] == list(commands[0][1:])
    assert [record.get("title") for record in found[:2]] == ["Report 1 on the ferries", "Report 2 on the ferries"]
    assert found[2:] == [
        {"page": "pages/none.html", "rejected": "empty"},
        {"page": "pages/broken.html.gz", "rejected": "unreadable"},
    ]
    assert several.err.startswith("newscrawl: pages/broken.html.gz: ")
    assert several.err.count("\n") == 1
    (record,) = _records(addressed)
    assert (record["canonical_url"], record["outlet"]) == ("http://example.org/1", "example.org")
    assert [record["page"] for record in _records(listed)] == ["one", "two", "none"]
    assert _records(listed)[0]["url"] == "http://example.org/1"
    assert listed.err == addressed.err == ""


def test_annotate(tmp_path: Path) -> None:
    text = "The ferry sank, Reuters reported.\u2028\nNobody was hurt. \U0001f600"
    old = {"text": text, "id": 7, "mine": {"kept": [None]}, "language": "en"}
    bare = {"title": "without a text"}
    (tmp_path / "old.jsonl").write_text(f"{json.dumps(old)}\n\n{json.dumps(bare)}\n")
    done = run("annotate", "old.jsonl", cwd=tmp_path)
    first, second = _records(done)
    assert {key: first[key] for key in old} == old
    credit = first["attributions"][0]
    assert (credit["outlet"], text[credit["start"] : credit["end"]]) == ("reuters.com", "Reuters")
    assert first["tweets"] == []
    assert second == bare


@pytest.mark.skipif(not _SEED.exists(), reason="the labelled texts are not here")
def test_annotate_the_report_that_everything_started_from(tmp_path: Path) -> None:
    (seed,) = [line for line in _SEED.read_text(encoding="utf-8").split("\n") if '"ar-seed"' in line]
    (record,) = _records(run("annotate", "-", cwd=tmp_path, stdin=seed))
    tweet = record["tweets"][0]
    told = {key: tweet[key] for key in ("handle", "name", "date", "media", "outlet")}
    assert told == {
        "handle": "RTarabic",
        "name": "RTARABIC",
        "date": "2020-10-20",
        "media": ["pic.twitter.com/l7UvChB2pL"],
        "outlet": "rt.com",
    }
    credits = [a["outlet"] for a in record["attributions"]]
    assert sorted(credits) == ["alarabiya.net", "rt.com", "rt.com", "rt.com"]


def test_annotate_names_lines_that_are_no_records_and_goes_on(tmp_path: Path) -> None:
    lines = ['{"text": ', '["text"]', '{"text": "x", "mine": [NaN, -Infinity, 1e999, 1.5]}', "", "nope", '{"a": 1}']
    done = run("annotate", "-", cwd=tmp_path, stdin="\n".join(lines))
    said = done.err.rstrip("\n").split("\n")
    assert [line.partition(": not ")[0] for line in said] == [f"newscrawl: -, line {n}" for n in (1, 2, 5)]
    assert said[1].endswith("not a JSON object")
    assert done.status == 1
    found = [json.loads(line) for line in done.out.rstrip("\n").split("\n")]
    assert found == [{"text": "x", "mine": [None, None, None, 1.5], "tweets": [], "attributions": []}, {"a": 1}]


def test_annotate_says_which_keys_help_and_which_file_is_missing(tmp_path: Path) -> None:
    told, missing = run_all([("annotate", "-h"), ("annotate", "none.jsonl")], cwd=tmp_path)
    assert all(f'"{key}"' in told.out for key in ("text", "language", "outlet", "url"))
    assert missing == Finished(2, "", "newscrawl: annotate: none.jsonl: No such file or directory\n")


@pytest.mark.parametrize(
    "entry", ['{"id": "a", "path": "1.html", "url": 5}', '{"id": "a"}', "[1]", "{", '{"id": "a", "path": 5}']
)
def test_extract_names_the_line_of_a_list_that_is_wrong(tmp_path: Path, entry: str) -> None:
    (tmp_path / "list.jsonl").write_text(f"\n{entry}\n")
    done = run("extract", "--list", "list.jsonl", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("newscrawl: extract: list.jsonl, line 2: ")
    assert done.err.count("\n") == 1


def test_extract_of_a_damaged_gzip_file(tmp_path: Path) -> None:
    packed = gzip.compress(article_page(1).encode())
    (tmp_path / "a.html.gz").write_bytes(packed[:20] + b"\xff" * 40 + packed[60:])
    done = run("extract", "a.html.gz", cwd=tmp_path)
    assert _records(done) == [{"page": "a.html.gz", "rejected": "unreadable"}]
    assert done.err.startswith("newscrawl: a.html.gz: ")


def test_export(folder: Path) -> None:
    shard = str(next(folder.glob("output/urls/*/articles-00001.jsonl.gz")).relative_to(folder))
    commands = [
        ("export", "jsonl", "output"),
        ("export", "csv", "output", "-o", "table.csv"),
        ("export", "jsonl", shard, "-o", "missing/file.jsonl"),
    ]
    lines, table, refused = run_all(commands, cwd=folder)
    assert _records(lines) == articles(folder)
    assert table == Finished(0, "", "")
    rows = list(csv.DictReader(StringIO((folder / "table.csv").read_text(encoding="utf-8"), newline="")))
    assert [row["text"] for row in rows] == [record["text"] for record in articles(folder)]
    assert list(rows[0]) == list(Article.__dataclass_fields__)
    assert json.loads(rows[0]["provenance"]) == articles(folder)[0]["provenance"]
    assert refused == Finished(2, "", "newscrawl: export: missing/file.jsonl: No such file or directory\n")


def test_verify(folder: Path) -> None:
    assert run("verify", "output", cwd=folder) == Finished(0, "", "")
    shard = crawls(folder)[-1] / "articles-00001.jsonl.gz"
    content = shard.read_bytes()
    try:
        shard.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
        flipped = run("verify", "output", cwd=folder)
        shard.unlink()
        missing = run("verify", str(crawls(folder)[-1]), cwd=folder)
    finally:
        shard.write_bytes(content)
    for done in (flipped, missing):
        assert (done.status, done.err) == (1, "")
        assert all(shard.name in line or "crawl.json" in line for line in done.out.rstrip("\n").split("\n"))
        assert shard.name in done.out


def test_demo_serves_until_ctrl_c(tmp_path: Path) -> None:
    with start("demo", "--port", "0", cwd=tmp_path) as process:
        assert process.stdout
        door, *homes = [process.stdout.readline().strip() for _ in range(4)]
        with urlopen(door.replace("localhost", "127.0.0.1"), timeout=20) as page:
            served = page.read().decode()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert all(home in served for home in homes)
    assert (process.returncode, out, err) == (0, "", "")
