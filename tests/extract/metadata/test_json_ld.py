import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.metadata.json_ld import Placed, find_article, names_of, read_nodes, text_of, texts_of
from newscrawl.extract.metadata.words import fold_space

KEYS = st.sampled_from(["name", "@value", "@id", "@type", "headline"])
VALUES = st.recursive(
    st.none() | st.text() | st.integers() | st.booleans(), lambda v: st.lists(v) | st.dictionaries(KEYS, v)
)
URL = "https://www.example.org/quay"
NODE = '{"@type": "NewsArticle", "headline": "Quay opens"}'


def nodes(*scripts: str) -> list[Placed]:
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    tree = parse_html(f"<html><head>{tags}</head><body><p>x</p></body></html>")
    assert tree is not None
    return read_nodes(tree)


@pytest.mark.parametrize(
    "script",
    [
        NODE,
        f"[{NODE}]",
        f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite"}}, {NODE}]}}',
        f"<!-- {NODE} -->",
        f"//<![CDATA[\n{NODE}\n//]]>",
        f"/*<![CDATA[*/ {NODE} /*]]>*/",
        f"{NODE};",
        NODE.replace("}", ",\n}"),
        NODE.replace("Quay opens", "Quay\nopens"),
        NODE.replace("Quay opens", "Quay\topens"),
        NODE.replace('"NewsArticle"', '["Thing", "NewsArticle"]'),
        NODE.replace("NewsArticle", "schema:NewsArticle"),
        NODE.replace("NewsArticle", "http://schema.org/ReportageNewsArticle"),
        NODE.replace("Quay opens", "Quay &amp;nbsp;opens"),
        NODE.replace("Quay opens", "<b>Quay</b> opens"),
    ],
)
def test_the_headline_is_found_through_usual_mistakes(script: str) -> None:
    assert text_of(find_article(nodes(script), URL).get("headline")) == "Quay opens"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "7",
        "Quay opens",
        "{'headline': 'Quay opens'}",
        '{"headline": "Quay',
        "[" * 100_000,
        '{"a":' * 900 + NODE + "}" * 900,
        "[" * 51 + NODE + "]" * 51,
        " " * 200_000 + "x",
        ", " * 100_000,
    ],
    ids=lambda script: script[:20],
)
def test_what_is_no_json_counts_as_absent(script: str) -> None:
    assert nodes(script) == []
    assert nodes(script, NODE)[0].node["headline"] == "Quay opens"


def test_the_node_of_the_page_completes_the_article() -> None:
    page = '{"@type": "WebPage", "description": "All of it", "headline": "Home"}'
    assert find_article(nodes(page, NODE), URL) == {
        "@type": "NewsArticle",
        "headline": "Quay opens",
        "description": "All of it",
    }
    assert find_article(nodes(page), URL)["headline"] == "Home"
    assert find_article(nodes('{"@type": "NewsArticle"}'), URL) == {}


OTHER = '{"@type": "NewsArticle", "headline": "Storm", "author": "John Roe", "url": "https://www.example.org/storm"}'


@pytest.mark.parametrize(
    "script",
    [
        f'{{"@type": "ItemList", "itemListElement": [{OTHER}]}}',
        f'{{"@type": "ItemList", "itemListElement": {{"@type": "ListItem", "item": {OTHER}}}}}',
        f'{{"@type": "WebPage", "hasPart": [[{OTHER}]]}}',
        f'{{"@type": "WebPage", "mentions": {{"@graph": [{OTHER}]}}}}',
        '{"@type": "Product", "review": {"@type": "Review", "headline": "Storm", "datePublished": "2011-01-01"}}',
    ],
)
def test_other_works_are_not_the_article(script: str) -> None:
    assert find_article(nodes(script, NODE), URL)["headline"] == "Quay opens"
    assert "headline" not in find_article(nodes(script), URL)


