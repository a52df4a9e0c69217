import json
from collections.abc import Callable
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.encode import decode, encode
from newscrawl.items import Article, Attribution, Outcome


def test_keys_stand_in_field_order_and_tuples_become_lists(build_article: Callable[..., Article]) -> None:
    credit = Attribution(name="RT", surface="روسيا اليوم", cue="وفقا", kind="citation", start=0, end=3, confidence=0.9)
    line = encode(build_article(tags=("a", "b"), attributions=(credit,)))
    record = json.loads(line)
    assert list(record) == [f.name for f in fields(Article)]
    assert record["tags"] == ["a", "b"]
    assert record["image"] is None
    assert record["tweets"] == []
    assert record["attributions"][0]["surface"] == "روسيا اليوم"
    assert record["provenance"]["fields"] == {"title": "meta"}
    assert "روسيا" in line


@pytest.mark.parametrize("char", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_no_reader_sees_a_line_break_in_a_record(char: str) -> None:
    line = encode(Outcome(url=f"a{char}b", outcome="archived"))
    assert line.splitlines() == [line]
    assert json.loads(line)["url"] == f"a{char}b"


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff", "\ude00\ud83d"])
def test_lone_surrogates_become_replacement_characters(text: str) -> None:
    line = encode(Outcome(url=text, outcome="archived"))
    assert json.loads(line.encode())["url"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_survives(text: str) -> None:
    line = encode({"text": text})
    assert decode(line.encode() + b"\n") == {"text": text}
    assert len(line.splitlines()) == 1


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode({"similarity": float("nan")})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"", "no newline"),
        (b"{}", "no newline"),
        (b"\n", "Expecting value"),
        (b"[]\n", "not a JSON object"),
        (b'{"a": 1\n', "delimiter"),
        (b'{"a": "\xff"}\n', "codec"),
        (b"[" * 99_999 + b"\n", "nested too deeply"),
    ],
)
def test_what_is_no_record(line: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decode(line)
