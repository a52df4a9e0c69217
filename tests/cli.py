"""Run newscrawl as a person does: in a process of its own, from a folder of their own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

from newscrawl.archive import read_archive, read_stream

__all__ = [
    "FAST",
    "NEWSCRAWL",
    "Finished",
    "articles",
    "crawl",
    "crawls",
    "in_parallel",
    "outcomes",
    "run",
    "run_all",
    "start",
    "summary",
    "wait_until",
]

NEWSCRAWL = (sys.executable, "-m", "newscrawl")
_FAST = "DOWNLOAD_DELAY=0 AUTOTHROTTLE_ENABLED=0 RETRY_TIMES=0 DOWNLOAD_TIMEOUT=20 EXTRACT_WORKERS=0"
FAST = tuple(word for setting in _FAST.split() for word in ("-s", setting))
"""Options that make no sense towards others, but do towards loopback."""


class Finished(NamedTuple):
    """How a process ended."""

    status: int
    out: str
    err: str


def run(*command: str, cwd: Path, stdin: str = "") -> Finished:
    """``newscrawl COMMAND``, to its end."""
    done = subprocess.run(
        [*NEWSCRAWL, *command], cwd=cwd, input=stdin, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def run_all(commands: Iterable[Sequence[str]], *, cwd: Path) -> list[Finished]:
    """Like `run` for each command, some at the same time."""
    return in_parallel([partial(run, *command, cwd=cwd) for command in commands])


def crawl(spider: str, *arguments: str, cwd: Path, stdin: str = "") -> Finished:
    """``newscrawl crawl SPIDER`` with the archive in ``cwd/output``; arguments are ``NAME=VALUE`` or ``-o…``."""
    given = [word for a in arguments for word in ([a] if a.startswith("-") else ["-a", a])]
    return run("crawl", spider, *FAST, *given, cwd=cwd, stdin=stdin)


def start(*command: str, cwd: Path, **options: Any) -> subprocess.Popen[str]:
    """``newscrawl COMMAND``, under way, in a process from scratch."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*NEWSCRAWL, *command], cwd=cwd, encoding="utf-8", **pipes | options)


def in_parallel(calls: Iterable[Callable[[], Finished]]) -> list[Finished]:
    """The results of the calls, in their order."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(lambda call: call(), calls))


def crawls(folder: Path) -> list[Path]:
    """The crawl folders of ``folder/output``, the oldest first."""
    return sorted((folder / "output").glob("*/*/"), key=lambda path: path.name)


def summary(folder: Path) -> dict[str, Any]:
    """``crawl.json`` of the last crawl."""
    content: dict[str, Any] = json.loads((crawls(folder)[-1] / "crawl.json").read_text(encoding="utf-8"))
    return content


def outcomes(folder: Path) -> dict[str, str]:
    """URL → outcome of the last crawl, which has told each URL once and counted right."""
    lines = list(read_stream(crawls(folder)[-1], "outcomes"))
    found = {line["url"]: line["outcome"] for line in lines}
    assert len(found) == len(lines) == sum(summary(folder)["outcomes"].values())
    return found


def articles(folder: Path) -> list[dict[str, Any]]:
    """All records of ``folder/output``, none of which occurs twice."""
    records = list(read_archive(folder / "output"))
    assert len({record["id"] for record in records}) == len(records)
    return records


def wait_until(is_so: Callable[[], object]) -> None:
    """Return when it is so; a minute without is a failure."""
    deadline = monotonic() + 60
    while not is_so():
        assert monotonic() < deadline, "nothing happened for a minute"
        sleep(0.02)
