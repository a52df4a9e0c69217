"""Signatures of embedded tweets in plain text: dash, display name, (@handle), date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.extract.tweets.dates import match_date, starts_with_month
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["TWEET_SIGNS", "Signature", "find_signatures"]

# Bidi marks and joiners that embeds put around "@" in right-to-left pages.
_MARKS = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_GAP = rf"[\s{_MARKS}]{{0,8}}"
_HANDLE = re.compile(
    rf"[(（]{_GAP}(?:[@＠][{_MARKS}]{{0,4}}(?P<handle>\w{{1,20}})|(?P<reversed>\w{{1,20}})[{_MARKS}]{{0,4}}[@＠]){_GAP}[)）]",
    re.ASCII,
)
_LONG_DASH = re.compile(r"[—–―‒]|--+|&(?:mdash|ndash|#8212|#8211|#x201[34]);", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<!\S)-(?=\s)")
_NAME_WINDOW = 90  # characters; a name holds up to 50, and entities or bidi marks lengthen it
_NAME = 60
_BEFORE_DATE = re.compile(rf"[\s{_MARKS}]{{0,12}}(?:[,،·•|]\s?|\[)?")
_LINK = re.compile(r"\]\(([^()\s]{1,200})\)")  # in Markdown
_REST_OF_LINE = re.compile(rf"[ \t\r{_MARKS}]*([^\n]{{0,40}})")
# What Instagram puts before its own "(@handle)": "A post shared by", "Une publication partagée par", ….
TWEET_SIGNS = re.compile(r"[#@]\w|https?://t\.co/|pic\.(?:twitter|x)\.com/")
"""What tweets hold and other prose rarely does."""
_MOST_WORDS = 4  # of a name, where nothing else speaks for a signature
_END_OF_SENTENCE = re.compile(r"[.!?…؟。！？][\"”»’)\s]*$")
_COMMA = re.compile("[,،،、]")
_PACIFIC = re.compile(r"[^\n]{0,12}\b\d{1,2}:\d\d[^\n]{0,8}\bP[DS]T\b")  # Instagram's clock
_ELLIPSIS = re.compile(r"\s*(?:…|\.{3,})?\s*$")
_SHARED = re.compile(
    r"\b(?:post|photo|video|reel|publication|publicación|publicação|Beitrag|foto|vidéo|gönderi)\b.{0,24}"
    r"\b(?:shared|partag|compart|geteilt|condivis|payla)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A tweet's signature and where it stands in the text."""

    name: str | None
    handle: str
    date: str | None
    """``YYYY-MM-DD``."""
    status: Status | None
    """Where the date is a link to it, as in Markdown."""
    start: int
    """Of the dash."""
    end: int


def find_signatures(text: str) -> list[Signature]:
    """All tweet signatures of ``text``, in order, not overlapping.

    A dash must stand before the name, or the name begin its line and a date follow; without a date, nothing but a
    cut-off one may follow in the line, and if not even that does, its place must be one of a signature.

    Raises:
        Nothing.
    """
    return list(_read_signatures(text))


def _read_signatures(text: str) -> Iterator[Signature]:
    floor = 0
    if "@" not in text and "＠" not in text:  # searched for much faster than brackets
        return
    for match in _HANDLE.finditer(text):
        if signature := _read_signature(text, match, floor):
            yield signature
            floor = signature.end


def _read_signature(text: str, match: re.Match[str], floor: int) -> Signature | None:
    day, end = _read_date(text, match.end())
    dash = _find_dash(text, floor, match.start())
    start, name_start = dash or _find_line_name(text, floor, match.start())
    name = _clean_name(text[name_start : match.start()])
    if len(name) > _NAME or _SHARED.search(name) or end < 0:
        return None
    if not dash and (day is None or not name or start < 0):
        return None
    if day is None and not (_LONG_DASH.match(text, start) and (end > match.end() or _is_alone(text, start, name))):
        return None
    handle = match["handle"] or match["reversed"]
    link = _LINK.search(text, match.end(), end)
    status = parse_status(link[1]) if link else None
    return Signature(name=name or None, handle=handle, date=day, status=status, start=start, end=end)


def _is_alone(text: str, start: int, name: str) -> bool:
    """Whether a signature without any date can be one: on a line of its own, or behind what only tweets hold."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    is_name = len(name.split()) <= _MOST_WORDS and not _COMMA.search(name)
    return is_name and bool(not before.strip() or _END_OF_SENTENCE.search(before) or TWEET_SIGNS.search(before))


def _read_date(text: str, at: int) -> tuple[str | None, int]:
    """The date behind a handle and where it ends; end -1 if something else follows."""
    gap = _BEFORE_DATE.match(text, at)
    if (found := match_date(text, gap.end() if gap else at)) and not _PACIFIC.match(text, found.end):
        link = _LINK.match(text, found.end)
        return found.date, link.end() if link else found.end
    line = _REST_OF_LINE.match(text, at)
    rest = _ELLIPSIS.sub("", line[1]) if line else ""
    if line and (not rest or (starts_with_month(rest) and line.end() == _line_end(text, at))):
        return None, line.end() if rest else at
    return None, -1


def _find_dash(text: str, floor: int, before: int) -> tuple[int, int] | None:
    """Start and end of the dash that opens the signature: the line's last long one, else its last hyphen."""
    low = max(floor, before - _NAME_WINDOW)
    low = max(low, _start_of_signature(text, low, before))
    if match := _LONG_DASH.match(text, low):
        return match.span()
    for pattern in (_LONG_DASH, _HYPHEN):
        # Search in the whole line so that look-behinds see what stands before the window.
        dashes = list(pattern.finditer(text, low, before))
        if dashes:
            return dashes[-1].span()
    return None


def _start_of_signature(text: str, low: int, before: int) -> int:
    """Where the line of a handle begins or, if the handle begins it, the line above, which then begins with a dash."""
    start = text.rfind("\n", low, before) + 1
    if start <= low or text[start:before].strip():
        return start
    above = text.rfind("\n", low, start - 1) + 1
    return above if _LONG_DASH.match(text, above) else start


def _find_line_name(text: str, floor: int, before: int) -> tuple[int, int]:
    """A name that begins its line, as both starts; -1 where something else does."""
    start = text.rfind("\n", max(0, before - _NAME - 1), before) + 1
    return (start, start) if start >= floor and before - start <= _NAME else (-1, before)


def _clean_name(raw: str) -> str:
    return " ".join(_BIDI.sub("", raw).split())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
