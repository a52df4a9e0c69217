"""Posts that an element names in its attributes."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml.etree import _Element

from newscrawl.extract.tweets.regions import words_of
from newscrawl.extract.tweets.status import Status, find_statuses, parse_status

__all__ = ["find_attribute", "is_called_tweet", "read_values"]

_ID = re.compile(r"\s*(\d{9,19})\s*", re.ASCII)
_FIRST, _LAST = 10**17, 3 * 10**18  # ids of August 2011 and of 2032: other numbers as long lie outside
_WORD = re.compile(r"[a-z]+")
_ID_WORDS = frozenset(
    ("data", "v", "id", "tweet", "tweetid", "twitter", "status", "statusid", "embed", "embedid", "post", "postid")
)
_NO_TWEETS = {"btn", "button", "follow", "share", "timeline", "user"}
_UNREAD = {"class", "style", "title", "alt"}
_FRAMES = {"iframe", "amp-iframe"}
_FRAME_ID = re.compile(
    r"(?:twitter|x)\.com/embed/[^\"'\s]{0,400}?[?&;](?:id|tweetId|tweet_id)=(\d{1,19})\b"
    r"|(?:twitter|tweet)[^\s\"'<>]{0,200}?[#/=](\d{15,19})\b",
    re.ASCII,
)
_NO_POST = re.compile(r"timeline|widget_?id|/lists?/|/likes", re.IGNORECASE)
# An address behind words joined to it: data-e2e="twitter-embed-https://…".
_JOINED = re.compile(r"[\w-]{0,60}?(?:embed|tweet|twitter)[\w-]{0,60}?[-:](https?:\S+)", re.IGNORECASE)
_LONGEST_NAME = 100  # characters
_LONGEST_STATE = 10_000  # characters; what is longer is the state of more than one embed


def find_attribute(element: _Element) -> Status | None:
    """The post that an element names in an attribute of its own: by address, by id, or in a JSON value.

    Raises:
        Nothing.
    """
    ids: list[Status] = []
    for name, value in element.attrib.items():
        if name in _UNREAD or "share" in name:
            continue
        if status := next(filter(None, (_parse_address(element, text) for text in read_values(element, value))), None):
            return status
        if (match := _ID.fullmatch(value)) and _is_id(element, name, match[1]):
            ids.append(Status(match[1]))
    return ids[0] if ids else None


def read_values(element: _Element, value: str) -> list[str]:
    """What an attribute says: its value or, of a JSON object, the strings that it holds.

    Deeper ones count where the element is called a tweet: the state of other elements is about other articles too.
    """
    is_state = value.startswith(("{", "["))
    if not is_state or len(value) > _LONGEST_STATE:
        return [] if is_state else [value]
    try:
        state = json.loads(value)
        return list(_strings_of(state) if is_called_tweet(element) else _own_strings(state))
    except (ValueError, RecursionError):
        return [value] if is_called_tweet(element) else []


def is_called_tweet(element: _Element) -> bool:
    """Whether an element is named after tweets: by its tag, its attributes' names, its class or another short value."""
    values = (value for value in element.attrib.values() if len(value) < _LONGEST_NAME and "://" not in value)
    names = (str(element.tag), *element.attrib, *values)
    return any(word in name.lower() for name in names for word in ("tweet", "twitter"))


def _is_id(element: _Element, name: str, digits: str) -> bool:
    words = set(_WORD.findall(name.lower()))
    if not words <= _ID_WORDS or not _NO_TWEETS.isdisjoint(words_of(element)):
        return False
    says_tweet = "tweet" in name or "status" in words
    return says_tweet or (_FIRST < int(digits) < _LAST and is_called_tweet(element))


def _parse_address(element: _Element, value: str) -> Status | None:
    if status := parse_status(value) or _parse_joined(value):
        return status
    address = unquote(value)
    if element.tag in _FRAMES and "<" not in address and (statuses := find_statuses(address)):
        return statuses[0]
    if _NO_POST.search(address):
        return None
    match = _FRAME_ID.search(address) if element.tag in _FRAMES or "twitter.com/embed" in address else None
    return Status(match[1] or match[2]) if match else None


def _parse_joined(value: str) -> Status | None:
    match = _JOINED.fullmatch(value) if "http" in value else None
    return parse_status(match[1]) if match else None


def _own_strings(state: Any) -> Iterator[str]:
    return (value for value in state.values() if isinstance(value, str)) if isinstance(state, dict) else iter(())


def _strings_of(state: Any) -> Iterator[str]:
    if isinstance(state, str):
        yield state
    for value in state.values() if isinstance(state, dict) else state if isinstance(state, list) else ():
        yield from _strings_of(value)
