import pytest

from newscrawl.extract.tweets import find_tweets
from newscrawl.extract.tweets.flattened import find_flattened
from newscrawl.outlets import Registry

LONG = "This sentence is about the works in the harbour and goes on for a while. " * 5
SIGNED = "— Some One (@one) March 3, 2020"


def test_signature_on_its_own_line(registry: Registry) -> None:
    words, signature = "افتتاح الرصيف الجديد pic.twitter.com/Ab12", "— RTARABIC (@RTarabic) October 20, 2020"
    text = f"Prose before.\n{words}\n{signature}\nProse after."
    (tweet,) = find_tweets(text, registry=registry)
    assert (tweet.handle, tweet.name, tweet.date) == ("RTarabic", "RTARABIC", "2020-10-20")
    assert tweet.text == words
    assert tweet.media == ("pic.twitter.com/Ab12",)
    assert (tweet.outlet, tweet.relation, tweet.form, tweet.id, tweet.url) == ("rt.com", "embed", "text", None, None)
    assert tweet.offset == text.index(words)


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (f"Short words. {SIGNED}", "Short words.", True),
        (f"Short words.\n{SIGNED}", "Short words.", True),
        (f"Prose.\n\nOne line\nand two.\n{SIGNED}\n\nProse.", "One line and two.", True),
        (f"Prose.\n\nThe complaints were many:\n\n{SIGNED}", None, True),
        (f"{LONG}\n{SIGNED}", None, True),
        (f"{LONG} Short words. {SIGNED}", None, False),
        (f'He wrote: "Short words." {SIGNED}', "Short words.", False),
        (f"Short words. {SIGNED} and prose goes on.", "Short words.", False),
        (f"{LONG} Short words about a quay. {SIGNED}\nShort words about a quay.", None, False),
    ],
)
def test_words_of_a_tweet(text: str, words: str | None, whole: bool) -> None:
    (tweet,) = find_flattened(text)
    assert tweet.whole is whole
    if words:
        assert tweet.text == words


def test_repetition_behind_the_signature_shows_the_start() -> None:
    words = "Short words about a quay in the north."
    (tweet,) = find_flattened(f"{LONG} {words} {SIGNED}\n{words}")
    assert (tweet.text, tweet.whole) == (words, False)


def test_several_in_one_paragraph() -> None:
    tweets = find_tweets(f"First words. {SIGNED} Second words. — Two (@two) March 4, 2020")
    assert [(t.handle, t.text) for t in tweets] == [("one", "First words."), ("two", "Second words.")]


def test_same_tweet_twice_is_one_reference() -> None:
    assert len(find_tweets(f"Short words. {SIGNED}\nProse.\nShort words. {SIGNED}")) == 1


def test_name_before_the_words() -> None:
    (tweet,) = find_tweets("Prose.\n\nSome One (@one) Look at this pic.twitter.com/Ab12\n\nProse.")
    assert (tweet.handle, tweet.date, tweet.text) == ("one", None, "Look at this pic.twitter.com/Ab12")


def test_orphaned_pictures() -> None:
    tweets = find_tweets(f"{LONG} pic.twitter.com/Ab12 {LONG}\nLook! pic.twitter.com/Cd34")
    assert [(t.handle, t.media, t.text) for t in tweets] == [
        (None, ("pic.twitter.com/Ab12",), None),
        (None, ("pic.twitter.com/Cd34",), "Look! pic.twitter.com/Cd34"),
    ]


def test_handles_in_prose_are_no_tweets() -> None:
    assert find_tweets("He is known as Some One (@one) and writes - daily (@two) - about quays.") == ()
