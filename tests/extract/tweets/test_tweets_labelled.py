"""The labelled pages and texts, where they are at hand: marks that later changes must not fall below."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract.boilerplate import clean_boilerplate, parse_html
from newscrawl.extract.decode import decode_body
from newscrawl.extract.tweets import find_tweets, settle_tweets, take_tweets
from newscrawl.outlets import Outlet, Registry

EVAL = Path(__file__).parents[3] / ".." / "shared" / "eval"
pytestmark = pytest.mark.skipif(not EVAL.is_dir(), reason="labelled pages are not at hand")
NO_OUTLETS = Registry(())


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def f1(counts: Counter[str]) -> float:
    return 2 * counts["hit"] / (2 * counts["hit"] + counts["false"] + counts["missed"])


def test_pages() -> None:
    counts = {"embed": Counter[str](), "link": Counter[str]()}
    for label in read_lines(EVAL / "tweets" / "pages.jsonl"):
        body = gzip.decompress((EVAL / "tweets" / "pages" / f"{label['id']}.html.gz").read_bytes())
        tree = parse_html(decode_body(body, None))
        assert tree is not None
        found = take_tweets(tree, registry=NO_OUTLETS)
        for relation, count in counts.items():
            wanted = {t["id"] for t in label["tweets"] if t["relation"] == relation}
            have = {t.id for t in found if t.relation == relation}
            count.update(hit=len(wanted & have), false=len(have - wanted), missed=len(wanted - have))
    assert counts["embed"]["false"] == 0
    assert f1(counts["embed"]) >= 0.98
    assert f1(counts["link"]) >= 0.98


def test_texts() -> None:
    counts = Counter[str]()
    for label in read_lines(EVAL / "tweets" / "texts.jsonl"):
        wanted = Counter((t["handle"], t["date"]) for t in label["tweets"] if t["handle"] or t["date"])
        tweets = find_tweets(label["text"], registry=NO_OUTLETS)
        have = Counter((t.handle, t.date) for t in tweets if t.handle or t.date)
        counts.update(hit=(wanted & have).total(), false=(have - wanted).total(), missed=(wanted - have).total())
    assert f1(counts) >= 0.98


def test_first_report() -> None:
    (record,) = (r for r in read_lines(EVAL / "attributions" / "ar.jsonl") if r["id"] == "ar-seed")
    registry = Registry([Outlet(domain="rt.com", name="RT", medium="television", country="RU", handles=("RTarabic",))])
    (tweet,) = find_tweets(record["text"], registry=registry)
    assert (tweet.handle, tweet.name, tweet.date) == ("RTarabic", "RTARABIC", "2020-10-20")
    assert (tweet.media, tweet.outlet) == (("pic.twitter.com/l7UvChB2pL",), "rt.com")
    first, second = record["text"].split("\n")[1:3]
    assert tweet.text == first
    text, (settled,) = settle_tweets(record["text"], (), registry=registry)
    assert text == record["text"].replace(f"{first}\n{second}\n", "")
    assert settled.offset == record["text"].index(first)


def test_no_token_and_no_signature_of_an_embed_is_left() -> None:
    for label in read_lines(EVAL / "tweets" / "pages.jsonl"):
        body = gzip.decompress((EVAL / "tweets" / "pages" / f"{label['id']}.html.gz").read_bytes())
        tree = parse_html(decode_body(body, None))
        assert tree is not None
        tweets = take_tweets(tree, registry=NO_OUTLETS)
        if not tweets:
            continue
        text, settled = settle_tweets(clean_boilerplate(tree), tweets, registry=NO_OUTLETS)
        assert "⧼" not in text
        for tweet in settled:
            assert f"(@{tweet.handle}) " not in text
