"""Dates as they are displayed under tweets, in many languages and calendars."""

import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import rtoml
from babel import Locale

from newscrawl.languages import available_languages, load_language
from newscrawl.script import fold, fold_with_offsets

__all__ = ["DateMatch", "find_date", "match_date", "starts_with_month"]

_WINDOW = 64
_CLOCK = r"(?:[^\W\d]{1,6}\s?)?\d{1,2}[:.]\d{2}(?:\s?[^\W\d]{1,3}\.?(?:\s?[^\W\d]\.)?)?"
_TIME = rf"(?:{_CLOCK}[\s,،·•|-]{{1,4}})?"
_MONTH = r"(?P<month>[^\W\d_][^\d\n,،]{0,24}?)"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
# All run over folded text: ASCII digits, plain hyphens, no accents or invisible marks.
_PATTERNS = tuple(
    re.compile(_TIME + pattern)
    for pattern in (
        rf"{_DAY}(?P<dot>\.)?(?:º|er|st|nd|rd|th)?,?-?\s{{0,3}}(?:d')?{_MONTH}\.?[,،]?\s{{0,3}}(?:de[l]?\s)?{_YEAR}",
        rf"{_MONTH}\.?\s{{0,3}}{_DAY}(?:st|nd|rd|th)?\s?[,،]?\s{{0,3}}{_YEAR}",
        rf"{_YEAR}(?:\(e\)ko)?[.,]?\s{{0,3}}{_MONTH}\.?\s{{0,3}}{_DAY}(?:\.|\(a\)|\sd\.)?",
        rf"{_YEAR}[.\s]{{1,3}}\w{{1,5}}\.?\s{_DAY}\.?\s(?P<month>[^\W\d_]{{3,15}})",
        r"(?P<year>\d{4})\s?(?:年|년|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|월|[-/.])\s?(?P<day>\d{1,2})(?!\d)(?:\s?[日일])?",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_DAY}\s(?:thang|thg)\s(?P<month>\d{{1,2}}),?\s{_YEAR}",
    )
)
_LOCALES = (
    "ar_SY", "ar_DZ", "ar_MA", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de_AT", "el", "et", "eu", "fi",
    "fil", "fr_CA", "ga", "gl", "gu", "hr", "hu", "hy", "is", "ka", "kk", "kn", "ky", "lo", "lt", "lv", "mk", "ml",
    "mr", "ms", "my", "ne", "nb", "pa", "ro", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te",
    "th", "uz", "vi", "am",
    "ar", "de", "en", "es", "fa", "fr", "he", "id", "it", "nl", "pl", "pt", "ru", "tr", "uk", "ur", "hi",
)  # fmt: skip
_AFTER_DOT = "hr"  # its listopada is October, after "20."; in Polish the same word is November, without a dot
_HEBREW_OF = "ב"  # written in one word with the month
_FIRST_YEAR = 2006  # of Twitter
_SHORTEST = 3  # letters of a month that is cut off
_LAST_YEAR = 2100


class DateMatch(NamedTuple):
    """A date and where it ends in the text it was read from."""

    date: str
    end: int


def match_date(text: str, at: int) -> DateMatch | None:
    """The displayed date that starts exactly at ``at``, as ``YYYY-MM-DD``; a time before it is skipped.

    Raises:
        Nothing.
    """
    folded = fold_with_offsets(text[at : at + _WINDOW])
    for pattern in _PATTERNS:
        match = pattern.match(folded.text)
        if match and (day := _read_date(match)):
            return DateMatch(day, at + folded.span(match.start(), match.end())[1])
    return None


def find_date(text: str) -> str | None:
    """The first displayed date in a short text, such as that of a permalink."""
    starts = (m.start() for m in re.finditer(r"(?<!\w)\w", text[:200]))
    return next((found.date for at in starts if (found := match_date(text, at))), None)


def starts_with_month(text: str) -> bool:
    """Whether ``text`` begins like a date, maybe a cut one: a month's name first, or behind a number."""
    word = next(iter(re.findall(r"[^\W\d_]+", fold(text[:_WINDOW]))), "")
    return len(word) >= _SHORTEST and any(name.startswith(word) for name in _own_months())


def _read_date(match: re.Match[str]) -> str | None:
    day, year = int(match["day"]), int(match["year"])
    calendar, month = _find_month(match["month"], has_dot=match.groupdict().get("dot") is not None)
    if calendar == "solar":
        return _solar(year, month, day)
    return _gregorian(year - 543 if year > 2500 else year, month, day)


def _find_month(text: str, *, has_dot: bool) -> tuple[str, int]:
    """Calendar and number of the month that ``text``, or a word of it, names; 0 for none."""
    if text.isdigit():
        return "gregorian", int(text)
    words = [word.strip(". ") for word in (text, *text.split())]
    names = [name for word in words for name in (word, word.removeprefix(_HEBREW_OF))]
    if has_dot and (month := next(filter(None, map(_cldr_months((_AFTER_DOT,)).get, names)), None)):
        return "gregorian", month
    known = (m for months in (_own_months, _other_months) for name in names if (m := months().get(name)))
    return next(known, ("gregorian", 0))


def _gregorian(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _solar(year: int, month: int, day: int) -> str | None:
    """A Solar Hijri day as a Gregorian one, by the 33-year cycle that holds for 1244-1472 (1865-2093)."""
    if not 1385 <= year <= 1472 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    leaps = sum(1 for y in range(1385, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    past = (year - 1385) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    return (date(2006, 3, 21) + timedelta(days=past)).isoformat()


@cache
def _own_months() -> dict[str, tuple[str, int]]:
    """Folded name → calendar and number of the month, in the languages that newscrawl has files for."""
    languages = filter(None, map(load_language, available_languages()))
    known = {name: ("gregorian", number) for language in languages for name, number in language.months.items()}
    return known | _read_table("solar")


@cache
def _other_months() -> dict[str, tuple[str, int]]:
    """Likewise in further languages, with more abbreviations in those; reading them takes a third of a second."""
    months = {name: ("gregorian", number) for name, number in _cldr_months(_LOCALES).items()}
    return months | _read_table("gregorian")


def _read_table(calendar: str) -> dict[str, tuple[str, int]]:
    table = rtoml.loads(files(__package__).joinpath("months.toml").read_text(encoding="utf-8"))
    months = (pair for language in table[calendar].values() for pair in enumerate(language, 1))
    return {fold(name): (calendar, number) for number, names in months for name in names}


@cache
def _cldr_months(locales: tuple[str, ...]) -> dict[str, int]:
    """Source: the Unicode CLDR, as babel has it."""
    contexts = (Locale.parse(name).months[context] for name in locales for context in ("format", "stand-alone"))
    widths = (context[width] for context in contexts for width in ("abbreviated", "wide"))
    return {fold(name).strip(". "): number for months in widths for number, name in months.items()}
