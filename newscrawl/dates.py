"""Dates as pages, feeds and headers write them → ISO 8601 in UTC."""

import re
from datetime import UTC, datetime, time, timedelta, timezone
from urllib.parse import urlsplit

from dateutil import parser as dateutil_parser

__all__ = ["find_url_day", "format_utc", "is_plausible", "parse_date"]

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})(?!\d)")
_DAY_ALONE = re.compile(r"\s*\d{4}-\d\d-\d\d\s*")
_AMBIGUOUS = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}")  # month first or day first: nobody can tell
_DAY_FIRST = re.compile(r"\s*\d{1,2}\.\d{1,2}\.\d{4}")
# RFC 822, 5.1
_ZONES = {"UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
# "GMT+0300 (Arabia Standard Time)", "+03:00[Asia/Riyadh]", "+0000 UTC": dateutil would turn the sign, or give up.
_ZONE_CLUTTER = re.compile(r"(?:GMT|UTC)(?=[+-]\d)|\s*[(\[].*$|(?<=[+-]\d{4}) UTC$")
_FILLINGS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # differ in year, month, day and day of the week
_HAS_YEAR = re.compile(r"(?<!\d)[12]\d{3}")
_FIRST_NEWS = "1990-01-01"  # older than any news site
_TOLERANCE = timedelta(days=2)  # clocks and zones; embargoed stories lie further ahead and are rightly flagged


def parse_date(value: str | None) -> str | None:
    """Parse a date with or without a time.

    Returns:
        ``2026-11-22T11:56:02Z`` where ``value`` has a time and a zone; ``2026-11-22`` where either is missing (an
        hour without a zone is no moment in time); None where it is no date, a date without its day, or one that
        could be read two ways (``03/04/2026``).

    Raises:
        Nothing.
    """
    if not value or not _HAS_YEAR.search(value) or _is_ambiguous(value):
        return None
    if _DAY_ALONE.fullmatch(value):
        return _valid_day(value.strip())
    moment = _parse_moment(_ZONE_CLUTTER.sub("", value.strip()[:64]))
    if moment is None:
        return None
    # Exactly midnight is a day that a form stored as a time: turned to UTC it could become the day before.
    if moment.tzinfo is None or moment.time() == time():
        return moment.date().isoformat()
    return format_utc(moment)


def find_url_day(url: str) -> str | None:
    """The day in an address: ``/2026/11/22/``, ``/2026-11-22-``, ``/2026/nov/22/``; None without one."""
    try:
        match = _URL_DAY.search(urlsplit(url).path.lower())
    except ValueError:
        return None
    return parse_date(f"{match[1]}-{match[3]}-{match[4]}") if match else None


def format_utc(moment: datetime) -> str:
    """An aware time as ``2026-11-22T11:56:02Z``; whole seconds.

    Raises:
        OverflowError: the time is within a day of year 1 or 9999.
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def is_plausible(date: str, *, latest: str | None) -> bool:
    """Whether news can be of this ``date``: not before 1990, not more than two days after ``latest``.

    Both are as `parse_date` gives them; without ``latest`` the year must be below 2100.
    """
    if latest is None:
        return _FIRST_NEWS <= date < "2100"
    limit = datetime.fromisoformat(latest) + _TOLERANCE
    return _FIRST_NEWS <= date <= limit.date().isoformat() + "T99"


def _is_ambiguous(value: str) -> bool:
    match = _AMBIGUOUS.match(value)
    return match is not None and match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12


def _valid_day(day: str) -> str | None:
    try:
        return datetime.fromisoformat(day).date().isoformat()
    except ValueError:
        return None


def _parse_moment(value: str) -> datetime | None:
    for parse in (datetime.fromisoformat, _parse_loosely):
        try:
            moment = parse(value)
            if moment.tzinfo:
                moment.astimezone(UTC)  # not every time near year 1 or 9999 can be told in UTC
        except (ValueError, OverflowError, TypeError):
            continue
        return moment
    return None


def _parse_loosely(value: str) -> datetime:
    """What dateutil reads; it fills gaps from a default, so a date that changes with the default is incomplete."""
    day_first = _DAY_FIRST.match(value) is not None
    one, other = (
        dateutil_parser.parse(value, default=filling, dayfirst=day_first, tzinfos=_read_zone) for filling in _FILLINGS
    )
    if one.date() != other.date():
        raise ValueError("no day")
    return one


def _read_zone(name: str | None, offset: int | None) -> timezone | None:
    """``GMT`` and ``UTC`` come with an offset of 0; of other names only those of feeds count."""
    if offset is None and name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    return None if offset is None else timezone(timedelta(seconds=offset))
