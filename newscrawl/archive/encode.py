"""Records as lines: one JSON object in UTF-8 and a newline."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from newscrawl.items import Article, Duplicate, Outcome

__all__ = ["Record", "as_dict", "decode", "encode", "is_record"]

Record = Article | Duplicate | Outcome

# Line breaks to str.splitlines and to JavaScript before 2019, plain characters to JSON; and what UTF-8 can't
# say.
_UNSAFE = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")


def as_dict(record: Record) -> dict[str, Any]:
    """``record`` as JSON will say it: keys in field order, tuples as lists."""
    return {f.name: _plain(getattr(record, f.name)) for f in fields(record)}


def encode(record: Record | Mapping[str, Any]) -> str:
    """``record`` as one line of JSON, without its newline.

    U+0085, U+2028 and U+2029 are written as escapes, so that no reader takes them for the end of the line; a
    lone surrogate becomes U+FFFD.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    plain = record if isinstance(record, Mapping) else as_dict(record)
    return _UNSAFE.sub(_escape, json.dumps(plain, ensure_ascii=False, allow_nan=False))


def decode(line: bytes) -> dict[str, Any]:
    """What `encode` wrote, newline included.

    Raises:
        ValueError: no newline at the end, not UTF-8, or not one JSON object.
    """
    if not line.endswith(b"\n"):
        raise ValueError("no newline at the end")
    try:
        record = json.loads(line.decode("utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def is_record(line: bytes) -> bool:
    """Whether `decode` takes ``line``."""
    try:
        decode(line)
    except ValueError:
        return False
    return True


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(held) for held in value]
    return value


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return "\ufffd" if char >= "\ud800" else f"\\u{ord(char):04x}"
