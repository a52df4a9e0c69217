"""One run of one spider: which candidates it admits, what it archives, how each of them ends."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.archive import ArchiveWriter, Place, Record, as_dict, find_count_faults, find_shards, recover
from newscrawl.dedup import Match, Seen, find_duplicate
from newscrawl.errors import ArchiveError
from newscrawl.items import Article, Candidate, Duplicate, Outcome
from newscrawl.ledger import Ledger
from newscrawl.urls import registrable_domain

__all__ = ["INDEX", "Crawl"]

INDEX = "seen.sqlite"

logger = logging.getLogger(__name__)


class Crawl:
    """A crawl's archive, its index of what is archived, and the account of its candidates.

    The order makes it safe: a line is written first, learned by the index second, and counted last.
    """

    def __init__(self, root: Path, spider: str, *, started: datetime, **options: Any) -> None:
        """Complete what a killed crawl left, bring the index up to date, open the archive.

        Args:
            root: the output folder.
            spider: the spider's name.
            started: aware time.
            options: of `ArchiveWriter`.

        Raises:
            ArchiveError, UsageError: the folder or the index can't be used; names it.
        """
        root = _make_folder(root.absolute())
        for recovery in recover(root):
            logger.warning("%s", recovery)
        self._index = root / INDEX
        self._seen = Seen.open(self._index)
        with self._index_errors():
            self._seen.catch_up(lambda: find_shards(root))
        self._writer = ArchiveWriter(root, spider, started=started, **options)
        self._ledger = Ledger()
        self.unread: dict[str, str] = {}
        """Feeds, sitemaps and other sources of candidates that could not be read → why."""

    @property
    def id(self) -> str:
        return self._writer.crawl

    @property
    def spider(self) -> str:
        return self.folder.parent.name

    @property
    def name(self) -> str:
        """``spider/crawl id``."""
        return f"{self.spider}/{self.id}"

    @property
    def folder(self) -> Path:
        return self._writer.folder

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Outcome → number of candidates that ended so."""
        return self._ledger.outcomes

    def admit(self, candidate: Candidate) -> bool:
        """Count a candidate; True if its page has to be fetched.

        It has not if the archive holds the page and nothing says that it changed since, or if a twin of it is under
        way.

        Raises:
            ArchiveError: the index could not be read, or the outcome not be written.
        """
        if not self._ledger.admit(candidate):
            return False
        with self._index_errors():
            record = self._seen.by_url(candidate.url)
        if record is None or _is_changed(candidate.hints.modified_at, since=record.fetched_at):
            return True
        outcome = "duplicate" if record.crawl == self.name else "unchanged"
        self.end(candidate.url, outcome, record=record.id)
        return False

    def is_under_way(self, url: str) -> bool:
        """Whether the candidate ``url`` was admitted and has no outcome yet."""
        return self._ledger.is_under_way(url)

    def find_duplicate(self, article: Article) -> Match | None:
        """The archived record that makes ``article`` superfluous.

        Raises:
            ArchiveError: the index could not be read.
        """
        with self._index_errors():
            return find_duplicate(article, self._seen)

    def archive(self, article: Article) -> None:
        """Write a record.

        Raises:
            ArchiveError: it could not be written; no part of it stays.
        """
        self._learn(self._writer.write_article(article), article)

    def end(
        self, url: str, outcome: str, *, record: str | None = None, duplicate: Duplicate | None = None
    ) -> Candidate | None:
        """Give a candidate its outcome, and its twins theirs.

        What a page holds is true of its twins as well; that one address could not be fetched is not.

        Args:
            url: the candidate.
            outcome: see `Outcome`.
            record: id of the record that holds the story.
            duplicate: what to tell of a duplicate beyond its address, where its page was read.

        Returns:
            The twin to fetch in its stead, where there is one.

        Raises:
            ArchiveError: the outcome could not be written, or the index not be used.
            KeyError: the candidate is not under way.
        """
        first, *twins = self._ledger.end(url)
        self._write_end(first, outcome, record, duplicate)
        if twins and (outcome.startswith("failed:") or outcome == "rejected:robots"):
            self._ledger.readmit(twins)
            return twins[0]
        for twin in twins:
            self._write_end(twin, "duplicate" if outcome == "archived" else outcome, record, None)
        return None

    def close(self, *, reason: str, finished: datetime) -> list[str]:
        """End what is still under way, seal everything, write crawl.json.

        Args:
            reason: why the crawl ended, Scrapy's word.
            finished: aware time.

        Returns:
            Where counts do not add up, a line each; empty if all is well.

        Raises:
            ArchiveError: something could not be written; the next crawl completes this one then.
        """
        while left := self._ledger.under_way:
            for candidate in left:
                self.end(candidate.url, "failed:interrupted" if reason == "shutdown" else "failed:not-fetched")
        summary = self._writer.close(reason=reason, finished=finished, unread=self.unread)
        with self._index_errors(), closing(self._seen):
            self._seen.commit()
        return list(self._find_faults(summary))

    def abandon(self) -> None:
        """Let go of archive and index after a failed write; the next crawl completes this one."""
        self._writer.abandon()
        self._seen.close()

    def _write_end(self, candidate: Candidate, outcome: str, record: str | None, duplicate: Duplicate | None) -> None:
        if outcome == "duplicate" and record:
            line = duplicate or self._describe_twin(candidate.url, record)
            self._learn(self._writer.write_duplicate(line), line)
        end = Outcome(url=candidate.url, outcome=outcome, id=record, discovered_via=candidate.via)
        self._learn(self._writer.write_outcome(end), end)
        self._ledger.count(outcome)

    def _describe_twin(self, url: str, record: str) -> Duplicate:
        """Of an address whose page was not read: it is the outlet's of the record that it leads to."""
        with self._index_errors():
            known = self._seen.by_url(url)
        outlet = known.outlet if known else registrable_domain(url)
        return Duplicate(url=url, duplicate_of=record, kind="url", similarity=1.0, outlet=outlet)

    def _learn(self, place: Place, record: Record) -> None:
        with self._index_errors():
            self._seen.learn(place.shard, [as_dict(record)], start=place.line)
            if self._writer.is_synced:
                self._seen.commit()

    @contextmanager
    def _index_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = "it may be deleted, the next crawl makes it anew from the archive"
            raise ArchiveError(f"index {self._index}: {error} ({advice})") from error

    def _find_faults(self, summary: Mapping[str, Any]) -> Iterator[str]:
        yield from find_count_faults(summary)
        if not self._ledger.adds_up:
            yield f"candidates: {self._ledger.admitted} admitted, but {self.outcomes} ended"


def _is_changed(modified_at: str | None, *, since: str | None) -> bool:
    """Compared as text, both being ISO 8601 in UTC; where one is a day alone, by the day."""
    if not modified_at or not since:
        return False
    shown = min(len(modified_at), len(since))
    return modified_at[:shown] >= since[:shown]


def _make_folder(root: Path) -> Path:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{root}: {error.strerror}") from error
    return root
