"""Placeholders: what stands for a tweet while the page around it is cleaned."""

import re
from collections.abc import Collection, Sequence

from lxml.etree import _Element

from newscrawl.extract.tweets.cards import is_longer, render
from newscrawl.extract.tweets.cutting import blank_spans, cut_spans, line_spans
from newscrawl.extract.tweets.escaped import make_writable
from newscrawl.extract.tweets.places import Anchor
from newscrawl.extract.tweets.regions import words_of

__all__ = ["drop_element", "put_beside", "put_in_link", "put_in_place", "settle_placeholders"]

# Printable and stable under NFC, so they pass every filter of the cleaner, and not found in news text.
_TOKEN = re.compile(r"⧼(\d{1,6})⧽", re.ASCII)
_INLINE = {
    "p",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "font",
    "u",
    "small",
}
_WRAPPERS = {
    "div",
    "figure",
    "aside",
    "p",
    "span",
    "center",
    "section",
    "noscript",
    "template",
    "details",
    "iframe",
}
_DOOMED_TAGS = {"figure", "aside", "form", "noscript", "template", "iframe", "menu", "object"}
_DOOMED_WORDS = {
    "embed",
    "embeds",
    "embedded",
    "share",
    "social",
    "consent",
    "placeholder",
    "hidden",
    "sociable",
    "tweet",
}
_BULLET = "-"  # of a list's item, as the cleaner renders it
_LONGEST_WRAPPER = 600  # characters
_MEDIA = ("img", "video", "audio", "table", "picture", "object", "iframe", "blockquote")


def put_in_place(element: _Element, numbers: Sequence[int]) -> None:
    """Replace ``element`` by placeholders; the text behind it stays.

    Wrappers that held nothing but embeds go as well: the cleaner deletes figures, asides and whatever has
    "embed" or "share" in its class.
    """
    placeholder = _replace(element, "".join(f"⧼{number}⧽" for number in numbers))
    while placeholder is not None and (wrapper := _find_hollow(placeholder)) is not None:
        placeholder = _replace(wrapper, "".join(match[0] for match in _TOKEN.finditer(_text_of(wrapper))))
    if placeholder is not None:
        _lift(placeholder)


def _replace(element: _Element, tokens: str) -> _Element | None:
    parent = element.getparent()
    if parent is None:
        return None
    placeholder = element.makeelement("span" if parent.tag in _INLINE else "p")
    placeholder.text = tokens
    placeholder.tail, element.tail = make_writable(element.tail or ""), None
    parent.replace(element, placeholder)
    return placeholder


def put_beside(anchor: Anchor, number: int) -> None:
    """Put a placeholder beside a piece of text: beside the whole paragraph, where the text is of one."""
    element, token = anchor.element, f"⧼{number}⧽"
    within = element.getparent() if anchor.is_tail else element
    paragraph = within if within is None or within.tag == "p" else next(within.iterancestors("p"), None)
    if paragraph is not None and paragraph.getparent() is not None:
        _put_next(paragraph, token, is_before=anchor.is_before)
    elif anchor.is_tail:
        element.tail = _join(element.tail, token, is_before=anchor.is_before)
    else:
        element.text = _join(element.text, token, is_before=anchor.is_before)


def _join(text: str | None, token: str, *, is_before: bool) -> str:
    text = make_writable(text or "")
    return f"{token} {text}" if is_before else f"{text} {token}"


def _put_next(paragraph: _Element, token: str, *, is_before: bool) -> None:
    placeholder = paragraph.makeelement("p")
    placeholder.text = token
    if is_before:
        paragraph.addprevious(placeholder)
        return
    tail, paragraph.tail = paragraph.tail, None
    paragraph.addnext(placeholder)
    placeholder.tail = make_writable(tail or "")


def put_in_link(link: _Element, number: int) -> None:
    """Put a placeholder behind the last word of a link, so that it shares the fate of these words."""
    token = f"⧼{number}⧽"
    if len(link):
        link[-1].tail = make_writable(link[-1].tail or "") + token
    else:
        link.text = make_writable(link.text or "") + token


def drop_element(element: _Element) -> None:
    """Take ``element`` out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = make_writable((before.tail or "") + tail)
    else:
        parent.text = make_writable((parent.text or "") + tail)
    element.tail = None
    parent.remove(element)


def settle_placeholders(text: str, numbers: Collection[int]) -> tuple[str, dict[int, int]]:
    """Remove the placeholders of ``numbers`` from a cleaned text, with the paragraphs that held nothing else.

    Returns:
        The text without them, and number → character offset in it, for those that had survived the cleaning.
    """
    found = [m for m in _TOKEN.finditer(text) if int(m[1]) in numbers]
    if not found:
        return text, {}
    cut = cut_spans(text, _widen(text, [m.span() for m in found]))
    offsets: dict[int, int] = {}
    for match in found:
        offsets.setdefault(int(match[1]), cut.place(match.start()))
    return cut.text, offsets


def _widen(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each span with its line, if that holds nothing but spans, else with one of the blanks around it."""
    rest, lines = blank_spans(text, spans), line_spans(text, spans)
    empty = {line for line in set(lines) if rest[slice(*line)].strip() in ("", _BULLET)}
    return [line if line in empty else _take_blank(text, *span) for span, line in zip(spans, lines, strict=True)]


def _take_blank(text: str, start: int, end: int) -> tuple[int, int]:
    is_apart = text[start - 1 : start] == " " and text[end : end + 1] in ("", " ", "\n")
    return (start - 1, end) if is_apart else (start, end)


def _lift(placeholder: _Element) -> None:
    """Move a placeholder out of small elements that the cleaner deletes, before the outermost of them."""
    doomed = None
    for ancestor in placeholder.iterancestors():
        if ancestor.tag in ("body", "article", "main") or is_longer(ancestor, _LONGEST_WRAPPER):
            break
        if ancestor.tag in _DOOMED_TAGS or not _DOOMED_WORDS.isdisjoint(words_of(ancestor)):
            doomed = ancestor
    if doomed is not None and (parent := doomed.getparent()) is not None:
        drop_element(placeholder)
        placeholder.tag = "span" if parent.tag in _INLINE else "p"
        doomed.addprevious(placeholder)


def _text_of(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _find_hollow(placeholder: _Element) -> _Element | None:
    """The element around a placeholder, if it holds nothing else; scripts don't count."""
    wrapper = placeholder.getparent()
    if wrapper is None or not (wrapper.tag in _WRAPPERS or "-" in str(wrapper.tag)):
        return None
    if is_longer(wrapper, _LONGEST_WRAPPER):
        return None
    if next(wrapper.iter(*_MEDIA), None) is not None:
        return None
    is_inert = wrapper.tag in ("template", "noscript")
    text = _text_of(wrapper) if is_inert else render(wrapper)
    return None if _TOKEN.sub("", text).strip() else wrapper
