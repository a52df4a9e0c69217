"""``newscrawl annotate [FILE.jsonl|-]``: tweets and attributions for records of any origin."""

import argparse
import json
import sys
from typing import Any, BinaryIO

from newscrawl.archive import encode
from newscrawl.cli import Command as BaseCommand
from newscrawl.errors import UsageError
from newscrawl.extract import annotate_record


class Command(BaseCommand):
    def syntax(self) -> str:
        return "[FILE.jsonl|-]…"

    def short_desc(self) -> str:
        return "Find tweets and attributions in JSON Lines with a text; records go to standard output"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        registry = self.load_registry()
        for name in args or ["-"]:
            with _open(name) as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        print(encode(annotate_record(_decode(line, name, number), registry=registry)))
        return 0


def _open(name: str) -> BinaryIO:
    try:
        return sys.stdin.buffer if name == "-" else open(name, "rb")
    except OSError as error:
        raise UsageError(f"annotate: {name}: {error.strerror}") from error


def _decode(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"annotate: {name}, line {number}: not JSON: {getattr(error, 'msg', error)}") from error
    if not isinstance(record, dict):
        raise UsageError(f"annotate: {name}, line {number}: not a JSON object")
    return record
