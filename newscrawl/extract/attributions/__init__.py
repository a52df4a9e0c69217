"""Find the places in a text where a news outlet is credited.

The text is folded, its words are classed by the language's file and its outlet names by the registry; what
remains of a line is a string of one-letter tags, on which the rules are patterns. Lines without a name or a
medium noun are passed over.
"""

from newscrawl.extract.attributions.find import find_attributions

__all__ = ["find_attributions"]
