"""``newscrawl annotate [FILE.jsonl|-]``: tweets and attributions for records of any origin."""

import argparse
import json
import sys
from collections.abc import Callable
from math import isfinite
from typing import Any, BinaryIO

from newscrawl.archive import encode
from newscrawl.cli import Command as BaseCommand
from newscrawl.errors import UsageError
from newscrawl.extract import annotate_record


class _BadLine(Exception):
    """One line that is no record; the others are worth going on for."""


class Command(BaseCommand):
    def syntax(self) -> str:
        return "[FILE.jsonl|-]…"

    def short_desc(self) -> str:
        return "Find tweets and attributions in JSON Lines with a text; records go to standard output"

    def long_desc(self) -> str:
        return (
            f'{self.short_desc()}. A record needs "text"; "language" (en, ar, ...) helps where it is known, and '
            '"outlet" or "url" tell the outlet\'s own name from others. All keys are kept. A line that is no record is '
            "named on standard error and left out; the exit status is 1 then."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        annotate = self.with_settings(annotate_record)
        return max([_annotate(name, annotate) for name in args or ["-"]])


def _annotate(name: str, annotate: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    status = 0
    with _open(name) as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    print(encode(annotate(_decode(line))))
            except _BadLine as error:
                print(f"newscrawl: {name}, line {number}: {error}", file=sys.stderr)
                status = 1
    return status


def _open(name: str) -> BinaryIO:
    try:
        return sys.stdin.buffer if name == "-" else open(name, "rb")
    except OSError as error:
        raise UsageError(f"annotate: {name}: {error.strerror}") from error


def _decode(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line, parse_constant=_number, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"not JSON: {getattr(error, 'msg', error)}") from error
    if not isinstance(record, dict):
        raise _BadLine("not a JSON object")
    return record


def _number(literal: str) -> float | None:
    """NaN and infinities, which Python reads and JSON does not have, become null."""
    number = float(literal)
    return number if isfinite(number) else None
