import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.metadata.headline import choose_headline, find_heading, strip_outlet
from newscrawl.extract.metadata.outlet_names import OutletNames

BBC = OutletNames(["BBC", "BBC News", "bbc.co.uk", "bbc"])
JAZEERA = OutletNames(["الجزيرة نت", "الجزيرة", "aljazeera.net", "aljazeera"])


@pytest.mark.parametrize(
    ("title", "names", "bare"),
    [
        ("Storm hits coast - BBC News", BBC, "Storm hits coast"),
        ("Storm hits coast – BBC", BBC, "Storm hits coast"),
        ("BBC News | Storm hits coast", BBC, "Storm hits coast"),
        ("Storm hits coast | BBC News | BBC", BBC, "Storm hits coast"),
        ("عاصفة تضرب الساحل | الجزيرة نت", JAZEERA, "عاصفة تضرب الساحل"),
        ("عاصفة تضرب الساحل|الجزيرة نت", JAZEERA, "عاصفة تضرب الساحل"),
        ("Storm hits coast | Weather", BBC, "Storm hits coast | Weather"),
        ("Who pays? - What the BBC got wrong about fees", BBC, "Who pays? - What the BBC got wrong about fees"),
        ("Storm-hit coast", BBC, "Storm-hit coast"),
        ("BBC News", BBC, "BBC News"),
        ("", BBC, None),
        (None, BBC, None),
    ],
)
def test_a_title_carries_no_outlet(title: str | None, names: OutletNames, bare: str | None) -> None:
    assert strip_outlet(title, names) == bare


def test_a_title_of_nothing_but_outlets_is_stripped_in_time() -> None:
    assert strip_outlet(" - ".join(["BBC News"] * 20_000), BBC) == "BBC News"


@pytest.mark.parametrize(
    ("structured", "meta", "heading", "chosen"),
    [
        ("Quay opens", "Quay opens", "Quay opens at last", ("json-ld", "Quay opens")),
        ("Quay opens: all you need to know", "Quay opens", "Quay opens", ("meta", "Quay opens")),
        ("Quay opens: what we know", "Watch the quay open", "Quay opens at last", ("markup", "Quay opens at last")),
        ("Quay opens", "QUAY OPENS!", None, ("json-ld", "Quay opens")),
        ("Quay opens", "Watch", None, ("meta", "Watch")),
        ("Quay opens", None, None, ("json-ld", "Quay opens")),
        ("Why the quay matters", None, "Opinion | Why the quay matters", ("json-ld", "Why the quay matters")),
        ("Opinion | Why the quay matters", "Why the quay matters", None, ("meta", "Why the quay matters")),
        ("quay opens", None, "Storm: quay opens", ("markup", "Storm: quay opens")),
        (None, None, None, ("json-ld", None)),
    ],
)
def test_agreement_settles_a_headline(
    structured: str | None, meta: str | None, heading: str | None, chosen: tuple[str, str | None]
) -> None:
    assert choose_headline(structured, meta, heading) == chosen


@pytest.mark.parametrize(
    ("markup", "titles", "heading"),
    [
        ("<h1>Example</h1><h1>The quay opens today</h1>", ["Quay opens today"], "The quay opens today"),
        ("<h1><span>The quay</span><span>opens today</span></h1>", ["Quay opens today"], "The quay opens today"),
        ("<h1>Storm hits the coast</h1>", ["Quay opens today"], None),
        ("<h1></h1><h2>Quay opens today</h2>", ["Quay opens today"], None),
        ("<h1>Quay opens today</h1>", [None], None),
    ],
)
def test_a_heading_has_to_speak_of_the_same(markup: str, titles: list[str | None], heading: str | None) -> None:
    tree = parse_html(f"<html><head></head><body>{markup}</body></html>")
    assert tree is not None
    assert find_heading(tree, titles) == heading


@given(st.text(alphabet="BC News|-–· \u2028الجزيرة", max_size=60))
def test_stripping_keeps_to_the_title(title: str) -> None:
    bare = strip_outlet(title, BBC)
    assert bare is None or bare in title
