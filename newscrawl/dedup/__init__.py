"""Each story once: fingerprints, the index of what is archived, and the decision."""

from newscrawl.dedup.decide import Match, find_duplicate
from newscrawl.dedup.fingerprints import fingerprint, identify_article, record_id
from newscrawl.dedup.seen import Seen, SeenRecord, ShardLines, address_key

__all__ = [
    "Match",
    "Seen",
    "SeenRecord",
    "ShardLines",
    "address_key",
    "find_duplicate",
    "fingerprint",
    "identify_article",
    "record_id",
]
