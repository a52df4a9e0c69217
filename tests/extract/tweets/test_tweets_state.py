"""Tweets that only the scripts of a page carry: whose prose is near decides whether they are this article's."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from conftest import PROSE
from lxml.html import HtmlElement

from newscrawl.extract.tweets import settle_tweets, take_tweets
from newscrawl.extract.tweets.scripts import join_pushes, read_leaves

ID = "1318455420285960192"
URL = f"https://twitter.com/one/status/{ID}"
QUOTE = (
    f'<blockquote class="twitter-tweet"><p>Hi</p>&mdash; One (@one) <a href="{URL}">October 20, 2020</a></blockquote>'
)
OTHER = "Somebody else wrote about another town, where no quay was ever built and none will be."
FIRST, SECOND, THIRD = PROSE
HTML = f"<p>{FIRST}</p>{QUOTE}<p>{SECOND}</p><p>{THIRD}</p>"
Parse = Callable[..., HtmlElement]


def script(value: Any, assigned: str = "window.state = ") -> str:
    return f"<script>{assigned}{json.dumps(value)}</script>"


def push(*pieces: str) -> str:
    return "".join(f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces)


def blocks(*items: Any) -> dict[str, Any]:
    return {"props": {"article": {"title": "The quay", "body": list(items)}}}


PAYLOAD = f"1:T{len(HTML.encode()):x},{HTML}2:" + json.dumps(["$", "div", None, {}]) + "\n"
CUT = PAYLOAD.index(ID) + 5

ANGULAR = str.maketrans({"&": "&a;", '"': "&q;", "<": "&l;", ">": "&g;"})

STATES = {
    "blocks with markup": script(blocks({"text": FIRST}, {"raw": {"url": URL, "html": QUOTE}}, {"text": SECOND})),
    "blocks with an address": script(blocks({"c": [{"t": FIRST}]}, {"fields": {"title": "A tweet", "u": URL}})),
    "blocks with an id": script(blocks({"text": FIRST}, {"data": {"tweetId": ID}}, {"text": SECOND}), "tweetId = 0;x="),
    "keyed blocks": script({"P0": {"text": [FIRST]}, "T0": {"url": URL}, "P1": {"text": [SECOND]}}),
    "a body of markup": script(blocks(HTML)),
    "a body beside its embeds": script({"article": {"body": f"<p>{FIRST}</p><p>{SECOND}", "embeds": [{"url": URL}]}}),
    "JSON in a string": script(json.dumps(blocks(HTML)), "x = JSON.parse("),
    "JSON in JSON": script({"status": 200, "body": json.dumps(blocks(HTML))}),
    "undefined values": script(blocks({"text": FIRST}, {"url": URL, "a": 0})).replace('"a": 0', '"a": undefined'),
    "escaped markup": script(blocks(HTML)).replace("<p>", "\\u003cp\\u003e").replace("<block", "\\u003cblock"),
    "base64": script(blocks({"text": FIRST}, {"js": b64encode(QUOTE.encode()).decode()}, {"text": SECOND})),
    "code": f'<script>x=(function(a){{return {{b:[{{t:a}},{{t:"{FIRST}"}},{{u:"{URL}"}}]}}}}("p"))</script>',
    "pushed in pieces": push(PAYLOAD[:CUT], PAYLOAD[CUT:]),
    "Angular's escapes": f"<script>{json.dumps(blocks(HTML)).translate(ANGULAR)}</script>",
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_own_tweets(state: str, parse_page: Parse) -> None:
    tree = parse_page("", around=state)
    tweets = take_tweets(tree)
    assert [(tweet.id, tweet.relation) for tweet in tweets] == [(ID, "embed")]
    text, (tweet,) = settle_tweets("\n".join(" ".join(p.itertext()) for p in tree.iter("p")), tweets)
    assert text == "\n".join(PROSE)
    assert tweet.offset in (text.index(SECOND), text.index(THIRD), len(text))


ARTICLE = {"title": "The quay", "body": [{"t": FIRST}, {"t": SECOND}, {"t": THIRD}]}
OTHERS = {
    "bodies": script([ARTICLE, {"title": "Else", "body": [{"t": OTHER}, {"u": URL}]}]),
    "bodies of markup": script({"article": ARTICLE, "then": {"body": f"<p>{OTHER}</p>{QUOTE}"}}),
    "related": script({"article": ARTICLE, "relatedContent": [{"embeds": [{"url": URL}]}]}),
    "most read": script({"article": {**ARTICLE, "mostRead": [{"a": {"url": URL}}]}}),
    "with headings": script({"1": ARTICLE, "2": {"title": "Another story", "body": [{"u": URL}]}}),
    "another state": script(ARTICLE) + script([{"a": {"url": URL}}]),
    "a timeline": script({"article": ARTICLE, "feed": [{"url": URL, "full_text": OTHER}, {"full_text": OTHER + "!"}]}),
}


@pytest.mark.parametrize("state", OTHERS.values(), ids=OTHERS)
def test_other_articles_tweets(state: str, parse_page: Parse) -> None:
    assert take_tweets(parse_page("", around=state)) == ()


def test_links_in_states_are_no_embeds(parse_page: Parse) -> None:
    state = script(blocks({"text": FIRST, "links": [{"href": URL}]}, {"text": SECOND}))
    (tweet,) = take_tweets(parse_page(f'<p>As they <a href="{URL}">wrote</a>.</p>', around=state))
    assert tweet.relation == "link"


def test_states_tell_the_words_of_frames(parse_page: Parse) -> None:
    state = script(blocks({"text": FIRST}, {"html": QUOTE}, {"text": SECOND}))
    (tweet,) = take_tweets(parse_page(f'<iframe data-tweet-id="{ID}"></iframe>', around=state))
    assert (tweet.form, tweet.handle, tweet.date, tweet.text) == ("attribute", "one", "2020-10-20", "Hi")


def test_several_tweets_beside_one_text_keep_their_order(parse_page: Parse) -> None:
    urls = [f"https://x.com/one/status/{int(ID) + n}" for n in range(3)]
    tree = parse_page("", around=script(blocks({"t": FIRST}, *({"u": url} for url in urls), {"t": SECOND})))
    taken = take_tweets(tree)
    _, tweets = settle_tweets("\n".join(" ".join(p.itertext()) for p in tree.iter("p")), taken)
    assert [tweet.url for tweet in tweets] == urls


@pytest.mark.parametrize(
    ("code", "leaves"),
    [
        *((code, []) for code in ("", "{", "x = {]", '"', "self.__next_f.push([1,2])", "[" * 50_000)),
        ('{"a": "\\ud83d and more", "b": ["short", "as long as this"]}', ["\ud83d and more", "as long as this"]),
    ],
)
def test_leaves_of_anything(code: str, leaves: list[str]) -> None:
    assert [text for _, text in read_leaves(join_pushes([code]))] == leaves


POSTING = {"@type": "SocialMediaPosting", "url": URL, "text": "Hi", "author": {"name": "One"}}


def test_postings(parse_page: Parse) -> None:
    article = {"@type": ["NewsArticle"], "hasPart": {**POSTING, "@type": ["SocialMediaPosting"]}}
    (tweet,) = take_tweets(parse_page(script(article, "").replace("<script", '<script type="application/ld+json"')))
    assert (tweet.id, tweet.form, tweet.name, tweet.text) == (ID, "script", "One", "Hi")


@pytest.mark.parametrize(
    "node",
    [
        {"@type": ["ClaimReview"], "itemReviewed": {"firstAppearance": POSTING}},
        {"@type": "NewsArticle", "comment": [POSTING]},
        {"@type": "ItemList", "itemListElement": [{"item": POSTING}]},
        {"@type": "NewsArticle", "sharedContent": {**POSTING, "@type": "VideoObject"}},
        {"@type": "Person", "sameAs": "https://twitter.com/one"},
    ],
)
def test_nodes_that_are_no_postings(node: dict[str, Any], parse_page: Parse) -> None:
    page = script(node, "").replace("<script", '<script type="application/ld+json"')
    assert take_tweets(parse_page(page)) == ()
