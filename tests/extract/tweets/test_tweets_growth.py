"""Pages of a size that once took minutes: twice the input may take little more than twice the time."""

import gc
import json
from collections.abc import Callable
from time import process_time

import pytest
from conftest import PROSE

from newscrawl.extract.boilerplate import parse_html
from newscrawl.extract.tweets import find_tweets, settle_tweets, take_tweets
from newscrawl.items import TweetReference
from newscrawl.outlets import Registry

NO_OUTLETS = Registry(())
FIRST_ID = 1318455420285960192
SLACK = 0.5  # seconds; quadratic steps exceed it many times at these sizes
URLS = [f"https://twitter.com/one/status/{FIRST_ID + number}" for number in range(20_000)]


def take(inner: str) -> None:
    tree = parse_html(f"<html><body><article><p>{PROSE[0]}</p>{inner}<p>{PROSE[1]}</p></article></body></html>")
    assert tree is not None
    assert take_tweets(tree, registry=NO_OUTLETS)


def take_bare_links(size: int) -> None:
    take(f"<p>{' '.join(f'<a href={url}>{url}</a>' for url in URLS[:size])}</p>")


def take_state_without_prose(size: int) -> None:
    take(f"<p>{URLS[0]}</p><script>state = {json.dumps([{'url': url} for url in URLS[:size]])}</script>")


def take_state_with_prose(size: int) -> None:
    take(f"<script>state = {json.dumps([PROSE[0], *({'url': url} for url in URLS[:size]), PROSE[1]])}</script>")


def settle(text: str, size: int) -> None:
    tweets = [TweetReference(id=str(number + 1), relation="link", form="link") for number in range(size)]
    assert all(tweet.offset is not None for tweet in settle_tweets(text, tweets, registry=NO_OUTLETS)[1])


def settle_in_one_line(size: int) -> None:
    settle(" ".join(f"word⧼{number}⧽" for number in range(size)), size)


def settle_between_prose(size: int) -> None:
    settle("\n".join(f"⧼{number}⧽\nprose" for number in range(size)), size)


def settle_flattened(size: int) -> None:
    settle("\n".join(f"Hi pic.twitter.com/a{number}\nProse." for number in range(size)), 0)


def find_in_lines(size: int) -> None:
    assert find_tweets("Hello there\n— One (@one) May 4, 2020\n" * size, registry=NO_OUTLETS)


def take_attribute(value: str) -> None:
    tree = parse_html(f"<p>{PROSE[0]}</p><div class=tweet data-x='{value}'></div><p>{PROSE[1]} {URLS[0]}</p>")
    assert tree is not None
    take_tweets(tree, registry=NO_OUTLETS)


def take_almost_base64(size: int) -> None:
    take_attribute("A b\n" * size + "!")


def take_almost_joined(size: int) -> None:
    take_attribute("tweet-" * size + " http")


def take_almost_call(size: int) -> None:
    take(f"<p>{URLS[0]}</p><div><script>{'tweet' * size} {URLS[1]}</script></div>")


def take_almost_push(size: int) -> None:
    take(f"<p>{URLS[0]}</p><script>self.__next_f.push([]){' ' * size}x {URLS[1]}</script>")


def take_pushed_rows(size: int) -> None:
    rows = "".join(f"{number:x}:{json.dumps(url)}\n" for number, url in enumerate(URLS[:size]))
    take(f"<p>{URLS[0]}</p><script>self.__next_f.push({json.dumps([1, rows])})</script>")


def take_almost_module(size: int) -> None:
    take(f'<div class="tweet"><b class="{"_" * size}">Hi</b><a href="{URLS[0]}">x</a></div>')


def take_quoted_links(size: int) -> None:
    take(f"<p>{URLS[0]}</p><blockquote>{''.join(f'<a href={url}>x</a>' for url in URLS[:size])}</blockquote>")


def take_line_breaks(size: int) -> None:
    take(f"<p>{URLS[0]}</p>{'<br>' * size}")


def measure(work: Callable[[int], None], size: int) -> float:
    gc.collect()
    start = process_time()
    work(size)
    return process_time() - start


@pytest.mark.parametrize(
    ("work", "size"),
    [
        (take_bare_links, 1_000),
        (take_state_without_prose, 3_000),
        (take_state_with_prose, 3_000),
        (settle_in_one_line, 3_000),
        (settle_between_prose, 10_000),
        (settle_flattened, 10_000),
        (find_in_lines, 6_000),
        (take_almost_base64, 20_000),
        (take_almost_joined, 15_000),
        (take_almost_call, 800),
        (take_almost_push, 50_000),
        (take_pushed_rows, 8_000),
        (take_almost_module, 50_000),
        (take_quoted_links, 600),
        (take_line_breaks, 20_000),
    ],
)
def test_time_grows_with_the_input(work: Callable[[int], None], size: int) -> None:
    assert measure(work, 2 * size) < 3 * measure(work, size) + SLACK
