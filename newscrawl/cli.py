"""``newscrawl …``: Scrapy's own command line with this project's settings, from any folder."""

import argparse
import logging
import os
import sys
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from io import TextIOWrapper
from pkgutil import iter_modules
from typing import Any, NoReturn, TypeVar

from scrapy import cmdline
from scrapy import commands as scrapy_commands
from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings, Settings
from scrapy.utils.project import get_project_settings

from newscrawl import __version__
from newscrawl import settings as own_settings
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.outlets import Registry, load_registry

__all__ = ["Command", "check_settings", "main", "run_plainly", "suggest"]

Found = TypeVar("Found")
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""
_KINDS = {bool: ("getbool", "0 or 1"), int: ("getint", "a whole number"), float: ("getfloat", "a number")}


def main() -> None:
    """Run the command that ``sys.argv`` names and exit with its status."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    sys.exit(run_plainly(_execute))


def run_plainly(run: Callable[[], int]) -> int:
    """Run it and give its exit status; expected errors are one line on standard error, without a traceback.

    Returns:
        What ``run`` returns; 2 for what the user can mend by calling differently, 1 for other errors of ours, 130 after
        Ctrl-C.
    """
    _write_utf8()
    try:
        status = run()
        sys.stdout.flush()
    except NewscrawlError as error:
        print(f"newscrawl: {' '.join(str(error).split())}", file=sys.stderr)
        status = 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        # `newscrawl … | head` has read enough; the interpreter must not flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    return status


def suggest(word: str, known: Sequence[str]) -> str:
    """``near it: …``, or nothing where no known word is near."""
    near = get_close_matches(word, known, n=3)
    return f"near it: {', '.join(near)}" if near else ""


def check_settings(settings: BaseSettings, names: Iterable[str]) -> None:
    """Refuse values that Scrapy or newscrawl would stumble over in the midst of a crawl's start.

    Args:
        names: those that the user has set.

    Raises:
        UsageError: names the setting and what it must be.
    """
    defaults = Settings()
    for name in names:
        is_own = name not in defaults
        default = getattr(own_settings, name) if hasattr(own_settings, name) else defaults[name]
        # Scrapy reads some of its whole numbers as fractions, so that DOWNLOAD_TIMEOUT may be 0.5.
        kind = float if type(default) is int and not is_own else type(default)
        value = _read_setting(settings, name, kind)
        if is_own and kind in (int, float) and value < 0:
            raise UsageError(f"-s {name}={settings[name]}: must not be negative")
    if settings["LOG_LEVEL"] not in logging.getLevelNamesMapping():
        raise UsageError(f"log level {settings['LOG_LEVEL']}: must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL")


class Command(ScrapyCommand):
    """A command that needs no crawl."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = run_plainly(lambda: self.execute(args, opts))

    def load_registry(self) -> Registry:
        """The outlets, those of the setting ``OUTLETS_FILE`` included."""
        assert self.settings is not None
        return load_registry(self.settings["OUTLETS_FILE"])

    def with_settings(self, find: Callable[..., Found]) -> Callable[..., Found]:
        """``find`` with the outlets to know and FIND_ANAPHORA as they are set."""
        assert self.settings is not None
        return partial(find, registry=self.load_registry(), anaphora=self.settings.getbool("FIND_ANAPHORA"))

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do it and give the exit status."""


class _Parser(cmdline.ScrapyArgumentParser):
    """Scrapy's, but it speaks as newscrawl, tells an error in one line, and takes no option that it does not know."""

    def __init__(self, *, usage: str, **options: Any) -> None:
        super().__init__(usage=usage.replace("scrapy", "newscrawl", 1), **options)

    def parse_known_args(self, *given: Any, **options: Any) -> tuple[argparse.Namespace, list[str]]:  # type: ignore[override]
        opts, rest = super().parse_known_args(*given, **options)
        if unknown := next((word for word in rest if word.startswith("-") and word != "-"), None):
            self.error(f"no such option: {unknown}")
        return opts, rest

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def _execute() -> int:
    name = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    if name is None:
        return _list_commands()
    known = [*_own_commands(), *_scrapy_commands()]
    if name not in known:
        raise UsageError(f"no command {name!r}; {suggest(name, known) or 'newscrawl -h lists all'}")
    cmdline.ScrapyArgumentParser = _Parser  # type: ignore[assignment, misc]
    settings = get_project_settings()
    settings.set("EDITOR", os.environ.get("EDITOR", settings["EDITOR"]))
    # Scrapy would import every command to run one.
    settings.set("COMMANDS_MODULE", f"newscrawl.commands.{name}" if name in _own_commands() else "")
    try:
        cmdline.execute(settings=settings)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _read_setting(settings: BaseSettings, name: str, kind: type) -> Any:
    read, told = _KINDS.get(kind, ("get", "anything"))
    try:
        return getattr(settings, read)(name)
    except ValueError as error:
        raise UsageError(f"-s {name}={settings[name]}: must be {told}") from error


def _list_commands() -> int:
    print(f"newscrawl {__version__}\n\nUsage: newscrawl COMMAND [OPTIONS] [ARGUMENTS]\n")
    for name in _own_commands():
        command: ScrapyCommand = import_module(f"newscrawl.commands.{name}").Command()
        print(f"  {name:10}{command.short_desc()}")
    print(f"\nScrapy's: {', '.join(_scrapy_commands())}")
    print("newscrawl list shows the spiders, newscrawl COMMAND -h tells more")
    return 0


def _own_commands() -> list[str]:
    return sorted(module.name for module in iter_modules(import_module("newscrawl.commands").__path__))


def _scrapy_commands() -> list[str]:
    names = [module.name for module in iter_modules(scrapy_commands.__path__)]
    plugins = [plugin.name for plugin in entry_points(group="scrapy.commands")]
    return sorted({*names, *plugins} - {*_own_commands()})


def _write_utf8() -> None:
    """Whatever the locale says: JSON Lines and names of outlets are UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
