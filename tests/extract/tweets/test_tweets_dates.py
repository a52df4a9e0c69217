import tomllib
from importlib.resources import files

import pytest

from newscrawl.extract.tweets.dates import find_date, match_date, starts_with_month
from newscrawl.script import fold


@pytest.mark.parametrize(
    "shown",
    [
        "October 20, 2020",
        "Oct. 20th, 2020",
        "20 October 2020",
        "20. Oktober 2020",
        "20.10.2020",
        "20 octobre 2020",
        "20 de octubre de 2020",
        "20 de outubro de 2020",
        "20 ottobre 2020",
        "20 Ekim 2020",
        "20 октября 2020",
        "20 Oktober 2020",
        "20 באוקטובר 2020",
        "أكتوبر 20, 2020",
        "٢٠ أكتوبر ٢٠٢٠",
        "20 تشرين الأول 2020",
        "20 أكتوبر، 2020",
        "۲۹ مهر ۱۳۹۹",
        "2020年10月20日",
        "2020-10-20",
        "9:14 PM - Oct 20, 2020",
        "9:14 PM · Oct 20, 2020",
        "\u200f20\u200f أكتوبر 2020",
    ],
)
def test_match_date(shown: str) -> None:
    found = match_date(f"{shown} tail", 0)
    assert found is not None
    assert found.date == "2020-10-20"
    assert found.end == len(shown)


@pytest.mark.parametrize("shown", ["", "31 February 2020", "20 Foo 2020", "October 20", "1 May 1999", "32 مهر 1399"])
def test_no_date(shown: str) -> None:
    assert match_date(shown, 0) is None


def test_maghrebi_and_levantine_names() -> None:
    assert [match_date(f"3 {month} 2015", 0) for month in ("أوت", "غشت", "آب")] == [
        ("2015-08-03", 10),
        ("2015-08-03", 10),
        ("2015-08-03", 9),
    ]


def test_solar_leap_day() -> None:
    assert find_date("۳۰ اسفند ۱۳۹۹") == "2021-03-20"
    assert find_date("۱ فروردین ۱۴۰۰") == "2021-03-21"


def test_find_date_looks_further_in() -> None:
    assert find_date("posted on 7 September 2017") == "2017-09-07"


def test_starts_with_month() -> None:
    assert starts_with_month("Oct…")
    assert starts_with_month("20 octobre")
    assert not starts_with_month("said on October")


def test_month_table_is_complete_and_unambiguous() -> None:
    text = files("newscrawl.extract.tweets").joinpath("months.toml").read_text(encoding="utf-8")
    meanings: dict[str, set[tuple[str, int]]] = {}
    for calendar, languages in tomllib.loads(text).items():
        for language, months in languages.items():
            assert len(months) == 12, language
            for number, names in enumerate(months, 1):
                for name in names:
                    meanings.setdefault(fold(name), set()).add((calendar, number))
    assert {name for name, known in meanings.items() if len(known) > 1} == set()
