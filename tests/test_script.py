import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.script import fold, fold_with_offsets, unify_script

ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("وَفْقًا", "وفقا"),
        ("أنباء إيران آسيا ٱلله", "انباء ايران اسيا الله"),
        ("رويتـــرز", "رويترز"),
        ("على", "علي"),
        ("وكالة", "وكاله"),
        ("كیهان", "كيهان"),
        ("کیهان", "كيهان"),
        ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
        ("ＡＦＰ", "afp"),
        ("ﺭﻭﻳﺘﺮﺯ", "رويترز"),
        ("Süddeutsche Straße", "suddeutsche strasse"),
        ("İHA ışık", "iha isik"),
        ("Ёлка", "елка"),
        ("l’Orient «Le Jour» — 1", 'l\'orient "le jour" - 1'),
        ("\u200fقناة\u200e می\u200cگوید", "قناه ميگويد"),
        ("हिन्दी ไทย 한국", "हिन्दी ไทย 한국"),
        ("a\u00a0b\nc", "a b\nc"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_composed_and_decomposed_spellings_fold_alike() -> None:
    for text in ("Café Йод", "أحمد مؤتمر هيئة"):
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["\ud800 x", "\x00", "\u2028", "\udfff" * 3])
def test_odd_characters_survive(text: str) -> None:
    assert fold(text) == text


@given(ANY_TEXT)
def test_offsets_lead_back(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert all(char in fold(text[at]) for char, at in zip(folded.text, folded.offsets, strict=False))


def test_span_of_a_word_with_marks() -> None:
    text = "قالت «رُويتـرز» اليوم"
    folded = fold_with_offsets(text)
    start = folded.text.index("رويترز")
    start, end = folded.span(start, start + len("رويترز"))
    assert text[start:end] == "رُويتـرز"
    assert folded.span(0, 0) == (0, 0)


@pytest.mark.parametrize(
    ("text", "unified"),
    [
        ("el \u0440eri\u00f3dic\u043e dice", "el peri\u00f3dico dice"),
        ("ИHТЕРФАКС сообщает", "ИНТЕРФАКС сообщает"),
        ("РИА Новости и Reuters", "РИА Новости и Reuters"),
        ("plain", "plain"),
    ],
)
def test_words_of_mixed_letters_get_one_script(text: str, unified: str) -> None:
    assert unify_script(text) == unified


@given(st.text(st.sampled_from("aeoрсТХИ н1.")))
def test_one_script_keeps_every_offset(text: str) -> None:
    assert len(unify_script(text)) == len(text)
    assert unify_script(unify_script(text)) == unify_script(text)
