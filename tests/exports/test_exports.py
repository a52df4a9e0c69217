import csv
import io
import json
from dataclasses import fields
from typing import Any

import pytest

from newscrawl.exports import Write, load_exports
from newscrawl.items import Article

RECORDS: list[dict[str, Any]] = [
    {
        "id": "1",
        "url": "https://example.org/1",
        "title": 'Quay, "new"',
        "text": "خبر\nline\u2028two",
        "authors": ["A", "B"],
    },
    {"id": "2", "url": "https://example.org/2", "title": None, "text": "x", "provenance": {"status": 200}},
]


def export(name: str, records: list[dict[str, Any]]) -> str:
    target = io.StringIO(newline="")
    load_exports()[name](iter(records), target)
    return target.getvalue()


@pytest.mark.parametrize(("name", "write"), load_exports().items())
def test_each_format_says_what_it_writes(name: str, write: Write) -> None:
    assert __import__(f"newscrawl.exports.{name}", fromlist=["write"]).__doc__
    assert isinstance(export(name, []), str)


def test_jsonl_is_what_the_archive_has() -> None:
    lines = export("jsonl", RECORDS).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == RECORDS
    assert len(export("jsonl", RECORDS).splitlines()) == 2


def test_csv_has_a_column_for_each_field() -> None:
    header, first, second = csv.reader(io.StringIO(export("csv", RECORDS), newline=""))
    assert header == [field.name for field in fields(Article)]
    row = dict(zip(header, first, strict=True))
    assert (row["title"], row["text"]) == (RECORDS[0]["title"], RECORDS[0]["text"])
    assert json.loads(row["authors"]) == ["A", "B"]
    row = dict(zip(header, second, strict=True))
    assert (row["title"], json.loads(row["provenance"])) == ("", {"status": 200})
