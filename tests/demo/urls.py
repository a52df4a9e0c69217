"""What each address of the demo newsroom is: written by hand from reading the pages, for any test that crawls them."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

__all__ = ["DEMO_URLS", "DemoUrl", "demo_urls"]

Kind = Literal[
    "article",
    "copy",
    "amp",
    "tracked",
    "redirect",
    "paywalled",
    "blocked",
    "soft-404",
    "missing",
    "disallowed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUrl:
    """An address that a home page, feed or sitemap of the newsroom names as an article."""

    host: str
    path: str
    """Unquoted, with the query."""
    kind: Kind
    language: str
    of: str | None = None
    """``host/path`` of the article that this one repeats or leads to."""
    tweets: tuple[tuple[str, str], ...] = ()
    """(form, status id, or handle where there is no id), in order."""
    credits: tuple[str, ...] = ()
    """Domains of the real outlets that the text credits, one a mention, in order."""

    @property
    def status(self) -> int:
        return {"redirect": 301, "missing": 404}.get(self.kind, 200)

    @property
    def address(self) -> str:
        return self.host + self.path

    def url(self, port: int) -> str:
        """As pages name it."""
        return f"http://{self.host}:{port}{quote(self.path, safe='/?=&')}"


_ALMIRSAD = "almirsad.localhost"
_HARBOUR = "harbourpost.localhost"
_NABAA = "nabaa.localhost"
_STRIKE = "/news/harbour-strike-second-week"

DEMO_URLS = (
    DemoUrl(
        host=_ALMIRSAD,
        path="/world/2020/10/21/karabakh-artillery",
        kind="article",
        language="ar",
        tweets=(("text", "RTarabic"),),
        credits=("rt.com", "rt.com", "rt.com", "alarabiya.net"),
    ),
    DemoUrl(
        host=_ALMIRSAD,
        path="/local/2026/10/14/wadi-floods",
        kind="article",
        language="ar",
        tweets=(("blockquote", "2110244786144284318"),),
        credits=("reuters.com",),
    ),
    DemoUrl(
        host=_ALMIRSAD,
        path="/economy/2026/11/03/wave-desalination",
        kind="copy",
        language="ar",
        of=f"{_NABAA}/ar/economy/40211",
    ),
    DemoUrl(
        host=_ALMIRSAD,
        path="/culture/2026/11/08/ship-models",
        kind="article",
        language="ar",
        credits=("reuters.com",),
    ),
    DemoUrl(
        host=_ALMIRSAD,
        path="/archive/show.php?id=204",
        kind="article",
        language="ar",
        credits=("aawsat.com",),
    ),
    DemoUrl(
        host=_ALMIRSAD,
        path="/رياضة/2026/11/15/نهائي-كأس-الساحل",
        kind="article",
        language="ar",
        tweets=(("iframe", "2122064875558537761"),),
        credits=("aljazeera.net",),
    ),
    DemoUrl(
        host=_HARBOUR,
        path=_STRIKE,
        kind="article",
        language="en",
        tweets=(("blockquote", "2119686106512362135"),),
        credits=("aljazeera.com", "reuters.com"),
    ),
    DemoUrl(
        host=_HARBOUR,
        path=f"{_STRIKE}?utm_source=rss&utm_medium=feed",
        kind="tracked",
        language="en",
        of=_HARBOUR + _STRIKE,
    ),
    DemoUrl(
        host=_HARBOUR,
        path=f"{_STRIKE}/amp",
        kind="amp",
        language="en",
        of=_HARBOUR + _STRIKE,
        tweets=(("amp", "2119686106512362135"),),
        credits=("aljazeera.com", "reuters.com"),
    ),
    DemoUrl(
        host=_HARBOUR,
        path="/world/tarrow-hills-wells",
        kind="copy",
        language="en",
        of=f"{_NABAA}/en/world/40233",
    ),
    DemoUrl(
        host=_HARBOUR,
        path="/sport/marathon-seabird-colony",
        kind="article",
        language="en",
        credits=("afp.com",),
    ),
    DemoUrl(
        host=_HARBOUR,
        path="/culture/lighthouse-keepers-return",
        kind="article",
        language="en",
        tweets=(("link", "2065015350361066135"),),
        credits=("bbc.com",),
    ),
    DemoUrl(host=_HARBOUR, path="/business/dry-dock-ledger", kind="paywalled", language="en"),
    DemoUrl(host=_HARBOUR, path="/members/editors-letter-october", kind="disallowed", language="en"),
    DemoUrl(host=_HARBOUR, path="/live/ferry-tracker", kind="blocked", language="en"),
    DemoUrl(host=_HARBOUR, path="/news/mole-road-closed", kind="soft-404", language="en"),
    DemoUrl(host=_HARBOUR, path="/news/tide-tables-2025", kind="missing", language="en"),
    DemoUrl(
        host=_HARBOUR,
        path="/2026/09/gannet-rock",
        kind="redirect",
        language="en",
        of=f"{_HARBOUR}/culture/lighthouse-keepers-return",
    ),
    DemoUrl(host=_NABAA, path="/ar/economy/40211", kind="article", language="ar"),
    DemoUrl(
        host=_NABAA,
        path="/ar/science/40118",
        kind="article",
        language="ar",
        credits=("bbc.com", "afp.com"),
    ),
    DemoUrl(host=_NABAA, path="/en/world/40233", kind="article", language="en"),
    DemoUrl(
        host=_NABAA,
        path="/en/science/40097",
        kind="article",
        language="en",
        tweets=(("text", "SkerriesCount"),),
        credits=("bbc.com", "theguardian.com"),
    ),
)


def demo_urls(*kinds: Kind) -> tuple[DemoUrl, ...]:
    """The addresses of these kinds, in the order of the table."""
    return tuple(url for url in DEMO_URLS if url.kind in kinds)
