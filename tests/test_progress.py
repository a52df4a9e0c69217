"""The live line, alone and as a terminal shows it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.progress import Progress, Speed, describe
from tests.cli import FAST, NEWSCRAWL
from tests.site import Request, Site, article, article_page, html
from tests.terminal import Terminal

_OUTCOMES = {"archived": 1234, "duplicate": 20, "unchanged": 3, "rejected:robots": 4, "rejected:blocked": 5} | {
    "failed:dns": 6
}
_WIDTHS = {
    100: "articles 1234, duplicates 23, refused 9, failed 6, 7.5 pages/s, queue 88, 1:01:01",
    81: "articles 1234, duplicates 23, refused 9, failed 6, 7.5 pages/s, queue 88, 1:01:01",
    80: "articles 1234, duplicates 23, refused 9, failed 6, 7.5 pages/s, queue 88",
    71: "articles 1234, duplicates 23, failed 6, 7.5 pages/s, queue 88",
    60: "articles 1234, failed 6, 7.5 pages/s, queue 88",
    40: "articles 1234, failed 6, 7.5 pages/s",
    30: "articles 1234, failed 6",
    20: "articles 1234",
    5: "artic",
    0: "",
}


@pytest.mark.parametrize(("width", "line"), _WIDTHS.items())
def test_a_narrow_terminal_gets_what_matters_most(width: int, line: str) -> None:
    assert describe(Progress(outcomes=_OUTCOMES, speed=7.54, queue=88, elapsed=3661.9), width=width) == line


@pytest.mark.parametrize(
    ("speed", "elapsed", "end"),
    [
        (0.0, 0.0, "0.0 pages/s, queue 0, 00:00"),
        (12.6, 59.9, "13 pages/s, queue 0, 00:59"),
        (1, 90_061, "1.0 pages/s, queue 0, 1 day, 1:01:01"),
    ],
)
def test_numbers_are_as_exact_as_makes_sense(speed: float, elapsed: float, end: str) -> None:
    line = describe(Progress(outcomes={}, speed=speed, queue=0, elapsed=elapsed), width=200)
    assert line == f"articles 0, duplicates 0, refused 0, failed 0, {end}"


@pytest.mark.parametrize(
    ("counts", "speed"),
    [
        ({0: 0}, 0.0),
        ({0: 7}, 0.0),
        ({0: 0, 2: 5}, 2.5),
        ({0: 0, 5: 100, 10: 100}, 10.0),
        ({0: 0, 1: 100, 5: 100, 11: 100, 12: 101}, 1 / 11),
        ({0: 0, 100: 50}, 0.5),
        ({0: 0, 1: 50, 100: 50, 110: 50}, 0.0),
    ],
)
def test_speed_is_that_of_the_last_seconds(counts: dict[int, int], speed: float) -> None:
    measured = Speed(window=10)
    assert [measured.measure(count, now=now) for now, count in counts.items()][-1] == pytest.approx(speed)


def test_speed_keeps_no_more_than_its_window() -> None:
    measured = Speed(window=10)
    for tick in range(10_000):
        measured.measure(tick, now=tick / 5)
    assert len(measured._samples) == 51


@pytest.fixture
def held(site: Site) -> Iterator[Site]:
    """Two stories, a copy, a page without a story, a missing page, and one that is not answered."""
    site.answers |= {"/1": article(1), "/2": article(2), "/copy": article(1), "/none": html("<title>None</title>")}
    site.answers["/held"] = Request.until_closed
    yield site
    site.closing.set()


def _all_of(site: Site) -> tuple[str, ...]:
    urls = ",".join(map(site.url, ("/1", "/2", "/copy", "/none", "/missing", "/held")))
    return ("urls", *FAST, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=9", "-a", f"urls={urls}")


_ALL_BUT_HELD = r"\rarticles 2, duplicates 1, refused 1, failed 1, [\d.]+ pages/s, queue 1, \d\d:\d\d *\r"


def _mask(rows: list[str]) -> list[str]:
    return [re.sub(r"\d{8}T\d{6}Z", "CRAWL", row) for row in rows]


@pytest.mark.parametrize(("columns", "line"), [(0, _ALL_BUT_HELD), (26, "\rarticles 2, failed 1\r")])
def test_counts_are_true_and_make_room_for_the_summary(tmp_path: Path, held: Site, columns: int, line: str) -> None:
    """A terminal that was not told its size has 80 columns."""
    with Terminal.crawl(*_all_of(held), cwd=tmp_path, columns=columns) as terminal:
        terminal.wait_for(line)
        assert max(map(len, re.split("[\r\n]+", terminal.output))) <= (columns or 80) - len("^C")
        held.closing.set()
        assert terminal.end() == 0
    assert "\x1b" not in terminal.output
    assert _mask(terminal.rows) == [
        "urls/CRAWL: 6 candidates",
        "  archived       2",
        "  duplicate      1",
        "  failed         2  connection 1, http-404 1",
        "  rejected       1  no-article 1",
        "output/urls/CRAWL",
    ]


def test_log_lines_stay_whole(tmp_path: Path) -> None:
    with Terminal.crawl("demo", "-a", "port=0", "-L", "INFO", cwd=tmp_path) as terminal:
        assert terminal.end() == 0
    archived = [row for row in terminal.rows if "archived http" in row]
    assert len(archived) == 13
    assert all(re.fullmatch(r"[-\d]+ [:\d]+ \[scrapy.core.scraper\] INFO: archived \S+", row) for row in archived)
    assert not any("pages/s" in row or "DEBUG" in row for row in terminal.rows)


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_leaves_no_trace_of_the_line(tmp_path: Path, held: Site, times: int) -> None:
    with Terminal.crawl(*_all_of(held), cwd=tmp_path) as terminal:
        terminal.wait_for(_ALL_BUT_HELD)
        terminal.press("\x03")
        terminal.wait_for("Received SIGINT, .*\n")
        if times == 2:
            terminal.press("\x03")
        else:
            held.closing.set()
        assert terminal.end() == 130
    assert terminal.rows[0].endswith("WARNING: Received SIGINT, shutting down gracefully. Send again to force")
    assert _mask(terminal.rows)[-1] == "output/urls/CRAWL"
    assert not any("pages/s" in row or "^C" in row or "Traceback" in row for row in terminal.rows)


def test_a_full_disk_leaves_no_trace_of_the_line(tmp_path: Path, site: Site) -> None:
    words = "".join(f"<p>Line {n} of the log was read to nobody at {n}.</p>" for n in range(2000))
    site.answers["/long"] = html(article_page(1).replace("</article>", f"{words}</article>"))
    line = f"ulimit -f 100; exec {' '.join((*NEWSCRAWL, 'crawl', 'urls', *FAST))} -a urls={site.url('/long')}"
    with Terminal(["sh", "-c", line], cwd=tmp_path) as terminal:
        assert terminal.end() == 1
    assert "pages/s" in terminal.output
    assert "ERROR: the crawl stops: " in terminal.rows[0]
    assert not any("pages/s" in row for row in terminal.rows)


def test_a_crawl_in_the_background_leaves_the_terminal_alone(tmp_path: Path) -> None:
    line = f"{' '.join(NEWSCRAWL)} crawl demo -a port=0 & wait $!"
    with Terminal(["sh", "-mc", line], cwd=tmp_path) as terminal:
        assert terminal.end() == 0
    assert "pages/s" not in terminal.output
    assert terminal.rows[-1].startswith("output/demo/")
