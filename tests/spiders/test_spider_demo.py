import socket
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli import Finished, articles, crawl, outcomes, run, summary
from tests.demo.urls import DEMO_URLS, DemoUrl, demo_urls

_OUTCOMES = {
    "article": {"archived", "duplicate"},  # which of two copies comes first is nobody's business
    "copy": {"archived", "duplicate"},
    "paywalled": {"archived", "duplicate"},
    "amp": {"duplicate"},
    "tracked": {"archived", "duplicate"},
    "redirect": {"archived", "duplicate"},
    "blocked": {"rejected:blocked"},
    "soft-404": {"rejected:soft-404"},
    "missing": {"failed:http-404"},
    "disallowed": {"rejected:robots"},
}
_STORIES = len(demo_urls("article", "paywalled"))
_README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
_FLOODS = "/local/2026/10/14/wadi-floods"


class Demo(NamedTuple):
    """Three crawls of the newsroom into one archive: edition 1 twice, then 2."""

    port: int
    done: list[Finished]
    outcomes: list[dict[str, str]]
    summaries: list[dict[str, Any]]
    records: list[list[dict[str, Any]]]
    folder: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder, port = tmp_path_factory.mktemp("demo"), _free_port()
    seen = Demo(port, [], [], [], [], folder)
    for edition in (1, 1, 2):
        seen.done.append(crawl("demo", f"port={port}", f"edition={edition}", cwd=folder))
        seen.outcomes.append(outcomes(folder))
        seen.summaries.append(summary(folder))
        seen.records.append(articles(folder))
    return seen


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _record(demo: Demo, known: DemoUrl) -> dict[str, Any]:
    address = demo_address(demo, known.of or known.address)
    (record,) = [r for r in demo.records[0] if r["canonical_url"] == address or r["url"] == known.url(demo.port)]
    return record


def demo_address(demo: Demo, address: str) -> str:
    (known,) = [url for url in DEMO_URLS if url.address == address]
    return known.url(demo.port)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_crawl_says_what_came_of_it_and_nothing_else(demo: Demo, number: int) -> None:
    done, told = demo.done[number], demo.summaries[number]
    first, *lines, place = done.err.rstrip("\n").split("\n")
    assert first == f"demo/{told['crawl']}: {sum(told['outcomes'].values())} candidates"
    assert place == f"output/demo/{told['crawl']}"
    assert sum(int(line.split()[1]) for line in lines) == sum(told["outcomes"].values())
    assert (done.status, done.out, told["finish_reason"]) == (0, "", "finished")


def test_the_readme_shows_the_first_crawl(demo: Demo) -> None:
    heading, *lines, _ = demo.done[0].err.rstrip("\n").split("\n")
    shown = "\n".join([heading.partition(":")[2], *lines])
    assert shown in _README


def test_the_archive_is_whole(demo: Demo) -> None:
    assert run("verify", "output", cwd=demo.folder) == Finished(0, "", "")


@pytest.mark.parametrize("known", DEMO_URLS, ids=lambda known: known.address)
def test_every_address_ends_as_the_table_says(demo: Demo, known: DemoUrl) -> None:
    found = demo.outcomes[0]
    if known.kind != "amp":  # only the article itself names it
        assert found[known.url(demo.port)] in _OUTCOMES[known.kind]
    twins = [o for url, o in found.items() if url.partition("?utm")[0] == known.url(demo.port)]
    assert twins.count("archived") <= 1


def test_every_story_is_archived_once(demo: Demo) -> None:
    assert len(demo.records[0]) == demo.summaries[0]["outcomes"]["archived"] == _STORIES


@pytest.mark.parametrize("known", demo_urls("article"), ids=lambda known: known.address)
def test_tweets_are_found_in_all_their_forms(demo: Demo, known: DemoUrl) -> None:
    copies = {u.of: u for u in demo_urls("copy")}
    tweets = _either(demo, known, copies.get(known.address))["tweets"]
    assert [(t["form"], t["id"] or t["handle"]) for t in tweets] == list(known.tweets)


def _either(demo: Demo, known: DemoUrl, copy: DemoUrl | None) -> dict[str, Any]:
    urls = {u.url(demo.port) for u in (known, copy) if u}
    (record,) = [r for r in demo.records[0] if r["canonical_url"] in urls]
    return record


@pytest.mark.parametrize("known", [url for url in demo_urls("article") if url.credits], ids=lambda known: known.address)
def test_credits_are_found(demo: Demo, known: DemoUrl) -> None:
    attributions = _record(demo, known)["attributions"]
    assert [a["outlet"] for a in attributions] == list(known.credits)


def test_records_know_outlet_language_and_crawl(demo: Demo) -> None:
    for record in demo.records[0]:
        (known,) = {u.host: u for u in DEMO_URLS if f"//{u.host}:" in record["url"]}.values()
        assert record["outlet"] == known.host
        assert record["provenance"]["crawl"] == demo.summaries[0]["crawl"]
        assert record["provenance"]["spider"] == "demo"
    languages = {url.url(demo.port): url.language for url in DEMO_URLS}
    told = {r["canonical_url"]: r["language"] for r in demo.records[0]}
    assert told == {url: languages[url] for url in told}


def test_an_old_encoding_is_read(demo: Demo) -> None:
    (record,) = [r for r in demo.records[0] if "show.php" in r["url"]]
    assert record["title"] == "مكتبة الحصن تفتح خزانة مخطوطاتها للزوار"
    assert "\ufffd" not in record["text"]


def test_a_paywall_is_flagged(demo: Demo) -> None:
    (known,) = demo_urls("paywalled")
    flagged = [r["canonical_url"] for r in demo.records[0] if "paywall" in r["flags"]]
    assert flagged == [known.url(demo.port)]


def test_the_second_crawl_finds_all_unchanged(demo: Demo) -> None:
    first, second = demo.summaries[0]["outcomes"], demo.summaries[1]["outcomes"]
    known = {"archived", "duplicate"}
    unchanged = sum(count for outcome, count in first.items() if outcome in known)
    assert second == {o: n for o, n in first.items() if o not in known} | {"unchanged": unchanged}
    assert demo.records[1] == demo.records[0]


def test_a_changed_story_is_archived_again(demo: Demo) -> None:
    added = [r for r in demo.records[2] if r not in demo.records[1]]
    assert [r["url"].partition(str(demo.port))[2] for r in added] == [_FLOODS]
    assert "615 شخصا" in added[0]["text"]
    assert demo.summaries[2]["outcomes"]["archived"] == 1
    assert demo.summaries[2]["outcomes"]["unchanged"] == demo.summaries[1]["outcomes"]["unchanged"] - 1
