"""What a crawl leaves behind when it is killed, interrupted or can't write."""

import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawl.archive import find_faults
from tests.cli import FAST, Finished, articles, crawl, crawls, outcomes, run_all, start, summary, wait_until
from tests.commands.conftest import HELD, PATHS
from tests.site import Site, article, article_page, html
from tests.terminal import Terminal


@pytest.fixture
def middle(tmp_path: Path, held: Site) -> Iterator[subprocess.Popen[str]]:
    """A crawl of which some stories are written, and which waits for one."""
    urls = ",".join(map(held.url, PATHS))
    options = ("-s", "CONCURRENT_REQUESTS=1", "-a", f"urls={urls}")
    with start("crawl", "urls", *FAST, *options, cwd=tmp_path) as process:
        wait_until(lambda: HELD in held.asked and _written(tmp_path) == len(held.asked) - 2)  # robots.txt and it
        yield process
        process.kill()


def _written(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("output/urls/*/articles-*.open"))


def _end(process: subprocess.Popen[str]) -> Finished:
    out, err = process.communicate(timeout=60)
    return Finished(process.returncode, out, err)


def _crawl_again(folder: Path, site: Site) -> Finished:
    site.answers |= {path: article(int(path[1:])) for path in PATHS}
    return crawl("urls", f"urls={','.join(map(site.url, PATHS))}", cwd=folder)


def _assert_complete(folder: Path, site: Site) -> None:
    assert sorted(record["url"] for record in articles(folder)) == [site.url(path) for path in PATHS]
    assert set(outcomes(folder).values()) == {"archived", "unchanged"}
    assert list(find_faults(folder / "output")) == []
    assert not list(folder.rglob("*.open")) + list(folder.rglob("lock"))


def test_a_killed_crawl_is_completed_by_the_next(tmp_path: Path, held: Site, middle: subprocess.Popen[str]) -> None:
    middle.kill()
    assert _end(middle).status == -signal.SIGKILL
    done = _crawl_again(tmp_path, held)
    killed, _ = crawls(tmp_path)
    assert done.status == 0
    assert f"urls/{killed.name} recovered: 3 articles, " in done.err.split("\n")[0]
    assert "unchanged" in outcomes(tmp_path).values()
    _assert_complete(tmp_path, held)


def test_ctrl_c_ends_a_crawl_well(tmp_path: Path, held: Site, middle: subprocess.Popen[str]) -> None:
    middle.send_signal(signal.SIGINT)
    assert middle.stderr
    heard = middle.stderr.readline()
    held.closing.set()  # what is under way gets an end, if not a story
    done = _end(middle)
    assert "Received SIGINT" in heard
    assert (done.status, done.out) == (130, "")
    assert not {"\r", "\x1b"} & set(done.err)  # as a live line would have
    assert "Traceback" not in done.err
    found = {url.rpartition(str(held.port))[2]: outcome for url, outcome in outcomes(tmp_path).items()}
    answered = set(held.asked) - {HELD, "/robots.txt"}
    begun = found.keys() - answered
    assert HELD in begun
    assert {found[path] for path in begun} <= {"failed:interrupted", "failed:connection"}
    assert {found[path] for path in answered} == {"archived"}
    assert 0 < len(answered) < len(PATHS) - 1
    assert summary(tmp_path)["finish_reason"] == "shutdown"
    assert _crawl_again(tmp_path, held).status == 0
    _assert_complete(tmp_path, held)


def test_ctrl_c_twice_ends_a_crawl_at_once(tmp_path: Path, held: Site, middle: subprocess.Popen[str]) -> None:
    assert middle.stderr
    middle.send_signal(signal.SIGINT)
    middle.stderr.readline()
    middle.send_signal(signal.SIGINT)
    done = _end(middle)
    assert done.status == 130
    assert "  cut short: the next crawl completes its archive\n" in done.err
    assert "Traceback" not in done.err
    assert _crawl_again(tmp_path, held).status == 0
    _assert_complete(tmp_path, held)


def _long_page(number: int) -> str:
    lines = "".join(f"<p>Line {n} of log {number} was read to nobody at {n + number}.</p>" for n in range(600))
    return article_page(number).replace("</article>", f"{lines}</article>")


def _limit_files(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    ("options", "fault"), [((), "disk full"), (("-s", "SHARD_RECORDS=1"), "seen.sqlite: ")], ids=["archive", "index"]
)
def test_a_full_disk_ends_a_crawl(tmp_path: Path, site: Site, options: tuple[str, ...], fault: str) -> None:
    site.answers |= {path: html(_long_page(int(path[1:]))) for path in PATHS}
    arguments = ("crawl", "urls", *FAST, *options, "-a", f"urls={','.join(map(site.url, PATHS))}")
    with start(*arguments, cwd=tmp_path, preexec_fn=_limit_files(100_000)) as process:
        done = _end(process)
    told = [line for line in done.err.split("\n") if "ERROR" in line]
    assert len(told) == 1
    assert "the crawl stops: " in told[0]
    assert fault in told[0]
    assert "Traceback" not in done.err
    assert (done.status, done.out) == (1, "")
    assert _crawl_again(tmp_path, site).status == 0
    assert len({record["url"] for record in articles(tmp_path)}) == len(PATHS)
    assert list(find_faults(tmp_path / "output")) == []


def test_quiet_tells_errors_alone(tmp_path: Path, site: Site) -> None:
    site.answers["/1"] = article(1)
    calls = {"/1 -q": 0, "/1 --quiet -L INFO": 0, "/missing --quiet": 1}
    lines = [f"crawl urls {' '.join(FAST)} -s ARCHIVE_DIR={n} -a urls={site.url(c)}" for n, c in enumerate(calls)]
    quiet, asked, failed = run_all([line.split() for line in lines], cwd=tmp_path)
    assert [done.status for done in (quiet, asked, failed)] == list(calls.values())
    assert quiet.err == ""
    assert "INFO: archived http" in asked.err
    assert "candidate" not in asked.err
    assert failed.err.startswith("urls/")
    assert "failed         1  http-404 1" in failed.err


def test_quiet_is_quiet_on_a_terminal(tmp_path: Path) -> None:
    with Terminal.crawl("demo", "-a", "port=0", "--quiet", cwd=tmp_path) as terminal:
        assert (terminal.end(), terminal.output) == (0, "")
