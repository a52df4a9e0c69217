import pytest

from newscrawl.extract.tweets.signature import find_signatures


@pytest.mark.parametrize(
    ("text", "name", "handle", "date"),
    [
        ("Words.\n— RTARABIC (@RTarabic) October 20, 2020", "RTARABIC", "RTarabic", "2020-10-20"),
        ("Words.— Some One (@one) July 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words. —Some One (@one) July 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words. - Some One (@one) July 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words. -- Some One (@one) July 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words. &mdash; Some One (@one) 5 Temmuz 2013", "Some One", "one", "2013-07-05"),
        ("Words. – 🌊 One (Text 88022) (@one) 5 juillet 2013", "🌊 One (Text 88022)", "one", "2013-07-05"),
        ("Words. — One - Two (@one) July 5, 2013", "One - Two", "one", "2013-07-05"),
        ("قال. — قناة (RTarabic@) ٢٠ أكتوبر ٢٠٢٠", "قناة", "RTarabic", "2020-10-20"),
        (
            "قال. — ا لـ ـعـ ـر بـ ـيـ ـة (\u200f@\u200eone\u200f) 5 تموز 2013",
            "ا لـ ـعـ ـر بـ ـيـ ـة",
            "one",
            "2013-07-05",
        ),
        ("Words.\n— Some One (@one) \r\nJuly 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words. — Some One (@one) July 5…", "Some One", "one", None),
        ("Words. — Some One (@one)", "Some One", "one", None),
        ("Some One (@one) July 5, 2013", "Some One", "one", "2013-07-05"),
        ("Words.\n— One — Two (@one) July 5, 2013", "One — Two", "one", "2013-07-05"),
        ("Words.\n— Some One\n(@one)\n5 июля 2013 г.", "Some One", "one", "2013-07-05"),
        ("Words. — نور (@one) 20 أكتو…", "نور", "one", None),
        ("Words. — Some One (@one) 7:02 م · 5 يوليو 2013", "Some One", "one", "2013-07-05"),
    ],
)
def test_signature(text: str, name: str, handle: str, date: str | None) -> None:
    (signature,) = find_signatures(text)
    assert (signature.name, signature.handle, signature.date) == (name, handle, date)


@pytest.mark.parametrize(
    "text",
    [
        "A post shared by Some One (@one) on Dec 20, 2017 at 7:13pm PST",
        "— Une publication partagée par Some One (@one)",
        "PARIS (@AP) - Officials confirm the attack",
        "The account of Some One (@one) shared the picture.",
        "He is on Twitter (@one).",
        "- Some One (@one)",
        "كتب عبر حسابه (@one) في تويتر",
        "Photo — Some One (@one)",
        "— Why did you leave? — we asked Some One (@one).",
        "— With our correspondent in the capital, Some One (@one)",
        "Публикация от Some One (@one) 20 Окт 2020 в 9:14 PDT",
    ],
)
def test_no_signature(text: str) -> None:
    assert find_signatures(text) == []


def test_dates_that_are_links() -> None:
    (signature,) = find_signatures("Hi — One (@one) [July 5, 2013](https://x.com/one/status/353000000000000000) More.")
    assert signature.status is not None
    assert (signature.date, signature.status.id, signature.end) == ("2013-07-05", "353000000000000000", 75)


def test_run_together() -> None:
    text = "One. — A (@a) May 1, 2017 Two — or three. — B (@b) May 2, 2017"
    assert [(s.handle, s.date) for s in find_signatures(text)] == [("a", "2017-05-01"), ("b", "2017-05-02")]
    assert [text[s.start : s.start + 3] for s in find_signatures(text)] == ["— A", "— B"]
