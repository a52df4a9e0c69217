"""Load the outlet files and answer who a domain or handle is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

import tomli

from newscrawl.errors import UsageError
from newscrawl.items import Medium
from newscrawl.urls import host_of, is_web_url, registrable_domain

__all__ = ["Outlet", "Registry", "load_registry"]

_LISTS = ("languages", "domains", "handles", "feeds", "sitemaps")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news organisation, identified by its registrable domain."""

    domain: str
    name: str
    """Usual English name."""
    medium: Medium
    country: str | None
    """ISO 3166-1 alpha-2; None for an outlet of no one country."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 of what it publishes in, main language first."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """ISO 639-1 → names and usual spellings in texts of that language."""
    ambiguous: frozenset[str] = frozenset()
    """Those of the names that are also common words."""
    domains: tuple[str, ...] = ()
    """Other registrable domains of the same outlet."""
    handles: tuple[str, ...] = ()
    """Accounts on Twitter/X, without ``@``."""
    wikidata: str | None = None
    home: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()

    @property
    def can_be_crawled(self) -> bool:
        """Whether the registry names a place where its articles are found."""
        return bool(self.home or self.feeds or self.sitemaps)


_KEYS = {field.name for field in fields(Outlet)}
_MEDIA = get_args(Medium)


class Registry:
    """All known outlets, by domain and by handle."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._outlets = tuple(outlets)
        self._by_domain = {d: o for o in self._outlets for d in (o.domain, *o.domains)}
        self._by_handle = {h.casefold(): o for o in self._outlets for h in o.handles}

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def __len__(self) -> int:
        return len(self._outlets)

    def by_domain(self, url_or_host: str) -> Outlet | None:
        """The outlet of an address: the longest known suffix of its host, so ``arabic.rt.com`` is RT."""
        host = host_of(url_or_host) if "//" in url_or_host else url_or_host.lower()
        shortest = registrable_domain(host)
        while host not in self._by_domain and host != shortest and "." in host:
            host = host.partition(".")[2]
        return self._by_domain.get(host)

    def by_handle(self, handle: str) -> Outlet | None:
        """The outlet that owns a Twitter/X account, written with or without ``@``, in any case."""
        return self._by_handle.get(handle.removeprefix("@").casefold())


def load_registry(extra: Path | str | None = None) -> Registry:
    """The outlets that ship with newscrawl and, after them, those of a file of the user's own.

    An entry of ``extra`` replaces the shipped one of the same domain.

    Raises:
        UsageError: a file can't be read or an entry is wrong; names the file and the entry.
    """
    return _load(Path(extra) if extra else None)


@cache
def _load(extra: Path | None) -> Registry:
    sources: list[Traversable | Path] = sorted(
        (f for f in files(__package__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
    )
    outlets: dict[str, Outlet] = {}
    for source in [*sources, extra] if extra else sources:
        outlets.update((o.domain, o) for o in _read_outlets(source))
    return Registry(outlets.values())


def _read_outlets(source: Traversable | Path) -> list[Outlet]:
    try:
        tables = tomli.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"outlets file {source.name}: {error}") from error
    if unknown := sorted(tables.keys() - {"outlet"}):
        raise UsageError(f"outlets file {source.name}: unknown key {unknown[0]!r}; outlets are tables [[outlet]]")
    entries = tables.get("outlet", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"outlets file {source.name}: every outlet needs a table of its own, [[outlet]]")
    return [_parse_outlet(entry, where=f"{source.name}, outlet {n}") for n, entry in enumerate(entries, 1)]


def _parse_outlet(entry: dict[str, Any], *, where: str) -> Outlet:
    where = f"{where} ({entry.get('domain', 'no domain')})"
    if unknown := sorted(entry.keys() - _KEYS):
        raise UsageError(f"{where}: unknown key {unknown[0]!r}")
    if entry.get("medium") not in _MEDIA:
        raise UsageError(f"{where}: medium must be one of {', '.join(_MEDIA)}")
    try:
        lists: dict[str, Any] = {key: _parse_list(entry.pop(key, [])) for key in _LISTS}
        names = {language: _parse_list(forms) for language, forms in dict(entry.pop("names", {})).items()}
        ambiguous = frozenset(_parse_list(entry.pop("ambiguous", [])))
        names = names or {"en": (str(entry.get("name")),)}
        outlet = Outlet(**{"country": None} | entry, **lists, names=names, ambiguous=ambiguous)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where}: {error}") from error
    if nameless := ambiguous - {form for forms in names.values() for form in forms}:
        raise UsageError(f"{where}: ambiguous lists {sorted(nameless)}, which names does not have")
    _check_addresses(outlet, where)
    return outlet


def _check_addresses(outlet: Outlet, where: str) -> None:
    for domain in (outlet.domain, *outlet.domains):
        if not isinstance(domain, str) or not _DOMAIN.fullmatch(domain):
            raise UsageError(f"{where}: a domain is a bare host in lower case such as example.org, not {domain!r}")
    for url in filter(None, (outlet.home, *outlet.feeds, *outlet.sitemaps)):
        if not isinstance(url, str) or not is_web_url(url):
            raise UsageError(f"{where}: home, feeds and sitemaps are http(s) addresses, not {url!r}")


def _parse_list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"a list of strings is needed, not {value!r}")
    return tuple(value)
