"""Run one crawl, or what it is compared with, and say what it took."""

import json
import os
import resource
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT
from tempfile import TemporaryDirectory
from time import monotonic

import psutil
from report import CrawlCost
from watch import Server, Watch, running

__all__ = ["Setup", "run_crawl", "run_reference"]

_HERE = Path(__file__).resolve().parent
_ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (_HERE, _HERE.parent)))}
_LOOPBACK = {
    "ADDONS": json.dumps({"pauses.MeasurePauses": 0}),
    "ARCHIVE_DIR": "archive",
    "AUTOTHROTTLE_ENABLED": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "DOWNLOAD_DELAY": "0",
    "PAUSES_FILE": "pauses.json",
}
"""Settings that make no sense towards others, and the add-on that measures pauses."""
_INTERVAL = 0.5
"""Seconds between two looks at a crawl."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What tells one crawl from another."""

    workers: int
    cores: int
    """0: all of the machine's."""
    settings: Mapping[str, str]

    @property
    def label(self) -> str:
        where = "in-process" if self.workers == 0 else f"{self.workers} worker{'s' * (self.workers > 1)}"
        return f"{where}, {self.cores} core{'s' * (self.cores > 1)}" if self.cores else where

    @property
    def command(self) -> list[str]:
        settings = _LOOPBACK | {"EXTRACT_WORKERS": str(self.workers), **self.settings}
        options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "newscrawl", "crawl", "urls", "-a", "file=urls.txt", *options]


def run_crawl(setup: Setup, urls: Sequence[str], server: Server) -> CrawlCost:
    """Crawl into a folder that is then removed.

    Raises:
        SystemExit: the crawl failed, or took longer than a minute and a second per page.
    """
    with TemporaryDirectory(prefix="newscrawl-benchmark-") as name:
        folder = Path(name)
        (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
        server_before, crawl_before = server.cpu, _cpu_of_children()
        watch = _watch_crawl(setup, folder, server, limit=60 + len(urls))
        # The system counts descendants that were waited for, a watch what it saw shortly before their end: each may
        # miss something.
        cpu = max(_cpu_of_children() - crawl_before, watch.main_cpu + watch.worker_cpu)
        (summary,) = folder.glob("archive/*/*/crawl.json")
        return CrawlCost(
            pages=len(urls),
            outcomes=json.loads(summary.read_text(encoding="utf-8"))["outcomes"],
            main_cpu=cpu - watch.worker_cpu,
            worker_cpu=watch.worker_cpu,
            server_cpu=server.cpu - server_before,
            samples=watch.samples,
            **json.loads((folder / "pauses.json").read_text(encoding="utf-8")),
        )


def run_reference(pages: int, *, demo: bool) -> float:
    """CPU seconds per page of trafilatura alone, over the pages of a crawl."""
    command = [sys.executable, str(_HERE / "reference.py"), str(pages), *["--demo"] * demo]
    with running(command, env=_ENVIRONMENT, stdout=PIPE) as process:
        costs = json.load(process.stdout)
    return float(sum(costs[number % len(costs)] for number in range(pages)) / pages)


def _watch_crawl(setup: Setup, folder: Path, server: Server, *, limit: float) -> Watch:
    log = folder / "log"
    with (
        log.open("wb") as output,
        running(setup.command, cwd=folder, env=_ENVIRONMENT, stdout=output, stderr=STDOUT) as process,
    ):
        if setup.cores:
            process.cpu_affinity(process.cpu_affinity()[: setup.cores])
        watch = Watch(process, server)
        status = _follow(process, watch, limit)
    if status != 0:
        sys.exit(f"the crawl ended with status {status}:\n{log.read_text(encoding='utf-8')}")
    return watch


def _follow(process: psutil.Popen, watch: Watch, limit: float) -> int:
    """Look at a crawl until it ends, and give its status."""
    deadline = monotonic() + limit
    while monotonic() < deadline:
        watch.look()
        with suppress(psutil.TimeoutExpired):
            return int(process.wait(_INTERVAL))
    sys.exit(f"the crawl has not ended after {limit} seconds")


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
