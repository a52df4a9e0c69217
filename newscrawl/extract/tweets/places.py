"""What is known of one place of a page that shows a tweet or links to one."""

from dataclasses import dataclass
from typing import Literal

from lxml.etree import _Element

from newscrawl.extract.tweets.cards import Card
from newscrawl.extract.tweets.status import Status

__all__ = ["Anchor", "Form", "Place"]

Form = Literal["blockquote", "iframe", "amp", "attribute", "script", "oembed", "link", "text"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A piece of text that the page shows, and on which side of it a tweet stands."""

    element: _Element
    is_tail: bool
    """Whether the piece is the tail of the element, not its text."""
    is_before: bool
    """Whether the tweet stands before it, not behind it."""


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
    anchor: Anchor | None = None
    """Where a stated tweet stands, as far as that is known."""
    is_hidden: bool = False
    """Whether the element holds it as escaped markup."""
    outside: bool = False
    """Whether it stands in a sidebar, comments, another article, …: no reference, but no prose either."""

    @property
    def is_embed(self) -> bool:
        return self.form != "link"

    @property
    def is_shown(self) -> bool:
        """Whether a reader sees it as the page is, before any script runs."""
        return self.is_embed and not self.is_hidden
