from typing import Any

import pytest

from newscrawl.extract import annotate_record

TEXT = "The quay is open, Reuters reported.\nHarbour news — RTARABIC (@RTarabic) October 20, 2020\nProse after it."


def test_offsets_refer_to_the_text_which_stays_as_it_is() -> None:
    record = annotate_record({"text": TEXT, "language": "en"})
    assert record["text"] == TEXT
    (credit,) = record["attributions"]
    assert (credit["outlet"], TEXT[credit["start"] : credit["end"]]) == ("reuters.com", "Reuters")
    (tweet,) = record["tweets"]
    assert (tweet["handle"], tweet["date"], tweet["outlet"]) == ("RTarabic", "2020-10-20", "rt.com")


@pytest.mark.parametrize("language", [{}, {"language": "eng"}, {"language": "mul"}, {"language": None}])
def test_english_needs_no_declaration(language: dict[str, Any]) -> None:
    (credit,) = annotate_record({"text": "The quay opens in May, according to Reuters."} | language)["attributions"]
    assert credit["outlet"] == "reuters.com"


def test_unknown_keys_pass_through_in_their_places() -> None:
    record = annotate_record({"page": 7, "text": "Nothing of note.", "tweets": "old", "extra": {"a": None}})
    assert list(record) == ["page", "text", "tweets", "extra", "attributions"]
    assert (record["page"], record["extra"], record["tweets"]) == (7, {"a": None}, [])


@pytest.mark.parametrize("record", [{}, {"text": None}, {"text": 7}, {"text": ["a"]}, {"title": "Reuters reported"}])
def test_a_record_without_a_text_comes_back(record: dict[str, Any]) -> None:
    assert annotate_record(record) is record


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ({"outlet": "reuters.com"}, True),
        ({"url": "https://www.reuters.com/world/1"}, True),
        ({"outlet": "example.org", "url": "https://www.reuters.com/world/1"}, False),
        ({"url": "http://["}, False),
        ({"url": None, "outlet": 7}, False),
        ({}, False),
    ],
)
def test_the_outlet_of_the_record_is_told_from_others(origin: dict[str, Any], own: bool) -> None:
    (credit,) = annotate_record({"text": TEXT, "language": "en"} | origin)["attributions"]
    assert credit["own"] is own


def test_a_wrong_language_does_not_matter() -> None:
    text = "وذكرت قناة العربية أن الرصيف الجديد سيفتح قبل وصول عواصف الشتاء."
    assert annotate_record({"text": text, "language": "en"}) == annotate_record({"text": text, "language": "ar"}) | {
        "language": "en"
    }
