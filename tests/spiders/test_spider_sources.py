"""The spiders that find their candidates: feed, sitemap and outlet."""

import gzip
from functools import partial
from pathlib import Path

import pytest

from tests.cli import Finished, crawl, crawls, in_parallel, outcomes, run, summary
from tests.site import Answer, Request, Site, article, feed, html, redirect, reply, sitemap, sitemap_index

_BAD: dict[str, tuple[str, Answer, str]] = {
    "/html": ("feed", html("<title>Welcome</title>"), "not-a-feed"),
    "/empty": ("feed", reply(""), "not-a-feed"),
    "/500": ("feed", html("oops", 500), "http-500"),
    "/reset": ("feed", Request.reset, "connection"),
    "/loop": ("feed", redirect("/loop"), "redirects"),
    "/error": ("sitemap", html("<h1>Error</h1>"), "not-a-sitemap"),
    "/bomb": ("sitemap", reply(gzip.compress(b"<urlset>" + b" " * 60_000_000)), "too-large"),
}


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Finished, Path, str]]:
    """Path → how a crawl of that source alone ended, its folder, the address."""
    folders = {path: tmp_path_factory.mktemp("unread") for path in _BAD}
    with Site({path: answer for path, (_, answer, _) in _BAD.items()}) as site:
        calls = [partial(crawl, _BAD[path][0], f"url={site.url(path)}", cwd=folders[path]) for path in _BAD]
        done = in_parallel(calls)
        return {path: (end, folders[path], site.url(path)) for path, end in zip(_BAD, done, strict=True)}


@pytest.mark.parametrize("path", _BAD)
def test_a_source_that_is_none_is_named(unread: dict[str, tuple[Finished, Path, str]], path: str) -> None:
    (done, folder, url), reason = unread[path], _BAD[path][2]
    crawl_id = crawls(folder)[-1].name
    lines = [f"{_BAD[path][0]}/{crawl_id}: 0 candidates", f"  not read: {url} (failed:{reason})"]
    assert done.err.split("\n")[:2] == lines
    assert done.err.count("\n") == 3
    assert done.status == 1
    assert summary(folder)["outcomes"] == {}


def test_feed(tmp_path: Path, site: Site) -> None:
    site.answers |= {
        "/1": article(1),
        "/2": article(2),
        "/feed": feed(site.url("/1"), "mailto:us", "", "http://[::1/", "/2"),
    }
    assert crawl("feed", f"url={site.url('/feed')}", cwd=tmp_path).status == 0
    assert outcomes(tmp_path) == {site.url("/1"): "archived", site.url("/2"): "archived"}


def test_sitemaps_are_found_from_anywhere(tmp_path: Path, site: Site) -> None:
    packed = b"<urlset><url><loc>%s</loc></url></urlset>" % site.url("/2").encode()
    site.answers |= {
        "/": html("<title>Home</title>"),
        "/robots.txt": reply(f"Sitemap: {site.url('/index.xml')}\nSitemap: {site.url('/1.xml')}\n"),
        "/index.xml": sitemap_index(
            *map(site.url, ("/missing.xml", "/index.xml", "/error.xml", "/1.xml", "/2.xml.gz"))
        ),
        "/error.xml": html("<h1>Error</h1>"),
        "/1.xml": sitemap(site.url("/1"), site.url("/1")),
        "/2.xml.gz": reply(gzip.compress(packed), Content_Type="application/gzip"),
        "/1": article(1),
        "/2": article(2),
    }
    folders = {start: tmp_path / str(n) for n, start in enumerate(("/", "/robots.txt", "/index.xml"))}
    for folder in folders.values():
        folder.mkdir()
    done = in_parallel([partial(crawl, "sitemap", f"url={site.url(s)}", cwd=folders[s]) for s in folders])
    unread = [
        f"  not read: {site.url('/error.xml')} (failed:not-a-sitemap)",
        f"  not read: {site.url('/missing.xml')} (failed:http-404)",
    ]
    for end, folder in zip(done, folders.values(), strict=True):
        assert end.status == 0
        assert outcomes(folder) == {site.url("/1"): "archived", site.url("/2"): "archived"}
        assert sorted(line for line in end.err.split("\n") if "not read" in line) == unread
    sources = [path for path in site.asked if path.endswith((".xml", ".gz"))]
    assert all(sources.count(path) == len(folders) for path in sources)


def test_a_host_without_robots_txt_may_have_a_sitemap(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/sitemap.xml": sitemap(site.url("/1")), "/1": article(1)}
    assert crawl("sitemap", f"url={site.url()}", cwd=tmp_path).status == 0
    assert outcomes(tmp_path) == {site.url("/1"): "archived"}


def test_sitemaps_that_lead_ever_deeper_come_to_an_end(tmp_path: Path, site: Site) -> None:
    deep = [sitemap_index(site.url(f"/{n + 1}.xml"), "http://[::1/", "http://127.0.0.1:99999/") for n in range(20)]
    site.answers |= {f"/{n}.xml": answer for n, answer in enumerate(deep)}
    done = crawl("sitemap", f"url={site.url('/0.xml')}", cwd=tmp_path)
    assert done.status == 1
    assert "(failed:nested-too-deep)" in done.err
    assert "http://127.0.0.1:99999/ (failed:bad-address)" in done.err
    assert len(site.asked) < 10


def test_an_outlet_of_ones_own(tmp_path: Path, site: Site) -> None:
    announced = f"<link rel=alternate type=application/rss+xml href='{site.url('/feed')}'><title>Quay</title>"
    site.answers |= {"/": html(announced), "/feed": feed(site.url("/1")), "/1": article(1)}
    outlet = f"[[outlet]]\ndomain = 'quay.example'\nname = 'Quay'\nmedium = 'site'\nhome = '{site.url()}'\n"
    (tmp_path / "mine.toml").write_text(outlet)
    listed = run("list", "-s", "OUTLETS_FILE=mine.toml", cwd=tmp_path).out.split()
    done = crawl("quay.example", "-sOUTLETS_FILE=mine.toml", cwd=tmp_path)
    assert "quay.example" in listed
    assert done.status == 0
    assert outcomes(tmp_path) == {site.url("/1"): "archived"}
    assert [folder.parent.name for folder in crawls(tmp_path)] == ["quay.example"]
