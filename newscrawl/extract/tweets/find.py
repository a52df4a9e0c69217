"""The three steps from a parsed page to its tweets, and from a text to those that are flattened in it."""

from collections.abc import Sequence
from dataclasses import replace

from lxml.etree import _Element
from lxml.html import HtmlElement

from newscrawl.extract.tweets.copies import add_flattened
from newscrawl.extract.tweets.cutting import cut_spans, line_spans
from newscrawl.extract.tweets.flattened import Flattened, find_flattened
from newscrawl.extract.tweets.marks import EVERY_MARK
from newscrawl.extract.tweets.markup import find_places
from newscrawl.extract.tweets.placeholders import (
    drop_element,
    put_beside,
    put_in_link,
    put_in_place,
    settle_placeholders,
)
from newscrawl.extract.tweets.places import Place
from newscrawl.extract.tweets.status import Status, parse_snowflake
from newscrawl.items import TweetReference
from newscrawl.outlets import Registry, load_registry

__all__ = ["find_tweets", "settle_tweets", "take_tweets"]


def take_tweets(
    tree: HtmlElement, marks: frozenset[str] = EVERY_MARK, *, registry: Registry | None = None
) -> tuple[TweetReference, ...]:
    """Find the tweets that an article shows or links to, and take the shown ones out of the tree.

    Each embed gives way to a placeholder, each link gets one behind its words; `settle_tweets` resolves them
    in the cleaned text. The text behind an embed stays in the tree.

    Args:
        tree: the parsed page; changed.
        marks: what `find_marks` saw in the page's bytes; spares looking for the rest.
        registry: who owns which account; the shipped outlets by default.

    Returns:
        One reference per status id, in the order of the article; ``offset`` is None in all of them.

    Raises:
        Nothing, on any tree.
    """
    places = find_places(tree, marks)
    groups = _group_by_id(places)
    _mark_tree(places, groups)
    owners = _given(registry) if groups else None
    return tuple(_refer(group, owners) for group in groups)


def settle_tweets(
    text: str, tweets: Sequence[TweetReference], *, registry: Registry | None = None
) -> tuple[str, tuple[TweetReference, ...]]:
    """Resolve placeholders in a cleaned text and find the flattened tweets that are left in it.

    A paragraph that is wholly a tweet is taken out; one that also holds prose stays as it is.

    Args:
        text: what the cleaner made of the tree.
        tweets: what `take_tweets` returned for that tree, in the same order.
        registry: who owns which account; the shipped outlets by default.

    Returns:
        The article's text, and all references in its order; offsets refer to this text. A tweet whose
        placeholder was cleaned away stands outside the body and has no offset.

    Raises:
        Nothing.
    """
    pending = {number for number, tweet in enumerate(tweets) if tweet.offset is None}
    text, offsets = settle_placeholders(text, pending)
    known = [replace(t, offset=offsets[n]) if n in offsets else t for n, t in enumerate(tweets)]
    flattened = find_flattened(text)
    if not flattened:
        return text, _in_order(known)
    cut = cut_spans(text, line_spans(text, ((t.start, t.end) for t in flattened if t.whole)))
    known = [t if t.offset is None else replace(t, offset=cut.place(t.offset)) for t in known]
    owners = _given(registry)
    found = (_refer_flattened(t, cut.place(t.start), owners) for t in flattened)
    return cut.text, _in_order(add_flattened(known, found))


def find_tweets(text: str, *, registry: Registry | None = None) -> tuple[TweetReference, ...]:
    """Find the flattened tweets of a text that stays as it is.

    Returns:
        In text order, the same tweet once; ``offset`` says where the tweet's words start, or the paragraph
        that holds them.

    Raises:
        Nothing, on any text.
    """
    flattened = find_flattened(text)
    owners = _given(registry) if flattened else None
    return tuple(add_flattened((), (_refer_flattened(t, t.start, owners) for t in flattened)))


def _group_by_id(places: Sequence[Place]) -> list[list[Place]]:
    """All places of each post that counts, the one that counts first; in the order of those that count."""
    groups: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda p: (p.outside, not p.is_embed)):
        if not place.outside or place.status.id in groups:
            groups.setdefault(place.status.id, []).append(place)
    order = {id(place): number for number, place in enumerate(places)}
    return sorted(groups.values(), key=lambda group: order[id(group[0])])


def _mark_tree(places: Sequence[Place], groups: Sequence[Sequence[Place]]) -> None:
    numbers: dict[_Element, list[int]] = {p.element: [] for p in places if p.is_embed and not p.is_stated}
    for number, (place, *_) in enumerate(groups):
        if not place.is_stated and place.element in numbers:
            numbers[place.element].append(number)
        elif not place.is_stated:
            put_in_link(place.element, number)
    for number, (place, *_) in reversed([*enumerate(groups)]):  # of several beside one text the last goes first
        if place.anchor:
            put_beside(place.anchor, number)
    for element in [e for e, own in numbers.items() if not own]:
        drop_element(element)
    for element, own in numbers.items():
        if own:
            put_in_place(element, own)


def _refer(places: Sequence[Place], registry: Registry | None) -> TweetReference:
    cards = [place.card for place in places]
    handle = next((h for h in (*(c.handle for c in cards), *(p.status.handle for p in places)) if h), None)
    status = Status(places[0].status.id, next((p.status.handle for p in places if p.status.handle), handle))
    text = next((c.text for c in cards if c.text), None)
    return TweetReference(
        id=status.id,
        url=status.url,
        handle=handle,
        name=next((c.name for c in cards if c.name), None),
        text=text,
        posted_at=parse_snowflake(status.id),
        date=next((c.date for c in cards if c.date), None),
        media=next((c.media for c in cards if c.text), ()),
        relation="embed" if places[0].is_embed else "link",
        form=places[0].form,
        outlet=_find_outlet(handle, registry),
    )


def _refer_flattened(tweet: Flattened, offset: int, registry: Registry | None) -> TweetReference:
    return TweetReference(
        id=tweet.status.id if tweet.status else None,
        url=tweet.status.url if tweet.status else None,
        posted_at=parse_snowflake(tweet.status.id if tweet.status else None),
        handle=tweet.handle,
        name=tweet.name,
        text=tweet.text,
        date=tweet.date,
        media=tweet.media,
        relation="embed",
        form="text",
        offset=offset,
        outlet=_find_outlet(tweet.handle, registry),
    )


def _given(registry: Registry | None) -> Registry:
    return load_registry() if registry is None else registry


def _find_outlet(handle: str | None, registry: Registry | None) -> str | None:
    outlet = registry.by_handle(handle) if handle and registry is not None else None
    return outlet.domain if outlet else None


def _in_order(tweets: Sequence[TweetReference]) -> tuple[TweetReference, ...]:
    """By offset; a tweet without one stays behind the tweet that it followed."""
    keyed, last = [], 0
    for tweet in tweets:
        last = tweet.offset if tweet.offset is not None else last
        keyed.append((last, tweet))
    return tuple(tweet for _, tweet in sorted(keyed, key=lambda pair: pair[0]))
