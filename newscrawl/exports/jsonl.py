"""All records in one JSON Lines file, as the archive has them."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from newscrawl.archive import encode


def write(records: Iterable[Mapping[str, Any]], target: TextIO) -> None:
    """One line for each record."""
    target.writelines(f"{encode(record)}\n" for record in records)
