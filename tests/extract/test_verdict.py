import pytest
from lxml import html

from newscrawl.extract.verdict import refuse_body, refuse_markup, refuse_text, refuse_tree
from newscrawl.items import MAX_PAGE_BYTES

BRIEF = "Passengers waited for hours on Monday before they could board. " * 6
PROSE = "The harbour master said on Monday that the new quay would open before winter. " * 10


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", None, "empty"),
        (b" \r\n\t", "text/html", "empty"),
        (b"<html>" + b" " * MAX_PAGE_BYTES, "text/html", "too-large"),
        (b"%PDF-1.7\n", None, "not-html"),
        (b"\x89PNG\r\n", "text/html", "not-html"),
        (b"PK\x03\x04", None, "not-html"),
        (b"<html>", "application/pdf", "not-html"),
        (b"<html>", "application/json; charset=utf-8", "not-html"),
        (b"<html>", "image/svg+xml", "not-html"),
        (b"<html>", "text/html; charset=utf-8", None),
        (b"<html>", "application/xhtml+xml", None),
        (b"<html>", "TEXT/HTML", None),
        (b"<html>", None, None),
    ],
)
def test_refuse_body(body: bytes, content_type: str | None, reason: str | None) -> None:
    assert refuse_body(body, content_type) == reason


@pytest.mark.parametrize(
    "markup",
    [
        "Plain words, and 3 < 4.",
        '{"html": "<p>words</p>"}',
        ' [{"body": "<div>words</div>"}]',
        "[]",
        '<?xml version="1.0"?><rss version="2.0"><title>News</title></rss>',
        '<!-- made by hand -->\n<!----><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
        "<urlset><url/></urlset>",
        "<!-- c -->" * 100 + "<rdf:RDF><title/></rdf:RDF>",
        "",
    ],
)
def test_what_is_no_html(markup: str) -> None:
    assert refuse_markup(markup) == "not-html"


@pytest.mark.parametrize(
    "markup",
    [
        "<!DOCTYPE html><p>x",
        "words <p>and a paragraph",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<!-- c -->" * 100 + "<html>",
        "{{ template }}<html>",
        "[Update] <p>words",
    ],
)
def test_what_is(markup: str) -> None:
    assert refuse_markup(markup) is None


def test_a_page_of_too_many_elements() -> None:
    assert refuse_tree(html.document_fromstring("<i>x</i>" * 49_000)) is None
    assert refuse_tree(html.document_fromstring("<i>x</i>" * 51_000)) == "too-large"


@pytest.mark.parametrize(
    ("text", "headline", "source", "is_article", "reason"),
    [
        ("Please wait.", "Just a moment...", "", False, "blocked"),
        ("Please wait.", "Access denied", "", True, None),
        ("Please wait.", "Example\nAccess denied | example.org used a shield", "", False, "blocked"),
        ("Please wait.", "Sorry, you have been blocked", "", False, "blocked"),
        ("Please wait.", "Bloomberg - Are you a robot?", "", False, "blocked"),
        (BRIEF, "Security check at airport delays flights", "", True, None),
        (BRIEF, "Security check at airport delays flights", "", False, None),
        (BRIEF, "Captcha maker raises 40 million dollars", "", True, None),
        (BRIEF, "Captcha maker raises 40 million dollars", "", False, None),
        (BRIEF, "Captcha maker raises 40 million dollars", "<i class='h-captcha'>", True, None),
        (BRIEF, "Bus 404 crash injures five", "", False, None),
        (BRIEF, "Bus 404 crash injures five", "", True, None),
        (BRIEF, "404 | Example", "", False, "soft-404"),
        (BRIEF, "Oops! That page can’t be found.", "", False, "soft-404"),
        (BRIEF, "The page you are looking for does not exist", "", False, "soft-404"),
        (BRIEF, "عذرا، الصفحة المطلوبة غير موجودة", "", False, "soft-404"),
        ("Please wait.", "example.org", "<script>window._cf_chl_opt={}</script>", False, "blocked"),
        ("It has moved.", "Page not found", "", False, "soft-404"),
        ("", "Error 404", "", False, "soft-404"),
        ("ربما نقلت", "الصفحة غير موجودة", "", False, "soft-404"),
        ("Short.", "Quay opens", "", False, "no-article"),
        ("", "Quay opens", "", True, "no-article"),
        ("Short.", "Quay opens", "", True, None),
        ("Short.", "Body not found after 404 days", "", True, None),
        (PROSE, "Just a moment: what captcha services know", "", False, None),
        (PROSE, "Error 404: a history", "", False, None),
        (PROSE, "Quay opens", "<div class='g-recaptcha'>", False, None),
    ],
)
def test_refuse_text(text: str, headline: str, source: str, is_article: bool, reason: str | None) -> None:
    assert refuse_text(text, headline=headline, html=source, is_article=is_article) == reason
