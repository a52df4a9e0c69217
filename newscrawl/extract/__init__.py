"""HTML or text in, values out: no network, no clock, no files."""

from newscrawl.extract.annotate import annotate_record
from newscrawl.extract.article import extract_article

__all__ = ["annotate_record", "extract_article"]
