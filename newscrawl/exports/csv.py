"""A table with a row for each record; lists and objects are JSON in their cell."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TextIO

from newscrawl.items import Article

_COLUMNS = [field.name for field in fields(Article)]


def write(records: Iterable[Mapping[str, Any]], target: TextIO) -> None:
    """A header row and the fields of `Article`, as RFC 4180 wants them."""
    table = csv.writer(target)
    table.writerow(_COLUMNS)
    table.writerows([_cell(record.get(column)) for column in _COLUMNS] for record in records)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
