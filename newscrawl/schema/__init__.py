"""The JSON Schema of an archived record, generated from `newscrawl.items`.

``python -m newscrawl.schema`` prints it; ``article-v1.json`` beside this file is its output.
"""

import ast
import inspect
import json
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from newscrawl import items

__all__ = ["build_schema", "load_schema"]

_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


@cache
def load_schema() -> dict[str, Any]:
    """The schema as it ships."""
    schema: dict[str, Any] = json.loads(files(__package__).joinpath("article-v1.json").read_text(encoding="utf-8"))
    return schema


def build_schema() -> dict[str, Any]:
    """The schema of `items.Article` as the dataclasses say it today."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "newscrawl article, version 1",
        **_object_schema(items.Article),
    }


def _object_schema(cls: type) -> dict[str, Any]:
    hints, notes = get_type_hints(cls), _field_docstrings(cls)
    properties = {
        f.name: _type_schema(hints[f.name]) | ({"description": notes[f.name]} if f.name in notes else {})
        for f in fields(cls)
    }
    return {
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type_schema(hint: Any) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _object_schema(hint)  # type: ignore[arg-type]
    if origin is tuple:
        return {"type": "array", "items": _type_schema(args[0])}
    if origin is Literal:
        return {"enum": list(args)}
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if all(arg in _SCALARS for arg in args) and NoneType in args:
        return {"type": [_SCALARS[arg] for arg in args]}
    return {"type": "object", "additionalProperties": _type_schema(args[1])}


def _field_docstrings(cls: type) -> dict[str, str]:
    """The string under each field; Python keeps it in the source alone."""
    body = ast.parse(inspect.getsource(cls)).body[0].body  # type: ignore[attr-defined]
    return {
        ast.unparse(field.target): " ".join(ast.literal_eval(note.value).split())
        for field, note in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr)
    }
