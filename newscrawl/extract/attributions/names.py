"""Outlet names in a trie of folded words, and how they may be written in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newscrawl.extract.attributions.tokens import word_tokens
from newscrawl.languages import Language
from newscrawl.outlets.registry import Outlet, Registry
from newscrawl.script import fold

__all__ = ["Name", "Node", "case_fits", "grow_trie", "longer_names", "may_be_small", "names_from", "walk"]

_JOINTS = frozenset("-.'&\"")
"""What may stand between the words of a name."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")

_NAMING = frozenset(["medium", "masthead", "heading", "adjective", "credit", "outsider", "notice"])
"""Classes of words that names are made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling of an outlet's name."""

    outlet: Outlet
    form: str
    """As the registry writes it."""
    core: str
    """The form without an English article that belongs to it."""
    language: str
    ambiguous: bool
    """Whether it is also a common word, at least in texts of this trie's language."""
    article: bool
    """Whether an English article belongs to it."""
    needs_licence: bool
    """Whether only a medium noun or quotation marks tell it from a common word."""


@dataclass(slots=True, eq=False)
class Node:
    """What can follow the words so far, and the names that end here, best first; all forms of a word lead to one."""

    children: dict[str, "Node"] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


def grow_trie(registry: Registry, language: Language | None) -> Node:
    """All names of the registry.

    Where outlets share a name, names of ``language`` come first, then outlets that publish in it, then the one
    best known by this name; the order of the registry decides between the rest.
    """
    root = Node()
    code = language.code if language else None
    spelling = _Spelling(language)
    for outlet in registry:
        for name in spelling.names(outlet):
            _insert(root, name, spelling)
    for node in walk(root):
        if len(node.names) > 1:
            node.names.sort(key=lambda n: (n.language != code, code not in n.outlet.languages, _obscurity(n)))
    return root


def _obscurity(name: Name) -> int:
    """0 for the outlet that is simply called so, 2 for one that the registry calls by its country as well."""
    if fold(name.outlet.name) == fold(name.form):
        return 0
    return 2 if name.outlet.is_told_by_country else 1


class _Spelling:
    """How names are written in a language."""

    def __init__(self, language: Language | None) -> None:
        self._code = language.code if language else None
        self._quotes = language is not None and language.quoted_names
        classes = language.words.items() if language else ()
        self._plain_words = {word for name, words in classes if name not in _NAMING for word in words}
        self._endings: dict[str, list[str]] = {}
        """Ending of a listed name → those that it can have in its place."""
        for form in language.clitics["name_ending"] if language else ():
            ending, _, replaced = form.partition("+")
            self._endings.setdefault(replaced, []).append(ending)

    def names(self, outlet: Outlet) -> Iterator[Name]:
        ambiguous = set(map(fold, outlet.ambiguous))
        # A name that several languages have is one of the text's own, or an English one.
        names = sorted(outlet.names.items(), key=lambda named: (named[0] != self._code, named[0] != "en"))
        for code, forms in [*names, ("", (outlet.domain, *outlet.domains))]:
            yield from (self._name(form, code, outlet, is_ambiguous=fold(form) in ambiguous) for form in forms)

    def _name(self, form: str, code: str, outlet: Outlet, *, is_ambiguous: bool) -> Name:
        is_acronym_here = form.isupper() and outlet.languages[:1] == (self._code,)
        weak = (is_ambiguous and not is_acronym_here) or _is_weak(form, foreign=code != self._code)
        needs_marks = weak and (self._is_foreign(form, code, outlet) or (self._quotes and not form.isascii()))
        article = form[:4].lower() == "the "
        return Name(
            outlet=outlet,
            form=form,
            core=form[4:] if article else form,
            language=code,
            ambiguous=weak,
            article=article,
            needs_licence=needs_marks or fold(form) in self._plain_words,
        )

    def _is_foreign(self, form: str, code: str, outlet: Outlet) -> bool:
        """Whether the text's language has not this name, or it is an acronym of an outlet that others read."""
        if self._code is None:
            return False
        if form.isupper() and len(form) < 4 and self._code not in outlet.languages:
            return True
        return code not in (self._code, "en", "")

    def forms(self, word: str, name: Name) -> Iterator[str]:
        """Forms of a word of the name besides itself; an acronym of two letters has none."""
        if not self._endings or len(word) < 3 or name.language not in (self._code, "en"):
            return
        for replaced, endings in self._endings.items():
            if word.endswith(replaced) and word.isascii() == endings[0].isascii():
                stem = word.removesuffix(replaced)
                yield from (stem + ending for ending in endings)


def _is_weak(form: str, *, foreign: bool) -> bool:
    """Loose letters in a script without case, or a lone word that another language of the script may know."""
    if form.lower() != form.upper():
        return False
    words = word_tokens(form)
    letters = [word for word in words if len(word) == 1]
    if len(letters) == len(words) and " " not in form and "." not in form and len(words) > 1:
        return foreign and len(words) < 3  # a script without spaces
    return len(letters) == len(words) or (foreign and len(words) == 1)


def _insert(root: Node, name: Name, spelling: _Spelling) -> None:
    words = word_tokens(name.core)
    node = root
    for word in words:
        child = node.children.setdefault(word, Node())
        for form in spelling.forms(word, name):
            node.children.setdefault(form, child)
        node = child
    if words and all(known.outlet is not name.outlet or known.form != name.form for known in node.names):
        node.names.append(name)


def walk(root: Node) -> Iterator[Node]:
    """``root`` and all nodes below it."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(dict.fromkeys(node.children.values()))


def longer_names(node: Node) -> Iterator[Name]:
    """All names that go on behind ``node``."""
    return (name for child in node.children.values() for below in walk(child) for name in below.names)


def names_from(node: Node, behind: Sequence[str], *, skip: frozenset[str]) -> Iterator[tuple[int, list[Name]]]:
    """Names whose first word led to ``node``.

    Args:
        behind: the tokens behind that word, as many as a name can have.
        skip: adjectives that may be put inside a name (*state news agency of …*).

    Yields:
        How many tokens the name has, the first included, and the outlets it can be.
    """
    places = [(node, 0)]
    while places:
        node, done = places.pop()
        if node.names:
            yield done + 1, node.names
        for at in range(done, min(done + 2, len(behind))):
            if behind[at] in node.children:
                places.append((node.children[behind[at]], at + 1))
            if behind[at] not in _JOINTS and behind[at] not in skip:
                break


def case_fits(form: str, surface: str) -> bool:
    """Whether ``surface`` has the capitals the name needs: ``AP`` but not ``ap``, ``TIME`` for ``Time``.

    A domain may have any, but needs its dots: *hoy es* is not hoy.es.
    """
    if _DOMAIN.fullmatch(form):
        return surface.casefold() == form.casefold()
    if surface.startswith(form) or surface.isupper() or form.lower() == form.upper():
        return True
    return not form.isupper() and _initials(form) == _initials(surface)


def may_be_small(name: Name) -> bool:
    """Whether the first word of a longer name may be written with a small letter."""
    word = _WORD.match(name.core)
    return name.core[0].islower() or (not name.core.isupper() and (word is None or word[0].lower() == "the"))


def _initials(name: str) -> list[bool]:
    words = _WORD.findall(name) or [name]
    return [word[0].isupper() for word in words if word.lower() != "the"]
