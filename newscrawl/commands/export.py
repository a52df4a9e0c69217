"""``newscrawl export FORMAT PATH… -o TARGET``: the archive in another format."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TextIO

from newscrawl.archive import read_archive
from newscrawl.cli import Command as BaseCommand
from newscrawl.errors import UsageError
from newscrawl.exports import load_exports


class Command(BaseCommand):
    def syntax(self) -> str:
        return "FORMAT PATH… [-o TARGET]"

    def short_desc(self) -> str:
        return "Write the records of an archive in another format (" + ", ".join(load_exports()) + ")"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="TARGET", default="-", help="a file; - is standard output")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        exports = load_exports()
        if len(args) < 2 or args[0] not in exports:
            raise UsageError(f"export: FORMAT PATH…, where FORMAT is one of {', '.join(exports)}")
        name, *paths = args
        if missing := next((path for path in paths if not Path(path).exists()), None):
            raise UsageError(f"export: no such file or folder: {missing}")
        with _open(opts.output) as target:
            exports[name](chain.from_iterable(read_archive(Path(path)) for path in paths), target)
        return 0


@contextmanager
def _open(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdout
        return
    try:
        with Path(name).open("w", encoding="utf-8", newline="") as target:
            yield target
    except OSError as error:
        raise UsageError(f"export: {name}: {error.strerror}") from error
