"""Tweets in a page's markup: every place that names a post, and the element that shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from lxml.etree import ParserError, XPath, _Element
from lxml.html import HtmlElement, fragment_fromstring

from newscrawl.extract.tweets.attributes import ID_NAMES, find_attribute
from newscrawl.extract.tweets.cards import Card, is_longer, read_card, render
from newscrawl.extract.tweets.regions import Regions, words_of
from newscrawl.extract.tweets.state import TextNode, find_stated
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["Form", "Place", "find_places"]

Form = Literal["blockquote", "iframe", "amp", "attribute", "script", "oembed", "link", "text"]

# One test for most values, and no predicate on all elements: either would cost as much as the rest together.
_PATHS = (
    "//@*[contains(., 'status')][contains(., '/status') or contains(., 'status%2F')]/..",
    *(f"//*/@{name}/.." for name in ID_NAMES),
    "//text()[contains(., '/status')]/..",
    "//iframe[contains(@src, 'twitter.com/embed') or contains(@data-src, 'twitter.com/embed')]",
    "//textarea",
    "//script[contains(., 'createTweet') or contains(@type, 'template') or contains(@type, 'html')]",
)
_PLACES = XPath(" | ".join(_PATHS))
_CREATE = re.compile(r"createTweet(?:Embed)?\(\s*[\"'](\d{1,19})[\"']")
_SHARE = re.compile(
    r"\b(?:share|tweet this|partager|teilen|compart\w+|condividi|paylaş|поделиться|retweet|reply)\b"
    r"|شارك|مشاركة|اشتراک",
    re.IGNORECASE,
)
_EMBED_WORDS = {"embed", "embedded", "oembed"}
# Elements whose attributes say nothing about what the page shows.
_MUTE = {
    "a",
    "area",
    "img",
    "source",
    "picture",
    "meta",
    "link",
    "input",
    "button",
    "form",
    "html",
    "head",
    "body",
    "base",
}
_INERT = {"template", "noscript"}
_HOLDERS = {"p", "div", "figure", "li", "center", "section", "span", "a", "td", "oembed"}
_LONGEST_TWEET = 1500  # characters: what holds more words than that is no single tweet's element
_LONGEST_CARD = 900  # likewise, where only names of classes speak for a tweet


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a page that shows a tweet or links to one."""

    status: Status
    form: Form
    element: _Element
    """What is to be taken out of the tree; of a link the ``<a>``, which stays."""
    card: Card
    is_stated: bool = False
    """Whether only a script names it: then ``element`` is no more than its neighbourhood."""
    behind: TextNode | None = None
    """The shown text that a stated tweet follows, if it follows any."""
    outside: bool = False
    """Whether it stands in a sidebar, comments, another article, …: no reference, but no prose either."""

    @property
    def is_embed(self) -> bool:
        return self.form != "link"


def find_places(tree: HtmlElement) -> list[Place]:
    """Every place of the page that shows or links to a post, in document order, repetitions included.

    Raises:
        Nothing.
    """
    places: list[Place] = []
    taken: set[_Element] = set()
    for element in cast("list[_Element]", _PLACES(tree)):
        if any(e in taken for e in (element, *element.iterancestors())):
            continue
        found = list(_read_element(element))
        places += found
        taken.update(place.element for place in found if place.is_embed)
    places += _read_states(tree, {place.status.id for place in places})
    if not places:
        return []
    regions = Regions(tree)
    return [replace(place, outside=regions.is_outside(place.element, is_shown=place.is_embed)) for place in places]


def _read_element(element: _Element) -> Iterator[Place]:
    if element.tag == "script":
        yield from _read_script(element)
    elif element.tag == "textarea":
        yield from _read_fragment(element, element.text or "")
    elif element.tag in ("a", "span") and element.get("href"):
        yield from _read_link(element)
    elif found := _read_attributes(element) or _read_bare_url(element):
        yield found
    elif element.tag not in _MUTE:
        for value in element.attrib.values():
            if "<" in value and "/status" in value:
                yield from _read_fragment(element, value)
                return


def _read_attributes(element: _Element) -> Place | None:
    """A post that an element names in an attribute of its own."""
    status = find_attribute(element)
    if status is None or element.tag in _MUTE or is_longer(element, _LONGEST_TWEET):
        return None
    if element.tag != "blockquote" and any(_read_quote(quote) for quote in element.iter("blockquote")):
        return None  # The quotation inside shows the tweet, and prose may stand beside it.
    form: Form = "attribute"
    if element.tag in ("iframe", "amp-iframe"):
        form = "attribute" if element.get("data-tweet-id") else "iframe"
    elif element.tag == "amp-twitter":
        form = "amp"
    elif element.tag == "oembed":
        form = "oembed"
    elif element.tag == "blockquote":
        form = "blockquote"
    return Place(status, form, element, read_card(element, status))


