"""Flattened tweets: what is left of an embedded tweet in plain text."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from newscrawl.extract.tweets.cutting import blank_spans, line_spans
from newscrawl.extract.tweets.signature import TWEET_SIGNS, Signature, find_signatures
from newscrawl.extract.tweets.status import Status

__all__ = ["Flattened", "find_flattened", "find_media", "fold_space"]

_MEDIA = re.compile(r"\bpic\.(?:twitter|x)\.com/\w{1,20}", re.ASCII)
_URL = re.compile(r"\bhttps?://\S+")
_REPLIES = re.compile(r"(?:@\w{1,20}\s+){1,50}", re.ASCII)
_QUOTED = re.compile(r"[:：]\s*[\"“«„]([^\"”»\n]{1,400})[\"”»]\s*$")
_WORD = re.compile(r"\S+")
# Name and handle before the text, no dash and no date; only a picture's link shows that this is a tweet.
_LEADING = re.compile(
    r"^[ \t]*(?P<name>[^\n@]{2,60}?)\s?\(@(?P<handle>\w{1,20})\)[ \xa0\n]"
    r"(?P<text>(?:(?!\(@).){3,420}?pic\.(?:twitter|x)\.com/\w{1,20})",
    re.MULTILINE | re.DOTALL,
)
_LONGER_SINCE = "2017-11-07"
# 140 and 280 as Twitter counts, with room for entities, ellipses and what scrapers leave between the words.
_SHORT, _LONG = 170, 320
_URL_LENGTH = 23
_SHORTEST_REPEAT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattened:
    """A tweet in a plain text, and where."""

    status: Status | None = None
    """Where the date is a link to it, as in Markdown."""
    handle: str | None = None
    name: str | None = None
    date: str | None = None
    text: str | None = None
    """None where the text does not show its start, or lost it."""
    media: tuple[str, ...] = ()
    start: int
    """Where the tweet's text starts, or the paragraph that holds it."""
    end: int
    whole: bool
    """Whether its lines hold nothing but tweets."""


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    has_blank_lines: bool


def find_flattened(text: str) -> list[Flattened]:
    """All flattened tweets of ``text``, in order, repetitions included.

    Raises:
        Nothing.
    """
    found = _read_signed(text)
    for read in (_read_leading, _read_orphans):
        found = _add_apart(found, read(text))
    return _mark_whole(text, found)


def find_media(text: str | None) -> tuple[str, ...]:
    """The picture links in ``text``, in order, each once."""
    return tuple(dict.fromkeys(_MEDIA.findall(text or "")))


def fold_space(text: str) -> str:
    """``text`` with every run of white space made one blank."""
    return " ".join(text.split())


def _read_signed(text: str) -> list[Flattened]:
    found: list[Flattened] = []
    source, floor = _Source(text, "\n\n" in text), 0
    for signature in find_signatures(text):
        tweet = _read_tweet(source, signature, floor)
        found.append(tweet)
        floor = tweet.end
    return found


def _read_tweet(source: _Source, signature: Signature, floor: int) -> Flattened:
    start, body, known = _read_body(source, signature, floor)
    text = source.text
    repeat = _find_repeat(text, text[floor : signature.start], signature.end)
    if repeat and not known:
        body = text[slice(*repeat)]
    return Flattened(
        status=signature.status,
        handle=signature.handle,
        name=signature.name,
        date=signature.date,
        text=fold_space(body) if body else None,
        media=find_media(body),
        start=start,
        end=repeat[1] if repeat else signature.end,
        whole=known,
    )


