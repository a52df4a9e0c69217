"""What trafilatura costs on the pages of the benchmarks, text and metadata: the yardstick of the marks.

usage: python benchmarks/reference.py PAGES [--demo]

Prints a JSON array: CPU seconds of each of the first PAGES different pages, after a pass to warm up.
"""

import json
import sys
from time import process_time

from pages import Template, read_templates
from trafilatura import bare_extraction


def measure(template: Template, number: int) -> float:
    """CPU seconds that trafilatura takes for page ``number``."""
    body, url = template.body_of(number), f"http://127.0.0.1{template.path_of(number)}"
    began = process_time()
    bare_extraction(body, url=url, with_metadata=True)
    return process_time() - began


def main(pages: int, *, demo: bool) -> None:
    templates = read_templates(demo=demo)[:pages]
    for _ in ("warm up", "measure"):
        costs = [measure(template, number) for number, template in enumerate(templates)]
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), demo="--demo" in sys.argv[2:])
