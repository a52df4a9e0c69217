"""The labelled pages and texts, where they are at hand: marks that later changes must not fall below."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extract.boilerplate import clean_boilerplate, parse_html
from newscrawl.extract.decode import decode_body
from newscrawl.extract.tweets import find_marks, find_tweets, settle_tweets, take_tweets
from newscrawl.items import TweetReference
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


_QUOTATIONS = XPath(".//blockquote[contains(@class, 'twitter-tweet')]")
_BY_ID = XPath(".//*[@*[contains(., $id)]][not(self::meta or self::link or self::script)]")


def delete_by_hand(tree: HtmlElement, status_ids: Iterable[str]) -> None:
    """Delete what shows posts: their quotations, cards and lone addresses, and the quotations of other articles."""
    named = [e for status_id in status_ids for e in cast("list[HtmlElement]", _BY_ID(tree, id=status_id))]
    for element in [*named, *cast("list[HtmlElement]", _QUOTATIONS(tree))]:
        line = (element, *element.iterancestors())
        quotation = next((e for e in line if e.tag == "blockquote"), None)
        card = next((e for e in reversed(line) if "tweet" in (e.get("class") or "") and is_short(e)), None)
        lone = element.getparent() if element.tag == "a" and is_alone(element) else None
        others = (element if element.tag != "a" else None,)
        shown = next((e for e in (quotation, card, lone, *others) if e is not None), None)
        if shown is not None and shown.getparent() is not None and is_short(shown):
            shown.drop_tree()


def is_short(element: HtmlElement) -> bool:
    return len(element.text_content()) < 1500


def is_alone(link: HtmlElement) -> bool:
    parent = link.getparent()
    return parent is not None and len(parent.text_content().strip()) <= len(link.text_content().strip()) + 3


def read_text(tree: HtmlElement, tweets: tuple[TweetReference, ...]) -> list[str]:
    return settle_tweets(clean_boilerplate(tree), tweets, registry=NO_OUTLETS)[0].split()


@pytest.mark.parametrize("folder", ["tweets/pages", "pages"])
def test_taking_tweets_out_takes_nothing_else(folder: str) -> None:
    """The text is that of the page whose tweets were deleted beforehand."""
    compared, differing = 0, []
    for path in sorted((EVAL / folder).glob("*.html.gz")):
        html = decode_body(gzip.decompress(path.read_bytes()), None)
        if not find_marks(html.encode()):
            continue
        taken, deleted = parse_html(html), parse_html(html)
        assert taken is not None
        assert deleted is not None
        tweets = take_tweets(taken, registry=NO_OUTLETS)
        embeds = [tweet.id for tweet in tweets if tweet.relation == "embed" and tweet.id]
        delete_by_hand(deleted, embeds)
        compared += bool(embeds)
        if read_text(taken, tweets) != read_text(deleted, ()):
            differing.append(path.name)
    assert compared >= 18
    assert differing == []


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
