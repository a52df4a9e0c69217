from collections.abc import Callable
from html import escape

import pytest
from conftest import PROSE

from newscrawl.extract.tweets import settle_tweets
from newscrawl.items import TweetReference
from newscrawl.outlets import Registry

ID = "1318455420285960192"
URL = f"https://twitter.com/RTarabic/status/{ID}"
QUOTE = (
    '<blockquote class="twitter-tweet"><p>Quay opens</p>'
    f'&mdash; RT (@RTarabic) <a href="{URL}">October 20, 2020</a></blockquote>'
)
Read = Callable[..., tuple[str, tuple[TweetReference, ...]]]


@pytest.mark.parametrize(
    "markup",
    [
        QUOTE,
        f'<figure class="wp-block-embed"><div class="embed-wrapper">{QUOTE}</div></figure>',
        f'<div class="share-embed">{QUOTE}<script async src="widgets.js"></script></div>',
        f"<aside><div><div><div>{QUOTE}</div></div></div></aside>",
        f"<p>{URL}</p>",
        f'<div class="twitter-tweet"><iframe data-tweet-id="{ID}"></iframe></div>',
        f'<div class="embed">{QUOTE}<iframe data-tweet-id="{ID}"></iframe></div>',
        f'<figure class="embed">{QUOTE}<figcaption>The quay</figcaption></figure>',
    ],
)
def test_same_record_whatever_the_form(markup: str, read_page: Read) -> None:
    text, (tweet,) = read_page(markup)
    assert text.endswith("\n".join(PROSE))
    assert tweet.offset == text.index(PROSE[1])


@pytest.mark.parametrize(
    "markup",
    [
        f'<div data-url="{URL}"><p>{PROSE[0]} Or so.</p></div>',
        f'<div class="live" data-html="{escape(QUOTE)}"><p>{PROSE[0]} Or so.</p></div>',
        f'<p class="twitter">{PROSE[0]} Or so, as they <a href="{URL}">wrote</a>.</p>',
        f'<div class="twitter-reactions"><p>{PROSE[0]} Or so, as they <a href="{URL}">wrote</a>.</p></div>',
        f"<template><p>{PROSE[0]} Or so.</p>{QUOTE}</template><p>{PROSE[0]} Or so.</p>",
    ],
)
def test_prose_that_looks_like_an_embed_stays(markup: str, read_page: Read) -> None:
    text, _ = read_page(markup)
    assert f"{PROSE[0]} Or so" in text


def test_prose_beside_an_embed_stays(read_page: Read) -> None:
    text, (tweet,) = read_page(f"<div>The quay in words. {QUOTE} And the tail of the embed.</div>")
    assert "The quay in words." in text
    assert "And the tail of the embed." in text
    assert "Quay opens" not in text
    assert tweet.offset is not None


def test_linked_words_stay_and_carry_the_offset(read_page: Read) -> None:
    sentence = "The master announced the date of the opening in a tweet to the whole town."
    text, (tweet,) = read_page(f"<p>{sentence.replace('announced', f'<a href={URL}>announced</a>')}</p>")
    assert sentence in text
    assert tweet.offset == text.index(sentence) + len("The master announced")


def test_tweets_outside_the_article_leave_no_text(read_page: Read) -> None:
    text, tweets = read_page(f'<ol class="comment-list"><li>{QUOTE}</li></ol>')
    assert tweets == ()
    assert "Quay opens" not in text


def test_several_tweets_keep_their_order(read_page: Read) -> None:
    second = QUOTE.replace(ID, "1318455420285960193").replace("opens", "closes")
    text, tweets = read_page(f"<div class=embed>{QUOTE}{second}</div><p>Flat words.<br>— Two (@two) May 4, 2020</p>")
    assert [t.text for t in tweets] == ["Quay opens", "Quay closes", "Flat words."]
    assert {t.offset for t in tweets} == {text.index(PROSE[1])}


def test_flattened_copy_is_no_second_reference(read_page: Read) -> None:
    text, tweets = read_page(f"{QUOTE}<p>Quay opens<br>— RT (@RTarabic) October 20, 2020</p>")
    assert [t.id for t in tweets] == [ID]
    assert "Quay opens" not in text


def test_wholly_a_tweet_leaves_mixed_stays() -> None:
    mixed = f"{'Long prose about the quay and the storms. ' * 9}Words. — One (@one) May 4, 2020"
    text, tweets = settle_tweets(f"{mixed}\nWords.\n— Two (@two) May 4, 2020\nEnd.", (), registry=Registry(()))
    assert text == f"{mixed}\nEnd."
    assert [(t.handle, t.offset) for t in tweets] == [("one", 0), ("two", len(mixed) + 1)]


def test_lost_placeholder_means_no_offset() -> None:
    tweet = TweetReference(id="12", relation="embed", form="blockquote")
    assert settle_tweets("Prose.", (tweet,), registry=Registry(())) == ("Prose.", (tweet,))
