"""Serve the demo newsroom: three hosts, one port, loopback only."""

import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import unquote

from newscrawl.dates import format_utc
from newscrawl.demo.replies import EDITIONS, OUTLETS, Reply, load_site
from newscrawl.errors import UsageError

__all__ = ["Newsroom"]

_LOOPBACK = "127.0.0.1"
_MISSING = Reply(
    status=HTTPStatus.NOT_FOUND,
    headers={"Content-Type": "text/html; charset=utf-8"},
    body=b"<!DOCTYPE html><title>404 Not Found</title><h1>404 Not Found</h1>\n",
)


class Newsroom:
    """Three invented outlets on ``*.localhost``, told apart by the Host header.

    >>> with Newsroom(port=0) as newsroom:
    ...     len(newsroom.home_pages)
    3
    """

    def __init__(self, port: int = 8765, *, edition: int = 1) -> None:
        """Choose what to serve; nothing listens before `start`.

        Args:
            port: TCP port on 127.0.0.1; 0 takes a free one.
            edition: 1, or 2 in which one article has been updated just now, as its ``lastmod`` says.

        Raises:
            UsageError: there is no such edition.
        """
        if edition not in EDITIONS:
            raise UsageError(f"edition {edition}: the demo newsroom has {' and '.join(map(str, EDITIONS))}")
        self._port = port
        self._edition = edition
        self._made_at = format_utc(datetime.now(UTC))
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Answer from now on, on a thread of its own.

        Raises:
            UsageError: the port is taken or not allowed.
        """
        try:
            self._server = _Server((_LOOPBACK, self._port), _Handler)
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"port {self._port} on {_LOOPBACK} can't be used ({error}): name another one, or 0 for any free one"
            ) from error
        self._port = self._server.server_port
        self._server.replies = load_site(port=self._port, edition=self._edition, made_at=self._made_at)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return when the newsroom is closed; an interrupt from the keyboard gets through."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """Stop answering, on open connections too; again or without `start` it does nothing."""
        if not self._server:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._server = None

    @property
    def port(self) -> int:
        """The port in use, once started."""
        return self._port

    @property
    def home_pages(self) -> tuple[str, ...]:
        """One address per outlet, ending in a slash."""
        return tuple(f"http://{outlet}.localhost:{self._port}/" for outlet in OUTLETS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        self.replies: Mapping[tuple[str, str], Reply] = {}
        self._connections: set[socket.socket] = set()
        super().__init__(*arguments)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End what clients keep open: its threads would go on serving this edition."""
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that went away is no news
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "newscrawl-demo", ""
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        reply = self._find_reply()
        unchanged = reply.status == HTTPStatus.OK and self._is_known(reply)
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        # A browser that shows these pages asks nobody else: no widget, no player, no font.
        self.send_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline'")
        if not unchanged:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(reply.body)

    def _find_reply(self) -> Reply:
        host = (self.headers["Host"] or "").partition(":")[0].lower()
        host = "localhost" if host == _LOOPBACK else host
        address = unquote(self.path)
        known = self.server.replies
        return known.get((host, address)) or known.get((host, address.partition("?")[0]), _MISSING)

    def _is_known(self, reply: Reply) -> bool:
        if tags := self.headers["If-None-Match"]:
            return reply.headers["ETag"] in tags or tags.strip() == "*"
        return self.headers["If-Modified-Since"] == reply.headers["Last-Modified"]
