"""``newscrawl crawl SPIDER``: Scrapy's, with a summary at the end and an exit status that tells the truth."""

import argparse
import asyncio
import sys
from contextlib import nullcontext

from scrapy.commands.crawl import Command as ScrapyCrawl

from newscrawl.cli import check_settings, run_plainly, suggest
from newscrawl.errors import UsageError
from newscrawl.extensions import RecordCrawl
from newscrawl.progress import live_line

__all__ = ["Command"]


class Command(ScrapyCrawl):
    """Exit status 0: fine; 1: errors left nothing to archive, or a write failed; 2: usage; 130: interrupted."""

    def syntax(self) -> str:
        return "SPIDER [-a NAME=VALUE]…"

    def short_desc(self) -> str:
        return "Run a spider; its articles go into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-q", "--quiet", action="store_true", help="tell nothing but errors")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if opts.quiet:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")  # -L and -s, read next, may say otherwise
        super().process_options(args, opts)
        names = [word.partition("=")[0] for word in opts.set]
        check_settings(self.settings, [*names, "LOG_LEVEL"])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = run_plainly(lambda: self._crawl(self._known_spider(args), opts))

    def _crawl(self, spider: str, opts: argparse.Namespace) -> int:
        assert self.crawler_process
        crawler = self._create_crawler(spider)
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        assert isinstance(task, asyncio.Task)  # settings keep Scrapy's asyncio reactor
        with nullcontext() if opts.quiet else live_line(crawler):
            self.crawler_process.start()
        if task.done() and not task.cancelled() and (error := task.exception()):
            raise error
        recorder = RecordCrawl.of(crawler)
        if recorder.exit_status or not opts.quiet:
            print(recorder.report(), file=sys.stderr)
        return recorder.exit_status

    def _known_spider(self, args: list[str]) -> str:
        assert self.crawler_process
        known = self.crawler_process.spider_loader.list()
        if len(args) != 1:
            raise UsageError(f"crawl takes one spider, not {len(args)}; newscrawl list shows them")
        if args[0] not in known:
            raise UsageError(f"no spider {args[0]!r}; {suggest(args[0], known) or 'newscrawl list shows all'}")
        return args[0]