@pytest.mark.parametrize(
    "address",
    [
        f'"url": "{URL}"',
        '"url": "/quay"',
        '"url": "http://m.example.org/quay/amp?utm_source=x"',
        f'"@id": "{URL}/#article"',
        f'"mainEntityOfPage": "{URL}"',
        f'"mainEntityOfPage": {{"@type": "WebPage", "@id": "{URL}"}}',
    ],
)
def test_the_node_with_the_address_of_the_page_comes_first(address: str) -> None:
    own = f"{NODE[:-1]}, {address}}}"
    assert find_article(nodes(OTHER, own), URL)["headline"] == "Quay opens"
    assert find_article(nodes(f'{{"@graph": [{OTHER}, {{"mainEntity": {own}}}]}}'), URL)["headline"] == "Quay opens"


def test_else_one_that_stands_alone_or_in_the_graph() -> None:
    inner = f'{{"@type": "Thing", "potentialAction": {OTHER}}}'
    assert find_article(nodes(inner, f'{{"@graph": [{NODE}]}}'), URL)["headline"] == "Quay opens"
    assert find_article(nodes(inner), "http://[")["headline"] == "Storm"
    assert find_article(nodes(NODE.replace("}", ', "url": "http://[", "@id": "#a"}')), URL)["headline"] == "Quay opens"


def test_thousands_of_articles_are_told_apart_in_time() -> None:
    found = [Placed(json.loads(OTHER)) for _ in range(50_000)]
    started = process_time()
    assert find_article(found, URL)["headline"] == "Storm"
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Quay &amp;amp; port", "Quay & port"),
        ("  Quay\u00ad\u200b\n opens ", "Quay opens"),
        ("\ud83d Quay", "\ufffd Quay"),
        ({"@value": "Quay"}, "Quay"),
        ({"name": ["", {"name": "Quay"}]}, "Quay"),
        ([None, "Quay"], "Quay"),
        (7, "7"),
        (1.5, None),
        (None, None),
        ({}, None),
        ([], None),
        ("<br>", None),
    ],
)
def test_text_of(value: object, text: str | None) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "texts"),
    [("ports, sea,,", ["ports", "sea"]), (["ports, sea", None, {"name": "x"}], ["ports, sea", "x"]), (None, [])],
)
def test_texts_of(value: object, texts: list[str]) -> None:
    assert texts_of(value) == texts


@pytest.mark.parametrize(
    ("author", "people", "organisations"),
    [
        ("Jane Doe", ["Jane Doe"], []),
        ({"@type": "Person", "name": "Jane Doe"}, ["Jane Doe"], []),
        ([{"name": "Jane Doe"}, "John Roe"], ["Jane Doe", "John Roe"], []),
        ({"@type": ["Person"], "givenName": "Jane", "familyName": "Doe"}, ["Jane Doe"], []),
        ({"@type": "NewsMediaOrganization", "name": "Harbour Post"}, [], ["Harbour Post"]),
        ({"@id": "#jane"}, ["Jane Doe"], []),
        ([{"@id": "#nobody"}, {"@id": ["#jane"]}, {"@id": {}}, None, 7.5], [], []),
    ],
)
def test_names_of(author: object, people: list[str], organisations: list[str]) -> None:
    known = [Placed({"@id": "#jane"}), Placed({"@id": "#jane", "@type": "Person", "name": "Jane Doe"})]
    assert names_of(author, known) == (people, organisations)


def test_thousands_of_references_are_resolved_in_time() -> None:
    known = [Placed({"@id": f"#{n}", "name": f"Author {n}"}) for n in range(20_000)]
    people, _ = names_of([{"@id": f"#{n}"} for n in range(20_000)], known)
    assert len(people) == 20_000


@given(VALUES)
def test_no_value_breaks_it(value: object) -> None:
    for text in (
        text_of(value),
        *texts_of(value),
        *names_of(value, [Placed({"@type": value, "@id": value, "name": value})])[0],
    ):
        assert text is None or (text and text == fold_space(text))
