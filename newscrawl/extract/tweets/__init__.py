"""Tweets that an article shows or links to: in its markup, and flattened in its text.

The way of a page: `take_tweets` takes them out of the parsed tree and leaves placeholders, the cleaner does
its work, and `settle_tweets` turns the placeholders that survived into offsets and looks for flattened tweets
in the text.
"""

from newscrawl.extract.tweets.find import find_tweets, might_hold_tweets, settle_tweets, take_tweets

__all__ = ["find_tweets", "might_hold_tweets", "settle_tweets", "take_tweets"]
