import pytest

from newscrawl.items import Candidate
from newscrawl.ledger import Ledger

STORY, AMP, OTHER = (Candidate(url=f"https://example.org/{path}") for path in ("1", "1/amp", "2"))


def end(ledger: Ledger, candidate: Candidate, outcome: str = "archived") -> None:
    for _ in ledger.end(candidate.url):
        ledger.count(outcome)


def test_each_address_is_admitted_once() -> None:
    ledger = Ledger()
    assert [ledger.admit(c) for c in (STORY, STORY, OTHER)] == [True, False, True]
    end(ledger, STORY)
    assert not ledger.admit(STORY)
    assert ledger.admitted == 2


def test_a_twin_waits_for_the_first_and_shares_its_end() -> None:
    ledger = Ledger()
    assert ledger.admit(STORY)
    assert not ledger.admit(AMP)
    assert ledger.under_way == [STORY]
    assert ledger.end(STORY.url) == [STORY, AMP]
    assert ledger.under_way == []


def test_a_twin_that_comes_after_the_end_goes_its_own_way() -> None:
    ledger = Ledger()
    ledger.admit(STORY)
    end(ledger, STORY)
    assert ledger.admit(AMP)


def test_only_the_first_of_twins_can_end() -> None:
    ledger = Ledger()
    ledger.admit(STORY)
    ledger.admit(AMP)
    assert ledger.is_under_way(STORY.url)
    assert not ledger.is_under_way(AMP.url)
    for url in (AMP.url, OTHER.url):
        with pytest.raises(KeyError):
            ledger.end(url)


def test_it_adds_up_when_each_candidate_has_one_outcome() -> None:
    ledger = Ledger()
    assert ledger.adds_up
    for candidate in (STORY, AMP, OTHER):
        ledger.admit(candidate)
    end(ledger, STORY)
    assert not ledger.adds_up
    end(ledger, OTHER, "failed:timeout")
    assert ledger.adds_up
    assert ledger.outcomes == {"archived": 2, "failed:timeout": 1}
    ledger.count("archived")
    assert not ledger.adds_up


def test_addresses_that_cannot_be_parsed_stand_for_themselves() -> None:
    ledger = Ledger()
    broken = Candidate(url="http://[")
    assert ledger.admit(broken)
    assert ledger.end(broken.url) == [broken]
