import json
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive import encode
from newscrawl.dedup import identify_article
from newscrawl.errors import Rejected
from newscrawl.extract import extract_article
from newscrawl.items import Article, Page
from newscrawl.outlets import Outlet, Registry

URL = "https://www.example.org/2026/11/22/quay"
ENGLISH = "<p>The harbour master said on Monday, in speech number {}, that the new quay would open before winter.</p>"
ARABIC = "<p>قال مدير الميناء يوم الاثنين إن الرصيف الجديد رقم {} سيفتح قبل وصول عواصف الشتاء إلى المدينة.</p>"
LINKED_DATA = '<script type="application/ld+json">{}</script>'
PROSE = "".join(map(ENGLISH.format, range(8)))
SLOWEST = 10.0  # seconds, on a machine that does other work as well; alone it is a second
REASONS = {"empty", "too-large", "not-html", "no-article", "blocked", "soft-404"}


def page(inner: str = PROSE, *, head: str = "", attributes: str = "") -> str:
    return (
        f"<!doctype html><html{attributes}><head><title>Quay opens</title>{head}</head>"
        f"<body><article><h1>Quay opens</h1>{inner}</article></body></html>"
    )


def extract(body: bytes | str, **values: str) -> Article:
    """The article, after what follows in a crawl: its identity and its line in the archive."""
    content = body if isinstance(body, bytes) else body.encode()
    fetched = Page(url=URL, body=content, fetched_at="2026-11-22T11:56:02Z", content_type=values.get("content_type"))
    article = identify_article(extract_article(fetched))
    assert json.loads(encode(article).encode())["text"] == article.text
    assert all(article.text[a.start : a.end] == a.surface for a in article.attributions)
    return article


def extract_or_refuse(body: bytes | str) -> Article | str:
    try:
        return extract(body)
    except Rejected as refusal:
        return next(reason for reason in REASONS if reason == refusal.reason)


def paragraph(number: int, form: str = ENGLISH) -> str:
    return form.format(number).removeprefix("<p>").removesuffix("</p>")


TEXT = "\n".join(map(paragraph, range(8)))


def test_an_article() -> None:
    article = extract(page(attributes=' lang="en"'))
    assert article.text == TEXT
    assert (article.title, article.language, article.outlet) == ("Quay opens", "en", "example.org")
    assert (article.published_at, article.flags, article.tweets) == ("2026-11-22", (), ())
    assert article.provenance.fields == {"title": "markup", "published_at": "url", "canonical_url": "url"}
    assert len(article.provenance.body_sha256) == 64
    assert article.provenance.extractor.startswith("newscrawl/")


def test_the_outlet_comes_from_the_registry() -> None:
    registry = Registry([Outlet(domain="example.org", name="Example", medium="site", country="GB", domains=("e.org",))])
    credit = "<p>The works took three years, and cost more than was planned, as Example reported last week.</p>"
    body = page(PROSE + credit, head='<meta property="og:site_name" content="Other">').encode()
    found = extract_article(Page(url="https://news.e.org/1", body=body), registry=registry)
    assert (found.outlet, found.outlet_name) == ("example.org", "Example")
    assert extract(body).outlet_name == "Other"


def test_tweets_leave_no_words_in_the_text() -> None:
    tweet = (
        '<blockquote class="twitter-tweet"><p>Open at last</p>&mdash; Quay (@quay) '
        '<a href="https://twitter.com/quay/status/1318563000000000000">October 20, 2020</a></blockquote>'
    )
    article = extract(page(ENGLISH.format(0) + tweet + "".join(map(ENGLISH.format, range(1, 8)))))
    assert article.text == TEXT
    (reference,) = article.tweets
    assert (reference.id, reference.text, reference.offset) == (
        "1318563000000000000",
        "Open at last",
        len(paragraph(0)) + 1,
    )


def test_flags_say_what_readers_have_to_know() -> None:
    node = '{"@type": "NewsArticle", "headline": "Quay", "isAccessibleForFree": false, "datePublished": "2203-01-01"}'
    article = extract(page(ENGLISH.format(1), head=LINKED_DATA.format(node)))
    assert article.flags == ("paywall", "date_implausible")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html>" + b"x" * 10_000_001, "too-large"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "not-html"),
        (b"\0" * 99, "not-html"),
        (b'{"html": "<p>words</p>"}', "not-html"),
        (b"plain words only " * 99, "not-html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>', "not-html"),
        (b"<html>", "no-article"),
        (page("<p>Too short.</p>").encode(), "no-article"),
        (page("<p>It has moved.</p>").replace("Quay opens", "Page not found").encode(), "soft-404"),
        (page("<p>One moment.</p>").replace("Quay opens", "Just a moment...").encode(), "blocked"),
    ],
)
def test_what_holds_no_article_is_refused_by_name(body: bytes, reason: str) -> None:
    assert extract_or_refuse(body) == reason


def test_a_content_type_that_is_no_page() -> None:
    with pytest.raises(Rejected, match="not-html"):
        extract(page(), content_type="application/json")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("windows-1256", "utf-8"),
        ("utf-8", "latin-1"),
        ("utf-16", "utf-8"),
        ("utf-16", "windows-1256"),
        ("utf-8", "idna"),
    ],
)
def test_wrong_declarations_do_no_harm(encoding: str, declared: str) -> None:
    html = page(
        "".join(ARABIC.format(n) for n in range(8)), head=f'<meta charset="{declared}">', attributes=' lang="en"'
    )
    article = extract(html.encode(encoding), content_type=f"text/html; charset={declared}")
    assert article.text.split("\n") == [paragraph(n, ARABIC) for n in range(8)]
    assert article.language == "ar"


