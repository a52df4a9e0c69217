from time import process_time

import pytest
from lxml.html import HtmlElement

from newscrawl.extract.boilerplate import guess_authors, parse_html
from newscrawl.extract.metadata.bylines import find_bylines, keep_bylines

PROSE = "<p>The harbour master said on Monday that the new quay would open before the storms.</p>"


def parse(inner: str) -> HtmlElement:
    tree = parse_html(f"<html><head><title>Quay</title></head><body class=author-page>{inner}{PROSE}</body></html>")
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ('<a rel="author">Jane  Doe</a><div itemprop="author"><b>John</b><b>Roe</b></div>', ["Jane Doe", "John Roe"]),
        ('<aside><a rel="author">Jane Doe</a></aside><footer><i itemprop="author">John Roe</i></footer>', []),
        ('<a rel="author"></a><a rel="nofollow author">Jane Doe</a>', []),
    ],
)
def test_find_bylines(inner: str, names: list[str]) -> None:
    assert find_bylines(parse(inner)) == names


@pytest.mark.parametrize(
    "byline",
    [
        "<author>Jane Doe</author>",
        '<span class="author">Jane Doe</span>',
        '<h3 id="post-author">Jane Doe</h3>',
        '<div class="authorName"><b>Jane</b> Doe</div>',
        '<p data-testid="AuthorCard">Jane Doe</p>',
        '<p class="byline">By <b class="username">Jane Doe</b></p>',
        '<div class="byl">Jane Doe</div>',
        '<td class="entryByline">Jane Doe</td>',
        '<section data-component="Byline">Jane Doe</section>',
        '<i class="screenname">Jane Doe</i>',
        '<li class="writer">Jane Doe</li>',
        '<div class="posted-by">Jane Doe<time>today</time></div>',
        '<span class="journalist-name">Jane Doe</span>',
        '<span id="zuozhe">Jane Doe</span>',
        '<div class="comments"><span class="author">John Roe</span></div><b class="author">Jane Doe</b>',
        '<div class="author-box"><figure class="author">John Roe</figure><p itemprop="author name">Jane Doe</p></div>',
    ],
)
def test_all_that_guessing_looks_at_is_kept(byline: str) -> None:
    tree = parse(f"<div>{PROSE}<div>{byline}{PROSE}</div></div>")
    assert guess_authors(keep_bylines(tree)) == guess_authors(tree) == ["Jane Doe"]


def test_the_rest_is_not_and_the_page_stays_as_it_is() -> None:
    tree = parse(f'<div>{PROSE}<div id="top"><b>9</b><span class="author">Jane <b>Doe</b></span></div></div>')
    before = tree.text_content()
    kept = keep_bylines(tree)
    assert [e.tag for e in kept.iter()] == ["html", "body", "div", "div", "span", "b"]
    assert tree.text_content() == before
    assert len(keep_bylines(parse(PROSE))) == 0


def test_thousands_of_bylines_are_kept_in_time() -> None:
    tree = parse('<div class="author"><i class="author">x</i>' * 200 + "</div>" * 200 + '<i class="byl">x</i>' * 20_000)
    started = process_time()
    keep_bylines(tree)
    assert process_time() - started < 5
