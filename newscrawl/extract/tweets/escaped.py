"""Markup that pages keep from being parsed, in attributes and scripts, until a reader clicks or a script runs."""

import re
from base64 import b64decode
from binascii import Error
from html import unescape
from urllib.parse import unquote

__all__ = ["peel"]

_MOST_LAYERS = 5
_BASE64 = re.compile(r"\s*[A-Za-z0-9+/\s]{40,}={0,2}\s*")
_PERCENT = re.compile(r"%(?:25)*3C", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp;)*(?:lt|#0*60|#x0*3c);", re.IGNORECASE)
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_BREAKS = {"n": "\n", "r": "\n", "t": " "}


def peel(value: str) -> str:
    """``value`` without what keeps its markup from being markup, however many layers of it there are.

    Layers are those of JavaScript and JSON strings, entities, percent signs and base64. What stands around the markup,
    such as the JSON that it is a value of, stays.

    Raises:
        Nothing.
    """
    for _ in range(_MOST_LAYERS):
        peeled = _peel_once(value)
        if peeled == value:
            break
        value = peeled
    return value


def _peel_once(value: str) -> str:
    if "\\" in value:
        return _ESCAPE.sub(_unescape, value)
    if "<" in value:
        return value
    if _ENTITY.search(value):
        return unescape(value)
    if _PERCENT.search(value):
        return unquote(value)
    return _decode(value) if _BASE64.fullmatch(value) else value


def _unescape(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(int(code, 16))
    return _BREAKS.get(match[3], match[3])


def _decode(value: str) -> str:
    try:
        return b64decode("".join(value.split())).decode("utf-8")
    except (Error, UnicodeDecodeError):
        return value
