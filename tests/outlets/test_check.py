"""What the offline check finds."""

from typing import Any

import pytest

from newscrawl.outlets import Outlet, load_registry
from newscrawl.outlets.check import check_outlets, is_at_home

_GOOD: dict[str, Any] = {
    "domain": "good.example",
    "name": "Good",
    "medium": "newspaper",
    "country": "EG",
    "languages": ("ar", "en"),
    "names": {"en": ("Good", "The Good News"), "ar": ("الوطن",)},
    "ambiguous": frozenset({"الوطن"}),
    "domains": ("good.co.uk",),
    "handles": ("good_1",),
    "wikidata": "Q1",
    "home": "https://www.good.example/",
    "feeds": ("https://feeds.feedburner.com/good", "http://rss.good.co.uk/x"),
}


def _outlet(**changes: Any) -> Outlet:
    return Outlet(**_GOOD | changes)


def _other(**changes: Any) -> Outlet:
    bare = dict.fromkeys(("domains", "handles", "feeds"), ())
    return _outlet(**{"domain": "other.example", "wikidata": None, "home": None, "country": "JO"} | bare | changes)


def _found(*outlets: Outlet) -> list[tuple[str, str]]:
    return [(finding.outlet, finding.key) for finding in check_outlets(outlets)]


def test_a_good_outlet_has_no_findings() -> None:
    assert _found(_outlet()) == []


@pytest.mark.parametrize(
    ("key", "value", "reported"),
    [
        ("domain", "news.good.co.uk", "domains"),
        ("domains", ("www.good.co.uk", "good.co.uk"), "domains"),
        ("country", "UK", "country"),
        ("country", "eg", "country"),
        ("languages", ("eng",), "languages"),
        ("names", {"xx": ("الوطن",)}, "names"),
        ("names", {"en": ("Good ",), "ar": ("الوطن",)}, "names.en"),
        ("names", {"en": ("-",), "ar": ("الوطن",)}, "names.en"),
        ("handles", ("@good",), "handles"),
        ("handles", ("sixteen_letters_",), "handles"),
        ("handles", ("جيد",), "handles"),
        ("wikidata", "Q", "wikidata"),
        ("wikidata", "Q01", "wikidata"),
        ("home", "https://notgood.example/", "home"),
        ("feeds", ("https://good.example.org/rss",), "feeds"),
        ("sitemaps", ("https://example.com/sitemap.xml",), "sitemaps"),
    ],
)
def test_what_is_wrong_with_one_outlet(key: str, value: Any, reported: str) -> None:
    keys = [found for _, found in _found(_outlet(**{"home": None, "feeds": (), key: value}))]
    assert keys == [reported]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("domain", "good.example"),
        ("domains", ("good.co.uk",)),
        ("domains", ("good.example",)),
        ("handles", ("GOOD_1",)),
        ("wikidata", "Q1"),
    ],
)
def test_what_belongs_to_one_outlet(key: str, value: Any) -> None:
    other = _other(**{"names": {"en": ("Other",)}, "ambiguous": frozenset(), key: value})
    assert _found(_outlet(), other) == [(other.domain, "domains" if key == "domain" else key)]


def _named(country: str | None, **names: tuple[str, ...]) -> Outlet:
    return _other(country=country, names=names, ambiguous=frozenset())


@pytest.mark.parametrize(
    ("other", "findings"),
    [
        (_named("JO", ar=("وطن",)), []),
        (_named("JO", en=("الوطن",)), []),
        (_named("JO", ar=("الوطن",)), [("other.example", "names.ar")]),
        (_named("JO", ar=("الوطن", "الوطن الأردنية")), []),
        (_named("EG", ar=("الوطن", "الوطن الأخرى")), [("other.example", "names.ar")]),
        (_named("JO", en=("the goodNEWS",)), []),
        (_named(None, ar=("الوطن", "الوطن الأخرى")), []),
        (_other(name="Good (Jordan)", names={"ar": ("الوطن",)}), []),
        (_other(name="Good (Jordan)", names={"ar": ("الوطن",)}, country="EG"), [("other.example", "names.ar")]),
        (_other(names={"ar": ("الوطن", "الوطن الأخرى")}, country="EG", medium="radio"), []),
    ],
)
def test_outlets_of_one_name_can_be_told_apart(other: Outlet, findings: list[tuple[str, str]]) -> None:
    assert _found(_outlet(), other) == findings


def test_three_of_one_name_need_two_hints() -> None:
    third = _other(domain="third.example", country="LB", name="Third (Lebanon)", names={"ar": ("الوطن",)})
    assert _found(_outlet(), third) == []
    assert _found(_outlet(), _named("JO", ar=("الوطن",)), third) == [("other.example", "names.ar")]


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://good.example", True),
        ("https://a.b.GOOD.example:8080/x", True),
        ("https://example/", False),
        ("https://evil.example/good.example", False),
        ("https://[broken/", False),
    ],
)
def test_where_an_outlet_is_at_home(url: str, answer: bool) -> None:
    assert is_at_home(_outlet(), url) is answer


def test_the_shipped_registry_is_right() -> None:
    assert [str(finding) for finding in check_outlets(load_registry())] == []
