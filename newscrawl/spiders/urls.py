"""Articles whose addresses are known."""

import re
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from scrapy import Request, signals

from newscrawl.errors import UsageError
from newscrawl.items import Candidate
from newscrawl.spiders.base import NewsSpider, is_fetchable

_COMMA = re.compile(r",(?=[a-z]{1,10}:|$)")  # between addresses; those in an address stay


class UrlsSpider(NewsSpider):
    """``newscrawl crawl urls -a urls=URL,URL`` or ``-a file=LIST``."""

    name = "urls"
    arguments = {"urls": "addresses, with commas between", "file": "one address a line; - is standard input"}

    def __init__(self, urls: str = "", file: str | None = None, **arguments: str) -> None:
        super().__init__(**arguments)
        listed = _read_lines(file) if file else []
        self.urls = [_checked(url) for url in [*_COMMA.split(urls), *listed] if url.strip()]
        if not self.urls:
            raise UsageError("spider urls: name addresses with -a urls=URL,URL or -a file=LIST")

    async def start(self) -> AsyncIterator[Request | Candidate]:
        for request in self.fetch(Candidate(url=url, via="urls") for url in self.urls):
            # Scrapy would take in the whole list before it fetches anything.
            if self.crawler.engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request


def _read_lines(file: str) -> Iterable[str]:
    try:
        text = (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"spider urls: -a file={file}: {getattr(error, 'strerror', None) or error}") from error
    return [line for line in text.split("\n") if not line.lstrip().startswith("#")]


def _checked(url: str) -> str:
    if not is_fetchable(url.strip()):
        raise UsageError(f"spider urls: not an http(s) address: {url.strip()!r}")
    return url.strip()
