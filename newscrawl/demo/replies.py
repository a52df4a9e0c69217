"""Turn the files of ``site/`` into the replies of the newsroom; ``site/README.md`` says how a file is written."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from string import Template

__all__ = ["EDITIONS", "OUTLETS", "Reply", "load_site"]

_ROOT = Path(__file__).with_name("site")
_FRONT_DOOR = "localhost"

OUTLETS = tuple(sorted(folder.name for folder in _ROOT.iterdir() if folder.is_dir() and folder.name != _FRONT_DOOR))
EDITIONS = (1, 2)

_FENCE = "---\n"
_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".html": "text/html",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the newsroom answers at one address."""

    status: HTTPStatus
    headers: Mapping[str, str]
    """Content-Type, ETag, Last-Modified and, for a redirect, Location."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file of the site, its placeholders not yet filled."""

    file: Path
    outlet: str
    edition: int
    front: Mapping[str, str]
    body: str

    @property
    def path(self) -> str:
        own_place = self.file.relative_to(_folder(self.outlet, self.edition)).as_posix()
        return self.front.get("path", f"/{own_place}")


def load_site(*, port: int, edition: int, made_at: str) -> dict[tuple[str, str], Reply]:
    """All replies of an edition.

    Args:
        port: stands in every absolute address that a page holds.
        edition: one of `EDITIONS`.
        made_at: when the newsroom was made, ISO 8601.

    Returns:
        (host without port, unquoted path with query) → reply.
    """
    addresses = {outlet: f"http://{outlet}.localhost:{port}" for outlet in OUTLETS}
    replies = {}
    for source in _read_sources(edition):
        known = {**addresses, "base": addresses.get(source.outlet, ""), "made_at": made_at}
        replies[_host(source.outlet), source.path] = _encode_reply(source, known)
    return replies


def _host(outlet: str) -> str:
    return outlet if outlet == _FRONT_DOOR else f"{outlet}.localhost"


def _folder(outlet: str, edition: int) -> Path:
    return _ROOT / outlet / (f"edition-{edition}" if edition > 1 else "")


def _read_sources(edition: int) -> Iterator[_Source]:
    """Edition by edition, so that a later one's page takes the place of an earlier one's."""
    for number in range(1, edition + 1):
        for outlet in (*OUTLETS, _FRONT_DOOR):
            folder = _folder(outlet, number)
            for file in sorted((*folder.glob("*.*"), *folder.glob("articles/*"), *folder.glob("images/*"))):
                front, body = _parse_front(file.read_text(encoding="utf-8"))
                yield _Source(file=file, outlet=outlet, edition=number, front=front, body=body)


def _parse_front(text: str) -> tuple[dict[str, str], str]:
    """The ``key: value`` lines between the fences (none without them) and what follows."""
    if not text.startswith(_FENCE):
        return {}, text
    front, body = text.removeprefix(_FENCE).split(_FENCE, 1)
    return {key: value.strip() for key, _, value in (line.partition(":") for line in front.splitlines())}, body


def _fill(source: _Source, addresses: Mapping[str, str]) -> str:
    """The text of a reply: template, then its parts, then the values, then the addresses that all of them hold."""
    folder = _ROOT / source.outlet
    text = source.body
    if template := source.front.get("template"):
        text = (folder / "templates" / template).read_text(encoding="utf-8")
    parts = {part.stem: part.read_text(encoding="utf-8") for part in (folder / "parts").glob("*.html")}
    for values in (parts, {"head": "", "body": source.body, **source.front}):
        text = Template(text).safe_substitute(values)
    return Template(text).substitute(addresses)


def _encode_reply(source: _Source, addresses: Mapping[str, str]) -> Reply:
    body = _fill(source, addresses).encode(source.front.get("charset", "utf-8"))
    if source.path.endswith(".gz"):
        body = gzip.compress(body, mtime=0)
    headers = {
        "Content-Type": _content_type(source),
        "ETag": f'"{sha256(body).hexdigest()[:16]}"',
        "Last-Modified": _last_modified(source),
    }
    if location := source.front.get("location"):
        headers["Location"] = Template(location).substitute(addresses)
    return Reply(status=HTTPStatus(int(source.front.get("status", 200))), headers=headers, body=body)


def _content_type(source: _Source) -> str:
    if source.path.endswith(".gz"):
        return "application/gzip"
    kind = _TYPES[source.file.suffix]
    return source.front.get("content_type", f"{kind}; charset={source.front.get('charset', 'utf-8')}")


def _last_modified(source: _Source) -> str:
    day_of_edition = f"2026-11-{19 + source.edition}T06:00:00+00:00"
    changed = source.front.get("modified") or source.front.get("published") or day_of_edition
    return format_datetime(datetime.fromisoformat(changed).astimezone(UTC), usegmt=True)
