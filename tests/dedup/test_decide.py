from collections.abc import Callable

import pytest

from newscrawl.archive import as_dict
from newscrawl.dedup import Seen, find_duplicate
from newscrawl.items import Article, Duplicate

Build = Callable[..., Article]
EARLIER, NOW = "20261121T115602Z", "20261122T115602Z"
NEW_TEXT = "The story is told anew and at greater length. " * 9


def learn(seen: Seen, article: Article) -> None:
    shard = f"urls/{article.provenance.crawl}/articles-00001"
    seen.learn(shard, [as_dict(article)], start=seen.learned(shard))


def decide(seen: Seen, article: Article) -> str | None:
    match = find_duplicate(article, seen)
    return match.kind if match else None


def test_a_new_article(seen: Seen, build_article: Build) -> None:
    learn(seen, build_article(1, crawl=EARLIER))
    assert find_duplicate(build_article(2), seen) is None


@pytest.mark.parametrize("text", [NEW_TEXT, None])
def test_the_same_page_twice_in_a_crawl(seen: Seen, build_article: Build, text: str | None) -> None:
    first = build_article(1)
    learn(seen, first)
    twin = build_article(1, url="https://m.example.org/1?utm_source=x", text=text or first.text)
    match = find_duplicate(twin, seen)
    assert match
    assert (match.kind, match.record.id, match.similarity) == ("url", first.id, 1.0)


def test_stories_that_name_one_canonical_address_are_all_new(seen: Seen, build_article: Build) -> None:
    wrong = "https://example.org/story.php"
    learn(seen, build_article(1, canonical_url=wrong))
    assert decide(seen, build_article(2, canonical_url=wrong)) is None


def test_the_same_text_under_its_canonical_address_is_a_twin(seen: Seen, build_article: Build) -> None:
    first = build_article(1, crawl=EARLIER)
    learn(seen, first)
    assert decide(seen, build_article(2, canonical_url=first.canonical_url, text=first.text)) == "url"


def test_a_page_that_did_not_change(seen: Seen, build_article: Build) -> None:
    learn(seen, build_article(1, crawl=EARLIER))
    assert decide(seen, build_article(1)) == "unchanged"


def test_a_page_that_changed_is_archived_again_once(seen: Seen, build_article: Build) -> None:
    learn(seen, build_article(1, crawl=EARLIER, fetched_at="2026-11-21T12:00:00Z"))
    revision = build_article(1, text=NEW_TEXT)
    assert decide(seen, revision) is None
    learn(seen, revision)
    assert decide(seen, revision) == "url"


def test_a_page_that_changed_back_has_the_id_of_its_first_record(seen: Seen, build_article: Build) -> None:
    first = build_article(1, crawl="20261120T115602Z", fetched_at="2026-11-20T12:00:00Z")
    learn(seen, first)
    learn(seen, build_article(1, crawl=EARLIER, text=NEW_TEXT, fetched_at="2026-11-21T12:00:00Z"))
    again = build_article(1)
    match = find_duplicate(again, seen)
    assert match
    assert (match.kind, match.record.id) == ("exact", first.id)
    assert again.id == first.id


@pytest.mark.parametrize("crawl", [EARLIER, NOW])
def test_another_address_with_the_same_text(seen: Seen, build_article: Build, crawl: str) -> None:
    first = build_article(1, crawl=crawl)
    learn(seen, first)
    copy = build_article(2, text=first.text.upper(), title="Another headline", outlet="copy.example")
    match = find_duplicate(copy, seen)
    assert match
    assert (match.kind, match.record.id) == ("exact", first.id)


def test_a_copy_that_did_not_change_since_the_earlier_crawl(seen: Seen, build_article: Build) -> None:
    first = build_article(1, crawl=EARLIER)
    learn(seen, first)
    copy = build_article(2, text=first.text)
    link = Duplicate(url=copy.url, duplicate_of=str(first.id), kind="exact", similarity=1.0)
    seen.learn(f"urls/{EARLIER}/duplicates-00001", [as_dict(link)], start=0)
    assert decide(seen, copy) == "unchanged"
    assert decide(seen, build_article(2, text=NEW_TEXT)) is None


def test_a_line_under_every_video_is_not_one_story(seen: Seen, build_article: Build) -> None:
    line = "Watch the full report on our channel."
    learn(seen, build_article(1, text=line, title="Floods in the north"))
    assert decide(seen, build_article(2, text=line, title="A bridge opens")) is None
    assert decide(seen, build_article(3, text=line, title="Floods in the North")) == "exact"


def test_a_page_that_got_another_canonical_address(seen: Seen, build_article: Build) -> None:
    learn(seen, build_article(1, crawl=EARLIER))
    assert decide(seen, build_article(1, canonical_url="https://example.org/new-slug")) == "unchanged"
