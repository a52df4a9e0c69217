import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from newscrawl.errors import ExtractionFailed, Rejected
from newscrawl.items import Article, Page
from newscrawl.workers import Workers
from tests.cli import wait_until

SENTENCE = "The council said on Tuesday that the bridge would open again before the winter, Reuters reported. "
pytestmark = pytest.mark.filterwarnings("error")


def page(number: int = 0, *, paragraphs: int = 5) -> Page:
    prose = "".join(f"<p>{SENTENCE * 3} {number}.{n}</p>" for n in range(paragraphs))
    html = f"<html><head><title>Story {number}</title></head><body><article>{prose}</article></body></html>"
    return Page(url=f"https://example.org/{number}", body=html.encode())


SLOW = page(paragraphs=30_000)
"""Many seconds of work."""


def processes() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def run(use: Callable[[Workers], Awaitable[None]], count: int = 1, **options: float) -> None:
    """Use workers, which leave no process behind."""

    async def use_and_close() -> None:
        workers = Workers(count, **options)  # type: ignore[arg-type]
        try:
            await use(workers)
        finally:
            await workers.close()

    asyncio.run(use_and_close())
    assert not processes()


async def extract_all(workers: Workers, count: int) -> list[Article]:
    return await asyncio.gather(*(workers.extract(page(number)) for number in range(count)))


@pytest.mark.parametrize("count", [0, 2])
def test_articles_come_back_with_identity(count: int) -> None:
    async def use(workers: Workers) -> None:
        found = await extract_all(workers, 9)
        assert [a.title for a in found] == [f"Story {n}" for n in range(9)]
        assert len({a.id for a in found}) == 9
        assert [a.attributions[0].name for a in found] == ["Reuters"] * 9

    run(use, count)


@pytest.mark.parametrize("count", [0, 1])
def test_a_refusal_comes_back_with_its_reason(count: int) -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(Rejected) as refusal:
            await workers.extract(Page(url="https://example.org/", body=b"%PDF-1.7"))
        assert refusal.value.reason == "not-html"

    run(use, count)


def test_outlets_of_the_users_own_are_known_to_the_workers(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[outlet]]\ndomain = "example.org"\nname = "The Example"\nmedium = "site"\n', encoding="utf-8")

    async def use(workers: Workers) -> None:
        assert (await workers.extract(page())).outlet_name == "The Example"

    run(use, outlets_file=file)  # type: ignore[arg-type]


def test_a_page_that_takes_too_long_is_ended_alone() -> None:
    async def use(workers: Workers) -> None:
        slow, *others = await asyncio.gather(
            workers.extract(SLOW), workers.extract(page(1)), workers.extract(page(2)), return_exceptions=True
        )
        assert isinstance(slow, ExtractionFailed)
        assert slow.reason == "extraction-timeout"
        assert [a.title for a in others if isinstance(a, Article)] == ["Story 1", "Story 2"]

    run(use, seconds=3)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_page_whose_process_dies_is_lost_alone() -> None:
    async def use(workers: Workers) -> None:
        await workers.extract(page())
        (worker,) = processes()
        before = cpu_ticks(worker)
        slow, other = (asyncio.create_task(workers.extract(p)) for p in (SLOW, page(1)))
        await asyncio.to_thread(wait_until, lambda: cpu_ticks(worker) > before + 10)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(ExtractionFailed) as failure:
            await slow
        assert failure.value.reason == "extraction-crash"
        assert (await other).title == "Story 1"

    run(use)


def test_a_process_that_dies_at_rest_costs_no_page() -> None:
    async def use(workers: Workers) -> None:
        for number in range(3):
            assert (await workers.extract(page(number))).title == f"Story {number}"
            for worker in processes():
                os.kill(worker, signal.SIGKILL)

    run(use, 2)


def test_a_process_is_replaced_after_some_pages() -> None:
    async def use(workers: Workers) -> None:
        first = processes()
        assert len(await extract_all(workers, 5)) == 5
        assert not first & processes()

    run(use, pages=2)


@pytest.mark.parametrize("count", [0, 1])
def test_a_source_waits_while_there_is_no_room(count: int) -> None:
    async def use(workers: Workers) -> None:
        under_way: set[asyncio.Task[Article]] = set()
        most = 0
        for number in range(20):
            under_way.add(asyncio.create_task(workers.extract(page(number))))
            await workers.wait_for_room()
            under_way = {task for task in under_way if not task.done()}
            most = max(most, len(under_way))
        await asyncio.gather(*under_way)
        assert most <= count * 2

    run(use, count)


def cpu_ticks(pid: int) -> int:
    """User time of a process, in the kernel's ticks of a hundredth of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
