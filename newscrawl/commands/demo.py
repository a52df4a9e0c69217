"""``newscrawl demo``: serve the demo newsroom, to look at it in a browser or to crawl it from another terminal."""

import argparse

from newscrawl.cli import Command as BaseCommand
from newscrawl.demo import Newsroom


class Command(BaseCommand):
    def syntax(self) -> str:
        return "[--port PORT] [--edition 1|2]"

    def short_desc(self) -> str:
        return "Serve the demo newsroom on loopback until Ctrl-C"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8765, help="8765 unless told; 0 takes a free one")
        parser.add_argument("--edition", type=int, default=1, help="in the second, one story has changed")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        with Newsroom(opts.port, edition=opts.edition) as newsroom:
            print(f"http://localhost:{newsroom.port}/", *newsroom.home_pages, sep="\n", flush=True)
            try:
                newsroom.wait()
            except KeyboardInterrupt:
                return 0
        return 0
