"""Dates as they are displayed under tweets, in many languages and calendars."""

import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import rtoml

from newscrawl.languages import available_languages, load_language
from newscrawl.script import fold, fold_with_offsets

__all__ = ["DateMatch", "find_date", "match_date", "starts_with_month"]

_WINDOW = 64
_TIME = r"(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?\s?m\.?)?[\s,·•|-]{1,4})?"
_MONTH = r"(?P<month>[^\W\d_][^\d\n,،]{0,24}?)"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
# All run over folded text: ASCII digits, plain hyphens, no accents or invisible marks.
_PATTERNS = tuple(
    re.compile(_TIME + pattern)
    for pattern in (
        rf"{_DAY}(?:\.|º|er|st|nd|rd|th)?,?\s{{0,3}}(?:de\s|d'\s?)?{_MONTH}\.?[,،]?\s{{0,3}}(?:de[l]?\s)?{_YEAR}",
        rf"{_MONTH}\.?\s{{0,3}}{_DAY}(?:st|nd|rd|th)?\s?[,،]?\s{{0,3}}{_YEAR}",
        rf"{_YEAR}\.?\s{{0,3}}{_MONTH}\.?\s{{0,3}}{_DAY}\.?",
        r"(?P<year>\d{4})\s?(?:年|년|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|월|[-/.])\s?(?P<day>\d{1,2})(?!\d)(?:\s?[日일])?",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    )
)
_FIRST_YEAR = 2006  # of Twitter
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
    """Whether ``text`` begins like a date: a month's name first, or behind a number."""
    words = re.findall(r"[^\W\d_]+", fold(text[:_WINDOW]))
    return any(word in _month_names() for word in words[:1])


def _read_date(match: re.Match[str]) -> str | None:
    day, year = int(match["day"]), int(match["year"])
    name = match["month"].strip().rstrip(".")
    if name.isdigit():
        return _gregorian(year, int(name), day)
    calendar, month = _month_names().get(name, ("", 0))
    if calendar == "solar":
        return _solar(year, month, day)
    return _gregorian(year - 543 if year > 2500 else year, month, day)


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
def _month_names() -> dict[str, tuple[str, int]]:
    """Folded name → calendar and number of the month."""
    tables = rtoml.loads(files(__package__).joinpath("months.toml").read_text(encoding="utf-8"))
    languages = filter(None, map(load_language, available_languages()))
    known = {name: ("gregorian", number) for language in languages for name, number in language.months.items()}
    return known | {
        fold(name): (calendar, number)
        for calendar, languages in tables.items()
        for months in languages.values()
        for number, names in enumerate(months, 1)
        for name in names
    }
