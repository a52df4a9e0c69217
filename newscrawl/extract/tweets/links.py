"""Links to posts: inside a quotation or a card that shows the post, bare, or in prose."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element

from newscrawl.extract.tweets.attributes import find_attribute
from newscrawl.extract.tweets.cards import Card, is_longer, read_card, render
from newscrawl.extract.tweets.places import Place
from newscrawl.extract.tweets.regions import words_of
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["HOLDERS", "LONGEST_TWEET", "has_embed_class", "is_embed", "read_link", "read_quote"]

LONGEST_TWEET = 1500
"""Characters: what holds more words than that is no single tweet's element."""
HOLDERS = frozenset(
    ("p", "div", "figure", "li", "center", "section", "span", "strong", "em", "b", "i", "a", "td", "oembed")
)
"""Elements that may hold nothing but the bare address of a post."""

_SHARE = re.compile(
    r"\b(?:share|tweet this|partager|teilen|compart\w+|condividi|paylaş|поделиться|retweet|reply)\b"
    r"|شارك|مشاركة|اشتراک",
    re.IGNORECASE,
)
_EMBED_WORDS = {"embed", "embedded", "embedly", "iframely", "oembed"}
_INERT = {"template", "noscript"}
_LONGEST_CARD = 900  # characters, where only names of classes speak for a tweet
_LONGEST_REST = 40  # characters beside a link that are no words of their own
_MOST_LINKS = 20  # to posts in a quotation; no tweet has as many


def read_link(link: _Element) -> Iterator[Place]:
    """The post that a link leads to: as the quotation or card around the link shows it, or only linked."""
    status = parse_status(link.get("href") or "")
    if status is None:
        return
    quote = next(link.iterancestors("blockquote"), None)
    if quote is not None and (shown := read_quote(quote)):
        yield shown
    elif (card := _find_card(link, status)) is not None:
        yield Place(status, "attribute", card, read_card(card, status))
    elif (holder := _find_bare_holder(link, status)) is not None:
        yield Place(status, "oembed", holder, Card())
    elif link.tag == "a":
        yield Place(status, "link", link, Card(), outside=_is_no_reference(link))


def read_quote(quote: _Element) -> Place | None:
    """A quotation that shows a tweet: by its class, or signed and ending in the permalink."""
    if is_longer(quote, 2 * LONGEST_TWEET):
        return None
    links = (s for a in quote.iter("a") if (s := parse_status(a.get("href") or "")))
    statuses = list(islice(links, _MOST_LINKS))
    if not 0 < len(statuses) < _MOST_LINKS:
        return None
    status = statuses[-1]
    own = find_attribute(quote)
    card = read_card(quote, own or status)
    if not own and not _has_tweet_class(quote) and not (card.date and card.handle):
        return None
    return Place(own or status, "blockquote", quote, card)


def _find_card(link: _Element, status: Status) -> _Element | None:
    """The outermost small element around a link that is called a tweet or embed and names no other post."""
    found = link if is_embed(link) else None
    for ancestor in link.iterancestors():
        is_page = ancestor.tag in ("body", "article", "main", "td") and not _has_tweet_class(ancestor)
        if is_page or is_longer(ancestor, _LONGEST_CARD):
            break
        if _is_card(ancestor, status):
            found = ancestor
    return found


def _is_card(element: _Element, status: Status) -> bool:
    is_called = _has_tweet_class(element)
    if not is_called and not is_embed(element):
        return False
    statuses = (s for a in element.iter("a", "span") if (s := parse_status(a.get("href") or "")))
    if any(other.id != status.id for other in statuses):
        return False
    links = [a for a in element.iter("a") if render(a).strip()]
    rest = len(render(element, without=links[0] if links else None).strip())
    if rest < _LONGEST_REST and (is_called or len(links) < 2):
        return True
    card = read_card(element, status)
    return is_called and bool(card.handle or card.date or card.text)


def is_embed(element: _Element) -> bool:
    """Whether an element is named after embeds, by its class or by an attribute."""
    return has_embed_class(element) or any(not _EMBED_WORDS.isdisjoint(name.split("-")) for name in element.attrib)


def has_embed_class(element: _Element) -> bool:
    return not _EMBED_WORDS.isdisjoint(words_of(element))


def _has_tweet_class(element: _Element) -> bool:
    return any("tweet" in word or "twitter" in word for word in words_of(element) if word != "retweet")


def _find_bare_holder(link: _Element, status: Status) -> _Element | None:
    """The paragraph that holds nothing but the post's bare address."""
    holder = link.getparent()
    if holder is None or holder.tag not in HOLDERS or is_longer(holder, LONGEST_TWEET):
        return None
    text = render(link).strip()
    if not (found := parse_status(text)) or found.id != status.id:
        return None
    return holder if render(holder).strip() == text else None


def _is_no_reference(link: _Element) -> bool:
    """Whether a link to a post is furniture: an icon, a share link that is no part of a sentence, or not rendered."""
    text = render(link).strip()
    if not text and next(link.iter("img", "picture", "video"), None) is None:
        return True
    if len(text) < _LONGEST_REST and _SHARE.search(text) and _is_apart(link, text):
        return True
    return next(link.iterancestors(*_INERT), None) is not None


def _is_apart(link: _Element, text: str) -> bool:
    """Whether no other words stand beside a link."""
    block = next(link.iterancestors("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6"), None)
    return block is None or (not is_longer(block, LONGEST_TWEET) and len(render(block).strip()) < 2 * len(text))
