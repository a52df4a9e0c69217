"""Cut spans out of a text, and know where every place of it went."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["Cut", "blank_spans", "cut_spans", "line_spans"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with spans cut out of it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """What was cut, as offsets into the original: in order, neither overlapping nor touching."""
    before: tuple[int, ...]
    """How many characters were cut before each span."""

    def place(self, at: int) -> int:
        """The offset in ``text`` of an offset into the original."""
        last = bisect_right(self.spans, (at, at)) - 1
        if last >= 0:
            start, end = self.spans[last]
            at -= self.before[last] + min(end, at) - start
        return min(at, len(self.text))


def cut_spans(text: str, spans: Iterable[tuple[int, int]]) -> Cut:
    """Cut ``spans`` out of ``text``; line breaks that this leaves at the end go as well."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    if merged and merged[-1][1] == len(text):
        _take_line_breaks(text, merged)
    bounds = [0, *(at for span in merged for at in span), len(text)]
    kept = "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    before = accumulate((end - start for start, end in merged), initial=0)
    return Cut(kept, tuple(merged), tuple(before)[:-1])


def _take_line_breaks(text: str, spans: list[tuple[int, int]]) -> None:
    """Let the last span, which ends the text, begin before the line breaks in front of it."""
    while len(spans) > 1 and not text[spans[-2][1] : spans[-1][0]].strip("\n"):
        spans.pop()
    floor = spans[-2][1] if len(spans) > 1 else 0
    spans[-1] = (floor + len(text[floor : spans[-1][0]].rstrip("\n")), len(text))


def blank_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """``text`` with blanks in place of ``spans``, which are in order and may overlap."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], " " * (end - max(at, start))]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def line_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each span the whole lines that it touches, with the line break behind them."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    stops = [*starts[1:], len(text), len(text)]
    return [(starts[bisect_right(starts, start) - 1], stops[bisect_right(starts, end) - 1]) for start, end in spans]