def _read_link(link: _Element) -> Iterator[Place]:
    status = parse_status(link.get("href") or "")
    if status is None:
        return
    quote = next(link.iterancestors("blockquote"), None)
    if quote is not None and (shown := _read_quote(quote)):
        yield shown
    elif (card := _find_card(link, status)) is not None:
        yield Place(status, "attribute", card, read_card(card, status))
    elif (holder := _find_bare_holder(link, status)) is not None:
        yield Place(status, "oembed", holder, Card())
    elif link.tag == "a" and not _is_no_reference(link):
        yield Place(status, "link", link, Card())


def _read_quote(quote: _Element) -> Place | None:
    """A quotation that shows a tweet: by its class, or signed and ending in the permalink."""
    if is_longer(quote, 2 * _LONGEST_TWEET):
        return None
    links = [s for a in quote.iter("a") if (s := parse_status(a.get("href") or ""))]
    if not links:
        return None
    status = links[-1]
    own = find_attribute(quote)
    card = read_card(quote, own or status)
    if not own and not _is_called_tweet(quote) and not (card.date and card.handle):
        return None
    return Place(own or status, "blockquote", quote, card)


def _find_card(link: _Element, status: Status) -> _Element | None:
    """The outermost small element around a link that is called a tweet or embed and names no other post."""
    found = None
    for ancestor in link.iterancestors():
        if ancestor.tag in ("body", "article", "main", "td") or is_longer(ancestor, _LONGEST_CARD):
            break
        if _is_card(ancestor, status):
            found = ancestor
    return found


def _is_card(element: _Element, status: Status) -> bool:
    is_called_tweet = _is_called_tweet(element)
    if not is_called_tweet and _EMBED_WORDS.isdisjoint(words_of(element)):
        return False
    ids = {s.id for a in element.iter("a", "span") if (s := parse_status(a.get("href") or ""))}
    if ids != {status.id}:
        return False
    if is_called_tweet:
        return True
    links = [a for a in element.iter("a") if render(a).strip()]
    return len(links) == 1 and len(render(element, without=links[0]).strip()) < 40


def _is_called_tweet(element: _Element) -> bool:
    return any("tweet" in word or "twitter" in word for word in words_of(element) if word != "retweet")


def _find_bare_holder(link: _Element, status: Status) -> _Element | None:
    """The paragraph that holds nothing but the post's bare address."""
    holder = link.getparent()
    if holder is None or holder.tag not in _HOLDERS or is_longer(holder, _LONGEST_TWEET):
        return None
    text = render(link).strip()
    if not (found := parse_status(text)) or found.id != status.id:
        return None
    return holder if render(holder).strip() == text else None


def _read_bare_url(element: _Element) -> Place | None:
    if element.tag not in _HOLDERS or is_longer(element, _LONGEST_TWEET):
        return None
    text = render(element).strip()
    status = parse_status(text)
    if status is None or re.search(r"\s", text):
        return None
    return Place(status, "oembed", element, Card())


def _is_no_reference(link: _Element) -> bool:
    """Whether a link to a post is furniture: a share link, or not rendered."""
    text = render(link).strip()
    if len(text) < 40 and _SHARE.search(text):
        return True
    return next(link.iterancestors(*_INERT), None) is not None


def _read_script(script: _Element) -> Iterator[Place]:
    text = script.text or ""
    kind = (script.get("type") or "").lower()
    if "template" in kind or "html" in kind:
        yield from _read_fragment(script, text)
        return
    for match in _CREATE.finditer(text):
        yield Place(Status(match[1]), "script", script, Card())


def _read_states(tree: HtmlElement, known: set[str]) -> Iterator[Place]:
    for stated in find_stated(tree, known):
        holder = tree if stated.behind is None else stated.behind.element
        if stated.status:
            yield Place(stated.status, "script", holder, Card(), is_stated=True, behind=stated.behind)
        else:
            for place in _read_fragment(holder, stated.markup):
                yield replace(place, is_stated=True, behind=stated.behind)


def _read_fragment(holder: _Element, markup: str) -> Iterator[Place]:
    """Tweets in markup that a page keeps escaped, to show it after a click or by script."""
    if "<" not in markup or not re.search(r"/status|tweet|twitter", markup):
        return
    try:
        fragment = fragment_fromstring(markup, create_parent="div")
    except (ParserError, ValueError):
        return
    for place in find_places(fragment):
        if place.is_embed:
            yield Place(place.status, place.form, holder, place.card)
