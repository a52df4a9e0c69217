"""The strings of the JSON values that a page's scripts are, assign, parse or push."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["Path", "read_leaves"]

Path = tuple[str | int, ...]
"""Script, value in it, then keys and indices down to a string."""

_VALUE = re.compile(r"(?:\A|[=(,])\s*'?(?=[\[{\"])")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")
_PUSH = re.compile(r"self\.__next_f\.push\(\s*(\[.*\])\s*\)\s*;?\s*\Z", re.DOTALL)
_ROW = re.compile(r"[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),|[A-Z]{0,3})")
_DECODER = json.JSONDecoder(strict=False)
_MOST_VALUES = 200  # per script; further ones are small settings
_MOST_NODES = 200_000
_NESTED = ("{", "[")


def read_leaves(scripts: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """All strings in the scripts' values, in order; strings that are JSON themselves are looked into.

    Raises:
        Nothing: what is no JSON is passed over.
    """
    pushed = "".join(filter(None, map(_read_push, scripts)))
    texts = [text for text in scripts if not _PUSH.match(text.strip())]
    values: list[Any] = [value for text in texts for value in _read_values(_UNDEFINED.sub("null", text))]
    values.append([*_read_rows(pushed)])
    stack: list[tuple[Path, Any]] = [*reversed([((number,), value) for number, value in enumerate(values)])]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        path, node = stack.pop()
        if isinstance(node, str) and node.startswith(_NESTED) and (inner := _decode(node, 0)[0]) is not None:
            node = inner
        if isinstance(node, str):
            yield path, node
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        stack.extend(
            ((*path, key), child) for key, child in reversed([*children]) if isinstance(child, str | dict | list)
        )


def _read_values(script: str) -> Iterator[Any]:
    at = 0
    for _ in range(_MOST_VALUES):
        if not (match := _VALUE.search(script, at)):
            return
        value, at = _decode(script, match.end())
        if value is not None:
            yield value


def _decode(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at + 1


def _read_push(script: str) -> str | None:
    """What a script pushes to a payload that Next.js sends in pieces, cut anywhere."""
    match = _PUSH.match(script.strip())
    pieces = _decode(match[1], 0)[0] if match else None
    return next((piece for piece in pieces if isinstance(piece, str)), None) if isinstance(pieces, list) else None


def _read_rows(payload: str) -> Iterator[Any]:
    """The rows of such a payload: texts with their length in bytes, or JSON up to the end of a line."""
    raw, at = payload, 0
    while match := _ROW.match(raw, at):
        if match[1]:
            text = raw[match.end() :].encode()[: int(match[1], 16)].decode(errors="ignore")
            yield text
            at = match.end() + len(text)
            continue
        end = raw.find("\n", match.end())
        end = len(raw) if end < 0 else end
        yield _decode(raw[:end], match.end())[0]
        at = end + 1
