"""The strings of the JSON values that a page's scripts are, assign, parse or push."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newscrawl.extract.tweets.escaped import unescape_angular

__all__ = ["Step", "join_pushes", "path_of", "read_leaves"]

Step = tuple["Step | None", str | int]
"""A key or index, behind the step to what holds it; first steps tell values apart."""

_VALUE = re.compile(r"(?:\A|[=(,])\s*'?(?=[\[{\"])")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")
_PUSHED = "self.__next_f.push("
_ROW = re.compile(r"[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),|[A-Z]{0,3})")
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_DECODER = json.JSONDecoder(strict=False)
_MOST_VALUES = 200  # per script; further ones are small settings
_MOST_NODES = 200_000
_NESTED = ("{", "[")
_HOLDERS = (str, dict, list)
_SHORTEST = 9  # characters: an id


def join_pushes(scripts: Sequence[str]) -> list[str]:
    """The scripts, those that push pieces of one payload joined to that payload, which may be cut anywhere."""
    payload = "".join(filter(None, map(_read_push, scripts)))
    return [*(unescape_angular(text) for text in scripts if _PUSHED not in text), payload]


def read_leaves(scripts: Sequence[str]) -> Iterator[tuple[Step, str]]:
    """The longer strings in the scripts' values, in order, each with the last step to it.

    Strings that are JSON themselves are looked into.

    Args:
        scripts: as `join_pushes` returns them.

    Raises:
        Nothing: what is no JSON is passed over.
    """
    values = [value for text in scripts for value in _read_script(text)]
    stack: list[tuple[Step, Any]] = [((None, n), values[n]) for n in range(len(values) - 1, -1, -1)]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        step, node = stack.pop()
        if isinstance(node, str) and node.startswith(_NESTED):
            node = _decode(node, 0)[0] or node
        if isinstance(node, dict):
            stack += [((step, key), child) for key, child in reversed(node.items()) if isinstance(child, _HOLDERS)]
        elif isinstance(node, list):
            stack += [((step, n), node[n]) for n in range(len(node) - 1, -1, -1) if isinstance(node[n], _HOLDERS)]
        elif len(node) >= _SHORTEST:
            yield step, node


def path_of(step: Step | None) -> tuple[str | int, ...]:
    """All steps, the first one first."""
    keys = []
    while step:
        step, key = step
        keys.append(key)
    return tuple(reversed(keys))


def _read_script(script: str) -> Iterable[Any]:
    if _ROW.match(script):
        return [[*_read_rows(script)]]
    values = list(_read_values(script))
    is_json = any(isinstance(value, dict | list) and value for value in values)
    return values if is_json else [[*_read_literals(script)]]


def _read_values(script: str) -> Iterator[Any]:
    if "undefined" in script:
        script = _UNDEFINED.sub("null", script)
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


def _read_literals(script: str) -> Iterator[Any]:
    """The strings of a state that is code, not JSON."""
    for match in _LITERAL.finditer(script):
        yield _decode(match[0], 0)[0]


def _read_push(script: str) -> str | None:
    """What a script pushes to a payload that Next.js sends in pieces, cut anywhere."""
    at = script.find(_PUSHED)
    pieces = _decode(script, at + len(_PUSHED))[0] if at >= 0 else None
    return next((piece for piece in pieces if isinstance(piece, str)), None) if isinstance(pieces, list) else None


def _read_rows(payload: str) -> Iterator[Any]:
    """The rows of such a payload: texts with their length in bytes, or JSON up to the end of a line."""
    at = 0
    while match := _ROW.match(payload, at):
        at = match.end()
        if match[1]:
            length = int(match[1], 16)
            text = payload[at : at + length].encode("utf-8", "replace")[:length].decode(errors="ignore")
            yield text
            at += len(text)
            continue
        yield _decode(payload, at)[0]
        end = payload.find("\n", at)
        at = len(payload) if end < 0 else end + 1
