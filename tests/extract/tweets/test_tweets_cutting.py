import pytest

from newscrawl.extract.tweets.cutting import cut_spans, line_spans


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("one\ntwo\nthree", [(4, 8)], "one\nthree"),
        ("one\ntwo\nthree", [(4, 8), (8, 13)], "one"),
        ("one\n\ntwo", [(0, 4), (5, 8)], ""),
        ("one two", [(5, 6), (3, 6)], "oneo"),
        ("one", [], "one"),
    ],
)
def test_cut_spans(text: str, spans: list[tuple[int, int]], left: str) -> None:
    cut = cut_spans(text, spans)
    assert cut.text == left
    assert all(0 <= cut.place(at) <= len(left) for at in range(len(text) + 1))


def test_place_follows_what_was_cut() -> None:
    cut = cut_spans("one\ntwo\nthree", [(4, 8)])
    assert [cut.place(at) for at in (0, 4, 6, 8, 9)] == [0, 4, 4, 4, 5]


def test_line_spans() -> None:
    assert line_spans("one\ntwo\nthree", [(5, 6), (2, 9), (13, 13)]) == [(4, 8), (0, 13), (8, 13)]
    assert line_spans("one\n", [(0, 3), (0, 4)]) == [(0, 4), (0, 4)]
