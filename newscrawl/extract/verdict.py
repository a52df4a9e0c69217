"""Pages that answer 200 and hold no article."""

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.items import MAX_PAGE_BYTES

__all__ = ["refuse_body", "refuse_markup", "refuse_text", "refuse_tree"]

_MAX_ELEMENTS = 50_000  # ten times what the largest of 388 news pages has; cleaning takes seconds beyond it
_HAS_MORE = XPath(f"count(//*) > {_MAX_ELEMENTS}")

_MARKUP_TYPE = re.compile(
    r"\s*(?:(?:text|application)/xml|text/html|application/xhtml\+xml|text/plain)\b", re.IGNORECASE
)
_NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
_ELEMENT = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|div|p|article|section|main|h1|br|table)\b", re.IGNORECASE
)
_OTHER_XML = re.compile(
    # Atomic: a page that opens with a hundred comments must not be read in 2^100 ways.
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b",
    re.DOTALL,
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_SAMPLE = 65_536  # characters

_BLOCKED = re.compile(
    r"just a moment|attention required|access (?:to this page )?(?:has been |is )?denied|"
    r"are you (?:an? )?(?:human|robot)|(?:please )?verify(?:ing)? (?:that )?you are (?:an? )?human|human verification|"
    r"(?:ddos )?security check|ddos protection|pardon our interruption|request (?:was )?blocked|you have been blocked|"
    r"403 forbidden|(?:checking|verifying) your browser|captcha|unusual traffic|"
    r"تحقق من أنك إنسان|تم حظر\w*|проверка браузера|доступ (?:запрещ|огранич)\w*|zugriff verweigert|acceso denegado|"
    r"accès refusé|erişim engellendi",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"_cf_chl_opt|cf-challenge|px-captcha|captcha-delivery\.com|/_Incapsula_Resource|g-recaptcha|h-captcha"
)
_GONE = re.compile(
    r"(?:error )?\b404\b(?: error)?|not found|"
    r"(?:the |this |that )?(?:requested )?(?:page|article|story|content)(?: you\S*(?: \w+){1,3})? "
    r"(?:(?:was |is |could |can)?(?:not (?:be )?found|.t be found|no longer available)|(?:does not|doesn.t) exist)|"
    r"الصفحة (?:المطلوبة )?(?:غير (?:موجودة|متاحة)|المطلوبة)|لم يتم العثور|(?:المحتوى )?غير متاحة?|"
    r"صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|seite (?:wurde )?nicht gefunden|page (?:non trouvée|introuvable)|"
    r"página no (?:encontrada|existe)|página não encontrada|pagina non trovata|страница не найдена|"
    r"сторінку не знайдено|sayfa bulunamadı|nie znaleziono strony|pagina niet gevonden|halaman tidak ditemukan|"
    r"ページが見つかりません|页面不存在",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[|\n]|\s[–—-]\s")
_MOST = 0.7  # of a segment's letters: "Sorry, you have been blocked" has 0.78, a headline about captchas far less
_NOTICE = 600  # characters: what a block page or a 404 notice says at most
_SHORTEST = 250  # characters of prose on a page that doesn't call itself an article


def refuse_body(body: bytes, content_type: str | None) -> str | None:
    """Why a body can't be a page of text: ``empty``, ``too-large``, ``not-html``; None if it can."""
    if not body or body.isspace():
        return "empty"
    if len(body) > MAX_PAGE_BYTES:
        return "too-large"
    if body.startswith(_NOT_TEXT) or (content_type and not _MARKUP_TYPE.match(content_type)):
        return "not-html"
    return None


def refuse_markup(html: str) -> str | None:
    """``not-html`` for characters that are no HTML page: plain text, JSON, a feed, a sitemap; else None."""
    start = html[:_SAMPLE]
    return "not-html" if _OTHER_XML.match(start) or _JSON.match(start) or not _ELEMENT.search(start) else None


def refuse_tree(tree: HtmlElement) -> str | None:
    """``too-large`` for a page of more elements than an article can have; else None."""
    return "too-large" if _HAS_MORE(tree) else None


def refuse_text(text: str, *, headline: str, html: str, is_article: bool) -> str | None:
    """Why a page holds no article to archive.

    Args:
        text: the prose that cleaning found.
        headline: title and headings of the page, one per line.
        html: its source, for the marks of a challenge.
        is_article: whether the page calls itself an article.

    Returns:
        ``blocked``, ``soft-404`` or ``no-article``; None for an article.
    """
    if is_article:
        return None if text else "no-article"
    if len(text) <= _NOTICE and (_says(_BLOCKED, headline) or _CHALLENGE.search(html)):
        return "blocked"
    if len(text) <= _NOTICE and _says(_GONE, headline):
        return "soft-404"
    return "no-article" if len(text) < _SHORTEST else None


def _says(phrase: re.Pattern[str], headline: str) -> bool:
    """Whether a heading, or one of its segments between an outlet's name and a dash, says hardly more than a phrase."""
    for segment in _SEGMENT.split(headline):
        said = sum(_count_letters(match[0]) for match in phrase.finditer(segment))
        if said and said >= _MOST * _count_letters(segment):
            return True
    return False


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))
