from datetime import datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates import find_url_day, format_utc, is_plausible, parse_date


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        ("2026-11-22T11:56:02Z", "2026-11-22T11:56:02Z"),
        ("2026-11-22T11:56:02.123456789+03:00", "2026-11-22T08:56:02Z"),
        ("2026-11-22T01:30:00+0300", "2026-11-21T22:30:00Z"),
        ("2026-11-22T07:30:00+03:00[Asia/Riyadh]", "2026-11-22T04:30:00Z"),
        ("2026-11-22 10:00:00 +0000 UTC", "2026-11-22T10:00:00Z"),
        ("Sun, 22 Nov 2026 10:00:00 GMT", "2026-11-22T10:00:00Z"),
        ("Sun, 22 Nov 2026 10:00:00 EST", "2026-11-22T15:00:00Z"),
        ("Sun Nov 22 2026 10:00:00 GMT+0300 (Arabia Standard Time)", "2026-11-22T07:00:00Z"),
        ("Nov 22, 2026 10:00 PM UTC", "2026-11-22T22:00:00Z"),
    ],
)
def test_a_time_with_a_zone_is_a_moment_in_utc(value: str, parsed: str) -> None:
    assert parse_date(value) == parsed


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22",
        " 2026-11-22 ",
        "2026-11-22T23:30:00",
        "2026-11-22 01:00",
        "2026-11-22T00:00:00+03:00",
        "2026-11-22T00:00:00Z",
        "22 November 2026",
        "November 22, 2026",
        "22.11.2026",
        "11/22/2026",
        "22/11/2026 10:00",
        "20261122",
        "Sun Nov 22 10:00:00 AST 2026",
    ],
)
def test_without_zone_or_at_midnight_a_day_stays_a_day(value: str) -> None:
    assert parse_date(value) == "2026-11-22"


def test_dots_put_the_day_first() -> None:
    assert parse_date("03.04.2026") == "2026-04-03"


@pytest.mark.parametrize(
    "value",
    [
        "03/04/2026",
        "03-04-2026",
        "2026",
        "May 2026",
        "2026-05",
        "Monday 2026",
        "10:30 2026",
        "22 November",
        "10:30",
        "yesterday",
        "0000-00-00",
        "2026-02-30",
        "1606046162",
        "9999-12-31T23:59:59-10:00",
        "0001-01-01T00:00:00+14:00",
        "2026-11-22T10:00:00+99:99",
        "2020" * 10_000,
        "",
        None,
    ],
)
def test_what_is_no_date_or_could_be_two(value: str | None) -> None:
    assert parse_date(value) is None


@given(st.text() | st.text(alphabet="0123456789-/:.+TZ ,GMTNov\0", max_size=40).map("2026".__add__))
def test_no_value_breaks_it(value: str) -> None:
    date = parse_date(value)
    assert date is None or datetime.fromisoformat(date)


@given(
    st.datetimes(datetime(1000, 1, 2), datetime(2999, 12, 31), timezones=st.just(timezone(timedelta(hours=3)))),
)
def test_times_that_were_written_can_be_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    if moment.time() != time():
        assert parse_date(moment.isoformat()) == format_utc(moment)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2026/11/22/quay", "2026-11-22"),
        ("https://example.org/2026/nov/22/quay", "2026-11-22"),
        ("https://example.org/news/2026-11-02-quay", "2026-11-02"),
        ("https://example.org/2026/11/quay", None),
        ("https://example.org/2026/13/45/quay", None),
        ("https://example.org/12026/11/22", None),
        ("https://example.org/?day=2026/11/22", None),
        ("http://[", None),
    ],
)
def test_find_url_day(url: str, day: str | None) -> None:
    assert find_url_day(url) == day


@pytest.mark.parametrize(
    ("date", "latest", "plausible"),
    [
        ("2026-11-22", "2026-11-22T11:00:00Z", True),
        ("2026-11-24T10:00:00Z", "2026-11-22T11:00:00Z", True),
        ("2026-11-25", "2026-11-22T11:00:00Z", False),
        ("1989-12-31", "2026-11-22", False),
        ("2203-01-01", None, False),
        ("2099-12-31", None, True),
    ],
)
def test_is_plausible(date: str, latest: str | None, plausible: bool) -> None:
    assert is_plausible(date, latest=latest) is plausible
