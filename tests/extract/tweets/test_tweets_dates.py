import tomllib
from datetime import date
from importlib.resources import files

import pytest
from babel import Locale
from babel.dates import format_date

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
    assert starts_with_month("20 أكتو…")
    assert not starts_with_month("said on October")


LANGUAGES = (
    "ar", "ar_SY", "ar_DZ", "ar_MA", "de", "en", "es", "fa", "fr", "he", "id", "it", "ja", "nl", "pl", "pt", "ru", "tr",
    "uk", "ur", "zh", "bg", "bn", "ca", "cs", "da", "el", "fi", "fil", "gu", "hi", "hr", "hu", "kn", "ko", "mr", "ms",
    "nb", "ro", "sk", "sr", "sv", "ta", "th", "vi",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_dates_as_twitter_displays_them(language: str, month: int) -> None:
    day = date(2021, month, 17)
    found = match_date(f"{format_date(day, 'long', locale=language)} \n", 0)
    assert found is not None
    assert found.date == day.isoformat()


@pytest.mark.parametrize(
    "shown",
    ["7:02 م · 20 أكتوبر 2020", "午後7:02 · 2020年10月20日", "7:02 p. m. · 20 oct. 2020", "19:02 · 20 Eki 2020"],
)
def test_times_in_front(shown: str) -> None:
    assert match_date(shown, 0) == ("2020-10-20", len(shown))


def test_one_word_two_months() -> None:
    assert match_date("20. listopada 2020", 0) == ("2020-10-20", 18)  # Croatian
    assert match_date("20 listopada 2020", 0) == ("2020-11-20", 17)  # Polish


def test_month_table_is_complete() -> None:
    text = files("newscrawl.extract.tweets").joinpath("months.toml").read_text(encoding="utf-8")
    assert all(len(months) == 12 for languages in tomllib.loads(text).values() for months in languages.values())


def test_only_croatian_names_are_those_of_other_months() -> None:
    meanings: dict[str, dict[str, int]] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for names in (months[c][w] for c in ("format", "stand-alone") for w in ("wide", "abbreviated")):
            for number, name in names.items():
                meanings.setdefault(fold(name).strip(". "), {})[language] = number
    ambiguous = {name: known for name, known in meanings.items() if len({*known.values()}) > 1}
    assert all("hr" in known for known in ambiguous.values())
