"""Tweets that an article shows or links to: in its markup, and flattened in its text.

The way of a page: `find_marks` tells by its bytes whether it is worth looking, `take_tweets` takes tweets out of the
parsed tree and leaves placeholders, the cleaner does its work, and `settle_tweets` turns the placeholders that survived
into offsets and looks for flattened tweets in the text.
"""

from newscrawl.extract.tweets.find import find_tweets, settle_tweets, take_tweets
from newscrawl.extract.tweets.marks import find_marks

__all__ = ["find_marks", "find_tweets", "settle_tweets", "take_tweets"]
