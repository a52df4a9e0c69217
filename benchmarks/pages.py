"""The pages that are measured on, and how few of them become any number."""

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

from newscrawl.demo.replies import load_site
from newscrawl.items import Page

__all__ = [
    "EVAL",
    "Template",
    "name_source",
    "read_labelled",
    "read_page",
    "read_pages",
    "read_rounds",
    "read_templates",
]

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
_LABELLED = EVAL / "pages"
_PARAGRAPH_END = b"</p>"
_TIME = b"<time"  # all articles of the demo newsroom have one, and none of its other pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A page that is served again and again, each time as another article."""

    path: str
    """Of its own address, for what that tells: some hold a date."""
    parts: tuple[bytes, ...]
    """Its body, cut before each end of a paragraph."""

    def path_of(self, number: int) -> str:
        """Where page ``number`` is served."""
        return f"/{number}{quote(self.path, safe='/%')}"

    def body_of(self, number: int) -> bytes:
        """Page ``number``: all paragraphs end with the number, for it must be no duplicate of its siblings."""
        return (b" %d" % number).join(self.parts)


def read_templates(*, demo: bool = False) -> list[Template]:
    """The pages of `read_pages` in a fixed order without order: one outlet's pages don't follow each other."""
    templates = [_make_template(page) for page in read_pages(demo=demo)]
    Random(0).shuffle(templates)
    return templates


def read_pages(*, demo: bool = False) -> list[Page]:
    """The labelled pages of ``../shared``; where they are not there, or if asked, the demo newsroom's articles."""
    return list(_read_demo() if _is_demo(demo) else read_labelled(_LABELLED / "labels.jsonl", _LABELLED))


def read_labelled(labels: Path, folder: Path) -> Iterator[Page]:
    """The pages in ``folder`` that the lines of ``labels`` are about."""
    with labels.open(encoding="utf-8") as lines:
        yield from (read_page(label, folder) for label in map(json.loads, lines))


def read_page(label: dict[str, Any], folder: Path) -> Page:
    """The page in ``folder`` that a label is about."""
    body = gzip.decompress((folder / f"{label['id']}.html.gz").read_bytes())
    return Page(url=label["url"] or "file:///page", body=body)


def read_rounds(description: str, *, needs: Path) -> int:
    """The option ``--rounds``; ends with status 2 where the folder ``needs``, to measure on, is not there."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median is printed")
    rounds: int = parser.parse_args().rounds
    if not needs.is_dir():
        parser.exit(2, f"nothing to measure on: {needs} is not there\n")
    return rounds


def name_source(*, demo: bool = False) -> str:
    """Where `read_pages` finds them."""
    return "the demo newsroom" if _is_demo(demo) else "../shared/eval/pages"


def _is_demo(wanted: bool) -> bool:
    return wanted or not _LABELLED.is_dir()


def _read_demo() -> Iterator[Page]:
    for (host, path), reply in load_site(port=80, edition=1, made_at="2026-11-20T06:00:00Z").items():
        if reply.status == HTTPStatus.OK and _TIME in reply.body:
            yield Page(url=f"http://{host}{path}", body=reply.body, content_type=reply.headers["Content-Type"])


def _make_template(page: Page) -> Template:
    first, *rest = page.body.split(_PARAGRAPH_END)
    return Template(path=urlsplit(page.url).path, parts=(first, *(_PARAGRAPH_END + part for part in rest)))
