"""Tweets in a page's markup: every place that names a post, and the element that shows it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from lxml.etree import ParserError, XPath, _Element
from lxml.html import HtmlElement, document_fromstring

from newscrawl.extract.tweets.attributes import find_attribute, is_called_tweet, read_values
from newscrawl.extract.tweets.cards import Card, is_longer, read_card, render
from newscrawl.extract.tweets.escaped import make_writable, peel
from newscrawl.extract.tweets.flattened import fold_space
from newscrawl.extract.tweets.links import (
    HOLDERS,
    LONGEST_TWEET,
    has_embed_class,
    is_embed,
    read_link,
    read_quote,
)
from newscrawl.extract.tweets.marks import ADDRESS, CALL, ENCODED, ENCODED_ADDRESSES, EVERY_MARK, FRAME, ID
from newscrawl.extract.tweets.places import Form, Place
from newscrawl.extract.tweets.postings import find_postings
from newscrawl.extract.tweets.regions import Regions
from newscrawl.extract.tweets.state import find_stated
from newscrawl.extract.tweets.status import Status, parse_status

__all__ = ["find_places"]

_HAS_ADDRESS = "[contains(., 'status')][contains(., '/status') or contains(., '2Fstatus') or contains(., '2fstatus')]"
_HAS_ENCODED = "[" + " or ".join(f"contains(., '{encoded}')" for encoded in ENCODED_ADDRESSES) + "]"
_IS_ID = "[number() > 99999999]"
# The kinds of marks, and where what has them may stand. A path takes as long as all others together, so few are asked.
_PATHS = {
    ADDRESS: (f".//@*{_HAS_ADDRESS}/..", f".//text(){_HAS_ADDRESS}/.."),
    CALL: (".//script[contains(., 'createTweet')]", f".//@*{_IS_ID}/.."),
    ENCODED: (f".//@*{_HAS_ENCODED}/..", f".//script{_HAS_ENCODED}"),
    FRAME: (".//@*[contains(., 'com/embed')]/..",),
    ID: (
        f".//@*{_IS_ID}/..",
        ".//script[contains(@type, 'template') or contains(@type, 'html')]",
        ".//script[contains(., 'weetId') or contains(., 'weet_id') or contains(., 'weet-id')]",
    ),
}
_CREATE = re.compile(r"createTweet(?:Embed)?\(\s{0,20}[\"'](\d{1,19})[\"']", re.ASCII)
_ID_LITERAL = re.compile(r"[\"'](\d{15,19})[\"']", re.ASCII)
_CALL_WITH_URL = re.compile(r"(?:tweet|twitter|embed)\w{0,40}\(\s{0,20}[\"']([^\"'\s]{20,300})[\"']", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_NAMES_TWEET = re.compile(r"/status|tweet|twitter")
# Elements whose attributes say nothing about what the page shows.
_MUTE = frozenset(
    ("a", "area", "img", "source", "picture", "meta", "link", "input", "button", "form", "html", "head", "body", "base")
)
_RAW = {"textarea", "iframe", "noembed"}  # the parser takes what stands inside them for text
_OUTERMOST = {"html", "head", "body"}
_LONGEST_SCRIPT = 8000  # characters of one that writes a tweet where it stands; longer ones are states
_SHORTEST_MARKUP = 40  # characters
_LONGEST_LABEL = 100  # characters of what stands in for a tweet until it is loaded
_MOST_RAW = 20  # of such elements in escaped markup


def find_places(tree: HtmlElement, marks: frozenset[str] = EVERY_MARK) -> list[Place]:
    """Every place of the page that shows or links to a post, in document order, repetitions included.

    Args:
        tree: the parsed page, or a part of one.
        marks: what `newscrawl.extract.tweets.find_marks` saw in it.

    Raises:
        Nothing.
    """
    places: list[Place] = []
    taken: set[_Element] = set()
    elements = cast("list[_Element]", _compile(marks)(tree)) if marks else []
    for element in elements:
        if any(e in taken for e in (element, *element.iterancestors())):
            continue
        found = list(_read_element(element))
        places += found
        taken.update(place.element for place in found if place.is_embed)
    places += _read_states(tree, [e for e in elements if _is_state(e)], places)
    places += find_postings(tree, {place.status.id for place in places}) if _hold_posting(elements) else ()
    if not places:
        return []
    regions = Regions(tree)
    return [p if p.outside else replace(p, outside=regions.is_outside(p.element, is_shown=p.is_shown)) for p in places]


@cache
def _compile(marks: frozenset[str]) -> XPath:
    return XPath(" | ".join(path for kind in sorted(marks) for path in _PATHS[kind]))


def _read_element(element: _Element) -> Iterator[Place]:
    if element.tag == "script":
        yield from _read_script(element)
    elif element.tag in ("a", "span") and element.get("href"):
        yield from map(_complete, read_link(element))
    elif hidden := list(_read_hidden(element)):
        yield from hidden
    elif found := _read_attributes(element):
        yield _complete(found)
    else:
        yield from _read_bare_urls(element)


def _read_hidden(element: _Element) -> Iterator[Place]:
    """Posts in markup that an element keeps in an attribute or as plain text, to show it after a click."""
    if element.tag in _RAW:
        yield from _read_fragment(element, peel(element.text or ""))
    if (element.tag in _MUTE and element.tag != "button") or is_longer(element, LONGEST_TWEET):
        return
    holds_prose = is_longer(element, _LONGEST_LABEL)
    for value in element.attrib.values():
        for text in read_values(element, value) if len(value) > _SHORTEST_MARKUP else ():
            for place in _read_fragment(element, peel(text)):
                yield replace(place, is_stated=True) if holds_prose and not _shows(element, place.card) else place


def _read_attributes(element: _Element) -> Place | None:
    """A post that an element names in an attribute of its own."""
    if element.tag in _MUTE or is_longer(element, LONGEST_TWEET) or not (status := find_attribute(element)):
        return None
    if element.tag != "blockquote" and any(read_quote(quote) for quote in element.iter("blockquote")):
        return None  # The quotation inside shows the tweet, and prose may stand beside it.
    card = read_card(element, status)
    is_named = is_called_tweet(element) or has_embed_class(element)
    if not card.text and not is_named and is_longer(element, _LONGEST_LABEL):
        return None  # Prose, and the address of what it is about.
    return Place(status, _form_of(element), element, card)


def _shows(element: _Element, card: Card) -> bool:
    """Whether an element renders the words of a tweet and hardly any others."""
    text = fold_space(render(element))
    return bool(card.text and card.text in text and len(text) < len(card.text) + 2 * _LONGEST_LABEL)


def _form_of(element: _Element) -> Form:
    if element.tag in ("iframe", "amp-iframe"):
        return "attribute" if element.get("data-tweet-id") and "twitter" not in (element.get("src") or "") else "iframe"
    forms: dict[str, Form] = {"amp-twitter": "amp", "oembed": "oembed", "blockquote": "blockquote"}
    return forms.get(str(element.tag), "attribute")


def _complete(place: Place) -> Place:
    """A place with the card that its element keeps in a script, where it shows none."""
    if not place.is_embed or place.card.text:
        return place
    hidden = (written for script in place.element.iter("script") for written in _read_written(script))
    cards = (written.card for written in hidden if written.status.id == place.status.id and written.card.text)
    return replace(place, card=next(cards, place.card))


def _read_bare_urls(element: _Element) -> Iterator[Place]:
    """Bare addresses that are all of an element, or of one of the lines between its line breaks."""
    if element.tag not in HOLDERS or is_longer(element, LONGEST_TWEET):
        return
    if status := _parse_bare(render(element)):
        yield Place(status, "oembed", element, Card())
        return
    breaks = list(element.iterchildren("br"))
    if breaks and breaks[0].getprevious() is None and (status := _parse_bare(element.text)):
        yield Place(status, "oembed", _wrap_text(element), Card())
    for line_break in breaks:
        after = line_break.getnext()
        status = _parse_bare(line_break.tail) if after is None or after.tag == "br" else None
        if status:
            yield Place(status, "oembed", _wrap_tail(line_break), Card())


def _parse_bare(text: str | None) -> Status | None:
    text = (text or "").strip()
    return None if _SPACE.search(text) else parse_status(text)


def _wrap_text(element: _Element) -> _Element:
    """Make the text that an element begins with an element of its own."""
    wrapped = element.makeelement("span")
    wrapped.text, element.text = make_writable(element.text or ""), None
    element.insert(0, wrapped)
    return wrapped


def _wrap_tail(element: _Element) -> _Element:
    """Likewise the text behind an element."""
    wrapped = element.makeelement("span")
    wrapped.text, element.tail = make_writable(element.tail or ""), None
    element.addnext(wrapped)
    return wrapped


def _is_template(script: _Element) -> bool:
    kind = (script.get("type") or "").lower()
    return "template" in kind or "html" in kind


def _is_state(element: _Element) -> bool:
    return element.tag == "script" and "ld+json" not in (element.get("type") or "") and not _is_template(element)


def _hold_posting(elements: Sequence[_Element]) -> bool:
    scripts = (e for e in elements if e.tag == "script" and "ld+json" in (e.get("type") or ""))
    return any("SocialMediaPosting" in (script.text or "") for script in scripts)


def _read_script(script: _Element) -> Iterator[Place]:
    text = script.text or ""
    if _is_template(script):
        yield from _read_fragment(script, peel(text))
    elif "createTweet" in text:
        ids = _CREATE.findall(text) or (_ID_LITERAL.findall(text) if len(text) < _LONGEST_SCRIPT else [])
        yield from (Place(Status(digits), "script", script, Card()) for digits in ids)
    else:
        yield from _read_written(script)


def _read_written(script: _Element) -> Iterator[Place]:
    """The tweets that a script writes where it stands, inside the article."""
    parent, text = script.getparent(), script.text or ""
    if not _is_state(script) or len(text) > _LONGEST_SCRIPT or parent is None or parent.tag in _OUTERMOST:
        return
    calls = (parse_status(url) for url in _CALL_WITH_URL.findall(text))
    found = [Place(status, "script", script, Card()) for status in calls if status]
    if not found and any(is_embed(e) or is_called_tweet(e) for e in (script, parent)):
        statuses = filter(None, map(parse_status, read_values(parent, text.strip())))
        found = [Place(status, "script", script, Card()) for status in statuses][:1]
    yield from found or _read_fragment(script, peel(text))


def _read_states(tree: HtmlElement, scripts: Sequence[_Element], places: Sequence[Place]) -> list[Place]:
    """The tweets in states; of those that the page itself names only where the state has more to tell."""
    named = {place.status.id for place in places}
    untold = {p.status.id for p in places if p.is_embed} - {p.status.id for p in places if p.card.text}
    texts = [script.text or "" for script in scripts]
    if any("__next_f" in text for text in texts):  # pieces of what Next.js pushes, cut anywhere
        texts = [script.text or "" for script in tree.iter("script")]
    found = find_stated(tree, texts, named - untold, _read_parts)
    return [place for place in found if place.status.id not in named or place.card.text]


def _read_parts(markup: str) -> Iterator[Place | str]:
    """The tweets of escaped markup and the texts between them."""
    fragment = _parse_fragment(markup)
    if fragment is not None:
        places = {place.element: place for place in find_places(fragment) if place.is_embed}
        yield from _walk(fragment, places)


def _walk(element: _Element, places: dict[_Element, Place]) -> Iterator[Place | str]:
    if element in places:
        yield places[element]
    elif isinstance(element.tag, str) and element.tag not in ("script", "style"):
        yield element.text or ""
        for child in element:
            yield from _walk(child, places)
            yield child.tail or ""


def _read_fragment(holder: _Element, markup: str) -> Iterator[Place]:
    """Tweets in markup that a page keeps escaped, to show it after a click or by script."""
    if "<" in markup and _NAMES_TWEET.search(markup) and (fragment := _parse_fragment(markup)) is not None:
        places = find_places(fragment)
        yield from (Place(p.status, p.form, holder, p.card, is_hidden=True) for p in places if p.is_embed)


def _parse_fragment(markup: str) -> HtmlElement | None:
    if sum(markup.count(f"<{tag}") for tag in _RAW) > _MOST_RAW:  # one may hold the next, and so on
        return None
    try:
        return document_fromstring(f"<div>{markup}</div>")
    except (ParserError, ValueError):
        return None
