"""The letters that stand for words in a line of tags (the rest of them: `lines`), and what else a word can be."""

__all__ = [
    "FIRST",
    "LAST",
    "NAME",
    "NOUNS",
    "PHRASE",
    "PHRASE_SECOND",
    "QUOTING",
    "SECOND",
    "TAGS",
    "VARIABLE",
]

TAGS = {
    "quoting": "R",
    "according": "A",
    "behind": "Q",
    "credit": "C",
    "say": "S",
    "tell": "T",
    "learn": "K",
    "witness": "W",
    "publish": "P",
    "finding": "F",
    "document": "D",
    "journalist": "J",
    "medium": "M",
    "masthead": "H",
    "adjective": "a",
    "filler": "v",
    "determiner": "d",
    "by": "b",
    "to": "l",
    "with": "w",
    "from": "f",
    "in": "i",
    "on": "o",
    "relative": "r",
    "self": "z",
    "negation": "g",
    "conjunction": "c",
    "contribute": "B",
    "outsider": "y",
    "notice": "I",
    "role": "e",
}
"""Word class → the letter for its words in a tag string; a word of several classes is of the first."""

NOUNS = frozenset("MmH")
"""Tags of the nouns that tell a name which nobody has listed."""

NAME, LAST, FIRST, SECOND, PHRASE, PHRASE_SECOND, VARIABLE, QUOTING = (1 << bit for bit in range(8))
"""Roles, which a word can have besides its tag, as bits: a listed name; the last word of one; the first and the second
word of a longer one, or of a phrase for a medium; the first and the second of any phrase; a word that has clitics or
is not always of its class; the first of a phrase of class ``quoting``."""
