"""Find the places in a text where a news outlet is credited.

Each word of a line is looked up as it is written: what class the language's file puts it in, whether the registry has
names that begin with it. Most lines show that they hold no name and are passed over; of the others names and phrases
are read, which leaves a string of one-letter tags, on which the rules are patterns.
"""

from newscrawl.extract.attributions.find import find_attributions

__all__ = ["find_attributions"]
