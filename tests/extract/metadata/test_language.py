import pytest

from newscrawl.extract.metadata.language import choose_language

ARABIC = "قال مدير الميناء يوم الاثنين إن الرصيف الجديد سيفتح قبل وصول عواصف الشتاء."
PERSIAN = "رئیس بندر روز دوشنبه گفت که اسکله جدید پیش از توفان‌های زمستانی گشایش می‌یابد."
URDU = "بندرگاہ کے سربراہ نے پیر کو کہا کہ نئی گودی سردیوں کے طوفانوں سے پہلے کھل جائے گی۔"
UKRAINIAN = "Начальник порту повідомив у понеділок, що новий причал відкриють до зимових штормів її міста."
RUSSIAN = "Начальник порта сообщил в понедельник, что новый причал откроется до зимних штормов."
ENGLISH = "The harbour master said on Monday that the new quay would open before winter."

FRENCH = "Le directeur du port a déclaré lundi que le nouveau quai ouvrirait avant l'hiver."
GERMAN = "Der Hafenmeister sagte am Montag, dass der neue Kai noch vor dem Winter öffnen soll."
SPANISH = "El director del puerto dijo el lunes que el nuevo muelle abrirá antes del invierno."
TURKISH = "Liman başkanı pazartesi günü yeni iskelenin kıştan önce açılacağını söyledi."
INDONESIAN = "Kepala pelabuhan mengatakan pada Senin bahwa dermaga baru akan dibuka sebelum musim hujan."
HEBREW = "מנהל הנמל אמר ביום שני כי הרציף החדש ייפתח לפני החורף."


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
        (["ar"], ENGLISH, "en"),
        ([], ENGLISH, "en"),
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
        (["english"], ENGLISH, "en"),
        (["eng"], ENGLISH, "en"),
        (["ara"], ARABIC, "ar"),
        (["per"], PERSIAN, "fa"),
        (["fas-IR"], PERSIAN, "fa"),
        (["rus"], RUSSIAN, "ru"),
        (["fre"], FRENCH, "fr"),
        (["fra"], FRENCH, "fr"),
        (["ger"], GERMAN, "de"),
        (["DEU"], GERMAN, "de"),
        (["spa"], SPANISH, "es"),
        (["tur"], TURKISH, "tr"),
        (["in"], INDONESIAN, "id"),
        (["iw"], HEBREW, "he"),
        (["heb"], HEBREW, "he"),
        (["ckb"], ARABIC, "ckb"),
        (["mul", "fr"], FRENCH, "fr"),
        (["mul"], FRENCH, None),
        (["und"], FRENCH, None),
        (["zxx"], ENGLISH, "en"),
        (["xyz"], ARABIC, "ar"),
        (["\x01"], "", None),
        ([], f"{ENGLISH} {ARABIC[:20]}", "en"),
    ],
)
def test_choose_language(declared: list[str | None], text: str, language: str | None) -> None:
    assert choose_language(declared, text) == language


@pytest.mark.parametrize(
    "text", [ENGLISH, "Quay opens, according to Reuters.", "The ferry sank.", "Ministers said so", ENGLISH * 50]
)
def test_english_shows_in_its_small_words(text: str) -> None:
    assert choose_language([], text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "The Guardian révèle un projet secret, selon le New York Times.",
        "On a vu cet été un but pour six points. Or, le maire est sur place.",
        GERMAN,
        "Was also war in dem Hafen? Man hat so an die Not und Art der Alten gedacht.",
        'Der Film "The Lord of the Rings" ist in Berlin auf Platz eins, so die Deutsche Presse-Agentur.',
        SPANISH,
        "La ministra ha dicho hoy: he visto el plan, no me gusta.",
        "Il direttore del porto ha detto lunedì che il nuovo molo aprirà prima dell'inverno.",
        "Due ore in mare, poi a terra: con la nave anche i marinai.",
        TURKISH,
        "Her at on gol attı, not aldı; o da an be an izledi.",
        INDONESIAN,
        "Harga beras naik di pasar, kata pedagang.",
        "De havenmeester zei of het is of was niet open, en had er over met de stad.",
        "For at komme til byen have to skibe under broen.",
        "1 2 3",
        "",
    ],
)
def test_other_latin_text_is_not_called_english(text: str) -> None:
    assert choose_language([], text) is None
