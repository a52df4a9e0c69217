"""The benchmark of the whole crawl, run as a person runs it, on hardly any pages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("psutil")

CRAWL = Path(__file__).parents[2] / "benchmarks" / "crawl.py"
PNG = b"\x89PNG\r\n"


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CRAWL, *options], capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def read_table(text: str) -> Iterator[tuple[str, list[str]]]:
    """Name and cells of each row, without the marks."""
    for line in text.splitlines():
        name, *cells = re.split(r"\s{2,}", line.strip())
        yield name, cells


def test_a_short_crawl_is_measured_and_drawn(tmp_path):
    plot = ["--plot", str(tmp_path / "crawl.png")] if find_spec("matplotlib") else []
    done = run("--demo", "--pages", "30", "--workers", "0", *plot)
    assert done.returncode == 0, done.stderr
    table = dict(read_table(done.stdout))
    assert table["archived"] == ["30"]  # a page served again is another article
    assert float(table["pages per second"][0]) > 0
    assert float(table["main process"][0]) == pytest.approx(float(table["CPU per article, ms"][0]))
    assert 0 < float(table["trafilatura, CPU per page, ms"][0]) < float(table["CPU per article, ms"][0])
    assert float(table["memory of main process, peak MB"][0]) > 10
    assert table["memory of a worker, peak MB"][0] == "-"
    assert float(table["longest pause, ms"][0]) > 1  # in-process, the loop waits for each page
    assert not plot or (tmp_path / "crawl.png").read_bytes().startswith(PNG)


def test_a_crawl_that_fails_is_told():
    done = run("--demo", "--pages", "1", "--workers", "0", "--set", "ARCHIVE_DIR=/dev/null")
    assert done.returncode == 1
    assert "the crawl ended with status 1" in done.stderr
    assert "/dev/null" in done.stderr
