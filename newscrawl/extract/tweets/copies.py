"""One tweet, one reference: flattened tweets that the markup shows as well, or that stand in a text twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from newscrawl.extract.tweets.flattened import fold_space
from newscrawl.items import TweetReference

__all__ = ["add_flattened"]

_ONE_DAY = timedelta(days=1)  # displayed days follow the reader's time zone


def add_flattened(known: Sequence[TweetReference], flattened: Iterable[TweetReference]) -> list[TweetReference]:
    """Add flattened tweets that are not there yet; one whose place was lost gets that of its flattened copy."""
    result, flattened = list(known), list(flattened)
    pictures = {link for tweet in (*known, *flattened) if tweet.id or tweet.handle for link in tweet.media}
    shown = _Shown(known)
    seen = {_key(tweet) for tweet in known if tweet.form == "text"}
    for tweet in flattened:
        if not tweet.handle and pictures.issuperset(tweet.media):
            continue
        copy = shown.find(tweet)
        if copy is not None and result[copy].offset is None:
            result[copy] = replace(result[copy], offset=tweet.offset)
        elif copy is None and _key(tweet) not in seen:
            seen.add(_key(tweet))
            result.append(tweet)
    return result


class _Shown:
    """The tweets that a page's markup shows, to be found again by what is left of a flattened copy."""

    def __init__(self, tweets: Sequence[TweetReference]) -> None:
        self._by_id = {tweet.id: number for number, tweet in enumerate(tweets) if tweet.id}
        self._by_text: dict[tuple[str, str], int] = {}
        self._by_day: dict[tuple[str, date, bool], int] = {}
        for number, tweet in enumerate(tweets):
            if tweet.id and tweet.relation == "embed":
                self._add(number, tweet)

    def _add(self, number: int, tweet: TweetReference) -> None:
        handle, text = _fold_handle(tweet), fold_space(tweet.text or "")
        if text:
            self._by_text.setdefault((handle, text), number)
        for day in _days_around(tweet.date or (tweet.posted_at or "")[:10]):
            self._by_day.setdefault((handle, day, bool(text)), number)

    def find(self, tweet: TweetReference) -> int | None:
        """By its id or its words; where one of the two has no words, by its day."""
        handle, text = _fold_handle(tweet), fold_space(tweet.text or "")
        day = date.fromisoformat(tweet.date or "0001-01-01")
        by_day = (self._by_day.get((handle, day, has_text)) for has_text in ((False,) if text else (False, True)))
        numbers = (self._by_id.get(tweet.id or ""), self._by_text.get((handle, text)), *by_day)
        return next((number for number in numbers if number is not None), None)


def _fold_handle(tweet: TweetReference) -> str:
    return (tweet.handle or "").casefold()


def _days_around(day: str) -> Iterator[date]:
    if day:
        middle = date.fromisoformat(day)
        yield from (middle, middle - _ONE_DAY, middle + _ONE_DAY)


def _key(tweet: TweetReference) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    return _fold_handle(tweet), tweet.date, tweet.text, tweet.media
