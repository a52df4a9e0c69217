"""Names of people out of what pages put into author fields and bylines."""

import re
from collections.abc import Iterable

from newscrawl.extract.metadata.outlet_names import OutletNames
from newscrawl.extract.metadata.words import fold_space

__all__ = ["clean_authors"]

_BY = re.compile(
    r"^\W*(?:(?:written|words|posted|published|story|reporting|report|text)\s+by|by|von|par|por|di|door|av|автор|"
    r"بقلم|كتبت?|إعداد|تقرير|تحرير|نوشته|yazan|haber|作者|文)\b\s*:?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![^\s,;])[^\s,;@]*@[^\s,;]+|https?://\S+")  # e-mail, account, page
_BETWEEN = re.compile(r"\s*[,;/&،、]\s*|\s+(?:and|und|et|y|e|en|och|og|ve|и|و)\s+", re.IGNORECASE)
# "Jane Doe | Daily Post", "Jane Doe - 3 May", "Jane Doe Feb 6", "Jane Doe Published"
_AFTERWARDS = re.compile(
    r"\s*[|•·].*$|\s+[–—-]\s.*$|\s+[^\W\d]{3,9}\.?\s+\d.*$|\s+(?:published|updated|posted)\b.*$", re.IGNORECASE
)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_ROLE = re.compile(
    r"\b(?:contribut\w+|correspondent\w*|editor\w*|report(?:er|ing)\w*|staff|writer\w*|columnist\w*|"
    r"redakt\w+|journalist\w*|freelance\w*|publisher|admin\w*|producer)\b",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a name; longer ones are sentences


def clean_authors(values: Iterable[str], outlet: OutletNames) -> tuple[str, ...]:
    """Split, trim and deduplicate author names; e-mail addresses, accounts, roles and the outlet itself go.

    Args:
        values: author fields as pages hold them, several names in one allowed.
        outlet: the page's outlet, which is no author.

    Returns:
        Names in order of first appearance; empty if nothing but clutter was there.
    """
    names: dict[str, str] = {}
    for name in (name for value in values for name in _split_names(value)):
        if _is_name(name) and name not in outlet:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _split_names(value: str) -> list[str]:
    bare = _BY.sub("", _ADDRESS.sub("", value))
    parts = [fold_space(_AFTERWARDS.sub("", part)) for part in _BETWEEN.split(bare)]
    names = [_BY.sub("", part).strip(" ,:-–—()") for part in parts if part]
    # "Simon Bisson, Contributor, InfoWorld": what follows a role names an employer.
    role = next((n for n, name in enumerate(names) if n and _ROLE.search(name)), len(names))
    return [name for name in names[:role] if not _ROLE.search(name)]


def _is_name(name: str) -> bool:
    clutter = _SLUG.fullmatch(name) or any(c.isdigit() or c in "{}:@" for c in name)
    return 1 < len(name) <= _LONGEST and not clutter and any(map(str.isalpha, name))
