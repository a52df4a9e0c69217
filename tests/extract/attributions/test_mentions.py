import pytest

from newscrawl.extract.attributions import find_attributions


def credits(text: str, language: str) -> list[str]:
    return [a.surface for a in find_attributions("\n" * 4 + text, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "surfaces"),
    [
        # A word of the language needs quotation marks or a medium noun to be a name.
        ("en", "Today said that nobody was hurt.", []),
        ("en", 'Ann Lee told "Today" that nobody was hurt.', ["Today"]),
        ("es", "Hoy dijo que nadie resultó herido.", []),
        # So does a common word with the small article of any noun.
        ("es", "El presidente dijo a la Nación que nadie resultó herido.", []),
        ("es", "Según el diario la Nación, nadie resultó herido.", ["la Nación"]),
        # Russian puts its own common words in quotation marks, and what nobody has listed.
        ("ru", "Известия сообщили, что мост закрыт.", []),
        ("ru", "Газета «Известия» сообщила, что мост закрыт.", ["Известия"]),
        ("ru", "Мост откроют весной, передает «Зарница».", ["Зарница"]),
        ("ru", "Мост откроют весной, сообщает Faraway News.", ["Faraway News"]),
        # A name as the first part of a noun.
        ("de", "Laut ORF-Chef Müller wurde niemand verletzt.", []),
        ("de", "Wie die ORF-Korrespondentin Müller berichtet, wurde niemand verletzt.", ["ORF"]),
        ("de", "Der Telegram-Kanal Morgenrot berichtete, dass niemand verletzt wurde.", []),
        # Somebody of the outlet is not the outlet.
        ("en", "The editor of The Guardian said that nobody was hurt.", []),
        ("en", "A correspondent of The Guardian said that nobody was hurt.", ["The Guardian"]),
        # One mention.
        ("en", 'Ann Lee said on NBC\'s "Today" that nobody was hurt.', ["NBC's \"Today"]),
        (
            "ru",
            "Газета «Коррьере далёкая» (Corriere della Sera) пишет, что мост закрыт.",
            ["Коррьере далёкая» (Corriere della Sera)"],
        ),
        ("he", 'לפי גל"צ, הגשר נסגר.', ['גל"צ']),
        ("he", "לפי \u200fגל״צ, הגשר נסגר.", ["גל״צ"]),
        # Unlisted names by their first word or their last.
        ("es", "El alcalde dijo a Radio Lejana que nadie resultó herido.", ["Radio Lejana"]),
        ("en", "The mayor told the Faraway Gazette that nobody was hurt.", ["Faraway Gazette"]),
        ("en", "The mayor spoke, the Examiner reported.", ["Examiner"]),
        ("tr", "Başkan, Uzakdiyar gazetesine konuştu.", ["Uzakdiyar"]),
        # Boilerplate, and a line that holds nothing but an acronym.
        ("en", "Reuters reported this. All rights reserved.", []),
        ("tr", "AA", ["AA"]),
        ("en", "AD", []),
    ],
)
def test_what_is_a_name(language: str, text: str, surfaces: list[str]) -> None:
    assert credits(text, language) == surfaces


@pytest.mark.parametrize("quotes", ["“”", "‘’", "''", "«»", "„“"])
def test_any_quotation_marks_make_a_name(quotes: str) -> None:
    assert credits(f"Het weekblad {quotes[0]}Dorpsbode{quotes[1]} meldt dat niemand gewond raakte.", "nl") == [
        "Dorpsbode"
    ]
