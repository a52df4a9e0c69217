import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedup import fingerprint, record_id

LONG = "The council approved the budget for the new bridge on Monday evening after a long debate. " * 3

SAME = [
    ("The Council", "the council"),
    ("one two", "one\n\n two\t"),
    ("it's 'so' — now.", "it’s “so” - now"),
    ("مُحَمَّدٌ قَالَ", "محمد قال"),
    ("أكد الرئيس إلى آخره", "اكد الرييس الى اخره".replace("رييس", "رئيس")),
    ("قـــال", "قال"),
    ("٢٠٢٦", "2026"),
    ("کتاب ی", "كتاب ي"),
    ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
    ("cafe\u0301", "café"),
    ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ("heart ❤️ here", "heart here"),
    ("keycap 5\ufe0f", "keycap 5"),
    ("soft\u00adhyphen", "softhyphen"),
]
DIFFERENT = [
    ("one two", "two one"),
    ("one two", "onetwo"),
    ("the price is 21", "the price is 22"),
    ("قال", "قالت"),
    ("हिन्दी", "हन्दा"),
    ("किताब", "कुताब"),
    ("ภาษาไทย", "ภาษไทย"),
    ("ไม้", "ไม่"),
    ("中文新闻", "中文报道"),
    ("новости", "новость"),
    ("\U0001e900\U0001e944", "\U0001e900\U0001e945"),
    ("", "word"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_words(a: str, b: str) -> None:
    assert fingerprint(a) == fingerprint(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_other_words(a: str, b: str) -> None:
    assert fingerprint(a) != fingerprint(b)


def test_its_form() -> None:
    assert re.fullmatch(r"1:[0-9a-f]{64}", fingerprint("text"))


def test_a_title_tells_short_texts_apart() -> None:
    line = "Watch the full video on our channel."
    assert fingerprint(line, title="Floods in the north") != fingerprint(line, title="A new bridge")
    assert fingerprint(line, title="A new bridge") == fingerprint(line.upper(), title="A NEW BRIDGE!")


def test_a_title_says_nothing_about_long_texts() -> None:
    assert (
        fingerprint(LONG, title="Bridge approved") == fingerprint(LONG, title="Council says yes") == fingerprint(LONG)
    )


def test_title_and_text_do_not_run_together() -> None:
    assert fingerprint("b c", title="a") != fingerprint("c", title="a b")


WORDS = st.lists(st.text("abcxyzابتثحिकกข你好жд", min_size=1, max_size=8), min_size=1, max_size=30)


@given(WORDS, st.sampled_from(["\n", "  ", "\u00a0", " — ", "، ", "\u2028"]))
def test_white_space_and_punctuation_make_no_difference(words: list[str], gap: str) -> None:
    assert fingerprint(gap.join(words)) == fingerprint(" ".join(words))


@given(st.text("abcdefgh éñö", max_size=60))
def test_case_makes_no_difference(text: str) -> None:
    assert fingerprint(text.upper()) == fingerprint(text)


@given(st.text("ابتثجحخد سشصض", min_size=1, max_size=40), st.data())
def test_vowel_signs_make_no_difference(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(text)))
    sign = data.draw(st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652\u0640"))
    assert fingerprint(text[:at] + sign + text[at:]) == fingerprint(text)


@given(st.text("بتثجأإآا وى", max_size=40))
def test_hamza_forms_make_no_difference(text: str) -> None:
    assert fingerprint(re.sub("[أإآ]", "ا", text)) == fingerprint(text)


@given(st.lists(st.sampled_from(["flood", "bridge", "خبر", "ข่าว", "ख़बर", "17"]), max_size=6), st.data())
def test_each_word_and_its_place_count(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.sampled_from(["flood", "bridge", "خبر", "ข่าว", "ख़बर", "17"]), max_size=6))
    assert (fingerprint(" ".join(words)) == fingerprint(" ".join(other))) == (words == other)


@given(st.text(), st.text())
def test_any_text_has_one(text: str, title: str) -> None:
    assert fingerprint(text, title=title).startswith("1:")
    assert len(record_id(text, title)) == 64


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0", "\x00\x01", "a\0b", "\U0010ffff"])
def test_broken_text_has_one(text: str) -> None:
    assert fingerprint(text, title=text).startswith("1:")


def test_an_id_is_that_of_the_record_as_archived() -> None:
    assert record_id("https://a.example/\ud800", "1:0") == record_id("https://a.example/\ufffd", "1:0")
    assert record_id("https://a.example/", "1:0") == sha256(b"https://a.example/\n1:0").hexdigest()


def test_a_change_of_the_hash_needs_a_new_version() -> None:
    text = "وقال الرئيس: «Café №5», किताब ภาษาไทย 中文 ٢٠٢٦"
    assert fingerprint(text) == "1:5ac440a86c0c07de19c903c065648519dbfd43b0c48dcd8edbd8600b7298d0d4"
