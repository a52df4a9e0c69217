"""``newscrawl verify PATH``: is the archive whole?"""

import argparse
from pathlib import Path

from newscrawl.archive import find_faults
from newscrawl.cli import Command as BaseCommand
from newscrawl.errors import UsageError


class Command(BaseCommand):
    """Exit status 1 and a line for each fault; nothing and 0 if all is well."""

    def syntax(self) -> str:
        return "PATH…"

    def short_desc(self) -> str:
        return "Check an archive: every shard against crawl.json, every line against the schema"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if not args:
            raise UsageError("verify: name an output folder, a spider's or crawl's folder in it, or a shard")
        has_faults = False
        for path in map(Path, args):
            if not path.exists():
                raise UsageError(f"verify: no such file or folder: {path}")
            for fault in find_faults(path):
                has_faults = True
                print(fault)
        return 1 if has_faults else 0
