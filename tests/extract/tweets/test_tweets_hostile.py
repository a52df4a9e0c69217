"""Pages that once raised: what a parser or an encoder refuses must not reach either."""

import json
from collections.abc import Callable
from dataclasses import asdict

import pytest
from lxml.html import HtmlElement

from newscrawl.extract.boilerplate import clean_boilerplate, parse_html
from newscrawl.extract.tweets import settle_tweets, take_tweets
from newscrawl.outlets import Registry

ID = "1318455420285960192"
URL = f"https://x.com/one/status/{ID}"
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MARKUPS = {
    "control characters behind references": f'<p>a &#8; b <a href="{URL}">c &#11; d</a> &#xFFFE;</p>',
    "control characters in escaped markup": f"<div data-html=\"&lt;p&gt;\\u0008&lt;a href='{URL}'&gt;\">x</div>",
    "a frameset in a frame": f"<iframe srcdoc=\"&lt;html&gt;&lt;frameset&gt;&lt;frame src='{URL}'&gt;\"></iframe>",
    "two bodies in a frame": f"<iframe srcdoc='&lt;body&gt;{URL}&lt;/body&gt;&lt;body&gt;twitter'></iframe>",
    "frames in frames": "<textarea>" * 400 + f" twitter {URL}",
    "half a character": f"""<div class="tweet" data-attrs='{{"url": "{URL}", "full_text": "a \\ud83d b"}}'></div>""",
    "deep JSON": f"""<div class="tweet" data-x='{"[" * 30_000}"{URL}"'></div>""",
    "digits of another script": f'<div class="tweet" data-tweet-id="{ID.translate(DIGITS)}"></div>',
    "no post has this id": '<p><a href="https://x.com/one/status/9999999999999999999">said</a></p>',
    "an address that is none": "<iframe src='https://[x.com/a/status/1'></iframe><a href='//[::1/status/5'>x</a>",
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_hostile_markup(markup: str, parse_page: Callable[..., HtmlElement]) -> None:
    tree = parse_page(markup)
    tweets = take_tweets(tree, registry=Registry(()))
    text, tweets = settle_tweets(clean_boilerplate(tree), tweets, registry=Registry(()))
    record = json.dumps([text, *map(asdict, tweets)], ensure_ascii=False)
    assert record.encode("utf-8", "replace").decode() == record
    assert all(tweet.id is None or (tweet.id.isascii() and tweet.id.isdigit()) for tweet in tweets)


def test_a_second_document_is_another_page() -> None:
    story = "<p>" + "A sentence of prose about the quay that is long enough to count. " * 3 + "</p>"
    article = f'<article class="post">{story}{{}}</article>'
    later = article.format(f'<a href="{URL}">said</a>')
    tree = parse_html(f"<html><body>{article.format('')}</body></html>{later}")
    assert tree is not None
    assert take_tweets(tree) == ()
