"""Extraction in processes of its own, so that all cores work and the crawl's loop never waits for a page."""

import asyncio
import gc
import os
import signal
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, resource_tracker
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from newscrawl.dedup import identify_article
from newscrawl.errors import ExtractionFailed
from newscrawl.items import Article, Page
from newscrawl.outlets import load_registry

__all__ = ["Workers"]

_AHEAD = 2  # pages under way for each worker: one in work, one that it can go on with at once


class Workers:
    """Processes that extract pages; a page that hangs or kills its process costs that page alone.

    A process is replaced after ``pages`` pages, which gives back what libxml2 and the caches keep.
    """

    def __init__(
        self,
        count: int,
        *,
        seconds: float = 60.0,
        pages: int = 5000,
        outlets_file: Path | str | None = None,
        anaphora: bool = False,
    ) -> None:
        """Start the processes.

        Args:
            count: number of processes; 0 extracts in this one, without the time limit.
            seconds: a page's time limit.
            pages: after how many pages a process is replaced.
            outlets_file: of `load_registry`.
            anaphora: of `extract_article`.
        """
        self._count = count
        self._seconds = seconds
        self._pages = pages
        self._outlets_file = outlets_file
        self._extract = partial(_extract, outlets_file=outlets_file, anaphora=anaphora)
        self._room = asyncio.Semaphore(max(1, count * _AHEAD))
        if count:
            self._pool = self._start()

    async def extract(self, page: Page) -> Article:
        """The article of a page, with its identity; waits while as many pages are under way as there is room for.

        Raises:
            Rejected: see `extract_article`.
            ExtractionFailed: the page took too long, or its process died.
        """
        async with self._room:
            return await self._submit(page) if self._count else self._extract(page)

    async def wait_for_room(self) -> None:
        """Return when a page given to `extract` would be worked on; for sources that are faster than any network."""
        await asyncio.sleep(0)  # the pages given before come first
        async with self._room:
            pass

    async def close(self) -> None:
        """End the processes, whatever they do."""
        if self._count:
            self._pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(self._pool.join)

    async def _submit(self, page: Page) -> Article:
        for _ in range(2):
            future = self._running_pool().schedule(self._extract, args=(page,), timeout=self._seconds)
            try:
                article: Article = await asyncio.wrap_future(future)
                return article
            except BrokenProcessPool:
                continue  # no page was the cause: a process died at rest
            except TimeoutError as error:
                raise ExtractionFailed("extraction-timeout") from error
            except ProcessExpired as error:
                raise ExtractionFailed("extraction-crash") from error
        raise ExtractionFailed("extraction-crash")

    def _running_pool(self) -> ProcessPool:
        if not self._pool.active:
            self._pool.join()
            self._pool = self._start()
        return self._pool

    def _start(self) -> ProcessPool:
        # pebble, because it ends a page that takes too long and survives the death of a process: that breaks the pools
        # of loky and concurrent.futures, and neither knows a time limit.
        pool = ProcessPool(
            max_workers=self._count,
            max_tasks=self._pages,
            initializer=_prepare,
            initargs=(self._outlets_file,),
            # A fork would share the crawl's lock, its index and its sockets.
            context=get_context("spawn"),
        )
        with _deaf_to_interrupts():
            assert pool.active  # asking starts the processes
        return pool


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What starts in this block does not hear Ctrl-C, which a terminal sends to every process of a crawl."""
    resource_tracker.ensure_running()  # its own start would make this thread hear again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(outlets_file: Path | str | None) -> None:
    from newscrawl.extract import extract_article  # noqa: F401

    load_registry(outlets_file)
    gc.freeze()  # what lives as long as the process need not be looked at again and again
    os.nice(5)  # where cores are scarce, the crawl's loop comes first: it feeds all workers


def _extract(page: Page, *, outlets_file: Path | str | None, anaphora: bool) -> Article:
    # The crawl's own process has no use for trafilatura.
    from newscrawl.extract import extract_article

    return identify_article(extract_article(page, registry=load_registry(outlets_file), anaphora=anaphora))
