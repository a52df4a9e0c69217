"""What an element that shows a tweet says about it: author, date, words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain

from lxml.etree import _Element

from newscrawl.extract.tweets.dates import find_date
from newscrawl.extract.tweets.escaped import make_writable
from newscrawl.extract.tweets.flattened import find_media, fold_space
from newscrawl.extract.tweets.regions import split_words
from newscrawl.extract.tweets.signature import find_signatures
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["Card", "is_longer", "read_card", "render"]

_BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "figure",
    "table",
    "tr",
}
_UNSHOWN = {"script", "style", "noscript", "template", "svg", "button"}
_HANDLE = re.compile(r"@(\w{1,20})", re.ASCII)
# Words that end the class of a card's part, as found in several publishers' own cards; the most telling first.
_PARTS = {
    "text": ("text", "content", "body", "copy", "tweet"),
    "handle": ("screenname", "username", "handle", "nickname", "account", "acct"),
    "name": ("fullname", "name", "author"),
    "date": ("date", "time", "timestamp", "created", "at"),
}
_PART_NAMES = frozenset(chain.from_iterable(_PARTS.values()))
_JOINED = {"screenname", "username", "fullname"}
_FRAMES = {"header", "footer", "meta", "replies", "reply", "actions", "info"}
_SHELLS = {"root", "container", "wrapper", "inner", "box"}
_HASH = re.compile(r"__(?=[\w-]*[A-Z\d])[\w-]{4,8}$")  # that CSS modules end a name with
# What stands in for a tweet that isn't loaded or gone.
_LABEL = re.compile(r"loading|twitter|tweet\b|\bX\b|…$|\.\.\.$", re.IGNORECASE)
_LONGEST_LABEL = 60  # characters
_LONGEST_CLASS = 100  # characters
_KEYS = {
    "text": ("full_text", "text"),
    "handle": ("username", "screen_name", "handle"),
    "name": ("name", "author_name"),
    "date": ("date", "created_at"),
}
_API_TIME = re.compile(r"\b([A-Z][a-z]{2} \d{1,2}) \d\d:\d\d:\d\d \+0000 (\d{4})")
_TAG = re.compile(r"</?(?:a|span|br|p|img|b|i)\b[^<>]*>", re.IGNORECASE)
_LONGEST = 5000  # characters; no tweet is longer than that, but wrappers are


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The visible parts of a tweet; None where the element does not show one."""

    handle: str | None = None
    name: str | None = None
    date: str | None = None
    text: str | None = None

    @property
    def media(self) -> tuple[str, ...]:
        return find_media(self.text)


def read_card(element: _Element, status: Status) -> Card:
    """Read the card of ``status``: from its signature, its state (``data-attrs``) or the names of its parts.

    Raises:
        Nothing.
    """
    permalink = _find_permalink(element, status)
    return (
        _read_signed(element)
        or _read_state(element)
        or _read_parts(element, permalink)
        or _read_unsigned(element, permalink)
    )


def render(element: _Element, without: _Element | None = None) -> str:
    """The text a reader sees, line breaks where blocks and ``<br>`` are; ``without`` one part of it."""
    return "".join(_render(element, without))


def is_longer(element: _Element, limit: int) -> bool:
    """Whether a reader sees more than ``limit`` characters, an element counting as two; looks no further."""
    length = 0
    for part in element.iter():
        length += 2
        if isinstance(part.tag, str) and part.tag not in _UNSHOWN:
            length += len((part.text or "").strip())
        if part is not element:
            length += len((part.tail or "").strip())
        if length > limit:
            return True
    return False


def _render(element: _Element, without: _Element | None) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _UNSHOWN or element is without:
        return
    if element.tag == "br":
        yield "\n"
    if element.tag == "img":
        yield _emoji(element.get("alt") or "")
    yield _fold_edges(element.text)
    for child in element:
        yield from _render(child, without)
        yield _fold_edges(child.tail)
    if element.tag in _BLOCKS:
        yield "\n"


