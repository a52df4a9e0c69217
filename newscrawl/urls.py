"""Addresses: their clean form, their outlet's domain, and the key that twins of one page share."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

if TYPE_CHECKING:
    from tldextract import TLDExtract

__all__ = ["clean_url", "host_of", "is_web_url", "registrable_domain", "resolve_url", "url_key"]

# Parameters that say where a reader came from, never which article. Names that sites also use for content ids
# (cid, id, ref, source) stay: dropping one would fold two stories into one.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|hsa|vero|oly)_.+|_hs(?:enc|mi)|mkt_tok|mc_[ce]id|_ga|_gl|"
    r"(?:pk|at|wt|itm)_(?:campaign|medium|source|content|keyword|kwd|custom\d|format|link\w*|ptr_\w+|zmc)|"
    r"(?:fb|g|dc|y|msclk|tt|tw|li_fat_|s_k)clid|msclkid|gbraid|wbraid|igshi?d?|fbclid|yclid|"
    r"cmp(?:id)?|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|ocid|smid|ref_(?:src|url)|__twitter_impression|"
    r"share_?(?:token|id)?|ftag|guccounter|guce_referr.+|soc_(?:src|trk)|sfnsn",
    re.IGNORECASE,
)
_AMP_PARAMETER = re.compile(r"(?:amp|outputtype)", re.IGNORECASE)
_TWIN_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|(?<=.)\.amp(?=\.html?$|$)", re.IGNORECASE)


def is_web_url(url: str) -> bool:
    """Whether ``url`` is an absolute http(s) address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host of ``url``, lower case, without a port; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def resolve_url(base: str, reference: str) -> str | None:
    """The http(s) address that ``reference`` means on the page ``base``; None if it means none."""
    try:
        address = urljoin(base, reference.strip())
    except ValueError:
        return None
    return address if reference.strip() and is_web_url(address) else None


@cache
def _public_suffixes() -> "TLDExtract":
    from tldextract import TLDExtract  # brings requests along, which `newscrawl list` and the like can do without

    # The list that ships with tldextract: asking for a newer one would be a request beside the crawl.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def registrable_domain(url_or_host: str) -> str:
    """``https://www.bbc.co.uk/news`` → ``bbc.co.uk``; the bare host where no public suffix fits, as for an IP."""
    return _domain_of(host_of(url_or_host) if "//" in url_or_host else url_or_host.lower().rstrip("."))


@lru_cache(maxsize=4096)
def _domain_of(host: str) -> str:
    return _public_suffixes()(host).top_domain_under_public_suffix or host


def clean_url(url: str) -> str:
    """``url`` in canonical form: sorted query, no fragment, no tracking parameters.

    Raises:
        ValueError: ``url`` can't be parsed.
    """
    parts = urlsplit(canonicalize_url(url.strip()))
    # Values stay as they are: decoding would make one of all that are not UTF-8, as on windows-1256 sites.
    query = [p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(unquote(p.partition("=")[0]))]
    return urlunsplit(parts._replace(query="&".join(query)))


@lru_cache(maxsize=512)  # asked some five times for each candidate
def url_key(url: str) -> str:
    """What AMP, mobile, ``www`` and http twins of one page have in common; for comparing, not for fetching.

    Raises:
        ValueError: ``url`` can't be parsed.
    """
    parts = urlsplit(clean_url(url))
    host = _TWIN_HOST.sub("", parts.netloc)
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = "&".join(p for p in parts.query.split("&") if p and not _AMP_PARAMETER.fullmatch(p.partition("=")[0]))
    return f"{host}{path}?{query}" if query else f"{host}{path}"
