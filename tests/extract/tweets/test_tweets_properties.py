from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.tweets import find_marks, find_tweets, settle_tweets, take_tweets
from newscrawl.items import TweetReference
from newscrawl.outlets import Registry

NO_OUTLETS = Registry(())
PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            " ",
            "— ",
            "-- ",
            "- ",
            "One (@one)",
            " May 4, 2020",
            "٢٠ أكتوبر ٢٠٢٠",
            "(one@)",
            "pic.twitter.com/Ab1",
        ),
        *("⧼0⧽", "⧼1⧽", "⧼", "⧽", "words of prose", "\u200f", "\x85", "\u2028", "\ud800", "x" * 300, '"', ": "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=24).map("".join)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='embed tweet'>", "</div>", "<blockquote class=twitter-tweet>", "</blockquote>"),
        *("<a href='https://x.com/a/status/12'>", "</a>", "<figure>", "</figure>", "<article class=a>", "</article>"),
        *(
            "<iframe data-tweet-id=1318455420285960192></iframe>",
            "<textarea>&lt;a href='//x.com/status/3'&gt;</textarea>",
        ),
        *("<div data-url='https://x.com/a/status/0'>", "<script>createTweet('7')</script>", "https://x.com/a/status/5"),
        """<script>x={"a":[{"t":"words of prose"},{"u":"https:\\/\\/x.com\\/a\\/status\\/9"}]}</script>""",
        *("&#8;", "<template>", "</template>", "<iframe srcdoc='&lt;a href=//x.com/a/status/8&gt;'>", "</iframe>"),
        *("<br>", "<h1>", "</h1></html>", "<p data-url='//x.com/a/status/6'>", "</p>"),
        "<tweet-embed id=1318455420285960192>",
        """<script>self.__next_f.push([1,"0:T9,//x.com/a/status/11"])</script>""",
        """<script type="application/ld+json">{"@type":"SocialMediaPosting","url":"//x.com/a/status/13"}</script>""",
        """<div data-attrs='{"url":"https://x.com/a/status/4","full_text":"<b>x","date":"99"}'>""",
    ]
)
PAGES = st.lists(TAGS | PIECES, max_size=24).map("".join)


def check(text: str, tweets: tuple[TweetReference, ...]) -> None:
    for tweet in tweets:
        assert tweet.id is None or (tweet.id.isascii() and tweet.id.isdigit())
        assert tweet.offset is None or 0 <= tweet.offset <= len(text)


@given(TEXTS)
def test_find_tweets_takes_any_text(text: str) -> None:
    check(text, find_tweets(text, registry=NO_OUTLETS))


@given(TEXTS)
def test_settling_twice_gives_the_same(text: str) -> None:
    once = settle_tweets(text, (), registry=NO_OUTLETS)
    check(*once)
    assert settle_tweets(*once, registry=NO_OUTLETS) == once


@given(PAGES)
def test_take_tweets_takes_any_page(inner: str) -> None:
    html = f"<html><head></head><body><main>{inner}</main></body></html>".replace("\ud800", "")
    tree = parse_html(html)
    assert tree is not None
    tweets = take_tweets(tree, registry=NO_OUTLETS)
    again = parse_html(html)
    assert again is not None
    assert take_tweets(again, find_marks(html.encode()), registry=NO_OUTLETS) == tweets
    assert not tweets or find_marks(html.encode())
    text, settled = settle_tweets(tree.text_content(), tweets, registry=NO_OUTLETS)
    check(text, settled)
    assert len({t.id for t in tweets}) == len(tweets)
