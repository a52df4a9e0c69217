from base64 import b64encode

import pytest

from newscrawl.extract.tweets import find_marks
from newscrawl.extract.tweets.marks import ADDRESS, CALL, ENCODED, FRAME, ID

ADDRESSES = (
    *("https://x.com/a/status/1", "https:\\/\\/x.com\\/a\\/status\\/1", "x.com\\u002Fa\\u002Fstatus\\u002F1"),
    *("x.com%2Fa%2Fstatus%2F1", "x.com%252Fa%252Fstatus", "x.com&#x2F;a&#x2F;status", "x.com&#47;a&#47;status&#47;1"),
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16", "utf-16-le", "shift_jis", "gb18030"])
def test_addresses_are_seen_in_any_encoding(address: str, encoding: str) -> None:
    assert find_marks(f'<a href="{address}">status embed tweet</a>'.encode(encoding)) == {ADDRESS}


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "\u0627"])
def test_addresses_are_seen_in_base64(before: str) -> None:
    assert find_marks(b64encode(f"{before}https://x.com/a/status/1234567".encode())) == {ENCODED}


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<div data-tweet-id=1>", ID),
        ("<amp-twitter data-tweetid=1>", ID),
        ('<x-embed class="tweet" id="1">', ID),
        ('{"tweetId": "1"}', ID),
        ("twttr.widgets.createTweet('1')", CALL),
        ("<iframe src='//platform.twitter.com/embed/Tweet.html?id=1'>", FRAME),
    ],
)
def test_other_marks(markup: str, kind: str) -> None:
    assert find_marks(markup.encode()) == {kind}


@pytest.mark.parametrize(
    "html", ["", "<p>Tweet this: status, embed</p>", '<a class="tweet-this" href="https://twitter.com/RTarabic">RT</a>']
)
def test_pages_without_marks(html: str) -> None:
    assert not find_marks(html.encode())
