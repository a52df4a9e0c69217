"""A crawl with worker processes: none of them outlives it, and one that dies costs a page at most."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli import FAST, articles, crawl, outcomes, start, summary, wait_until
from tests.commands.conftest import HELD, PATHS
from tests.site import Site, article, article_page, html

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

_WORKERS = ("-s", "EXTRACT_WORKERS=2", "-s", "EXTRACT_WORKER_PAGES=2")


_LINES = (
    f"<p>Line {n} of the log says that {n} ships left the harbour, as Reuters told the Times.</p>"
    for n in range(45_000)
)
"""Many seconds of work."""


@pytest.fixture
def under_way(tmp_path: Path, held: Site) -> Iterator[subprocess.Popen[str]]:
    """A crawl that waits for the last of its stories."""
    urls = ",".join(map(held.url, PATHS))
    with start("crawl", "urls", *FAST, *_WORKERS, "-a", f"urls={urls}", cwd=tmp_path) as process:
        wait_until(lambda: HELD in held.asked and _archived(tmp_path) == len(PATHS) - 1)
        yield process
        process.kill()


@pytest.mark.parametrize("ways", [[signal.SIGKILL], [signal.SIGINT, signal.SIGINT]], ids=["kill -9", "Ctrl-C twice"])
def test_no_worker_outlives_a_crawl(under_way: subprocess.Popen[str], ways: list[signal.Signals]) -> None:
    workers = _children(under_way.pid)
    assert len(workers) >= 2
    assert under_way.stderr
    for way in ways:
        under_way.send_signal(way)
        if way == signal.SIGINT:
            under_way.stderr.readline()
    under_way.wait(60)
    wait_until(lambda: not any(map(_is_alive, workers)))


def test_ctrl_c_of_a_terminal_reaches_the_workers_as_well(
    tmp_path: Path, held: Site, under_way: subprocess.Popen[str]
) -> None:
    workers = _children(under_way.pid)
    for pid in (under_way.pid, *workers):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
    held.closing.set()
    out, err = under_way.communicate(timeout=60)
    assert (under_way.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert len(articles(tmp_path)) >= len(PATHS) - 1
    assert summary(tmp_path)["finish_reason"] == "shutdown"
    wait_until(lambda: not any(map(_is_alive, workers)))


def test_workers_that_die_at_rest_are_replaced(tmp_path: Path, held: Site, under_way: subprocess.Popen[str]) -> None:
    for pid in filter(_is_worker, _children(under_way.pid)):
        os.kill(pid, signal.SIGKILL)
    held.answers[HELD] = article(4)
    held.closing.set()
    _, err = under_way.communicate(timeout=60)
    assert "Traceback" not in err
    assert under_way.returncode == 0
    assert {record["url"] for record in articles(tmp_path)} >= {held.url(path) for path in PATHS if path != HELD}


def test_a_page_that_takes_too_long_costs_that_page(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/1": article(1), "/long": html(article_page(2) + "".join(_LINES))}
    urls = ",".join(map(site.url, ["/long", "/1"]))
    done = crawl("urls", f"urls={urls}", "-sEXTRACT_WORKERS=1", "-sEXTRACT_TIMEOUT=3", cwd=tmp_path)
    assert outcomes(tmp_path) == {site.url("/1"): "archived", site.url("/long"): "failed:extraction-timeout"}
    assert "extraction-timeout 1" in done.err


def _archived(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("output/urls/*/articles-*"))


def _children(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def _is_worker(pid: int) -> bool:
    """Not so multiprocessing's own, which looks after its semaphores."""
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
