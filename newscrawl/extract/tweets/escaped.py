"""Markup that pages keep from being parsed, in attributes and scripts, until a reader clicks or a script runs."""

import re
from base64 import b64decode
from binascii import Error
from html import unescape
from urllib.parse import unquote

from newscrawl.script import mend_surrogates

__all__ = ["make_writable", "peel", "unescape_angular"]

_MOST_LAYERS = 5
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{40,}+={0,2}\s*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PERCENT = re.compile(r"%(?:25)*3C", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp;)*(?:lt|#0*60|#x0*3c);", re.IGNORECASE)
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ANGULAR = re.compile(r"&([aqslg]);")
_ANGULAR_CHARACTERS = {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}
_BREAKS = {"n": "\n", "r": "\n", "t": " "}


def unescape_angular(state: str) -> str:
    """The JSON of a state in the escaping that Angular has of its own."""
    return _ANGULAR.sub(lambda match: _ANGULAR_CHARACTERS[match[1]], state) if "&q;" in state else state


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
    return make_writable(value)


def make_writable(text: str) -> str:
    """``text`` without what neither a parsed page nor UTF-8 can hold: control characters and halves of characters."""
    return _UNWRITABLE.sub("", mend_surrogates(text))


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
