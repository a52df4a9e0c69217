from pathlib import Path

import pytest

from newscrawl.errors import UsageError
from newscrawl.extract.attributions import find_attributions
from newscrawl.languages import Example, Language, available_languages, load_language
from newscrawl.languages.languages import read_language
from newscrawl.script import fold

LANGUAGES = [language for code in available_languages() if (language := load_language(code))]
EXAMPLES = [(language, example) for language in LANGUAGES for example in language.examples]


def test_arabic_and_english_are_known() -> None:
    assert {"ar", "en"} <= set(available_languages())
    assert load_language("xx") is None
    assert load_language("ar") is load_language("ar")


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=lambda v: getattr(v, "text", getattr(v, "code", "")))
def test_example(language: Language, example: Example) -> None:
    found = find_attributions(example.text, language=language.code)
    assert tuple(a.outlet or a.surface for a in found) == example.credits


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_language_has_examples_of_both_sorts(language: Language) -> None:
    assert len(language.examples) >= 25
    assert sum(not example.credits for example in language.examples) >= 5


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_month_has_a_name(language: Language) -> None:
    assert set(language.months.values()) == set(range(1, 13))
    assert all(fold(name) == name for name in language.months)


@pytest.mark.parametrize(
    ("name", "number"), [("جويلية", 7), ("شتنبر", 9), ("كانون الثاني", 1), ("أفريل", 4), ("مارس", 3)]
)
def test_arabic_months_of_every_region(name: str, number: int) -> None:
    arabic = load_language("ar")
    assert arabic is not None
    assert arabic.months[fold(name)] == number


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("name = 'X'\n[words]\nsays = ['x']", "words: unknown key says"),
        ("name = 'X'\n[words]\nsay = 'x'", "words.say"),
        ("name = 'X'\n[words]\nsay = ['']", "words.say"),
        ("name = 'X'\n[clitics]\ninfix = ['x']", "clitics: unknown key infix"),
        ("name = 'X'\n[countries]\nfrance = ['x']", "countries.france"),
        ("name = 'X'\norder = ['any']", "order: unknown key any"),
        ("name = 'X'\ncolour = 'red'", "unknown key colour"),
        ("name = 'X'\ninflected = ['verbs']", "inflected: unknown key verbs"),
        ("name = 'X'\n[months]\n13 = ['x']", "months.13"),
        ("name = 'X'\n[[examples]]\ntext = 'x'", "examples, entry 1"),
        ("[words]", "name"),
        ("name = ", "xx.toml"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_language(path)
    assert "xx.toml" in str(error.value)
    assert complaint in str(error.value)
