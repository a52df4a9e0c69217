"""Bytes of a page → its characters, whatever the page claims about them."""

import re
from codecs import lookup

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

__all__ = ["decode_body"]

_REPLACEMENT = "\ufffd"
_SAMPLE = 65_536  # bytes; enough for detection, and its time stays flat on huge pages
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # UTF-16 without a mark shows in a page's first character
_WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "ascii")
_NON_LATIN = [
    "cp1256", "iso8859_6", "cp1251", "koi8_r", "iso8859_5", "cp1253", "cp1255", "cp874", "gb18030", "big5", "shift_jis",
    "euc_jp", "cp949",
]  # fmt: skip
# Of a script or style only what is before its first "<" goes, which keeps the time linear.
_MARKUP = re.compile(rb"<(?:script|style)\b[^<]*|<[^>]*>?|&#?\w+;", re.IGNORECASE)
_LETTER = bytes(b for b in range(256) if b > 0xA0 or bytes([b]).isalpha())
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_PROBE = rb'<a b="+\u0041">&amp;</a>'


def decode_body(body: bytes, content_type: str | None) -> str:
    """Decode a page as a browser would, and mend what a browser can't.

    Bytes that are mostly valid UTF-8 are UTF-8 (no legacy text of any length is, by chance); otherwise the byte order
    mark, the Content-Type header and the page's own meta tag are believed in this order, as in the HTML standard
    (w3lib). A declaration that turns more than one character in a thousand into U+FFFD is a wrong one: then the
    encoding is detected. So it is where Latin-1 is declared, or nothing, and most letters are beyond ASCII: no
    language that Latin-1 was made for has as many, and servers declare it without being asked.

    Returns:
        The characters, without NUL; empty for an empty body.

    Raises:
        Nothing.
    """
    text = _decode(body, content_type)
    return text.replace("\0", "") if b"\0" in body else text


def _decode(body: bytes, content_type: str | None) -> str:
    encoding, mark = read_bom(body)
    encoding = encoding or _WIDE.get(body[:2])
    if not encoding and not body.isascii() and (utf8 := _decode_utf8(body)):
        return utf8
    encoding = encoding or _declared_encoding(body, content_type) or "cp1252"
    text = to_unicode(body[len(mark or b"") :], encoding)
    if text.count(_REPLACEMENT) * 1000 > len(text) or (_is_western(encoding) and _is_beyond_ascii(_drop_markup(body))):
        return _detect(body) or text
    return text


def _decode_utf8(body: bytes) -> str | None:
    """A page that is UTF-8 but for a torn character or a part in another encoding is UTF-8 all the same."""
    text = body.decode("utf-8", "replace")
    if _REPLACEMENT not in text:
        return text
    wrong = text.count(_REPLACEMENT)
    right = len(text) - len(body.translate(None, _BEYOND_ASCII)) - wrong
    return text if right > wrong else None


def _declared_encoding(body: bytes, content_type: str | None) -> str | None:
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    return declared if declared and _is_for_pages(declared) else None


def _is_for_pages(encoding: str) -> bool:
    """Python knows codecs that no browser does: base64, idna, utf-7, unicode_escape, …."""
    try:
        return _PROBE.decode(encoding, "replace") == _PROBE.decode()
    except (LookupError, UnicodeError):
        return False


def _is_western(encoding: str) -> bool:
    return lookup(encoding).name in _WESTERN


def _drop_markup(body: bytes) -> bytes:
    return b"" if body.isascii() else _MARKUP.sub(b" ", body)


def _is_beyond_ascii(words: bytes) -> bool:
    """Whether most letters are neither a to z nor the rare accented ones of a Latin alphabet."""
    letters = len(words) - len(words.translate(None, _LETTER))
    beyond = len(words) - len(words.translate(None, _LETTER[52:]))
    return beyond * 2 > letters


def _detect(body: bytes) -> str | None:
    words = _drop_markup(body)
    matches = from_bytes(words[:_SAMPLE], cp_isolation=_NON_LATIN if _is_beyond_ascii(words) else None)
    best = matches.best()
    if best is None:
        return None
    # Western text passes for Central European as well; in a tie the web's default is the better guess.
    tied = {m.encoding for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence)}
    return body.decode("cp1252" if "cp1252" in tied else best.encoding, errors="replace")