def _find_repeat(text: str, body: str, after: int) -> tuple[int, int] | None:
    """Where the end of ``body`` stands once more right behind its signature, as some scrapers leave it."""
    words = body.split()[-_LONG // 2 :]
    below = list(islice(_WORD.finditer(text, after), len(words)))
    for first in range(len(words)):
        repeat = below[: len(words) - first]
        if repeat and words[first] == repeat[0][0] and words[first:] == [word[0] for word in repeat]:
            start, end = repeat[0].start(), repeat[-1].end()
            return (start, end) if end - start >= _SHORTEST_REPEAT else None
    return None


def _read_body(source: _Source, signature: Signature, floor: int) -> tuple[int, str | None, bool]:
    """Where the tweet starts, its words if they are known, and whether nothing else stands between."""
    text = source.text
    start = _line_start(text, signature.start, floor)
    line = text[start : signature.start]
    if not line.strip():
        return _read_lines_above(source, signature, floor)
    if quoted := _QUOTED.search(line):
        return start, quoted[1], False
    if _fits(line, signature.date):
        return _skip_space(text, start), line, True
    return start, None, False


def _read_lines_above(source: _Source, signature: Signature, floor: int) -> tuple[int, str | None, bool]:
    """The tweet of a signature that begins its line: the paragraph above, where it can be one."""
    text = source.text
    below = _line_start(text, signature.start, floor)
    end = len(text[floor:below].rstrip()) + floor
    if end <= floor:
        return signature.start, None, True
    start = _line_start(text, end, floor)
    detached = text.count("\n", end, below) > 1
    if not detached and source.has_blank_lines:
        start = _extend_up(text, start=start, end=end, floor=floor, day=signature.date)
    body = text[start:end]
    introduces = body.endswith((":", "："))
    if introduces or not _fits(body, signature.date) or (detached and not TWEET_SIGNS.search(body)):
        return signature.start, None, True
    return _skip_space(text, start), body, True


def _extend_up(text: str, *, start: int, end: int, floor: int, day: str | None) -> int:
    """The start of the block of lines, no blank one between, that ends at ``end``, if it fits a tweet."""
    top = max(text.rfind("\n\n", floor, start) + 2, floor) if "\n\n" in text[floor:start] else floor
    return top if _fits(text[top:end], day) else start


def _fits(body: str, day: str | None) -> bool:
    """Whether ``body`` is short enough for a tweet of that day."""
    counted = _URL.sub("x" * _URL_LENGTH, _MEDIA.sub("", _REPLIES.sub("", body.strip(), count=1)))
    return len(fold_space(counted)) <= (_SHORT if day and day < _LONGER_SINCE else _LONG)


def _read_leading(text: str) -> list[Flattened]:
    return [
        Flattened(
            handle=m["handle"],
            name=fold_space(m["name"]) or None,
            text=fold_space(m["text"]),
            media=find_media(m["text"]),
            start=_skip_space(text, m.start()),
            end=m.end(),
            whole=True,
        )
        for m in (_LEADING.finditer(text) if "(@" in text else ())
    ]


def _read_orphans(text: str) -> list[Flattened]:
    """Picture links, as if each was left of a tweet without a signature."""
    found: list[Flattened] = []
    start = 0
    for line in text.split("\n") if "pic." in text else ():
        links = list(_MEDIA.finditer(line))
        alone = len(links) == 1 and line.rstrip().endswith(links[0][0]) and _fits(line, None)
        found += [_read_orphan(line, link, start, alone=alone) for link in links]
        start += len(line) + 1
    return found


def _read_orphan(line: str, link: re.Match[str], start: int, *, alone: bool) -> Flattened:
    return Flattened(
        text=fold_space(line) if alone else None,
        media=(link[0],),
        start=start + (_skip_space(line, 0) if alone else link.start()),
        end=start + link.end(),
        whole=alone,
    )


def _add_apart(found: list[Flattened], more: Iterable[Flattened]) -> list[Flattened]:
    """Both in order, without those of ``more`` that overlap something found."""
    starts = [tweet.start for tweet in found]
    ends = list(accumulate((tweet.end for tweet in found), max))
    apart = [t for t in more if not (n := bisect_left(starts, t.end)) or ends[n - 1] <= t.start]
    return sorted([*found, *apart], key=lambda t: (t.start, t.end))


def _mark_whole(text: str, tweets: list[Flattened]) -> list[Flattened]:
    """Take back ``whole`` from tweets whose lines hold something else as well."""
    if not tweets:
        return []
    rest = blank_spans(text, [(t.start, t.end) for t in tweets if t.whole])
    lines = line_spans(text, ((t.start, t.end) for t in tweets))
    empty = {line for line in set(lines) if not rest[slice(*line)].strip()}
    return [replace(t, whole=t.whole and line in empty) for t, line in zip(tweets, lines, strict=True)]


def _line_start(text: str, at: int, floor: int) -> int:
    return max(floor, text.rfind("\n", floor, at) + 1)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
