"""Run newscrawl as a person does who looks on: in a terminal of its own, which is what job control is about."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from tests.cli import NEWSCRAWL

__all__ = ["Terminal"]


class Terminal:
    """A pseudo-terminal, and a command that runs in it while the ``with`` block lasts."""

    def __init__(self, command: Sequence[str | Path], *, cwd: Path, columns: int = 100) -> None:
        self.output = ""
        """All that it was told so far, control characters included."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    @classmethod
    def crawl(cls, *arguments: str, cwd: Path, columns: int = 100) -> Self:
        """``newscrawl crawl ARGUMENTS``."""
        return cls([*NEWSCRAWL, "crawl", *arguments], cwd=cwd, columns=columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def wait_for(self, pattern: str) -> None:
        """Read on until it has been written; a minute without is a failure."""
        deadline = monotonic() + 60
        while not re.search(pattern, self.output):
            assert monotonic() < deadline, f"no {pattern!r} for a minute: {self.output!r}"
            assert self._read(), f"it ended without {pattern!r}: {self.output!r}"

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Read to the end and give the exit status."""
        while self._read():
            pass
        return self._process.wait()

    @property
    def rows(self) -> list[str]:
        """What a person sees, from the first row on, on a terminal that is wide enough."""
        rows = [""]
        for piece in self.output.replace("\r\n", "\n").splitlines(keepends=True):
            text = piece.rstrip("\r\n")
            rows[-1] = text + rows[-1][len(text) :]
            if piece.endswith("\n"):
                rows.append("")
        return [row.rstrip() for row in rows[:-1]]

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 60)
        assert ready, f"nothing happened for a minute: {self.output!r}"
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody has the terminal open any more
            return False
        self.output += piece.decode("ascii")
        return bool(piece)
