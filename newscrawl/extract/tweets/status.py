"""Addresses and ids of single posts on Twitter/X."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Status", "find_statuses", "parse_snowflake", "parse_status"]

_EPOCH = datetime.fromtimestamp(0, UTC)
_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
# Ids were counted up one by one until snowflake took over above this number, on 4 November 2010.
_FIRST_SNOWFLAKE = 30_000_000_000
_LAST_SNOWFLAKE = 1 << 63

_HOST = (
    r"(?:(?:www|m|mobile|web|pro|en)\.)?(?:twitter|x)\.com|(?:\w+\.)?(?:fx|vx)twitter\.com|(?:www\.)?fix(?:up|v)x\.com"
    r"|nitter(?:\.[\w-]{1,40}){1,4}|xcancel\.com|twittpr\.com"
)
_URL = (
    rf"(?:(?:https?:)?//)?(?:{_HOST})(?::\d{{1,5}})?/+(?:#!/)?"
    r"(?:i/(?:web/)?|@?(?P<handle>[\w\\]{1,30})/)?status(?:es)?/(?P<id>\d{1,19})(?!\d)"
)
_ARCHIVE = (
    r"(?:(?:https?:)?//web\.archive\.org/(?:web/)?[^/\s]{1,40}|/web/\d{4,14}[a-z_]{0,5}"
    r"|https?://archive\.(?:is|ph|today|li|vn|fo|md)/[^/\s]{1,40})/"
)
_STATUS = re.compile(rf"\s*(?:{_ARCHIVE})?{_URL}", re.ASCII | re.IGNORECASE)
_ANYWHERE = re.compile(rf"(?<![\w.-]){_URL}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Status:
    """A post, as its address names it."""

    id: str
    """Digits."""
    handle: str | None = None
    """None where the address is of the ``/i/status/`` kind."""

    @property
    def url(self) -> str:
        return f"https://x.com/{self.handle or 'i'}/status/{self.id}"


def parse_status(url: str) -> Status | None:
    """The post that ``url`` is the address of: on Twitter/X itself, a mirror of it, or archived.

    Addresses that only carry another one in their query (share buttons) and intents are no posts.

    Raises:
        Nothing.
    """
    match = _STATUS.match(url)
    return _read_match(match) if match else None


def find_statuses(text: str) -> list[Status]:
    """All post addresses in ``text``, in order, with repetitions."""
    return [_read_match(match) for match in _ANYWHERE.finditer(text)]


def parse_snowflake(status_id: str | None) -> str | None:
    """The moment of posting that a status id holds, UTC in milliseconds: ``2020-10-20T12:34:56.789Z``.

    None without an id, and for ids from before November 2010, which are plain numbers.
    Source: ``snowflake`` of Twitter's archived repository (twitter-archive/snowflake), checked 2026-11.
    """
    if not status_id or not _FIRST_SNOWFLAKE <= int(status_id) < _LAST_SNOWFLAKE:
        return None
    posted = _EPOCH + timedelta(milliseconds=(int(status_id) >> 22) + _SNOWFLAKE_EPOCH_MS)
    return posted.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read_match(match: re.Match[str]) -> Status:
    handle = (match["handle"] or "").replace("\\", "")
    return Status(match["id"], handle if handle.lower() not in ("", "i", "statuses") else None)
