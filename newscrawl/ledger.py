"""Which candidates a crawl has met, and that each of them ends exactly once."""

from collections import Counter
from collections.abc import Mapping

from newscrawl.items import Candidate
from newscrawl.urls import url_key

__all__ = ["Ledger"]


class Ledger:
    """The candidates of one crawl, by address.

    Twins (the AMP, mobile, http or tracked address of one page) wait for the first of them and share its fate.
    """

    def __init__(self) -> None:
        self._known: set[int] = set()  # hashes: a crawl may meet millions of addresses
        self._under_way: dict[str, list[Candidate]] = {}
        self._ended: Counter[str] = Counter()
        self.admitted = 0

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Outcome → number of candidates that ended so."""
        return self._ended

    @property
    def under_way(self) -> list[Candidate]:
        """Candidates without an outcome, in the order of admission, without their twins."""
        return [twins[0] for twins in self._under_way.values()]

    @property
    def adds_up(self) -> bool:
        """Whether every admitted candidate has ended once."""
        return self.admitted == self._ended.total() and not self._under_way

    def admit(self, candidate: Candidate) -> bool:
        """Count a candidate, the first time that its address appears.

        Returns:
            True if it is the first of its twins under way; False if it waits for another, or was counted before.
        """
        if hash(candidate.url) in self._known:
            return False
        self._known.add(hash(candidate.url))
        self.admitted += 1
        twins = self._under_way.setdefault(_key(candidate.url), [])
        twins.append(candidate)
        return len(twins) == 1

    def is_under_way(self, url: str) -> bool:
        """Whether ``url`` was admitted as first of its twins and has no outcome yet."""
        return url in (twins[0].url for twins in [self._under_way.get(_key(url))] if twins)

    def end(self, url: str) -> list[Candidate]:
        """The candidate and its twins, no longer under way; each has to be counted.

        Raises:
            KeyError: ``url`` is not under way.
        """
        if not self.is_under_way(url):
            raise KeyError(url)
        return self._under_way.pop(_key(url))

    def readmit(self, candidates: list[Candidate]) -> None:
        """Put twins that `end` gave back under way again: the first of them is to be fetched now."""
        self._under_way[_key(candidates[0].url)] = candidates

    def count(self, outcome: str) -> None:
        """Count how one candidate ended."""
        self._ended[outcome] += 1


def _key(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return url
