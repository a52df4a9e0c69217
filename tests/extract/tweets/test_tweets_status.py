import pytest

from newscrawl.extract.tweets.status import Status, find_statuses, parse_snowflake, parse_status


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://twitter.com/RTarabic/status/1318450000000000000", Status("1318450000000000000", "RTarabic")),
        ("http://www.twitter.com/a_b/statuses/12?s=20", Status("12", "a_b")),
        ("//mobile.twitter.com/a/status/12/photo/1", Status("12", "a")),
        ("https://x.com/a/status/12#m", Status("12", "a")),
        ("https://x.com/i/web/status/12", Status("12")),
        ("https://twitter.com/i/status/12", Status("12")),
        ("https://twitter.com/statuses/12", Status("12")),
        ("http://twitter.com/#!/a/status/12", Status("12", "a")),
        ("https://twitter.com/A\\_B/status/12”", Status("12", "A_B")),
        ("https://web.archive.org/web/20201020/https://twitter.com/a/status/12", Status("12", "a")),
        ("https://nitter.example.org/a/status/12", Status("12", "a")),
        ("https://vxtwitter.com/a/status/12", Status("12", "a")),
        ("https://fixupx.com/a/status/12", Status("12", "a")),
        ("https://twitter.com/intent/tweet?url=https://twitter.com/a/status/12", None),
        ("https://share.example/?u=https://twitter.com/a/status/12", None),
        ("https://twitter.com/a", None),
        ("https://phoenix.com/a/status/12", None),
        ("https://example.org/system/status/12", None),
    ],
)
def test_parse_status(url: str, status: Status | None) -> None:
    assert parse_status(url) == status


def test_find_statuses_reads_running_text() -> None:
    text = "see https://x.com/a/status/1 and twitter.com/b/status/2, not notx.com/c/status/3"
    assert [(s.handle, s.id) for s in find_statuses(text)] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize(
    ("status_id", "moment"),
    [
        ("1050118621198921728", "2018-10-10T20:19:24.211Z"),
        ("29700859247", None),
        ("9223372036854775808", None),
        (None, None),
    ],
)
def test_parse_snowflake(status_id: str | None, moment: str | None) -> None:
    assert parse_snowflake(status_id) == moment
