"""Print the schema: ``python -m newscrawl.schema > newscrawl/schema/article-v1.json``."""

import json

from newscrawl.schema import build_schema

print(json.dumps(build_schema(), indent=2, ensure_ascii=False))
