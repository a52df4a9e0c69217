"""Who may import whom. Arrows point down only."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "newscrawl"

# Unit → the units of newscrawl that it may import. `__version__` counts as no unit.
BELOW = {
    "items": "",
    "errors": "",
    "script": "",
    "urls": "",
    "dates": "",
    "outlets": "items errors script urls",
    "languages": "items errors script",
    "schema": "items",
    "archive": "items errors dates schema",
    "dedup": "items errors urls script",
    "discover": "items errors urls dates",
    "extract": "items errors script urls dates outlets languages",
    "exports": "items archive",
    "ledger": "items urls",
    "crawl": "items errors urls archive dedup ledger",
    "workers": "items errors outlets extract dedup",
    "demo": "errors dates",
}
RIM = {
    "spiders",
    "pipelines",
    "middlewares",
    "extensions",
    "commands",
    "cli",
    "resolver",
    "logs",
    "probe",
    "progress",
    "settings",
    "spiderloader",
    "__main__",
}


def unit_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Dotted names of all that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = {
    path.relative_to(PACKAGE).as_posix(): imports(path)
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}


def importers(package: str) -> set[str]:
    return {module for module, names in MODULES.items() if any(n.split(".")[0] == package for n in names)}


def test_every_unit_has_its_place() -> None:
    units = {unit_of(PACKAGE / module) for module in MODULES}
    assert units <= BELOW.keys() | RIM
    assert not BELOW.keys() & RIM


@pytest.mark.parametrize(("unit", "below"), BELOW.items())
def test_arrows_point_down(unit: str, below: str) -> None:
    allowed = {unit, *below.split(), "__version__"}
    for module, names in MODULES.items():
        if unit_of(PACKAGE / module) == unit:
            ours = {name.split(".")[1] for name in names if name.startswith("newscrawl.")}
            assert ours <= allowed, module


def test_only_the_rim_knows_scrapy_and_twisted() -> None:
    assert {unit_of(PACKAGE / module) for module in importers("scrapy") | importers("twisted")} <= RIM


@pytest.mark.parametrize(
    ("library", "places"),
    [
        ("trafilatura", {"extract/boilerplate.py"}),
        ("htmldate", {"extract/boilerplate.py"}),
        ("charset_normalizer", {"extract/decode.py"}),
        ("feedparser", {"discover/feeds.py"}),
        ("warcio", {"discover/warcs.py"}),
        ("tldextract", {"urls.py"}),
        ("tqdm", {"progress.py", "probe.py"}),
    ],
)
def test_a_library_is_known_in_one_place(library: str, places: set[str]) -> None:
    assert importers(library) == places


def test_pure_modules_have_no_network() -> None:
    networks = {"socket", "http", "urllib.request", "ftplib", "asyncio", "requests"}
    for module, names in MODULES.items():
        if unit_of(PACKAGE / module) not in RIM | {"demo", "workers"}:
            assert not any(n == net or n.startswith(f"{net}.") for n in names for net in networks), module


def test_nothing_below_the_rim_looks_at_the_clock() -> None:
    for module in MODULES:
        if unit_of(PACKAGE / module) not in RIM | {"archive", "demo"}:
            text = (PACKAGE / module).read_text(encoding="utf-8")
            assert not any(call in text for call in ("datetime.now", "date.today", "time.time(")), module