def _fold_edges(text: str | None) -> str:
    """White space folded, as a browser shows it, single blanks at the edges kept."""
    return re.sub(r"\s+", " ", text) if text else ""


def _emoji(alt: str) -> str:
    return alt if 0 < len(alt) <= 8 and not alt.isascii() else ""


def _find_permalink(element: _Element, status: Status) -> _Element | None:
    links = [a for a in element.iter("a") if (s := parse_status(a.get("href") or "")) and s.id == status.id]
    return links[-1] if links else None


def _read_signed(element: _Element) -> Card | None:
    text = render(element)[:_LONGEST]
    signatures = find_signatures(text)
    if not signatures:
        return None
    last = signatures[-1]
    first = signatures[-2].end if len(signatures) > 1 else 0
    body = fold_space(text[first : last.start])
    return Card(handle=last.handle, name=last.name, date=last.date, text=body or None)


def _read_state(element: _Element) -> Card | None:
    try:
        state = json.loads(element.get("data-attrs") or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(state, dict):
        return None
    shown = {part: next((s for k in keys if (s := _string(state.get(k)))), None) for part, keys in _KEYS.items()}
    if not shown["text"]:
        return None
    return Card(**shown | {"text": _strip_tags(shown["text"]), "date": _day(shown["date"])})


def _read_parts(element: _Element, permalink: _Element | None) -> Card | None:
    named: dict[str, str] = {}
    for child in element.iterdescendants():
        for name in _PART_NAMES.intersection(map(_part_of, (child.get("class") or "").split())) - named.keys():
            named[name] = fold_space(render(child))
    first = next((text for name, text in named.items() if name in _PARTS["handle"]), "")
    if not (handle := _HANDLE.search(first)):
        return None
    paragraph = element.find(".//p")
    text = _pick(named, "text", without=handle[0]) or (fold_space(render(paragraph)) if paragraph is not None else "")
    if not text:
        return None
    return Card(
        handle=handle[1],
        name=_pick(named, "name", without="@") or None,
        date=_day(_pick(named, "date")) or _day(render(permalink) if permalink is not None else None),
        text=_strip_tags(text),
    )


def _pick(named: dict[str, str], part: str, without: str = "\n") -> str:
    """The text of a part by the most telling of its names, unless it holds the author's name as well."""
    texts = (named.get(name, "") for name in _PARTS[part])
    return next((text for text in texts if text and without not in text), "")


@lru_cache(maxsize=4096)
def _part_of(name: str) -> str:
    """What a class says that an element is: its last word, or the last two where they are one (``screen-name``)."""
    words = list(split_words(_HASH.sub("", name[:_LONGEST_CLASS])))
    while len(words) > 1 and words[-1] in _SHELLS:
        words.pop()
    if not words or (words[-1] in _PARTS["text"] and not _FRAMES.isdisjoint(words[:-1])):
        return ""
    both = "".join(words[-2:])
    return both if both in _JOINED else words[-1]


def _read_unsigned(element: _Element, permalink: _Element | None) -> Card:
    """A quotation without a signature: its words are what stands beside the permalink."""
    date = _day(render(permalink)) if permalink is not None else None
    if element.tag != "blockquote":
        return Card(date=date)
    text = fold_space(render(element, without=permalink))[:_LONGEST].rstrip(" —–-")
    is_label = len(text) < _LONGEST_LABEL and _LABEL.search(text)
    return Card(date=date, text=None if is_label else text or None)


def _day(text: str | None) -> str | None:
    if stamp := _API_TIME.search(text or ""):
        text = f"{stamp[1]}, {stamp[2]}"
    return find_date(text) if text else None


def _strip_tags(text: str) -> str:
    """Some cards hold their words as escaped markup."""
    return fold_space(unescape(_TAG.sub("", text))) if _TAG.search(text) else text


def _string(value: object) -> str | None:
    return make_writable(fold_space(value)) or None if isinstance(value, str) else None
