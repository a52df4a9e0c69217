import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newscrawl.commands import __path__ as commands_path
from newscrawl.demo import Newsroom
from tests.cli import FAST, NEWSCRAWL, Finished, run_all, start
from tests.site import Site

_CHECKOUT = Path(__file__).parents[1]
_BIN = Path(sys.executable).parent

# Arguments, with what they need in braces → words of the one line that says what is wrong.
_WRONG = {
    "frobnicate": "no command 'frobnicate'; newscrawl -h",
    "crwl demo": "near it: crawl",
    "crawl": "one spider, not 0",
    "crawl feed urls": "one spider, not 2",
    "crawl fead": "no spider 'fead'; near it: feed",
    "crawl alarabia.net": "near it: alarabiya.net",
    "crawl demo --bogus": "no such option: --bogus",
    "crawl feed -a url": "-a NAME=VALUE",
    "crawl feed -s SHARD_RECORDS": "-s NAME=VALUE",
    "crawl feed -s SHARD_RECORDS=ten": "SHARD_RECORDS=ten: must be a whole number",
    "crawl feed -s EXTRACT_WORKERS=1.5": "EXTRACT_WORKERS=1.5: must be a whole number",
    "crawl feed -s EXTRACT_WORKERS=-1": "EXTRACT_WORKERS=-1: must not be negative",
    "crawl feed -s DOWNLOAD_DELAY=long": "DOWNLOAD_DELAY=long: must be a number",
    "crawl feed -L loud": "log level loud",
    "crawl feed": "-a url=… is missing: address of an RSS or Atom feed",
    "crawl feed -a url=example.org/feed": "not 'example.org/feed'",
    "crawl feed -a url={site} -a urls={site}": "no argument 'urls'; it takes -a url=…",
    "crawl sitemap -a url=http://[::1": "http(s) address",
    "crawl sitemap -a url=http://example.org:99999/": "http(s) address",
    "crawl urls": "-a urls=URL,URL or -a file=LIST",
    "crawl urls -a urls={site},ftp://example.org/": "'ftp://example.org/'",
    "crawl urls -a urls=http://exa%20mple/": "'http://exa%20mple/'",
    "crawl urls -a file=missing.txt": "missing.txt: No such file",
    "crawl urls -a file=latin-1.txt": "latin-1.txt: 'utf-8' codec",
    "crawl warc -a path=*.warc": "*.warc: no such file",
    "crawl demo -a port={port}": "port {port} on 127.0.0.1 can't be used",
    "crawl demo -a port=high": "must be numbers",
    "crawl demo -a edition=3": "edition 3",
    "crawl urls -a urls={site} -s OUTLETS_FILE=missing.toml": "missing.toml: [Errno 2]",
    "crawl urls -a urls={site} -s OUTLETS_FILE=broken.toml": "broken.toml, outlet 1 (no domain): medium must be",
    "list -s OUTLETS_FILE=broken.toml": "broken.toml, outlet 1",
    "annotate missing.jsonl": "missing.jsonl: No such file",
    "annotate good.jsonl -s OUTLETS_FILE=broken.toml": "broken.toml, outlet 1",
    "extract": "name at least one PAGE",
    "extract missing.html": "no such file: missing.html",
    "extract --list missing.jsonl": "missing.jsonl: No such file",
    "extract --list good.jsonl": "good.jsonl, line 1",
    "extract latin-1.txt good.jsonl --url http://example.org/": "--url is the address of one page",
    "verify": "name an output folder",
    "verify missing": "no such file or folder: missing",
    "export jsonl": "FORMAT is one of csv, jsonl",
    "export xml .": "FORMAT is one of csv, jsonl",
    "export csv missing": "no such file or folder: missing",
    "demo --port {port}": "port {port} on 127.0.0.1 can't be used",
    "demo --port high": "invalid int value: 'high'",
}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Finished, str]]:
    """Wrong arguments → how newscrawl took them, and what it was expected to say."""
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "latin-1.txt").write_bytes("http://example.org/\xe9\n".encode("latin-1"))
    (folder / "good.jsonl").write_text('{"text": "good"}\n')
    (folder / "broken.toml").write_text("[[outlet]]\nname = 'Nameless'\n")
    with Site() as site, Newsroom(port=0) as newsroom:
        known = {"site": site.url("/story"), "port": str(newsroom.port)}
        lines = [line.format(**known) for line in _WRONG]
        done = run_all([line.split() for line in lines], cwd=folder)
        said = [words.format(**known) for words in _WRONG.values()]
        assert site.asked == []
    assert not (folder / "output").exists()
    return dict(zip(_WRONG, zip(done, said, strict=True), strict=True))


@pytest.mark.parametrize("line", _WRONG)
def test_a_wrong_argument_is_one_line_and_status_2(refusals: dict[str, tuple[Finished, str]], line: str) -> None:
    done, said = refusals[line]
    assert done.err.startswith("newscrawl: ")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert (done.status, done.out) == (2, "")


def test_an_archive_that_can_not_be_made_is_one_line(tmp_path: Path, site: Site) -> None:
    (tmp_path / "file").touch()
    folders = ["file", "file/below", "/proc/newscrawl"]
    options = ("crawl", "urls", *FAST, "-a", f"urls={site.url()}")
    for folder, done in zip(
        folders, run_all([(*options, "-s", f"ARCHIVE_DIR={folder}") for folder in folders], cwd=tmp_path), strict=True
    ):
        assert done.err.startswith("newscrawl: ")
        assert folder in done.err
        assert done.err.count("\n") == 1
        assert (done.status, done.out, site.asked) == (1, "", [])


def test_help_lists_every_command_of_ours(tmp_path: Path) -> None:
    plain, asked = run_all([(), ("-h",)], cwd=tmp_path)
    names = [file.stem for file in Path(commands_path[0]).glob("[a-z]*.py")]
    assert {"annotate", "crawl", "demo", "export", "extract", "verify"} <= set(names)
    assert all(f"\n  {name} " in plain.out for name in names)
    assert (plain.status, plain.err) == (0, "")
    assert asked == plain


def test_every_way_to_call_it_is_the_same(tmp_path: Path) -> None:
    ways = {
        (*NEWSCRAWL, "list"): tmp_path,
        (_BIN / "newscrawl", "list"): tmp_path,
        (_BIN / "scrapy", "list"): _CHECKOUT,
    }
    with ThreadPoolExecutor() as pool:
        done = list(
            pool.map(lambda way: subprocess.run([*way, "list"], cwd=ways[way], capture_output=True, text=True), ways)
        )
    assert len({d.stdout for d in done}) == 1
    assert {"demo", "feed", "sitemap", "urls", "warc", "rt.com", "alarabiya.net"} <= set(done[0].stdout.split())
    assert [d.stderr for d in done] == ["", "", ""]


def test_output_is_utf8_whatever_the_locale_says(tmp_path: Path) -> None:
    story = '{"text": "وقالت وكالة رويترز إن السفينة غادرت الميناء."}\n'
    locale = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    with start("annotate", cwd=tmp_path, stdin=subprocess.PIPE, env=locale) as process:
        out, err = process.communicate(story)
    assert (process.returncode, err) == (0, "")
    assert '"text": "وقالت وكالة' in out
    assert '"outlet": "reuters.com"' in out


def test_a_reader_that_has_read_enough_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "long.jsonl").write_text('{"text": "Nothing to see"}\n' * 3000)
    line = " ".join([*NEWSCRAWL, "annotate long.jsonl | head -n 1"])
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
