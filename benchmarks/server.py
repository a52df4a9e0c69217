"""Serve the pages of the benchmarks on loopback, at as little cost as Python allows.

usage: python benchmarks/server.py [--demo]

Prints its port and serves until its standard input ends. Page N is at ``/N/…``, whatever follows; ``/served`` tells how
many pages were served. No compression and no robots.txt: what is measured is the crawl.
"""

import asyncio
import sys
from collections.abc import Sequence

from pages import Template, read_templates

_END = b"\r\n\r\n"


class Site:
    """The answers, and how many of them were pages."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self._templates = templates
        self._served = 0

    def answer(self, request: bytes) -> bytes:
        """The whole response to a GET request, given by its head."""
        name = request.split(b" ", 2)[1].split(b"/", 2)[1]
        if name.isdigit():
            self._served += 1
            return _encode("200 OK", self._page(int(name)))
        if name == b"served":
            return _encode("200 OK", b"%d" % self._served)
        return _encode("404 Not Found", b"")

    def _page(self, number: int) -> bytes:
        return self._templates[number % len(self._templates)].body_of(number)


class Connection(asyncio.Protocol):
    """One client's connection, kept alive until the client closes it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._received = (self._received + data).split(_END)
        for request in requests:
            self._transport.write(self._site.answer(request))


async def serve(templates: Sequence[Template]) -> None:
    """Answer on a free port until standard input ends, as it does when whoever started this process dies."""
    loop = asyncio.get_running_loop()
    site = Site(templates)
    server = await loop.create_server(lambda: Connection(site), "127.0.0.1")
    print(server.sockets[0].getsockname()[1], flush=True)
    stdin = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
    await stdin.read()


def _encode(status: str, body: bytes) -> bytes:
    # Without a charset: each page tells its own.
    return b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        len(body),
        body,
    )


if __name__ == "__main__":
    asyncio.run(serve(read_templates(demo="--demo" in sys.argv[1:])))
