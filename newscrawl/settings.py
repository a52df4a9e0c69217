"""Every knob, and both orders; read only through ``crawler.settings``.

Scrapy's own settings: https://docs.scrapy.org/en/latest/topics/settings.html. Change one for a single crawl with
``-s NAME=VALUE``.
"""

import os

from newscrawl import __version__, items

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
SPIDER_LOADER_CLASS = "newscrawl.spiderloader.SpiderLoader"
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# The archive

ARCHIVE_DIR = "output"
"""Folder of the archive and its index, relative to the current folder."""
SHARD_RECORDS = 10_000
"""A shard is sealed when it holds so many lines."""
SYNC_RECORDS = 100
SYNC_SECONDS = 5.0
"""What a power cut may cost: at most so many records, of at most so many seconds. A killed process costs nothing."""
OUTLETS_FILE = None
"""A TOML file of outlets of your own, in the format of ``newscrawl/outlets``."""

# The way of an article: pages come in, records go out.

ITEM_PIPELINES = {
    "newscrawl.pipelines.ExtractArticle": 100,  # Page → Article, or a refusal
    "newscrawl.pipelines.Deduplicate": 200,  # links what the archive already holds
    "newscrawl.pipelines.WriteArchive": 300,
}
EXTRACT_WORKERS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Processes that extract pages, one a core; 0 extracts in the crawl's own process, for tests and debugging."""
EXTRACT_TIMEOUT = 60.0
"""Seconds that a page may take before its process is ended."""
EXTRACT_WORKER_PAGES = 5000
"""A process is replaced after so many pages."""
FIND_ANAPHORA = False
"""Whether to find back references as well (*the newspaper added*): attributions of kind ``anaphora``."""
EXTENSIONS = {
    "newscrawl.extensions.RecordCrawl": 0,
    "newscrawl.extensions.ApplyCrawlDelay": 10,
    "newscrawl.extensions.FreezeGarbage": 20,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newscrawl.middlewares.FollowMetaRefresh": 580,  # in its place
}
SPIDER_MIDDLEWARES = {
    # Closest to the spider: whatever a later one drops has been counted.
    "newscrawl.middlewares.AdmitCandidates": 1100,
}

# Politeness

ROBOTSTXT_OBEY = True
USER_AGENT = f"newscrawl/{__version__}"
"""Add an address where you can be reached: ``newscrawl/0.1 (+https://example.org/bot)``."""
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # a second is a second
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 32
CONCURRENT_ITEMS = 4  # Scrapy starts so many tasks for each response, and a page gives one article
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
COOKIES_ENABLED = False

# Bounds

DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = items.MAX_PAGE_BYTES
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5
WARN_ON_GENERATOR_RETURN_VALUE = False  # Scrapy would read the source of each callback when it is first called
URLLENGTH_LIMIT = 0  # what Scrapy drops without a word would have no outcome

# Scrapy's doors for running code from outside stay shut.

REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

TWISTED_DNS_RESOLVER = "newscrawl.resolver.Resolver"

# What a terminal shows

LOG_LEVEL = "WARNING"
LOG_FORMATTER = "newscrawl.logs.LogFormatter"
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
STATS_DUMP = False
