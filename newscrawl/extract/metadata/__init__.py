"""What a page says about its article, and which of its voices said it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml.html import HtmlElement

from newscrawl.dates import is_plausible
from newscrawl.extract.metadata.json_ld import find_article, read_nodes, text_of
from newscrawl.extract.metadata.meta_tags import first_of, read_meta_tags
from newscrawl.extract.metadata.outlet_names import OutletNames
from newscrawl.extract.metadata.voices import Voices
from newscrawl.items import Page
from newscrawl.outlets import Outlet
from newscrawl.urls import host_of

__all__ = ["Metadata", "read_metadata"]

T = TypeVar("T")

_SITE_NAME = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
_LANGUAGE = ("og:locale", "content-language", "language", "dc.language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """All of an article but its text; an absent value is None or empty."""

    title: str | None
    authors: tuple[str, ...]
    published_at: str | None
    modified_at: str | None
    section: str | None
    tags: tuple[str, ...]
    description: str | None
    image: str | None
    canonical_url: str
    site_name: str | None
    languages: tuple[str | None, ...]
    """Declarations as written, the most specific first."""
    is_article: bool
    """Whether the page calls itself an article."""
    is_free: bool
    """False where the page says that its text is for subscribers."""
    date_implausible: bool
    """Whether a date was passed over because no news can be of that day."""
    sources: Mapping[str, str]
    """Field → the voice that won: ``json-ld``, ``meta``, ``markup``, ``feed``, ``url`` or ``heuristic``."""


def read_metadata(tree: HtmlElement, page: Page, *, outlet: Outlet | None = None) -> Metadata:
    """Read a page's metadata, the best voice for each field.

    Structured data comes first, then meta tags, then markup, then what the feed or sitemap said, then the address;
    heuristics, which cost most and err most, are asked only for what is still missing. A headline is settled by
    agreement, see `headline.choose_headline`.

    Raises:
        Nothing.
    """
    nodes = read_nodes(tree)
    article, tags = find_article(nodes, page.url), read_meta_tags(tree)
    site_name = first_of(tags, _SITE_NAME) or text_of(article.get("publisher"))
    voices = Voices(page, tree, nodes, article, tags, OutletNames(_names_of(page, site_name, outlet)))
    choice = _Choice(latest=page.fetched_at)
    return Metadata(
        title=choice.of("title", voices.titles(), None),
        authors=choice.of("authors", voices.authors(), ()),
        published_at=choice.of("published_at", choice.plausible(voices.published()), None),
        modified_at=choice.of("modified_at", choice.plausible(voices.modified()), None),
        section=choice.of("section", voices.sections(), None),
        tags=choice.of("tags", voices.keywords(), ()),
        description=choice.of("description", voices.descriptions(), None),
        image=choice.of("image", voices.images(), None),
        canonical_url=choice.of("canonical_url", voices.canonical_urls(), None) or page.url,
        site_name=site_name,
        languages=(
            text_of(article.get("inLanguage")),
            tree.get("lang"),
            first_of(tags, _LANGUAGE),
            page.hints.language,
        ),
        is_article="headline" in article or first_of(tags, ("og:type",)) == "article",
        is_free=str(article.get("isAccessibleForFree", True)).lower() != "false",
        date_implausible=choice.date_implausible,
        sources=choice.sources,
    )


class _Choice:
    """Takes the first voice that says something and remembers whose it was."""

    def __init__(self, *, latest: str | None) -> None:
        self.sources: dict[str, str] = {}
        self.date_implausible = False
        self._latest = latest

    def of(self, field: str, voices: Iterable[tuple[str, T]], absent: T) -> T:
        for source, value in voices:
            if value:
                self.sources[field] = source
                return value
        return absent

    def plausible(self, voices: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
        for source, date in voices:
            if date is None or is_plausible(date, latest=self._latest):
                yield source, date
            else:
                self.date_implausible = True


def _names_of(page: Page, site_name: str | None, outlet: Outlet | None) -> Iterator[str | None]:
    host = host_of(page.url).removeprefix("www.")
    yield from (site_name, host, *host.split(".")[:-1])
    if outlet:
        yield from (name for names in outlet.names.values() for name in names)
