"""Run one peer in its own Python, turn by turn: what benchmarks/peers.py starts.

usage: python benchmarks/peers/runner.py PEER PAGES.json

PAGES.json: an array of {"url", "html"}, ``url`` empty where it is not known. The first line of output is {"version",
"texts"}, a text per page, empty where the peer failed. After that each line of input, START STOP, is answered with the
CPU time of these pages in seconds. Only the standard library and the peer have to be there.
"""

import gc
import json
import logging
import socket
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

Extract = Callable[[str, str], str | None]
"""(html, url) → text."""


def make_newscrawl() -> Extract:
    extract, page = import_module("newscrawl.extract").extract_article, import_module("newscrawl.items").Page
    return lambda html, url: (
        extract(page(url=url or "file:///page", body=html.encode(), content_type="text/html; charset=utf-8")).text
    )


def make_trafilatura() -> Extract:
    extract = import_module("trafilatura").bare_extraction
    return lambda html, url: extract(html, with_metadata=True, url=url or None).text


def make_newspaper4k() -> Extract:
    article = import_module("newspaper").Article
    return lambda html, url: article(url, fetch_images=False).download(input_html=html).parse().text


def make_goose3() -> Extract:
    goose = import_module("goose3").Goose()
    return lambda html, url: goose.extract(url or None, html).cleaned_text


def make_news_please() -> Extract:
    extract = import_module("newsplease").NewsPlease.from_html
    return lambda html, url: extract(html, url=url, fetch_images=False).maintext


PEERS = {
    "newscrawl": make_newscrawl,
    "trafilatura": make_trafilatura,
    "newspaper4k": make_newspaper4k,
    "goose3": make_goose3,
    "news-please": make_news_please,
}


def extract_text(extract: Extract, page: dict[str, str]) -> str:
    """Empty where the peer fails."""
    try:
        return extract(page["html"], page["url"]) or ""
    except Exception:  # whatever a peer raises, it has failed on this page alone
        return ""


def measure(extract: Extract, pages: list[dict[str, str]]) -> float:
    """CPU time in seconds."""
    gc.collect()
    started = process_time()
    for page in pages:
        extract_text(extract, page)
    return process_time() - started


def refuse_network(*_: Any, **__: Any) -> None:
    raise OSError("nothing is fetched here")


def main(peer: str, path: str) -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a peer prints is no answer
    socket.getaddrinfo = refuse_network  # type: ignore[assignment]
    logging.disable()
    warnings.simplefilter("ignore")
    pages = json.loads(Path(path).read_text(encoding="utf-8"))
    extract = PEERS[peer]()
    texts = [extract_text(extract, page) for page in pages]
    print(json.dumps({"version": version(peer), "texts": texts}), file=answers, flush=True)
    for line in sys.stdin:
        start, stop = map(int, line.split())
        print(measure(extract, pages[start:stop]), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
