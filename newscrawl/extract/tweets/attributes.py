"""Posts that an element names in its attributes."""

import json
import re
from urllib.parse import unquote

from lxml.etree import _Element

from newscrawl.extract.tweets.status import Status, find_statuses, parse_status

__all__ = ["ID_NAMES", "find_attribute"]

ID_NAMES = ("data-tweet-id", "data-tweetid", "data-tweet", "tweet-id", "tweetid", "data-embed-id")
"""Attributes whose value may be the id of a post."""

_ID = re.compile(r"\s*(\d{9,19})\s*")
_EMBED_ID = re.compile(r"[?&](?:id|tweetId|tweet_id)=(\d{1,19})\b|/embed/.{0,40}?[#/](\d{9,19})\b")


def find_attribute(element: _Element) -> Status | None:
    """The post that an element names in an attribute of its own: by address, by id, or in a JSON value.

    Raises:
        Nothing.
    """
    ids, addresses = [], []
    for name, value in element.attrib.items():
        if name in ID_NAMES and (match := _ID.fullmatch(value)) and _names_tweet(element):
            ids.append(Status(match[1]))
        elif name in ("class", "id", "title", "alt", "style"):
            continue
        elif status := parse_status(value) or _parse_state(value) or _parse_frame(element, value):
            addresses.append(status)
    return next(iter([*addresses, *ids]), None)


def _names_tweet(element: _Element) -> bool:
    """Whether an element with an embed's id is one of Twitter's, by any of its names."""
    values = [element.get(name) or "" for name in ("class", "data-embed", "data-type", "type")]
    names = " ".join(map(str, [element.tag, *element.attrib, *values])).lower()
    return any(word in names for word in ("tweet", "twitter", "status"))


def _parse_state(value: str) -> Status | None:
    """The post that a JSON attribute is about: one of its own values, nothing deeper."""
    if not value.startswith("{") or "/status" not in value.replace("\\/", "/"):
        return None
    try:
        state = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return next((s for v in state.values() if isinstance(v, str) and (s := parse_status(v))), None)


def _parse_frame(element: _Element, value: str) -> Status | None:
    if element.tag not in ("iframe", "amp-iframe") or "//" not in value:
        return None
    address = unquote(value)
    if "platform.twitter.com" in address or "platform.x.com" in address:
        match = _EMBED_ID.search(address)
        return Status(match[1] or match[2]) if match else None
    return next(iter(find_statuses(address)), None)
