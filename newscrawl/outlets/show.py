"""Who a name, domain, address or handle is, and how to tell it to a person."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from newscrawl.outlets.registry import Outlet, Registry

__all__ = ["as_dict", "describe_outlet", "find_outlets", "list_outlets"]


def find_outlets(registry: Registry, who: str) -> list[Outlet]:
    """The outlets that ``who`` can mean, best first; a handle with ``@`` and an address mean one at most.

    Args:
        who: a name in any language and spelling, a domain, an address, or a handle.
    """
    if who.startswith("@"):
        return [*filter(None, [registry.by_handle(who)])]
    if "//" in who:
        return [*filter(None, [registry.by_domain(who)])]
    host = registry.by_domain(who.partition("/")[0])
    found = filter(None, [host, *registry.by_name(who), registry.by_handle(who)])
    return list({outlet.domain: outlet for outlet in found}.values())


def list_outlets(
    registry: Registry, *, country: str | None = None, language: str | None = None, medium: str | None = None
) -> Iterator[Outlet]:
    """Those of a country (ISO 3166-1), that publish in a language (ISO 639-1), of a medium; None stands for any."""
    for outlet in registry:
        is_asked = country in (None, outlet.country) and medium in (None, outlet.medium)
        if is_asked and (language is None or language in outlet.languages):
            yield outlet


def describe_outlet(outlet: Outlet) -> str:
    """Lines for a person: the usual name, then what is known, a line each."""
    width = max(len(label) for label, _ in _facts(outlet))
    lines = [f"  {label:{width}}  {fact}" for label, fact in _facts(outlet) if fact]
    return "\n".join([outlet.name, *lines])


def as_dict(outlet: Outlet) -> dict[str, Any]:
    """The outlet as JSON can say it: keys in field order."""
    return asdict(outlet) | {"ambiguous": sorted(outlet.ambiguous)}


def _facts(outlet: Outlet) -> Iterator[tuple[str, str]]:
    yield "domain", ", ".join((outlet.domain, *outlet.domains))
    yield "medium", outlet.medium
    yield "country", outlet.country or ""
    yield "languages", ", ".join(outlet.languages)
    yield "handles", " ".join(f"@{handle}" for handle in outlet.handles)
    yield "wikidata", outlet.wikidata or ""
    yield from outlet.places
    for language, forms in outlet.names.items():
        yield f"names.{language}", ", ".join(forms)
    yield "ambiguous", ", ".join(sorted(outlet.ambiguous))
