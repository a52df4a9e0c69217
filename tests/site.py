"""A web server on loopback that answers as badly as it is told to."""

import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self
from xml.sax.saxutils import escape

__all__ = [
    "Answer",
    "Request",
    "Site",
    "article",
    "article_page",
    "feed",
    "html",
    "redirect",
    "reply",
    "sitemap",
    "sitemap_index",
]


class Request(BaseHTTPRequestHandler):
    """One request under way; an answer sends whatever it likes through it."""

    server: "_Server"
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(self.path)
        site.answers.get(self.path, _missing)(self)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_head(self, status: int = 200, **headers: str) -> None:
        """Status line and headers, ``Content_Type`` for ``Content-Type``."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def until_closed(self) -> None:
        """Wait for the end of the test."""
        self.server.site.closing.wait()

    def reset(self) -> None:
        """Break the connection off without a farewell."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


Answer = Callable[[Request], None]


class Site:
    """Answers by path on a free port of 127.0.0.1 while the ``with`` block lasts; other paths are 404."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers: dict[str, Answer] = dict(answers or {})
        self.asked: list[str] = []
        """Paths in the order of requests."""
        self.closing = Event()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), Request)
        self._server.site = self
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what these tests are about."""

    def shutdown_request(self, request: Any) -> None:
        with suppress(OSError):
            super().shutdown_request(request)


def reply(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    """An answer that is all right as far as HTTP goes."""
    content = body.encode() if isinstance(body, str) else body

    def answer(request: Request) -> None:
        request.send_head(status, **{"Content_Length": str(len(content))} | headers)
        request.wfile.write(content)

    return answer


def html(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    """A web page."""
    return reply(body, status, Content_Type="text/html; charset=utf-8", **headers)


def redirect(to: str) -> Answer:
    return reply("", 302, Location=to)


def feed(*urls: str) -> Answer:
    """An RSS feed."""
    items = "".join(f"<item><title>News</title><link>{escape(url)}</link></item>" for url in urls)
    return reply(f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", Content_Type="text/xml")


def sitemap(*urls: str) -> Answer:
    return reply(_sitemap_xml("urlset", "url", urls), Content_Type="application/xml")


def sitemap_index(*urls: str) -> Answer:
    return reply(_sitemap_xml("sitemapindex", "sitemap", urls), Content_Type="application/xml")


def article(number: int) -> Answer:
    """A web page with an article."""
    return html(article_page(number))


def article_page(number: int) -> str:
    """A page whose text no other number has."""
    title = f"Report {number} on the ferries"
    said = "the port authority said in its report on the crossing"
    facts = [f"Ferry {number} left the pier with {hour * number + 3} passengers at {hour}" for hour in range(6, 18)]
    paragraphs = "".join(f"<p>{fact} o'clock, {said} number {n}.</p>" for n, fact in enumerate(facts))
    return f"<html lang=en><title>{title}</title><article><h1>{title}</h1>{paragraphs}</article>"


def _sitemap_xml(root: str, entry: str, urls: Iterable[str]) -> str:
    entries = "".join(f"<{entry}><loc>{escape(url)}</loc></{entry}>" for url in urls)
    return f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</{root}>"


def _missing(request: Request) -> None:
    html("<title>Not found</title>", 404)(request)
