import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import as_dict, read_archive, read_stream
from newscrawl.crawl import INDEX, Crawl
from newscrawl.dedup import identify_article
from newscrawl.errors import ArchiveError, UsageError
from newscrawl.items import Article, Candidate, Duplicate, Hints, Provenance

STARTED = datetime(2026, 11, 22, 11, 56, 2, tzinfo=UTC)
TEXT = "Story number {} is told here at some length. "

Start = Callable[[], Crawl]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a crawl; each starts a day after the one before."""
    crawls: list[Crawl] = []

    def start_next() -> Crawl:
        crawls.append(Crawl(tmp_path, "urls", started=STARTED + timedelta(days=len(crawls))))
        return crawls[-1]

    yield start_next
    for crawl in crawls:
        crawl.abandon()


def candidate(path: str, **hints: Any) -> Candidate:
    return Candidate(url=f"https://example.org/{path}", via="list", hints=Hints(**hints))


def build_article(crawl: Crawl, path: str, *, text: str | None = None, **values: Any) -> Article:
    url = f"https://example.org/{path}"
    provenance = Provenance(
        spider="urls",
        crawl=crawl.id,
        fetched_at=f"{crawl.id[:4]}-{crawl.id[4:6]}-{crawl.id[6:8]}T12:00:00Z",
        body_sha256="0" * 64,
        extractor="newscrawl/0",
    )
    story = text or TEXT.format(path) * 9
    defaults: dict[str, Any] = {"url": url, "canonical_url": url, "text": story, "provenance": provenance}
    return identify_article(Article(**(defaults | values)))


def take(crawl: Crawl, article: Article, **hints: Any) -> str:
    """The way of an article through a crawl, as the pipelines go it; how it ended."""
    before = dict(crawl.outcomes)
    if crawl.admit(Candidate(url=article.url, hints=Hints(**hints))):
        match = crawl.find_duplicate(article)
        if match is None:
            crawl.archive(article)
            crawl.end(article.url, "archived", record=article.id)
        else:
            outcome = "unchanged" if match.kind == "unchanged" else "duplicate"
            crawl.end(article.url, outcome, record=match.record.id)
    (ended,) = [outcome for outcome, count in crawl.outcomes.items() if count != before.get(outcome, 0)]
    return ended


def close(crawl: Crawl, reason: str = "finished") -> None:
    assert crawl.close(reason=reason, finished=STARTED + timedelta(days=9)) == []


def test_a_story_is_archived_and_its_candidate_ends_once(start: Start, tmp_path: Path) -> None:
    crawl = start()
    article = build_article(crawl, "1")
    assert take(crawl, article) == "archived"
    close(crawl)
    summary = json.loads((crawl.folder / "crawl.json").read_text())
    assert summary["outcomes"] == {"archived": 1}
    assert [record["id"] for record in read_archive(tmp_path)] == [article.id]


def test_twins_share_the_fate_of_the_first(start: Start) -> None:
    crawl = start()
    article = build_article(crawl, "1")
    assert crawl.admit(candidate("1"))
    assert not crawl.admit(candidate("1?utm_source=x"))
    assert not crawl.admit(candidate("1/amp"))
    assert not crawl.admit(candidate("1"))
    crawl.archive(article)
    crawl.end(article.url, "archived", record=article.id)
    assert crawl.outcomes == {"archived": 1, "duplicate": 2}
    close(crawl)


@pytest.mark.parametrize("outcome", ["failed:timeout", "failed:http-503", "rejected:robots"])
def test_where_one_address_can_not_be_fetched_its_twin_is(start: Start, outcome: str) -> None:
    crawl = start()
    crawl.admit(candidate("1/amp"))
    for twin in ("1", "1?utm_source=x"):
        assert not crawl.admit(candidate(twin))
    assert crawl.end("https://example.org/1/amp", outcome) == candidate("1")
    article = build_article(crawl, "1")
    crawl.archive(article)
    assert crawl.end(article.url, "archived", record=article.id) is None
    assert crawl.outcomes == {outcome: 1, "archived": 1, "duplicate": 1}
    close(crawl)


def test_twins_share_the_refusal_of_their_page(start: Start) -> None:
    crawl = start()
    crawl.admit(candidate("1"))
    crawl.admit(candidate("1/amp"))
    assert crawl.end("https://example.org/1", "rejected:soft-404") is None
    assert crawl.outcomes == {"rejected:soft-404": 2}
    close(crawl)


def test_twins_that_wait_at_the_end_are_interrupted_as_well(start: Start) -> None:
    crawl = start()
    crawl.admit(candidate("1"))
    crawl.admit(candidate("1/amp"))
    close(crawl, "shutdown")
    assert crawl.outcomes == {"failed:interrupted": 2}


def test_an_address_that_this_crawl_archived_is_a_duplicate_without_a_download(start: Start) -> None:
    crawl = start()
    take(crawl, build_article(crawl, "1"))
    assert not crawl.admit(candidate("1/amp"))
    assert crawl.outcomes == {"archived": 1, "duplicate": 1}
    close(crawl)


def test_an_address_that_an_earlier_crawl_archived_is_unchanged_without_a_download(start: Start) -> None:
    first = start()
    take(first, build_article(first, "1"))
    close(first)
    second = start()
    assert not second.admit(candidate("1"))
    assert second.outcomes == {"unchanged": 1}
    close(second)


@pytest.mark.parametrize(
    ("modified_at", "is_fetched"),
    [
        ("2026-11-22T12:30:00Z", True),
        ("2026-11-23", True),
        ("2026-11-22T11:00:00Z", False),
        ("2026-11-22", True),  # perhaps later that day
        ("2026-11-21", False),
        (None, False),
    ],
)
def test_a_page_that_says_it_changed_since_is_fetched_again(
    start: Start, modified_at: str | None, is_fetched: bool
) -> None:
    first = start()
    take(first, build_article(first, "1"))
    close(first)
    assert start().admit(candidate("1", modified_at=modified_at)) is is_fetched


def test_a_changed_page_is_a_revision_at_the_same_address(start: Start, tmp_path: Path) -> None:
    first = start()
    take(first, build_article(first, "1"))
    close(first)
    second = start()
    changed = build_article(second, "1", text="The story is told anew. " * 9)
    assert take(second, changed, modified_at="2026-11-23T00:00:01Z") == "archived"
    close(second)
    third = start()
    assert take(third, replace(build_article(third, "1"), fingerprint=changed.fingerprint)) == "unchanged"
    close(third)
    records = list(read_archive(tmp_path))
    assert len({record["id"] for record in records}) == len(records) == 2


def test_a_page_that_only_says_it_changed_is_unchanged(start: Start) -> None:
    first = start()
    take(first, build_article(first, "1"))
    close(first)
    second = start()
    assert take(second, build_article(second, "1"), modified_at="2026-11-23T00:00:01Z") == "unchanged"
    close(second)


def test_the_same_text_elsewhere_is_linked(start: Start, tmp_path: Path) -> None:
    crawl = start()
    article = build_article(crawl, "1")
    take(crawl, article)
    copy = build_article(crawl, "2", text=article.text)
    assert crawl.admit(candidate("2"))
    match = crawl.find_duplicate(copy)
    assert match
    line = Duplicate(url=copy.url, duplicate_of=match.record.id, kind="exact", similarity=1.0, fetched_at="2026-11-22")
    crawl.end(copy.url, "duplicate", record=match.record.id, duplicate=line)
    close(crawl)
    assert list(read_stream(crawl.folder, "duplicates")) == [as_dict(line)]
    assert [record["outcome"] for record in read_stream(crawl.folder, "outcomes")] == ["archived", "duplicate"]
    assert len(list(read_archive(tmp_path))) == 1


@pytest.mark.parametrize(
    ("reason", "outcome"), [("shutdown", "failed:interrupted"), ("finished", "failed:not-fetched")]
)
def test_what_is_under_way_at_the_end_failed(start: Start, reason: str, outcome: str) -> None:
    crawl = start()
    crawl.admit(candidate("1"))
    crawl.admit(candidate("1/amp"))
    close(crawl, reason)
    assert crawl.outcomes == {outcome: 2}


def test_an_outcome_that_nobody_wrote_is_a_fault(start: Start) -> None:
    crawl = start()
    crawl.admit(candidate("1"))
    crawl._ledger.end("https://example.org/1")
    (fault,) = crawl.close(reason="finished", finished=STARTED)
    assert fault.startswith("candidates: 1 admitted")


def test_sources_that_could_not_be_read_are_told(start: Start) -> None:
    crawl = start()
    crawl.unread["https://example.org/feed"] = "failed:not-a-feed"
    close(crawl)
    assert json.loads((crawl.folder / "crawl.json").read_text())["unread"] == crawl.unread


def test_a_killed_crawl_is_completed_by_the_next_and_its_stories_are_known(start: Start, tmp_path: Path) -> None:
    killed = start()
    take(killed, build_article(killed, "1"))
    killed.abandon()
    crawl = start()
    assert (killed.folder / "crawl.json").exists()
    assert not crawl.admit(candidate("1"))
    close(crawl)


def test_the_index_may_be_deleted(start: Start, tmp_path: Path) -> None:
    first = start()
    take(first, build_article(first, "1"))
    close(first)
    for path in tmp_path.glob(f"{INDEX}*"):
        path.unlink()
    second = start()
    assert not second.admit(candidate("1"))
    close(second)


@pytest.mark.parametrize("step", ["admit", "find_duplicate", "archive"])
def test_an_index_that_breaks_is_one_clear_line(start: Start, tmp_path: Path, step: str) -> None:
    crawl = start()
    article = build_article(crawl, "1")
    breaking = sqlite3.connect(tmp_path / INDEX)
    for table in ("record", "address", "shard"):
        breaking.execute(f"DROP TABLE {table}")
    breaking.close()
    steps: dict[str, Callable[[], object]] = {
        "admit": lambda: crawl.admit(candidate("1")),
        "find_duplicate": lambda: crawl.find_duplicate(article),
        "archive": lambda: crawl.archive(article),
    }
    with pytest.raises(ArchiveError, match=rf"{INDEX}: no such table.*may be deleted") as caught:
        steps[step]()
    assert "\n" not in str(caught.value)


def test_an_output_folder_that_cannot_be_one(tmp_path: Path) -> None:
    blocked = tmp_path / "output"
    blocked.write_text("a file")
    with pytest.raises((ArchiveError, UsageError), match="output"):
        Crawl(blocked, "urls", started=STARTED)
