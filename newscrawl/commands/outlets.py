"""``newscrawl outlets check|show|list``: is the registry right, who is who, and which outlets there are."""

import argparse
import sys
from collections.abc import Iterable
from typing import get_args

from newscrawl.archive import encode
from newscrawl.cli import Command as BaseCommand
from newscrawl.cli import check_settings, suggest
from newscrawl.errors import UsageError
from newscrawl.items import Medium
from newscrawl.outlets import Outlet, Registry
from newscrawl.outlets.check import check_outlets
from newscrawl.outlets.show import as_dict, describe_outlet, find_outlets, list_outlets

_OPTIONS = {"check": {"online"}, "show": {"json"}, "list": {"country", "language", "medium"}}
"""Action → the options that it takes."""


class Command(BaseCommand):
    """Exit status 1 where ``check`` finds something or ``show`` knows nobody."""

    def syntax(self) -> str:
        return "check [DOMAIN…] [--online] | show NAME… [--json] | list [--country …] [--language …] [--medium …]"

    def short_desc(self) -> str:
        return "Check the registry of outlets; show who a name, domain or handle is; list outlets"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--online", action="store_true", help="check: also fetch home pages, feeds and sitemaps")
        parser.add_argument("--json", action="store_true", help="show: one JSON object a line")
        parser.add_argument("--country", type=str.upper, help="list: those of a country, such as EG")
        parser.add_argument("--language", type=str.lower, help="list: those that publish in a language, such as ar")
        parser.add_argument("--medium", choices=get_args(Medium), help="list: those of a medium")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        action, *words = args or [""]
        if action not in _OPTIONS or (action == "show" and not words) or (action == "list" and words):
            raise UsageError(f"outlets: {self.syntax()}")
        foreign = set().union(*_OPTIONS.values()) - _OPTIONS[action]
        if stray := next((name for name in sorted(foreign) if getattr(opts, name)), None):
            raise UsageError(f"outlets {action} takes no --{stray}")
        registry = self.load_registry()
        if action == "check":
            return self._check(registry, words, opts)
        return _show(registry, words, opts) if action == "show" else _list(registry, opts)

    def _check(self, registry: Registry, domains: list[str], opts: argparse.Namespace) -> int:
        chosen = {o.domain: o for o in (_choose(registry, domains) if domains else registry)}
        faults = [finding for finding in check_outlets(registry) if finding.outlet in chosen]
        print(*faults, sep="\n", end="\n" * bool(faults), flush=True)
        count = len(faults) + (self._probe(chosen.values(), opts) if opts.online else 0)
        print(f"{len(chosen)} outlets, {count} faults", file=sys.stderr)
        return 1 if count else 0

    def _probe(self, outlets: Iterable[Outlet], opts: argparse.Namespace) -> int:
        # Nothing else needs Twisted here.
        from newscrawl.probe import probe_outlets

        assert self.settings is not None
        check_settings(self.settings, [word.partition("=")[0] for word in opts.set])
        return probe_outlets(outlets, self.settings)


def _choose(registry: Registry, domains: list[str]) -> list[Outlet]:
    found = {domain: registry.by_domain(domain) for domain in domains}
    if unknown := next((domain for domain, outlet in found.items() if outlet is None), None):
        raise UsageError(f"outlets check: no outlet {unknown!r}; {suggest(unknown, [o.domain for o in registry])}")
    return [outlet for outlet in found.values() if outlet]


def _show(registry: Registry, words: list[str], opts: argparse.Namespace) -> int:
    status = 0
    for word in words:
        found = find_outlets(registry, word)
        for outlet in found:
            print(encode(as_dict(outlet)) if opts.json else describe_outlet(outlet) + "\n")
        if not found:
            status = 1
            near = ", ".join(registry.find_near(word))
            print(f"newscrawl: no outlet {word!r}" + (f"; near it: {near}" if near else ""), file=sys.stderr)
    return status


def _list(registry: Registry, opts: argparse.Namespace) -> int:
    for o in list_outlets(registry, country=opts.country, language=opts.language, medium=opts.medium):
        print(o.domain, o.name, o.medium, o.country or "", ",".join(o.languages), sep="\t")
    return 0
