"""What the search for tweets costs: on pages without one, and as a part of the extraction of pages with some.

usage: python benchmarks/tweets.py [--rounds 3]

Pages are the labelled ones of ../shared/eval; it says so and exits with 2 where they are not there. Times are CPU
times; that of parsing is there to compare machines by.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from statistics import median

from pages import EVAL, read_labelled, read_rounds
from steps import watched_steps

from newscrawl.errors import Rejected
from newscrawl.extract import extract_article
from newscrawl.items import Page

STEPS = ("find_marks", "take_tweets", "settle_tweets")
YARDSTICK = "parse_html"
MOST_MS = 0.3
MOST_SHARE = 0.05


def main() -> int:
    rounds = read_rounds(__doc__ or "", needs=EVAL)
    labelled = list(read_labelled(EVAL / "tweets" / "pages.jsonl", EVAL / "tweets" / "pages"))
    plain = list(read_labelled(EVAL / "pages" / "labels.jsonl", EVAL / "pages"))
    without = [page for page in plain if not holds_tweets(page)]
    measure(labelled)
    print(
        f"{'CPU time of':28}{'pages':>6}"
        + "".join(f"{step:>16}" for step in (YARDSTICK, *STEPS))
        + f"{'the last three':>24}"
    )
    print(show_cost(without, rounds))
    print(show_share(labelled, rounds))
    return 0


def holds_tweets(page: Page) -> bool:
    with suppress(Rejected):
        return bool(extract_article(page).tweets)
    return False


def show_cost(pages: Sequence[Page], rounds: int) -> str:
    """Milliseconds a page."""
    runs = [{name: seconds * 1000 / len(pages) for name, seconds in measure(pages).items()} for _ in range(rounds)]
    return f"{'without tweets, ms a page':28}{len(pages):>6}{show(runs, 3)}   (mark: < {MOST_MS})"


def show_share(pages: Sequence[Page], rounds: int) -> str:
    """Parts of the whole extraction."""
    totals = [measure(pages) for _ in range(rounds)]
    runs = [{name: seconds / sum(total.values()) for name, seconds in total.items()} for total in totals]
    return f"{'labelled, of the extraction':28}{len(pages):>6}{show(runs, 4)}   (mark: < {MOST_SHARE})"


def show(runs: Sequence[dict[str, float]], places: int) -> str:
    steps = "".join(f"{median(run[step] for run in runs):16.{places}f}" for step in (YARDSTICK, *STEPS))
    sums = [sum(run[step] for step in STEPS) for run in runs]
    return f"{steps}{median(sums):12.{places}f} ({min(sums):.{places}f}–{max(sums):.{places}f})"


def measure(pages: Sequence[Page]) -> dict[str, float]:
    """Own CPU seconds of each step of the extraction."""
    with watched_steps() as stopwatch:
        for page in pages:
            with suppress(Rejected):
                extract_article(page)
    return dict(stopwatch.seconds)


if __name__ == "__main__":
    sys.exit(main())
