"""What all spiders share: arguments that are checked, candidates that become requests, responses that become pages."""

import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.http import Response

from newscrawl.dates import format_utc
from newscrawl.discover import MAX_SITEMAP_BYTES, Sitemap, find_feeds, parse_feed, parse_sitemap, parse_sitemap_lines
from newscrawl.errors import Unreadable, UsageError
from newscrawl.extensions import RecordCrawl
from newscrawl.items import Candidate, Page
from newscrawl.urls import is_web_url

__all__ = ["DiscoverySpider", "NewsSpider", "is_fetchable"]

_MAX_NESTING = 5
"""robots.txt, index, sitemap make three, and the protocol knows no index of indexes: more is a trap."""
_FORBIDDEN_IN_HOST = re.compile(r"[\s<>^|%\"]")
"""Source: https://url.spec.whatwg.org/#forbidden-host-code-points, checked 2026-11-22; w3lib sees to the others."""


class NewsSpider(Spider):
    """Turns candidates into requests and their responses into pages; what becomes of them is not its business."""

    arguments: ClassVar[Mapping[str, str]] = {}
    """Name of each ``-a`` argument → what it is."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        if unknown := sorted(arguments.keys() - self.arguments.keys()):
            known = ", ".join(f"-a {a}=…" for a in self.arguments) or "no arguments"
            raise UsageError(f"spider {self.name}: no argument {unknown[0]!r}; it takes {known}")

    def fetch(self, candidates: Iterable[Candidate]) -> Iterator[Request | Candidate]:
        """A request for each candidate; the candidate itself where its address allows none."""
        return map(self._make_request, candidates)

    def parse_article(self, response: Response, candidate: Candidate) -> Iterator[Page]:
        """The response as a page."""
        yield Page(
            url=response.url,
            body=response.body,
            content_type=_header(response, "Content-Type"),
            status=response.status,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            fetched_at=format_utc(datetime.now(UTC)),
            discovered_via=candidate.via,
            hints=candidate.hints,
        )

    def _make_request(self, candidate: Candidate) -> Request | Candidate:
        try:
            # The ledger of the crawl has a closer look at twins than Scrapy's duplicate filter.
            return Request(candidate.url, self.parse_article, cb_kwargs={"candidate": candidate}, dont_filter=True)
        except ValueError:
            return candidate

    def note_unread(self, source: str, reason: object) -> None:
        """Let the summary say that a feed, sitemap or other source could not be read."""
        RecordCrawl.of(self.crawler).note_unread(source, f"failed:{reason}")

    def require_web_url(self, argument: str, value: str | None) -> str:
        """``value`` if it is an http(s) address.

        Raises:
            UsageError: it is not, or is missing.
        """
        if not value:
            raise UsageError(f"spider {self.name}: -a {argument}=… is missing: {self.arguments[argument]}")
        if not is_fetchable(value):
            raise UsageError(f"spider {self.name}: -a {argument}=… must be an http(s) address, not {value!r}")
        return value


class DiscoverySpider(NewsSpider):
    """Finds candidates in feeds, sitemaps and what home pages and robots.txt say about them.

    The ``request_…`` methods give one request, or none where the same was asked before.
    """

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self._asked: set[tuple[str, str]] = set()

    @abstractmethod
    def request_sources(self) -> Iterator[Request]:
        """Ask for the first feeds, sitemaps, home pages and robots.txt."""

    async def start(self) -> AsyncIterator[Request]:
        for request in self.request_sources():
            yield request

    def request_feed(self, url: str) -> Iterator[Request]:
        return self._ask(url, self.parse_feed)

    def request_sitemap(self, url: str) -> Iterator[Request]:
        return self._ask(url, self.parse_sitemap, download_maxsize=MAX_SITEMAP_BYTES)

    def request_robots(self, url: str) -> Iterator[Request]:
        """Ask the host of ``url`` for its sitemaps; one without a robots.txt may have a sitemap all the same."""
        return self._ask(urljoin(url, "/robots.txt"), self.parse_robots, handle_httpstatus_list=range(400, 500))

    def request_home(self, url: str) -> Iterator[Request]:
        """Ask a home page for its feeds."""
        return self._ask(url, self.parse_home)

    def parse_feed(self, response: Response) -> Iterator[Request | Candidate]:
        yield from self.fetch(parse_feed(response.body, url=response.url))

    def parse_sitemap(self, response: Response) -> Iterator[Request | Candidate]:
        if response.meta.get("depth", 0) > _MAX_NESTING:
            raise Unreadable("nested-too-deep")
        for entry in parse_sitemap(response.body, url=response.url):
            yield from self.request_sitemap(entry.url) if isinstance(entry, Sitemap) else self.fetch([entry])

    def parse_robots(self, response: Response) -> Iterator[Request]:
        named = parse_sitemap_lines(response.body, url=response.url) if response.status == HTTPStatus.OK else []
        for sitemap in named or [Sitemap(url=urljoin(response.url, "/sitemap.xml"))]:
            yield from self.request_sitemap(sitemap.url)

    def parse_home(self, response: Response) -> Iterator[Request]:
        for feed in find_feeds(response.body, url=response.url):
            yield from self.request_feed(feed)

    def _ask(self, url: str, parse: Callable[..., Any], **meta: object) -> Iterator[Request]:
        if (url, parse.__name__) in self._asked:
            return
        self._asked.add((url, parse.__name__))
        try:
            # Scrapy's filter would also stop a redirect to where another one led, unread.
            yield Request(url, parse, meta=meta, dont_filter=True)
        except ValueError:
            self.note_unread(url, "bad-address")


def is_fetchable(url: str) -> bool:
    """Whether ``url`` is an http(s) address that a request can be made of."""
    try:
        return is_web_url(url) and not _FORBIDDEN_IN_HOST.search(urlsplit(Request(url).url).netloc)
    except ValueError:
        return False


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
