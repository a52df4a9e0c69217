from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

import pytest
from conftest import PROSE
from lxml.html import HtmlElement

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.tweets import find_marks, take_tweets
from newscrawl.outlets import Registry

ID = "1318455420285960192"
URL = f"https://twitter.com/RTarabic/status/{ID}"
QUOTE = (
    '<blockquote class="twitter-tweet"><p>Quay opens<br>soon <a href="https://t.co/x">pic.twitter.com/Ab12</a></p>'
    f'&mdash; RT ARABIC (@RTarabic) <a href="{URL}?ref_src=twsrc">October 20, 2020</a></blockquote>'
)
ENCODED = b64encode(QUOTE.encode()).decode()
ESCAPED = QUOTE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
STATE = (
    '<script>window.state = {"body": [{"text": "The harbour master said on Monday that the new quay would open before'
    f' the winter storms arrive."}}, {{"kind": "external", "url": "{URL}"}}]}};</script>'
)


@pytest.mark.parametrize(
    ("markup", "form"),
    [
        (QUOTE, "blockquote"),
        (QUOTE.replace(' class="twitter-tweet"', ""), "blockquote"),
        (f'<blockquote class="twitter-tweet"><a href="{URL}"></a></blockquote>', "blockquote"),
        (f'<blockquote class="twitter-video" data-url="{URL}">…</blockquote>', "blockquote"),
        (f'<iframe src="https://platform.twitter.com/embed/Tweet.html?frame=false&amp;id={ID}"></iframe>', "iframe"),
        (f'<iframe data-src="{URL}"></iframe>', "iframe"),
        (f'<iframe src="https://cdn.example/w?url=https%3A%2F%2Ftwitter.com%2Fa%2Fstatus%2F{ID}"></iframe>', "iframe"),
        (f'<amp-twitter width="1" data-tweetid="{ID}"></amp-twitter>', "amp"),
        (f'<div class="tweet" data-tweet-id="{ID}"></div>', "attribute"),
        (f'<div class="embed-twitter" data-embed-id="{ID}"></div>', "attribute"),
        (f'<div class="social" data-href=" {URL}?x=2"><p>Loading</p></div>', "attribute"),
        (f'<div data-attrs=\'{{"url": "{URL}"}}\'></div>', "attribute"),
        (
            f'<div class="social-embed-twitter"><a href="{URL}"><img src="a.png"></a><a href="{URL}">Report</a></div>',
            "attribute",
        ),
        (f'<div class="tweet"><div class="tweet-text">Quay</div><span href="{URL}/likes">9</span></div>', "attribute"),
        (f"<p>{URL}</p>", "oembed"),
        (f'<p><a href="{URL}">{URL}</a></p>', "oembed"),
        (f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{URL}\n</div></figure>', "oembed"),
        (f'<figure><oembed url="{URL}"></oembed></figure>', "oembed"),
        (f"<textarea>{ESCAPED}</textarea>", "blockquote"),
        (f'<div data-content="{ESCAPED}"></div>', "blockquote"),
        (f'<script type="text/template">{QUOTE}</script>', "blockquote"),
        (f"<template>{QUOTE}</template>", "blockquote"),
        (f"<noscript>{QUOTE}</noscript>", "blockquote"),
        (f"<div id=t></div><script>twttr.widgets.createTweet('{ID}', t)</script>", "script"),
        (STATE, "script"),
        (f'<div data-consent-content="{ENCODED}"></div>', "blockquote"),
        (f'<script type="text/template">{ENCODED}</script>', "blockquote"),
        (f'<div data-content="{quote(QUOTE)}"></div>', "blockquote"),
        (f'<iframe srcdoc="{ESCAPED}"></iframe>', "blockquote"),
        (f'<iframe src="data:text/html,{quote(QUOTE)}"></iframe>', "blockquote"),
        (f"<figure><iframe>{QUOTE}</iframe></figure>", "blockquote"),
        (f'<iframe src="/embed/twitter?url={quote(URL, safe="")}"></iframe>', "iframe"),
        (
            f'<iframe src="about:blank" data-src-parked="//platform.twitter.com/embed/Tweet.html?id={ID}"></iframe>',
            "iframe",
        ),
        (f'<div data-e2e="twitter-embed-{URL}"></div>', "attribute"),
        (f'<tweet-embed id="{ID}"></tweet-embed>', "attribute"),
        (f'<aside aria-label="tweet" data-gl-method="loadTwitter" data-v-id="{ID}"></aside>', "attribute"),
        (f'<p><a class="embedly-card" href="{URL}">The quay on Twitter</a></p>', "attribute"),
        (f'<div class="iframely-embed"><a href="{URL}" data-iframely-url="//cdn.example/1"></a></div>', "attribute"),
        (f'<x-island component-url="/TweetEmbed.js" props=\'{{"url": [0, "{URL}"]}}\'></x-island>', "attribute"),
        (
            f"<blockquote class='twitter-tweet'><a href='/web/20201020120000/{URL}'>20 October 2020</a></blockquote>",
            "blockquote",
        ),
        (f"<div>As it says:<br><br>{URL}<br></div>", "oembed"),
        (f"<div id=t></div><script>var id = '{ID}'; load(function () {{ createTweet(id, t) }})</script>", "script"),
        (f"<p><script>writeTweet('{URL}')</script></p>", "script"),
        (f'<div class="embed-slot"><script type="application/json">{{"url": "{URL}"}}</script></div>', "script"),
        (f"""<p><script>var code = '{{"embed": "{ESCAPED}"}}'</script></p>""", "blockquote"),
        (f'<p>She <a href="{URL}">shared a video</a> of the quay, and a reply.</p>', "link"),
        (f'<p>The master <a href="{URL}">announced</a> the date.</p>', "link"),
        (f'<figure><img src="a.png"><figcaption>Image: <a href="{URL}">RT</a></figcaption></figure>', "link"),
    ],
)
def test_forms(markup: str, form: str, parse_page: Callable[..., HtmlElement]) -> None:
    assert find_marks(markup.encode())
    (tweet,) = take_tweets(parse_page(markup))
    assert (tweet.id, tweet.form, tweet.relation) == (ID, form, "link" if form == "link" else "embed")
    assert tweet.posted_at == "2020-10-20T07:34:02.570Z"


@pytest.mark.parametrize(
    "markup",
    [
        f'<a class="share" href="https://twitter.com/intent/tweet?url={URL}">Tweet</a>',
        f'<h5><a href="{URL}">Partager sur Twitter</a></h5>',
        '<a class="twitter-follow-button" href="https://twitter.com/RTarabic">Follow</a>',
        '<a class="twitter-timeline" data-widget-id="345678901234567890" href="https://twitter.com/RTarabic">Tweets</a>',
        f'<div class="related-teasers"><p><a href="{URL}">Other story</a></p></div>',
        f'<ol class="comment-list"><li>{QUOTE}</li></ol>',
        f'<div class="share-bar"><a href="{URL}">X</a></div>',
        f'<template><p>More on <a href="{URL}">this</a></p></template>',
        f'<a class="icon" href="{URL}"></a>',
        f'<div class="author-bio"><p>Her <a href="{URL}">pinned post</a> tells more.</p></div>',
        f'<div class="excerpt"><p>{URL}</p></div>',
        f'<div class="webmentions"><a href="{URL}">somebody</a></div>',
        f'<div data-share-url="{URL}"><p>Some words that stand here.</p></div>',
        f'<section data-about="{URL}"><p>{PROSE[0]}</p><p>{PROSE[1]}</p></section>',
        f'<div class="share"><textarea>{ESCAPED}</textarea></div>',
        f'<iframe src="https://platform.twitter.com/embed/Timeline.html?widgetId={ID}"></iframe>',
        f'<span class="btn-twitter" data-id="{ID}">Share</span>',
        f'<x-island component-url="/Onwards.js" props=\'{{"trails": [{{"html": "{ESCAPED}"}}]}}\'></x-island>',
        STATE.replace("The harbour master", "Somebody else of whom nothing is known").replace("winter", "summer"),
    ],
)
def test_not_counted(markup: str, parse_page: Callable[..., HtmlElement]) -> None:
    assert take_tweets(parse_page(markup)) == ()


@pytest.mark.parametrize(
    "around",
    [
        f"<aside>{QUOTE}</aside>",
        f'<div class="rightColumn"><ul><li><a href="{URL}">2 hours ago</a></li></ul></div>',
        f"<footer>{QUOTE}</footer>",
        f'<div class="widget_twitter"><a href="{URL}">now</a></div>',
        f'<div class="col-right"><div data-tweetid="{ID}"><p>Popular</p></div></div>',
        f"<article class='next'><h1>Another story</h1><p>{PROSE[0]}</p>{QUOTE}</article>",
    ],
)
def test_regions_around_the_article(around: str, parse_page: Callable[..., HtmlElement]) -> None:
    assert take_tweets(parse_page("", around=around)) == ()


def test_only_the_first_of_several_full_articles_counts() -> None:
    prose = "<p>" + "A sentence of prose about the quay that is long enough to count. " * 3 + "</p>"
    one = f'<article class="story first">{prose}{prose}<p><a href="{URL}">said</a> so.</p></article>'
    two = f'<article class="story">{prose}{QUOTE.replace(ID, "1318455420285960193")}{prose}</article>'
    page = f"<html><head></head><body><div>{one}{two}</div></body></html>"
    assert [t.id for t in take_tweets(_parse(page))] == [ID]
    live = page.replace("<div>", '<div class="liveblog">')
    assert len(take_tweets(_parse(live))) == 2


def test_card_fields(parse_page: Callable[..., HtmlElement], registry: Registry) -> None:
    (tweet,) = take_tweets(parse_page(QUOTE), registry=registry)
    assert (tweet.handle, tweet.name, tweet.date) == ("RTarabic", "RT ARABIC", "2020-10-20")
    assert tweet.text == "Quay opens soon pic.twitter.com/Ab12"
    assert tweet.media == ("pic.twitter.com/Ab12",)
    assert (tweet.url, tweet.outlet) == (f"https://x.com/RTarabic/status/{ID}", "rt.com")


def test_same_id_in_several_forms_is_one_embed(parse_page: Callable[..., HtmlElement]) -> None:
    link = f'<p>They <a href="{URL}">said so</a>.</p>'
    (tweet,) = take_tweets(parse_page(f"{link}{QUOTE}<amp-twitter data-tweetid={ID}></amp-twitter>"))
    assert (tweet.relation, tweet.form) == ("embed", "blockquote")


def _parse(page: str) -> HtmlElement:
    tree = parse_html(page)
    assert tree is not None
    return tree
