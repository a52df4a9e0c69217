"""What every entry of the outlet files promises, and how the registry answers."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from newscrawl.errors import UsageError
from newscrawl.outlets import load_registry

_FILES = [f for f in files("newscrawl.outlets").iterdir() if f.name.endswith(".toml")]
_ENTRIES: list[dict[str, Any]] = [
    entry for f in _FILES for entry in tomllib.loads(f.read_text(encoding="utf-8"))["outlet"]
]
_ARAB_LEAGUE = {
    *("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"),
    *("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"),
}
_GOOD = '[[outlet]]\ndomain = "good.example"\nname = "Good"\nmedium = "site"\n'


def _write(folder: Path, content: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_every_entry_is_loaded() -> None:
    assert len(load_registry()) == len(_ENTRIES) >= 300


def test_every_outlet_has_names_and_none_has_loose_space() -> None:
    assert [entry["domain"] for entry in _ENTRIES if not any(entry["names"].values())] == []
    forms = [form for entry in _ENTRIES for forms in entry["names"].values() for form in forms]
    assert [form for form in forms if form != form.strip() or not form] == []


def test_all_arab_league_countries_have_an_outlet_with_an_arabic_name() -> None:
    assert {o.country for o in load_registry() if "ar" in o.names} >= _ARAB_LEAGUE


@pytest.mark.parametrize("address", ["https://arabic.rt.com/x", "rt.com", "WWW.RT.COM", "https://rt.com:443/"])
def test_an_address_leads_to_its_outlet(address: str) -> None:
    outlet = load_registry().by_domain(address)
    assert outlet
    assert outlet.domain == "rt.com"


@pytest.mark.parametrize("address", ["https://notrt.com/", "com", "", "https://[broken/", "rt.com.example"])
def test_a_strange_address_has_no_outlet(address: str) -> None:
    assert load_registry().by_domain(address) is None


@pytest.mark.parametrize("handle", ["@RTarabic", "rtarabic", "RTARABIC"])
def test_a_handle_leads_to_its_outlet(handle: str) -> None:
    outlet = load_registry().by_handle(handle)
    assert outlet
    assert outlet.domain == "rt.com"


def test_another_domain_of_an_outlet_leads_to_it() -> None:
    outlet = load_registry().by_domain("https://www.bbc.co.uk/arabic")
    assert outlet
    assert outlet.domain == "bbc.com"


def test_an_entry_of_the_users_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    registry = load_registry(_write(tmp_path, _GOOD.replace("good.example", "rt.com")))
    outlet = registry.by_domain("rt.com")
    assert outlet
    assert outlet.name == "Good"
    assert registry.by_handle("RTarabic") is None
    assert len(registry) == len(load_registry())


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[[outlet]\n", "mine.toml: "),
        ('[[outlet]]\ndomain = "bad.example"\nmedium = "site"\n', "outlet 1 (bad.example): name is missing"),
        (_GOOD + _GOOD.replace("site", "blog"), "mine.toml, outlet 2 (good.example): medium"),
        (_GOOD + 'ambiguous = ["Sun"]\n', "mine.toml, outlet 1 (good.example): ambiguous lists ['Sun']"),
        (_GOOD + 'motto = "?"\n', "mine.toml, outlet 1 (good.example): unknown key 'motto'"),
        (_GOOD + "country = 5\n", "mine.toml, outlet 1 (good.example): a string"),
        (_GOOD + 'handles = "good"\n', "mine.toml, outlet 1 (good.example): a list of strings"),
        (_GOOD + "names.en = [1]\n", "mine.toml, outlet 1 (good.example): a list of strings"),
        (_GOOD + 'names = ["Good"]\n', "mine.toml, outlet 1 (good.example): "),
        ("outlet = 1\n", "mine.toml: every outlet"),
        (_GOOD.replace("[[outlet]]", "[[outlets]]"), "mine.toml: unknown key 'outlets'"),
        (_GOOD + "home = 5\n", "mine.toml, outlet 1 (good.example): home, feeds"),
        (_GOOD + 'feeds = ["rss.xml"]\n', "mine.toml, outlet 1 (good.example): home, feeds"),
        (_GOOD.replace("good.example", "https://good.example/"), "(https://good.example/): a domain is a bare host"),
    ],
)
def test_a_wrong_file_is_named_with_its_entry(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=re.escape(complaint)):
        load_registry(_write(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        load_registry(tmp_path / "nowhere.toml")
