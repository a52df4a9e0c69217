"""Articles out of stored responses, without a network."""

from collections.abc import AsyncIterator
from glob import glob
from pathlib import Path

from newscrawl.discover import read_warc
from newscrawl.errors import Unreadable, UsageError
from newscrawl.items import Page
from newscrawl.pipelines import ExtractArticle
from newscrawl.spiders.base import NewsSpider


class WarcSpider(NewsSpider):
    """``newscrawl crawl warc -a path=FILE.warc.gz``; quote a glob: ``-a 'path=2026/*.warc.gz'``."""

    name = "warc"
    arguments = {"path": "a WARC file, plain or gzipped, or a glob of such files"}

    def __init__(self, path: str = "", **arguments: str) -> None:
        super().__init__(**arguments)
        self.paths = sorted(Path(found) for found in glob(path, recursive=True) if Path(found).is_file())
        if not self.paths:
            raise UsageError(f"spider warc: -a path={path}: no such file")

    async def start(self) -> AsyncIterator[Page]:
        extraction = self.crawler.get_item_pipeline(ExtractArticle)
        assert extraction  # settings.ITEM_PIPELINES
        for path in self.paths:
            try:
                for page in read_warc(path):
                    yield page
                    await extraction.workers.wait_for_room()
            except Unreadable as error:
                self.note_unread(str(path), error)
