"""The errors that newscrawl raises on purpose; anything else that escapes is a bug."""


class NewscrawlError(Exception):
    """Root of the family; the command line catches it and prints its one line."""


class UsageError(NewscrawlError):
    """A wrong argument, setting or file of the user's; raised before the first request, exit status 2.

    The message names the argument, key or file and says what to do.
    """


class Rejected(NewscrawlError):
    """A page without an article to archive: raised by extraction, counted as ``rejected:<reason>``.

    ``reason`` is a short stable word: ``not-html``, ``empty``, ``too-large``, ``no-article``, ….
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExtractionFailed(NewscrawlError):
    """A page whose extraction came to no end: raised by the workers, counted as ``failed:<reason>``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(NewscrawlError):
    """A feed, sitemap or WARC that isn't one; raised by ``discover``, named in the crawl's summary."""


class ArchiveError(NewscrawlError):
    """An archive that can't be written or read; raised by ``archive``, caught by the pipelines and commands."""
