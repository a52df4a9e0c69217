"""Which language a page is in: what it declares, checked against the script of its text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["choose_language"]

_CODE = re.compile(r"\s*([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_SAMPLE = 2000  # characters


class _Script(NamedTuple):
    letters: re.Pattern[str]
    languages: str
    """Those that news is written in; the first is taken when nothing else is known."""
    telling: tuple[tuple[str, str], ...] = ()
    """(language, letters that the first one does not have)."""


_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = (
    _Script(
        re.compile(r"[\u0620-\u064a\u066e-\u06d3]"),
        "ar fa ur ps ckb ku ug sd arz ary az pnb",
        (("ur", "ٹڈڑںے"), ("ckb", "ێۆڕڵ"), ("fa", "پچژگ")),
    ),
    _Script(re.compile(r"[\u05d0-\u05ea]"), "he yi"),
    _Script(
        re.compile(r"[\u0400-\u04ff]"),
        "ru uk be bg mk sr kk ky tg mn tt ba os uz az",
        (("uk", "їєґ"), ("be", "ў"), ("kk", "қңұ"), ("sr", "ђћџ"), ("mk", "ѓќѕ")),
    ),
    _Script(re.compile(r"[\u0370-\u03ff]"), "el"),
    _Script(re.compile(r"[\u0530-\u058f]"), "hy"),
    _Script(re.compile(r"[\u10a0-\u10ff]"), "ka"),
    _Script(re.compile(r"[\u0900-\u097f]"), "hi mr ne"),
    _Script(re.compile(r"[\u0980-\u09ff]"), "bn as"),
    _Script(re.compile(r"[\u0e00-\u0e7f]"), "th"),
    _Script(re.compile(r"[\uac00-\ud7af]"), "ko"),
    _Script(re.compile(r"[\u3040-\u30ff]"), "ja"),
    _Script(re.compile(r"[\u4e00-\u9fff]"), "zh ja yue"),
)


def choose_language(declared: Iterable[str | None], text: str) -> str | None:
    """ISO 639-1 of the first declaration (``ar-SA``, ``en_GB``, …) that the text's script doesn't contradict.

    Without one, the main language of a non-Latin script; None for Latin text that declares nothing credible.
    """
    script = _main_script(text[:_SAMPLE])
    for value in declared:
        code = _CODE.match(value or "")
        if code and _fits(code[1].lower(), script):
            return code[1].lower()
    return _main_language(script, text[:_SAMPLE]) if script else None


def _main_script(text: str) -> _Script | None:
    counts = [(len(script.letters.findall(text)), script) for script in _SCRIPTS]
    most, script = max(counts, key=lambda pair: pair[0])
    return script if most > len(_LATIN.findall(text)) else None


def _fits(code: str, script: _Script | None) -> bool:
    if script:
        return code in script.languages.split()
    # Uzbek, Azerbaijani, Serbian, Kurdish are written in Latin letters too.
    return code in ("az", "uz", "sr", "ku", "kk") or not any(code in s.languages.split() for s in _SCRIPTS)


def _main_language(script: _Script, text: str) -> str:
    found = (language for language, letters in script.telling if sum(map(text.count, letters)) * 200 > len(text))
    return next(found, script.languages.split()[0])
