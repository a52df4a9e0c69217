"""Load the outlet files and answer who a domain, handle or name is."""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

import rtoml

from newscrawl.errors import UsageError
from newscrawl.items import Medium
from newscrawl.script import fold
from newscrawl.urls import host_of, is_web_url, registrable_domain

__all__ = ["Outlet", "Registry", "load_registry", "name_key"]

_REQUIRED = {"domain", "name"}
_MEDIA = get_args(Medium)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[!-Z^-~]*")
"""What nearly all addresses look like; telling this costs a tenth of parsing one."""
_BETWEEN_WORDS = re.compile(r"[\s.,:;!?'\"&()_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news organisation, identified by its registrable domain."""

    domain: str
    name: str
    """Usual English name."""
    medium: Medium
    country: str | None = None
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

    @property
    def is_told_by_country(self) -> bool:
        """Whether its usual name has a country in brackets, because others share it."""
        return "(" in self.name

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Key and address of the home page and of each feed and sitemap."""
        lists = {"home": [self.home] if self.home else [], "feeds": self.feeds, "sitemaps": self.sitemaps}
        return tuple((key, url) for key, urls in lists.items() for url in urls)


class Registry:
    """All known outlets, by domain, handle and name."""

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

    def by_name(self, name: str) -> tuple[Outlet, ...]:
        """The outlets that are called so in any language, however it is spelled.

        Returns:
            First those whose usual name it is, last those that the registry calls by their country as well.
        """
        key = name_key(name)
        return tuple(sorted(self._by_name.get(key, ()), key=lambda o: (name_key(o.name) != key, o.is_told_by_country)))

    def find_near(self, name: str) -> list[str]:
        """Up to three names, domains and handles that are spelled much like ``name``, the nearest first."""
        return [self._spellings[key] for key in get_close_matches(name_key(name), self._spellings)]

    @cached_property
    def _by_name(self) -> dict[str, list[Outlet]]:
        claims: dict[str, list[Outlet]] = {}
        for outlet in self._outlets:
            for key in dict.fromkeys(map(name_key, (outlet.name, *_forms(outlet)))):
                claims.setdefault(key, []).append(outlet)
        return claims

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Key → how it is spelled."""
        words = (w for o in self._outlets for w in (*o.handles, *o.domains, o.domain, *_forms(o), o.name))
        return {name_key(word): word for word in words}


def name_key(name: str) -> str:
    """What ``Al-Watan``, ``al watan`` and ``The AlWatan`` have in common; for comparing, not for showing."""
    return _BETWEEN_WORDS.sub("", fold(name).removeprefix("the "))


def load_registry(extra: Path | str | None = None) -> Registry:
    """The outlets that ship with newscrawl and, after them, those of a file of the user's own.

    An entry of ``extra`` replaces the shipped one of the same domain.

    Raises:
        UsageError: a file can't be read or an entry is wrong; names the file and the entry.
    """
    return _load(Path(extra) if extra else None)


@cache
def _load(extra: Path | None) -> Registry:
    sources = sorted((f for f in files(__package__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    with _no_garbage_collection():
        shipped = [outlet for source in sources for outlet in _read_outlets(source)]
    own = _read_outlets(extra) if extra else []
    replaced = {outlet.domain for outlet in own}
    return Registry([*(outlet for outlet in shipped if outlet.domain not in replaced), *own])


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Whatever is read is there to stay; walking over it again and again would cost a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_outlets(source: Traversable | Path) -> list[Outlet]:
    try:
        entries = _parse_toml(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"outlets file {source.name}: {error}") from error
    return list(_parse_outlets(entries, source.name))


def _parse_toml(text: str) -> list[dict[str, Any]]:
    tables = rtoml.loads(text)
    if unknown := sorted(tables.keys() - {"outlet"}):
        raise ValueError(f"unknown key {unknown[0]!r}; outlets are tables [[outlet]]")
    entries = tables.get("outlet", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("every outlet needs a table of its own, [[outlet]]")
    return entries


def _parse_outlets(entries: list[dict[str, Any]], file: str) -> Iterator[Outlet]:
    for number, entry in enumerate(entries, 1):
        try:
            yield _parse_outlet(entry)
        except (TypeError, ValueError) as error:
            raise UsageError(f"{file}, outlet {number} ({entry.get('domain', 'no domain')}): {error}") from error


def _parse_outlet(entry: dict[str, Any]) -> Outlet:
    if entry.get("medium") not in _MEDIA:
        raise ValueError(f"medium must be one of {', '.join(_MEDIA)}")
    try:
        values = {key: _PARSERS[key](value) for key, value in entry.items()}
    except KeyError as error:
        raise ValueError(f"unknown key {error}") from error
    if not values.keys() >= _REQUIRED:
        raise ValueError(f"{min(_REQUIRED - values.keys())} is missing")
    values["names"] = values.get("names") or {"en": (values["name"],)}
    outlet = Outlet(**values)
    if outlet.ambiguous and (nameless := outlet.ambiguous.difference(_forms(outlet))):
        raise ValueError(f"ambiguous lists {sorted(nameless)}, which names does not have")
    return outlet


def _forms(outlet: Outlet) -> Iterator[str]:
    return (form for forms in outlet.names.values() for form in forms)


def _parse_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is needed, not {value!r}")
    return value


def _parse_list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not {str}.issuperset(map(type, value)):
        raise TypeError(f"a list of strings is needed, not {value!r}")
    return tuple(value)


def _parse_names(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError(f"names are lists by language, not {value!r}")
    return {language: _parse_list(forms) for language, forms in value.items()}


def _parse_domain(value: object) -> str:
    if not isinstance(value, str) or not _DOMAIN.fullmatch(value):
        raise ValueError(f"a domain is a bare host in lower case such as example.org, not {value!r}")
    return value


def _parse_url(value: object) -> str:
    if not isinstance(value, str) or not (_PLAIN_URL.fullmatch(value) or is_web_url(value)):
        raise ValueError(f"home, feeds and sitemaps are http(s) addresses, not {value!r}")
    return value


def _each(parse: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    return lambda value: tuple(map(parse, _parse_list(value)))


_PARSERS: Mapping[str, Callable[[object], Any]] = {
    **dict.fromkeys((field.name for field in fields(Outlet)), _parse_text),
    "domain": _parse_domain,
    "languages": _parse_list,
    "names": _parse_names,
    "ambiguous": lambda value: frozenset(_parse_list(value)),
    "domains": _each(_parse_domain),
    "handles": _parse_list,
    "home": _parse_url,
    "feeds": _each(_parse_url),
    "sitemaps": _each(_parse_url),
}
