"""Start processes, look at them from outside while they run, and leave none behind."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from time import monotonic
from typing import Any

import psutil

__all__ = ["Sample", "Server", "Watch", "cpu_seconds", "running"]


@contextmanager
def running(command: Sequence[str], **options: Any) -> Iterator[psutil.Popen]:
    """The process of a command; when the block ends, however it does, so do the process and its descendants."""
    # In a session, and so a group, of its own: Ctrl-C reaches this process alone, which then ends the whole group.
    with psutil.Popen(command, start_new_session=True, **options) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of a process, without its children."""
    times = process.cpu_times()
    return float(times.user + times.system)


class Server:
    """The running ``server.py``."""

    def __init__(self, process: psutil.Popen) -> None:
        """Wait until it serves."""
        self._process = process
        self.port = int(process.stdout.readline())
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=30)

    @property
    def served(self) -> int:
        """Pages since its start."""
        self._connection.request("GET", "/served")
        return int(self._connection.getresponse().read())

    @property
    def cpu(self) -> float:
        """CPU seconds since its start."""
        return cpu_seconds(self._process)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A crawl at one moment."""

    at: float
    """Seconds since the watch began."""
    served: int
    """Pages so far."""
    main: int
    """Resident memory in bytes."""
    worker: int
    """The same of the largest worker; 0 where there is none."""


class Watch:
    """What a crawl has cost so far."""

    def __init__(self, crawl: psutil.Popen, server: Server) -> None:
        self.samples: list[Sample] = []
        self.main_cpu = 0.0
        """Of the crawl's own process, in seconds at the last look."""
        self._worker_cpu: dict[psutil.Process, float] = {}
        self._crawl = crawl
        self._server = server
        self._served_before = server.served
        self._began = monotonic()

    @property
    def worker_cpu(self) -> float:
        """Of all its descendants, those included that have ended, in seconds at the last look at each."""
        return sum(self._worker_cpu.values())

    def look(self) -> None:
        """Take a sample, unless one of the processes has just ended."""
        with suppress(psutil.NoSuchProcess):
            workers = self._crawl.children(recursive=True)
            self._worker_cpu |= {worker: cpu_seconds(worker) for worker in workers}
            self.main_cpu = cpu_seconds(self._crawl)
            sample = Sample(
                at=monotonic() - self._began,
                served=self._server.served - self._served_before,
                main=self._crawl.memory_info().rss,
                worker=max((worker.memory_info().rss for worker in workers), default=0),
            )
            self.samples.append(sample)
