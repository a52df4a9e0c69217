"""Names to addresses."""

from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

__all__ = ["Resolver"]


class Resolver(CachingThreadedResolver):
    """Scrapy's resolver, which also knows names under ``localhost``.

    They are loopback by definition (RFC 6761, section 6.3); systems differ in whether they say so.
    """

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:
        if name == "localhost" or name.endswith(".localhost"):
            return defer.succeed("127.0.0.1")
        return super().getHostByName(name, timeout)