@pytest.mark.parametrize(
    ("noise", "left"),
    [
        ("Mon\0day", "Monday"),
        ("Mon\u2028day", "Mon day"),
        ("Mon\u0085day", "Mon day"),
        ("Mon&#0;day", None),
        ("Mon&#xD800;day", None),
        ("Mon&#x110000;day", None),
        ("Mon\u00adday", None),
    ],
)
def test_characters_that_break_lines_or_encoders(noise: str, left: str | None) -> None:
    article = extract(page().replace("Monday", noise))
    assert left is None or left in article.text
    assert not set("\0\u0085\u2028\u2029\r\v\f") & set(article.text)
    article.text.encode()


def test_lone_surrogates_out_of_json() -> None:
    node = r'{"@type": "Article", "headline": "Quay \ud800 opens", "author": "Jane \udfff Doe", "keywords": ["\ud800"]}'
    article = extract(page(head=LINKED_DATA.format(node)))
    assert (article.title, article.authors) == ("Quay \ufffd opens", ("Jane \ufffd Doe",))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="9999-12-31T23:59:59-10:00">',
        '<meta property="article:published_time" content="0001-01-01T00:00:01+14:00">',
        '<meta property="article:published_time" content="Mon, 32 Foo 2020 99:99:99 +9999">',
        f'<meta property="article:published_time" content="{"2020" * 50_000}">',
        '<meta property="article:published_time" content="2203-01-01">',
        '<link rel="canonical" href="http://[::1"><base href="http://[">',
    ],
)
def test_absurd_values_fall_to_the_next_voice(head: str) -> None:
    article = extract(page(head=head))
    assert (article.published_at, article.canonical_url) == ("2026-11-22", URL)


@pytest.mark.parametrize(
    "html",
    [
        page().replace("</p>", ""),
        page().removesuffix("</article></body></html>"),
        page().replace("<article>", "<article><div><table><tr><td></span>"),
        page().replace("<body>", "<body class=\"x\" class='y' <p>"),
        page().replace("<!doctype html>", "<!-- c -->\n" * 100),
        page().replace("<!doctype html>", '<?xml version="1.0" encoding="bogus"?>\n<?php echo 1 ?>'),
        page("<div>" * 200 + PROSE + "</div>" * 200),
        page(f'<div data-state="{"x" * 2_000_000}">{PROSE}</div>'),
        page(f"<div data-state='{'&lt;blockquote class=twitter-tweet&gt;' * 20_000}'>{PROSE}</div>"),
        page("<!-- c -->" * 50_000 + PROSE),
    ],
    ids=["unclosed", "cut", "stray", "attributes", "comments", "xml", "deep", "long", "state", "inner comments"],
)
def test_broken_markup_keeps_the_prose(html: str) -> None:
    started = process_time()
    text = extract(html).text
    assert all(paragraph(n) in text for n in range(8))
    assert process_time() - started < SLOWEST


@pytest.mark.parametrize(
    "build",
    [
        lambda: page("<div>" * 5_000 + PROSE),
        lambda: page("<p>" + "<b>" * 20_000 + "x"),
        lambda: page("<table><tr><td>" * 3_000 + PROSE),
        lambda: page("<i>x</i>" * 200_000),
        lambda: page(PROSE + '<a href="https://example.org/x">a link</a> ' * 10_000),
        lambda: page(PROSE + '<p><a href="https://twitter.com/a/status/12345678901">a link</a></p>' * 5_000),
        lambda: "<html><body><p>" + "<" * 1_000_000,
        lambda: "<html><body><p>" + "&amp;" * 500_000,
        lambda: "<html><body>" + "<<<>>><p " * 5_000,
        lambda: page("<p>" + "1" * 2_000_000),
        lambda: page("<p>" + "word " * 1_000_000),
        lambda: page("<p>" + " " * 3_000_000 + "x"),
        lambda: page(head=LINKED_DATA.format("[" * 100_000)),
        lambda: page(head=LINKED_DATA.format(" " * 200_000 + "x")),
        lambda: page(head=LINKED_DATA.format('{"author": [' + '{"@id": "#a"}, ' * 20_000 + "{}]}")),
        lambda: page(head=f'<meta property="og:title" content="{" - ".join(["example"] * 20_000)}">'),
        lambda: page(head=f'<meta name="author" content="{"a" * 500_000}">'),
        lambda: page(head='<meta name="author" content="Jane Doe">' * 20_000),
    ],
)
def test_pages_built_to_exhaust_end_in_time(build: Callable[[], str]) -> None:
    body = build()
    started = process_time()
    extract_or_refuse(body)
    assert process_time() - started < SLOWEST


WHOLE = page(
    PROSE
    + '<blockquote class="twitter-tweet"><p>Open</p>&mdash; Quay (@quay) <a href="https://twitter.com/quay/status/'
    '1318563000000000000">October 20, 2020</a></blockquote><p>وذكرت قناة العربية أن الرصيف سيفتح.</p>',
    head='<meta property="article:published_time" content="2026-11-22T10:00:00Z">'
    + LINKED_DATA.format('{"@type": "NewsArticle", "headline": "Quay", "author": {"name": "Jane"}}'),
).encode()
NOISE = st.binary(max_size=8) | st.sampled_from(
    [
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"</script>",
        b"&#xD800;",
        b"\\ud800",
        b"\xe2\x80\xa8",
        b"\0",
        b"<table>",
        b"http://[",
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """The whole page with parts of it deleted, doubled or replaced by noise."""
    body = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 80)))
        part = draw(st.sampled_from([b"", body[start:end] * 2]) | NOISE)
        body = body[:start] + part + body[end:]
    return body


@given(mutations())
def test_mutated_pages_are_articles_or_refused(body: bytes) -> None:
    extract_or_refuse(body)
