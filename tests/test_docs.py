"""What the README and docs promise is there."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from newscrawl import commands, settings, spiders

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = Path(settings.__file__).read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"`[^`\n]+`|^    .+$|^\$ .+$", README.replace("```", ""), re.M))
DOCS = "\n".join([README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))])


def test_the_readme_stays_short():
    assert README.count("\n") <= 150


@pytest.mark.parametrize("name", [module.name for module in iter_modules(commands.__path__)])
def test_every_command_is_in_the_docs(name):
    assert re.search(rf"(?:newscrawl|\./run) {name}\b", DOCS)


@pytest.mark.parametrize("name", [m.name for m in iter_modules(spiders.__path__) if m.name not in ("base", "outlet")])
def test_every_spider_is_in_the_readme(name):
    assert f"`{name}" in README or f"crawl {name}" in README or f"{name}," in README


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:newscrawl|\./run) ([a-z]+)", CODE))))
def test_every_command_of_the_readme_exists(command):
    assert command in {"list", "test", *(module.name for module in iter_modules(commands.__path__))}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", DOCS))))
def test_every_link_leads_somewhere(link):
    assert link.startswith("http") or any((folder / link).exists() for folder in (ROOT, ROOT / "docs"))


@pytest.mark.parametrize(
    "name", re.findall(r"^(?:ARCHIVE|EXTRACT|OUTLETS|SHARD|SYNC)_\w+", Path(settings.__file__).read_text(), re.M)
)
def test_every_setting_of_ours_is_explained_and_read(name):
    assert re.search(rf'^{name} = .*\n(?:SYNC_\w+ = .*\n)?"""', SETTINGS, re.M)
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "newscrawl").rglob("*.py"))
    assert f'"{name}"' in code


def test_every_module_says_what_lives_in_it():
    for path in sorted((ROOT / "newscrawl").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            assert import_module(name).__doc__, f"{path} has no docstring"
