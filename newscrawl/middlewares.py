"""Between the spiders, the engine and the network."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.errors import Unreadable
from newscrawl.extensions import RecordCrawl
from newscrawl.items import Candidate, Page
from newscrawl.spiders.base import NewsSpider

__all__ = ["AdmitCandidates", "FollowMetaRefresh"]

_FAILURES: Mapping[type[Exception], str] = {
    CannotResolveHostError: "dns",
    DownloadConnectionRefusedError: "connection-refused",
    DownloadTimeoutError: "timeout",
    DownloadCancelledError: "too-large",
    ResponseDataLossError: "data-loss",
    DownloadFailedError: "connection",
    UnsupportedURLSchemeError: "unsupported-scheme",
    ValueError: "bad-address",  # Scrapy's and w3lib's, of an address that a page or a redirect gave
}
_IGNORED: Mapping[str, str] = {
    "Forbidden by robots.txt": "rejected:robots",
    "max redirections reached": "failed:redirects",
    "Ignored response": "failed:too-large",  # compressed, and too large once it is not
}
"""How the reasons of Scrapy's middlewares begin → outcome."""
_DECODERS = ("zlib", "brotli", "brotlicffi", "compression", "backports")
"""Modules whose errors say that a body is not encoded as its Content-Encoding says."""
_META_BYTES = 4 * 4096
"""In which Scrapy looks for a refresh: it reads 4,096 characters."""


class AdmitCandidates(BaseSpiderMiddleware):
    """Lets a candidate through once, and sees to it that a failed request becomes an outcome."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._recorder = RecordCrawl.of(crawler)
        self._recorder.fetch = self._fetch

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        candidate: Candidate | None = request.cb_kwargs.get("candidate")
        if candidate and not self._recorder.admit(candidate):
            return None
        return request.replace(errback=self._fail)

    def get_processed_item(self, item: Any, response: Response | None) -> Any:
        """A page that no request led to, as from a WARC, is a candidate itself."""
        if isinstance(item, Candidate):
            return self._refuse(item)
        if not isinstance(item, Page) or response is not None:
            return item
        hints = replace(item.hints, modified_at=item.fetched_at)  # a later capture may hold another text
        candidate = Candidate(url=item.url, via=item.discovered_via, hints=hints)
        return item if self._recorder.admit(candidate) else None

    def process_spider_exception(self, response: Response, exception: Exception) -> tuple[()] | None:
        """A feed or sitemap that isn't one; anything else is Scrapy's to report."""
        if not isinstance(exception, Unreadable) or response.request is None:
            return None
        self._recorder.fail(response.request, f"failed:{exception}")
        return ()

    def _fetch(self, candidate: Candidate) -> None:
        spider = self.crawler.spider
        assert isinstance(spider, NewsSpider)
        for request in spider.fetch([candidate]):
            if isinstance(request, Request):
                self.crawler.engine.crawl(request.replace(errback=self._fail))
            else:
                self._recorder.end(candidate.url, "failed:bad-address")

    def _refuse(self, candidate: Candidate) -> None:
        """A candidate that the spider could make no request of."""
        if self._recorder.admit(candidate):
            self._recorder.end(candidate.url, "failed:bad-address")

    def _fail(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        self._recorder.fail(request, _name_failure(failure.value))


class FollowMetaRefresh(MetaRefreshMiddleware):
    """Scrapy's, which decodes every page from its first byte to its last for a tag that few of them have."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if b"refresh" not in response.body[:_META_BYTES].lower():
            return response
        followed: Request | Response = super().process_response(request, response)
        return followed


def _name_failure(error: BaseException | None) -> str:
    """``rejected:robots`` or ``failed:<reason>``."""
    if isinstance(error, HttpError):
        return f"failed:http-{error.response.status}"
    if isinstance(error, IgnoreRequest):
        return next((outcome for start, outcome in _IGNORED.items() if str(error).startswith(start)), "failed:ignored")
    if type(error).__module__.partition(".")[0] in _DECODERS:
        return "failed:content-encoding"
    known = (name for kind, name in _FAILURES.items() if isinstance(error, kind))
    return f"failed:{next(known, type(error).__name__)}"
