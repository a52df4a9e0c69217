import gzip
import socket
from pathlib import Path

import pytest

from newscrawl.archive import find_faults
from tests.cli import articles, crawl, outcomes, summary
from tests.site import Answer, Request, Site, article, article_page, feed, html, redirect, reply


def _endless(request: Request) -> None:
    request.send_head(Content_Type="text/html")
    while True:
        request.wfile.write(b"<p>and so on</p>" * 4096)


def _short(request: Request) -> None:
    request.send_head(Content_Type="text/html", Content_Length="99999")
    request.wfile.write(article_page(90).encode())


def _chunks(request: Request) -> None:
    request.send_head(Content_Type="text/html", Transfer_Encoding="chunked")
    request.wfile.write(b"zz\r\nabc\r\n")


def _gibberish(request: Request) -> None:
    request.wfile.write(b"\xff\0 what?\r\n\r\n")


def _drip(request: Request) -> None:
    request.send_head(Content_Type="text/html")
    while not request.server.site.closing.wait(0.1):
        request.wfile.write(b" ")


def _bomb() -> Answer:
    body = gzip.compress(b"<p>boom</p>" * 1_000_000)
    return html(body, Content_Encoding="gzip")


_BAD: dict[str, tuple[Answer, str]] = {
    "/500": (html("oops", 500), "failed:http-500"),
    "/403": (html("no", 403), "failed:http-403"),
    "/410": (html("gone", 410), "failed:http-410"),
    "/reset": (Request.reset, "failed:connection"),
    "/gibberish": (_gibberish, "failed:connection"),
    "/loop": (redirect("/loop"), "failed:redirects"),
    "/refreshed": (html("<meta http-equiv=refresh content='0; url=/refreshed'>"), "failed:redirects"),
    "/to-file": (redirect("file:///etc/passwd"), "failed:http-302"),
    "/to-data": (redirect("data:text/html,hello"), "failed:http-302"),
    "/to-nowhere": (redirect("http://[::1/"), "failed:bad-address"),
    "/to-port": (redirect("http://127.0.0.1:99999/"), "failed:bad-address"),
    "/endless": (_endless, "failed:too-large"),
    "/declared": (reply("x", Content_Type="text/html", Content_Length="9999999999"), "failed:too-large"),
    "/bomb": (_bomb(), "failed:too-large"),
    "/short": (_short, "failed:data-loss"),
    "/chunks": (_chunks, "failed:data-loss"),
    "/deflated": (html("not deflated", Content_Encoding="deflate"), "failed:content-encoding"),
    "/pdf": (reply(b"%PDF-1.7\n%\xe2\xe3", Content_Type="application/pdf"), "rejected:not-html"),
    "/pdf-as-html": (html(b"%PDF-1.7\n%\xe2\xe3"), "rejected:not-html"),
    "/empty": (html(""), "rejected:empty"),
    "/no-content": (html("", 204), "rejected:empty"),
    "/members/1": (article(91), "rejected:robots"),
}
_GOOD: dict[str, Answer] = {
    "/1": article(1),
    "/2": html(article_page(2).replace("pilot", "pi\0lot\u2028")),
    "/3": reply(article_page(3), Content_Type="text/html; charset=nonsense"),
    "/4": reply(article_page(4).encode("utf-16"), Content_Type="text/html; charset=utf-16"),
    "/5": redirect("/6"),
    "/6": html(article_page(6).replace("report", "&#xD800;report")),
    "/7": html(gzip.compress(article_page(7).encode()), Content_Encoding="gzip"),
    "/robots.txt": reply("User-agent: *\nDisallow: /members/\n"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path, str]:
    """Outcome by path of a crawl of `_BAD` and `_GOOD` addresses, its folder, what it said."""
    folder = tmp_path_factory.mktemp("hostile")
    with Site({path: answer for path, (answer, _) in _BAD.items()} | _GOOD) as site:
        paths = [path for path in (*_BAD, *_GOOD) if path != "/robots.txt"]
        with socket.create_server(("127.0.0.1", 0)) as closed:
            dead = f"http://127.0.0.1:{closed.getsockname()[1]}/dead"
        others = [dead, "http://a..b/name", "http://127.0.0.1:99999/port", site.url("/1#top")]
        site.answers["/feed"] = feed(*map(site.url, paths), *others)
        done = crawl("feed", "-sDOWNLOAD_MAXSIZE=1000000", f"url={site.url('/feed')}", cwd=folder)
        found = {"/" + url.partition("//")[2].partition("/")[2]: o for url, o in outcomes(folder).items()}
    assert done.status == 0
    return found, folder, done.err


@pytest.mark.parametrize("path", _BAD)
def test_what_went_wrong_has_a_name(hostile: tuple[dict[str, str], Path, str], path: str) -> None:
    assert hostile[0][path] == _BAD[path][1]


@pytest.mark.parametrize(
    ("path", "outcome"),
    [("/dead", "failed:connection-refused"), ("/name", "failed:dns"), ("/port", "failed:bad-address")],
)
def test_who_can_not_be_reached_has_a_name(hostile: tuple[dict[str, str], Path, str], path: str, outcome: str) -> None:
    assert hostile[0][path] == outcome


def test_good_neighbours_are_archived(hostile: tuple[dict[str, str], Path, str]) -> None:
    found, folder, _ = hostile
    archived = {path for path, outcome in found.items() if outcome == "archived"}
    assert archived | {"/5", "/6"} == {path for path in _GOOD if path != "/robots.txt"}
    assert {found["/5"], found["/6"]} == {"archived", "duplicate"}
    assert found["/1#top"] == "duplicate"
    assert len(articles(folder)) == 6
    assert list(find_faults(folder / "output")) == []


def test_a_hostile_site_gets_a_summary_and_no_traceback(hostile: tuple[dict[str, str], Path, str]) -> None:
    _, folder, said = hostile
    assert said.count("\n") == len({kind.partition(":")[0] for kind in summary(folder)["outcomes"]}) + 2
    assert "Traceback" not in said


def test_who_does_not_come_to_an_end_is_left(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/drip": _drip, "/silent": Request.until_closed}
    addresses = [site.url("/drip"), site.url("/silent")]
    done = crawl("urls", "-sDOWNLOAD_TIMEOUT=0.5", f"urls={','.join(addresses)}", cwd=tmp_path)
    assert outcomes(tmp_path) == dict.fromkeys(addresses, "failed:timeout")
    assert done.status == 1


def test_a_list_from_standard_input(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/1": article(1), "/2": article(2)}
    lines = f"\ufeff# ferries\n{site.url('/1')}\r\n\n  {site.url('/2')}\n{site.url('/2?utm_source=list')}\n"
    done = crawl("urls", "file=-", cwd=tmp_path, stdin=lines)
    assert done.status == 0
    assert list(outcomes(tmp_path).values()).count("archived") == 2
    assert sorted(path for path in site.asked if path != "/robots.txt") == ["/1", "/2"]


def test_a_list_from_a_file_and_addresses_with_commas(tmp_path: Path, site: Site) -> None:
    site.answers |= {"/1": article(1), "/2,1.html": article(2), "/3": article(3)}
    (tmp_path / "list.txt").write_text(site.url("/3"))
    done = crawl("urls", "file=list.txt", f"urls={site.url('/1')},{site.url('/2,1.html')}", cwd=tmp_path)
    assert done.status == 0
    assert outcomes(tmp_path) == {site.url(path): "archived" for path in ("/1", "/2,1.html", "/3")}


def test_a_crawl_that_only_failed_says_so(tmp_path: Path, site: Site) -> None:
    done = crawl("urls", f"urls={site.url('/missing')}", cwd=tmp_path)
    assert outcomes(tmp_path) == {site.url("/missing"): "failed:http-404"}
    assert done.status == 1
    assert ": 1 candidate\n  failed         1  http-404 1\n" in done.err


def test_a_crawl_that_only_rejected_is_fine(tmp_path: Path, site: Site) -> None:
    site.answers["/empty"] = html("")
    assert crawl("urls", f"urls={site.url('/empty')}", cwd=tmp_path).status == 0


def test_a_twin_is_fetched_where_the_first_address_fails(site: Site, tmp_path: Path) -> None:
    site.answers |= {"/amp/9": html("oops", 503), "/9": article(9)}
    done = crawl("urls", f"urls={site.url('/amp/9')},{site.url('/9')}", cwd=tmp_path)
    assert done.status == 0
    assert outcomes(tmp_path) == {site.url("/amp/9"): "failed:http-503", site.url("/9"): "archived"}


def test_stories_under_one_wrong_canonical_address_are_all_archived(site: Site, tmp_path: Path) -> None:
    wrong = "<link rel=canonical href='/story.php'>"
    pages = {f"/story.php?id={n}": html(article_page(n).replace("<article>", f"{wrong}<article>")) for n in range(3)}
    site.answers |= pages
    assert crawl("urls", f"urls={','.join(map(site.url, pages))}", cwd=tmp_path).status == 0
    assert set(outcomes(tmp_path).values()) == {"archived"}
    assert len(articles(tmp_path)) == 3


def test_an_endless_address_has_an_outcome(site: Site, tmp_path: Path) -> None:
    long = site.url("/" + "x" * 3000)
    crawl("urls", f"urls={long}", cwd=tmp_path)
    assert outcomes(tmp_path) == {long: "failed:http-404"}
