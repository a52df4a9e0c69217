import pytest

from newscrawl.extract.attributions import find_attributions


@pytest.mark.parametrize(
    ("language", "text", "outlet"),
    [
        # The country that an adjective tells, behind the name or in front.
        ("ar", "ذكرت صحيفة الوطن القطرية أن الطريق أغلق.", "al-watan.com"),
        ("ar", "ذكرت صحيفة الوطن السعودية أن الطريق أغلق.", "alwatan.com.sa"),
        ("de", "Das sagte sie dem australischen Sender ABC.", "abc.net.au"),
        ("de", "Das sagte sie dem amerikanischen Sender ABC.", "abcnews.com"),
        # The medium that a noun tells.
        ("ar", "وقال الوزير لقناة الجزيرة إن المعبر سيفتح غدا.", "aljazeera.net"),
        ("ar", "وكتبت صحيفة الجزيرة أن الجسر سيغلق شهرا.", "al-jazirah.com"),
    ],
)
def test_what_stands_beside_a_name_tells_whose_it_is(language: str, text: str, outlet: str) -> None:
    assert [a.outlet for a in find_attributions(text, language=language)] == [outlet]


@pytest.mark.parametrize(
    ("own", "outlet"), [("abc.net.au", "abc.net.au"), ("smh.com.au", "abc.net.au"), (None, "abcnews.com")]
)
def test_else_the_page_tells(own: str | None, outlet: str) -> None:
    (found,) = find_attributions("She told ABC News that nobody was hurt.", language="en", own=own)
    assert found.outlet == outlet
    assert found.own == (own == outlet)
