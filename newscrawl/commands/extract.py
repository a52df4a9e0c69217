"""``newscrawl extract PAGE…``: saved pages → records on standard output."""

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.archive import as_dict, encode
from newscrawl.cli import Command as BaseCommand
from newscrawl.dedup import identify_article
from newscrawl.errors import Rejected, UsageError
from newscrawl.extract import extract_article
from newscrawl.items import Article, Page


class _Source(NamedTuple):
    id: str
    path: Path
    url: str | None


class Command(BaseCommand):
    """A page without an article gives ``{"page", "rejected": reason}``."""

    def syntax(self) -> str:
        return "PAGE… [--url URL] | --list LIST.jsonl"

    def short_desc(self) -> str:
        return "Extract articles from saved pages (.html, .html.gz); records go to standard output"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the one page named")
        parser.add_argument("--list", metavar="LIST", help='JSON Lines of {"id", "path", "url"}, path relative to LIST')

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        extract = self.with_settings(extract_article)
        for source in _list_sources(args, opts):
            print(encode(_read(source, extract)))
        return 0


def _list_sources(args: list[str], opts: argparse.Namespace) -> list[_Source]:
    if opts.url and len(args) != 1:
        raise UsageError("extract: --url is the address of one page; use --list for several")
    sources = [_Source(path, Path(path), opts.url) for path in args]
    sources += _read_list(Path(opts.list)) if opts.list else []
    if not sources:
        raise UsageError("extract: name at least one PAGE, or --list LIST.jsonl")
    if missing := next((s.path for s in sources if not s.path.is_file()), None):
        raise UsageError(f"extract: no such file: {missing}")
    return sources


def _read_list(path: Path) -> Iterator[_Source]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"extract: {path}: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, 1):
        try:
            if entry := json.loads(line or "null"):
                yield _Source(str(entry["id"]), path.parent / entry["path"], _address(entry))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UsageError(f'extract: {path}, line {number}: not {{"id", "path", "url"}}: {error!r}') from error


def _address(entry: dict[str, Any]) -> str | None:
    url = entry.get("url")
    if url is None or isinstance(url, str):
        return url
    raise TypeError('"url" is no string')


def _read(source: _Source, extract: Callable[[Page], Article]) -> dict[str, object]:
    try:
        body = source.path.read_bytes()
        body = gzip.decompress(body) if source.path.suffix == ".gz" else body
        page = Page(url=source.url or source.path.absolute().as_uri(), body=body)
        record = as_dict(identify_article(extract(page)))
    except Rejected as refusal:
        return {"page": source.id, "rejected": refusal.reason}
    except (OSError, EOFError, zlib.error) as error:
        print(f"newscrawl: {source.path}: {error}", file=sys.stderr)
        return {"page": source.id, "rejected": "unreadable"}
    return {"page": source.id, **record}
