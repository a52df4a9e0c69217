"""``newscrawl outlets``: what it finds wrong, online as well, and who is who."""

import json
from pathlib import Path

import pytest

from tests.cli import FAST, NEWSCRAWL, Finished, run, run_all
from tests.site import Request, Site, feed, html, redirect, reply, sitemap
from tests.terminal import Terminal

_ENTRY = """[[outlet]]
domain = "{0}.localhost"
name = "{0}"
medium = "site"
home = "http://{0}.localhost:{1}/"
feeds = ["http://{0}.localhost:{1}/{0}.rss"]
"""
_ANNOUNCED = "<link rel=alternate type=application/rss+xml href=/a.rss><p>News"


def _check(folder: Path, site: Site, *outlets: str) -> Finished:
    (folder / "mine.toml").write_text("".join(_ENTRY.format(outlet, site.port) for outlet in outlets))
    domains = [f"{outlet}.localhost" for outlet in outlets]
    return run("outlets", "check", "--online", *domains, "-s", "OUTLETS_FILE=mine.toml", *FAST, cwd=folder)


def test_check_fetches_each_place_once(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/": html(_ANNOUNCED), "/quay.rss": feed(site.url("/1"), site.url("/2"))}
    done = _check(tmp_path, site, "quay")
    assert sorted(done.out.splitlines()) == [
        f"ok    quay.localhost: feeds: http://quay.localhost:{site.port}/quay.rss 200, 2 entries",
        f"ok    quay.localhost: home: http://quay.localhost:{site.port}/ 200, 1 feeds",
    ]
    assert (done.status, done.err) == (0, "1 outlets, 0 faults\n")
    assert sorted(site.asked) == ["/", "/quay.rss", "/robots.txt"]
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.toml"]


def test_check_says_what_is_wrong_online(tmp_path: Path, site: Site) -> None:
    site.answers |= {
        "/": redirect(f"http://elsewhere.localhost:{site.port}/for-sale"),
        "/for-sale": html("<p>Buy me"),
        "/b.rss": html("<p>no feed"),
        "/c.rss": feed(),
        "/d.rss": Request.reset,
    }
    done = _check(tmp_path, site, "a", "b", "c", "d")
    told = {line.split()[3].rpartition("/")[2]: line for line in done.out.splitlines() if " feeds: " in line}
    assert told["a.rss"].endswith(" 404")
    assert told["b.rss"].endswith(" 200, not-a-feed")
    assert told["c.rss"].endswith(" 200, 0 entries")
    homes = [line for line in done.out.splitlines() if " home: " in line]
    assert all(line.endswith(f" 200, 0 feeds, now http://elsewhere.localhost:{site.port}/for-sale") for line in homes)
    assert all(line.startswith("fault ") for line in done.out.splitlines())
    assert (done.status, done.err) == (1, "4 outlets, 8 faults\n")


def test_check_obeys_robots(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/": html("<p>News"), "/robots.txt": reply("User-agent: *\nDisallow: /quay.rss")}
    done = _check(tmp_path, site, "quay")
    assert "/quay.rss Forbidden by robots.txt\n" in done.out
    assert "/quay.rss" not in site.asked


def test_check_reads_sitemaps(tmp_path: Path, site: Site) -> None:
    site.answers["/map.xml"] = sitemap(site.url("/1"))
    entry = '[[outlet]]\ndomain = "127.0.0.1"\nname = "Quay"\nmedium = "site"\n'
    (tmp_path / "mine.toml").write_text(f'{entry}sitemaps = ["{site.url("/map.xml")}"]\n')
    done = run("outlets", "check", "127.0.0.1", "--online", "-s", "OUTLETS_FILE=mine.toml", *FAST, cwd=tmp_path)
    assert done == Finished(0, f"ok    127.0.0.1: sitemaps: {site.url('/map.xml')} 200, 1 entries\n", done.err)


def test_check_on_a_terminal_shows_how_it_gets_on(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/": Request.until_closed, "/quay.rss": feed(site.url("/1"))}
    (tmp_path / "mine.toml").write_text(_ENTRY.format("quay", site.port))
    words = ("outlets", "check", "--online", "quay.localhost", "-s", "OUTLETS_FILE=mine.toml", *FAST)
    with Terminal([*NEWSCRAWL, *words], cwd=tmp_path) as terminal:
        terminal.wait_for(r"1/2")


def test_check_offline(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(_ENTRY.format("quay", 80) + 'handles = ["Reuters"]\ncountry = "UK"\n')
    words = ("outlets", "check", "-s", "OUTLETS_FILE=mine.toml")
    found, unknown = run_all([(*words, "quay.localhost"), (*words, "qay.localhost")], cwd=tmp_path)
    assert found.out.splitlines() == [
        "quay.localhost: country: 'UK' is no code of ISO 3166-1",
        "quay.localhost: handles: 'Reuters' belongs to reuters.com already",
    ]
    assert (found.status, found.err) == (1, "1 outlets, 2 faults\n")
    assert (unknown.status, unknown.out) == (2, "")
    assert "near it: quay.localhost" in unknown.err


def test_show_and_list(tmp_path: Path) -> None:
    shown, as_json, unknown, listed = run_all(
        [
            ("outlets", "show", "АФП", "@rtarabic"),
            ("outlets", "show", "--json", "ABC"),
            ("outlets", "show", "Reutrs", "AFP"),
            ("outlets", "list", "--country", "ye", "--medium", "agency"),
        ],
        cwd=tmp_path,
    )
    assert [text.split("\n")[0] for text in shown.out.split("\n\n")[:2]] == ["Agence France-Presse", "RT"]
    assert "  names.ru   АФП, " in shown.out
    found = [json.loads(line) for line in as_json.out.splitlines()]
    assert found[0]["domain"] == "abcnews.com"
    assert {"abc.es", "abc.net.au"} <= {outlet["domain"] for outlet in found}
    assert unknown.err.startswith("newscrawl: no outlet 'Reutrs'; near it: Reuters")
    assert "afp.com" in unknown.out
    assert [done.status for done in (shown, as_json, unknown, listed)] == [0, 0, 1, 0]
    rows = [line.split("\t") for line in listed.out.splitlines()]
    assert rows
    assert {(row[2], row[3], len(row)) for row in rows} == {("agency", "YE", 5)}


@pytest.mark.parametrize("words", ["", "shw", "show", "list x", "list --json", "check --country EG"])
def test_wrong_usage(tmp_path: Path, words: str) -> None:
    done = run("outlets", *words.split(), cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("newscrawl: outlets")
