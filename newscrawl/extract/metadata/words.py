"""The words of a value, free of what pages and encoders leave around them."""

import re

__all__ = ["fold_space"]

_CLEAN = dict.fromkeys(map(ord, "\0\u00ad\u200b\u2060\ufeff")) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_UNCLEAN = re.compile("[\0\u00ad\u200b\u2060\ufeff\ud800-\udfff]")


def fold_space(text: str) -> str | None:
    """``text`` with runs of white space folded, soft hyphens and zero-width marks dropped; None if nothing is left.

    Lone surrogates, which JSON escapes can spell and UTF-8 can't, become U+FFFD.
    """
    if _UNCLEAN.search(text):
        text = text.translate(_CLEAN)
    return " ".join(text.split()) or None
