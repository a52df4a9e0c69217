"""Cut spans out of a text, and know where every place of it went."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Cut", "cut_spans", "line_span"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with spans cut out of it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """What was cut, as offsets into the original: in order, neither overlapping nor touching."""

    def place(self, at: int) -> int:
        """The offset in ``text`` of an offset into the original."""
        before = self.spans[: bisect_right(self.spans, (at, at))]
        return min(at - sum(min(end, at) - start for start, end in before), len(self.text))


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
    return Cut(kept, tuple(merged))


def _take_line_breaks(text: str, spans: list[tuple[int, int]]) -> None:
    """Let the last span, which ends the text, begin before the line breaks in front of it."""
    start = len(text[: spans[-1][0]].rstrip("\n"))
    while len(spans) > 1 and start <= spans[-2][1]:
        spans.pop()
        start = len(text[: spans[-1][0]].rstrip("\n"))
    spans[-1] = (start, len(text))


def line_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole lines that ``text[start:end]`` touches, with the line break behind them."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop + 1
