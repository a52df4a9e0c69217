"""Marks of posts in a page's bytes: a page without any is neither searched nor walked through."""

from ahocorasick_rs import BytesAhoCorasick, MatchKind

__all__ = ["ADDRESS", "CALL", "ENCODED", "ENCODED_ADDRESSES", "EVERY_MARK", "FRAME", "ID", "find_marks"]

ADDRESS = "address"
"""The address of a post, in whatever way its slashes are written."""
CALL = "call"
"""A script's call that shows a post."""
ENCODED = "encoded"
"""The address of a post in base64."""
FRAME = "frame"
"""The address of a frame that shows a post."""
ID = "id"
"""A name of elements or attributes that tell a post's id."""

EVERY_MARK = frozenset((ADDRESS, CALL, ENCODED, FRAME, ID))

ENCODED_ADDRESSES = ("L3N0YXR1c", "9zdGF0dX", "vc3RhdHVz")
"""How ``/status`` reads in base64, for each of the three places that it may have in a group of three bytes."""

# A mark begins where its letters are rare in pages: on the first three hinges how fast the search is.
_VALUE = b'"tweet"'  # of an attribute: "=" stands before it
_ADDRESSES = (b"/status", b"2Fstatus", b"2fstatus", b"2F;status", b"2f;status", b"47;status")
_CALLS = (b"teTweet",)  # createTweet
_FRAMES = (b"twitter.com/embed", b"x.com/embed", b"twitter.com\\/embed")
_IDS = (
    b"tweet-id", b"tweetid", b"tweetId", b"tweetID", b"tweet_id", b"bed-id", b"-tweet=", b"twitter-id", b"-status-id",
    b"<tweet", b"tweet-embed", b"bed-tweet", b"twitter-embed", b"bed-twitter", b"w-twitter", b"dTwitter",
    _VALUE, b' tweet"', b"-tweet status",
)  # fmt: skip
_KINDS = (
    dict.fromkeys(_ADDRESSES, ADDRESS)
    | dict.fromkeys(_CALLS, CALL)
    | dict.fromkeys((encoded.encode() for encoded in ENCODED_ADDRESSES), ENCODED)
    | dict.fromkeys(_FRAMES, FRAME)
    | dict.fromkeys(_IDS, ID)
)
_MARKS = BytesAhoCorasick(list(_KINDS), matchkind=MatchKind.LeftmostFirst)  # the one kind of match that uses SIMD
_NAMES, _KIND_OF = tuple(_KINDS), tuple(_KINDS.values())


def find_marks(body: bytes) -> frozenset[str]:
    """The kinds of marks in a page, by its bytes in any encoding; without any it is not worth walking through.

    Raises:
        Nothing.
    """
    if b"\0" in body:  # UTF-16
        body = body.replace(b"\0", b"")
    found = _MARKS.find_matches_as_indexes(body)
    return frozenset(_KIND_OF[n] for n, start, _ in found if _NAMES[n] != _VALUE or body[start - 1 : start] == b"=")
