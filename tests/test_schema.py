import json
from typing import Any

import fastjsonschema
import pytest

from newscrawl.archive import as_dict
from newscrawl.dedup import identify_article
from newscrawl.extract import extract_article
from newscrawl.items import Page
from newscrawl.schema import build_schema, load_schema

PAGE = b"""<!doctype html><html lang="en"><head><title>Quay opens</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-22T10:00:00Z">
</head><body><article><h1>Quay opens</h1>
<p>The harbour master said on Monday that the new quay would open soon, Reuters reported.</p>
<blockquote class="twitter-tweet"><p>Open at last</p>&mdash; Quay (@quay)
<a href="https://twitter.com/quay/status/1318563000000000000">October 20, 2020</a></blockquote>
<p>Fishermen who had waited for three years were seen celebrating in the old town.</p></article></body></html>"""


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return as_dict(identify_article(extract_article(Page(url="https://example.org/quay", body=PAGE, status=200))))


def change(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at ``path``, keys and indices with dots between."""
    copy: dict[str, Any] = json.loads(json.dumps(record))
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place: Any = copy
    for key in way:
        place = place[key]
    place[last] = value
    return copy


def test_the_schema_that_ships_is_the_one_of_the_items() -> None:
    assert load_schema() == build_schema()


def test_its_keys_are_in_the_order_of_records(record: dict[str, Any]) -> None:
    assert list(record) == list(load_schema()["properties"]) == load_schema()["required"]


def test_every_field_of_a_record_that_says_little_by_its_name_is_described() -> None:
    properties = load_schema()["properties"]
    assert properties["id"]["description"].startswith("sha256 hex")
    assert properties["tweets"]["items"]["properties"]["relation"]["enum"] == ["embed", "link"]


def test_an_extracted_article_is_valid(record: dict[str, Any]) -> None:
    assert record["tweets"]
    assert record["attributions"]
    assert fastjsonschema.compile(load_schema())(record) == record


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("text", None),
        ("url", 7),
        ("authors", "Jane Doe"),
        ("authors", [None]),
        ("similarity", "1"),
        ("tweets.0.form", "card"),
        ("attributions.0.start", 1.5),
        ("attributions.0.own", "no"),
        ("provenance", None),
        ("provenance.status", "200"),
        ("provenance.fields", {"title": 1}),
        ("story", "a key that nobody knows"),
    ],
)
def test_wrong_values_are_not(record: dict[str, Any], path: str, value: Any) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        fastjsonschema.compile(load_schema())(change(record, path, value))


def test_absent_keys_are_not(record: dict[str, Any]) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        fastjsonschema.compile(load_schema())({key: value for key, value in record.items() if key != "flags"})
