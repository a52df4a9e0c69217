"""Find tweets and attributions in records that have a text and nothing else."""

from dataclasses import asdict
from typing import Any

from newscrawl.extract.attributions import find_attributions
from newscrawl.extract.metadata.language import choose_language
from newscrawl.extract.tweets import find_tweets
from newscrawl.outlets import Registry, load_registry
from newscrawl.urls import registrable_domain

__all__ = ["annotate_record"]


def annotate_record(
    record: dict[str, Any], *, registry: Registry | None = None, anaphora: bool = False
) -> dict[str, Any]:
    """Add ``tweets`` and ``attributions`` to a record of any origin.

    Args:
        record: needs ``text``; ``language``, ``outlet`` and ``url`` help if they are there. A record without a text
            comes back as it is.
        anaphora: of `find_attributions`.

    Returns:
        A new record: the same keys, the text untouched, offsets into exactly this text.
    """
    text = record.get("text")
    if not isinstance(text, str):
        return record
    registry = registry or load_registry()
    language = choose_language((_string(record, "language"),), text)
    tweets = find_tweets(text, registry=registry)
    own = _own_outlet(record, registry)
    credits = find_attributions(text, language=language, registry=registry, own=own, anaphora=anaphora)
    return {**record, "tweets": [asdict(t) for t in tweets], "attributions": [asdict(a) for a in credits]}


def _own_outlet(record: dict[str, Any], registry: Registry) -> str | None:
    address = _string(record, "outlet") or _string(record, "canonical_url") or _string(record, "url")
    if not address:
        return None
    outlet = registry.by_domain(address)
    return outlet.domain if outlet else registrable_domain(address) or None


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) else None
