"""Who a name, domain, address or handle is."""

import pytest

from newscrawl.outlets import Outlet, Registry, load_registry
from newscrawl.outlets.registry import name_key
from newscrawl.outlets.show import as_dict, describe_outlet, find_outlets


@pytest.mark.parametrize(
    ("who", "domain"),
    [
        ("وكالة الأنباء السعودية", "spa.gov.sa"),
        ("وكاله الانباء السعوديه", "spa.gov.sa"),
        ("AFP", "afp.com"),
        ("АФП", "afp.com"),
        ("أ ف ب", "afp.com"),
        ("agence france presse", "afp.com"),
        ("al arabiya", "alarabiya.net"),
        ("العربية.نت", "alarabiya.net"),
        ("bbc.co.uk", "bbc.com"),
        ("www.bbc.co.uk/news", "bbc.com"),
        ("https://arabic.rt.com/x", "rt.com"),
        ("@RTArabic", "rt.com"),
        ("rtarabic", "rt.com"),
        ("the guardian", "theguardian.com"),
    ],
)
def test_the_first_find_is_the_best(who: str, domain: str) -> None:
    assert find_outlets(load_registry(), who)[0].domain == domain


@pytest.mark.parametrize("who", ["", "@", "@nobody_at_all_", "https://example.org/", "/", "-", "no such paper"])
def test_nobody(who: str) -> None:
    assert find_outlets(load_registry(), who) == []


def test_all_who_share_a_name_are_found_once() -> None:
    found = [outlet.domain for outlet in find_outlets(load_registry(), "الوطن")]
    assert len(found) == len(set(found)) >= 5
    assert all("الوطن" in forms for o in load_registry().by_name("الوطن") for forms in [o.names["ar"]])


def test_near_names_come_as_they_are_spelled() -> None:
    registry = Registry(
        [Outlet(domain="quay.example", name="The Quay-Post", medium="site", names={"en": ("Quay Post",)})]
    )
    assert registry.find_near("quaypst") == ["The Quay-Post"]
    assert registry.find_near("zzz") == []


def test_spellings_of_a_name() -> None:
    assert len({name_key(name) for name in ("Al-Watan", "al watan", "AlWatan", "The AL‑WATAN")}) == 1
    assert name_key("Theatre") == "theatre"


def test_a_description_leaves_out_what_is_not_known() -> None:
    outlet = Outlet(
        domain="quay.example", name="Quay", medium="site", names={"en": ("Quay",)}, feeds=("http://a", "http://b")
    )
    assert describe_outlet(outlet).split("\n") == [
        "Quay",
        "  domain     quay.example",
        "  medium     site",
        "  feeds      http://a",
        "  feeds      http://b",
        "  names.en   Quay",
    ]
    assert as_dict(outlet)["ambiguous"] == []
