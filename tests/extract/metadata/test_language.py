import pytest

from newscrawl.extract.metadata.language import choose_language

ARABIC = "قال مدير الميناء يوم الاثنين إن الرصيف الجديد سيفتح قبل وصول عواصف الشتاء."
PERSIAN = "رئیس بندر روز دوشنبه گفت که اسکله جدید پیش از توفان‌های زمستانی گشایش می‌یابد."
URDU = "بندرگاہ کے سربراہ نے پیر کو کہا کہ نئی گودی سردیوں کے طوفانوں سے پہلے کھل جائے گی۔"
UKRAINIAN = "Начальник порту повідомив у понеділок, що новий причал відкриють до зимових штормів її міста."
RUSSIAN = "Начальник порта сообщил в понедельник, что новый причал откроется до зимних штормов."
ENGLISH = "The harbour master said on Monday that the new quay would open before winter."


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        (["ar"], ARABIC, "ar"),
        (["ar-SA"], ARABIC, "ar"),
        ([None, "", "AR_eg"], ARABIC, "ar"),
        (["en"], ARABIC, "ar"),
        (["en", "ar"], ARABIC, "ar"),
        (["fr", "en-GB"], ENGLISH, "fr"),
        (["ar", "en"], ENGLISH, "en"),
        (["ar"], ENGLISH, None),
        ([], ENGLISH, None),
        ([], ARABIC, "ar"),
        ([], PERSIAN, "fa"),
        ([], URDU, "ur"),
        (["en-US"], PERSIAN, "fa"),
        (["en-US"], URDU, "ur"),
        (["fa-IR"], PERSIAN, "fa"),
        (["ps"], PERSIAN, "ps"),
        ([], RUSSIAN, "ru"),
        ([], UKRAINIAN, "uk"),
        (["sr-Latn"], ENGLISH, "sr"),
        (["english"], ENGLISH, None),
        (["\x01"], "", None),
        ([], f"{ENGLISH} {ARABIC[:20]}", None),
    ],
)
def test_choose_language(declared: list[str | None], text: str, language: str | None) -> None:
    assert choose_language(declared, text) == language
