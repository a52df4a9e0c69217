"""One short line per event: Scrapy's own lines would hold whole pages and articles."""

import logging
from typing import Any

from scrapy import logformatter

__all__ = ["LogFormatter"]

logging.getLogger("warcio").setLevel(logging.ERROR)
# The outcome of the page says the same, in a word and without a traceback.
for _name in ("downloadermiddlewares.robotstxt", "downloadermiddlewares.httpcompression", "core.downloader.handlers"):
    logging.getLogger(f"scrapy.{_name}").setLevel(logging.CRITICAL)


class _TellInterrupt(logging.Filter):
    """Who presses Ctrl-C shall see at once that it was heard."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg.startswith("Received %(signame)s"):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


logging.getLogger("scrapy.crawler").addFilter(_TellInterrupt())


class LogFormatter(logformatter.LogFormatter):
    """Names items by their address."""

    def scraped(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        return _line(logging.INFO, "archived %(url)s", item)

    def dropped(self, item: Any, exception: BaseException, *args: Any, **kwargs: Any) -> Any:
        return _line(logging.INFO, "%(reason)s %(url)s", item, reason=exception)

    def item_error(self, item: Any, exception: BaseException, *args: Any, **kwargs: Any) -> Any:
        return _line(logging.ERROR, "%(url)s: %(reason)s", item, reason=exception)


def _line(level: int, message: str, item: Any, **values: object) -> dict[str, Any]:
    return {"level": level, "msg": message, "args": {"url": getattr(item, "url", item), **values}}
