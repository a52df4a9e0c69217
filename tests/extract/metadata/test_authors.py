import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.metadata.authors import clean_authors
from newscrawl.extract.metadata.outlet_names import OutletNames

OUTLET = OutletNames(["Harbour Post", "harbourpost.example"])


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("By Jane Doe", ("Jane Doe",)),
        ("Written by: Jane Doe", ("Jane Doe",)),
        ("Von Max Muster und Eva Muster", ("Max Muster", "Eva Muster")),
        ("Par Jean Dupont et Marie Dupont", ("Jean Dupont", "Marie Dupont")),
        ("بقلم: محمد علي", ("محمد علي",)),
        ("كتب محمد علي، سارة حسن", ("محمد علي", "سارة حسن")),
        ("Jane Doe, John Roe and Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("Jane Doe; jane doe; JANE DOE", ("Jane Doe",)),
        ("Jane Doe, Senior Correspondent", ("Jane Doe",)),
        ("Jane Doe, Contributor, Some Magazine", ("Jane Doe",)),
        ("Jane Doe | Harbour Post", ("Jane Doe",)),
        ("Jane Doe - 3 May", ("Jane Doe",)),
        ("Jane Doe Updated yesterday", ("Jane Doe",)),
        ("Jane Doe jane.doe@example.org", ("Jane Doe",)),
        ("Jane Doe,jane@example.org", ("Jane Doe",)),
        ("Jane Doe (@janedoe)", ("Jane Doe",)),
        ("Jane Doe https://example.org/jane", ("Jane Doe",)),
        ("@janedoe", ()),
        ("Harbour Post", ()),
        ("Harbour Post Staff", ()),
        ("admin", ()),
        ("jane-doe_1", ()),
        ("{{ author }}", ()),
        ("", ()),
        ("Émilie O'Brien-Smith", ("Émilie O'Brien-Smith",)),
        ("A sentence that somebody put where a name should have been for whatever reason there may be", ()),
    ],
)
def test_clean_authors(value: str, names: tuple[str, ...]) -> None:
    assert clean_authors([value], OUTLET) == names


def test_several_fields_are_one_list() -> None:
    assert clean_authors(["Jane Doe", "By John Roe", "Jane Doe"], OUTLET) == ("Jane Doe", "John Roe")


@pytest.mark.parametrize("clutter", ["a", "-", "@", "a - ", "By ", "Jan Feb ", "a, "])
def test_endless_fields_end(clutter: str) -> None:
    clean_authors([clutter * 100_000], OUTLET)


@given(st.lists(st.text()))
def test_names_hold_no_addresses(values: list[str]) -> None:
    for name in clean_authors(values, OUTLET):
        assert "@" not in name
        assert name == name.strip()
