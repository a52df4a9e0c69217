"""What newscrawl knows about languages: one TOML file each, discovered by name."""

from newscrawl.languages.languages import CLASSES, Example, Language, available_languages, load_language

__all__ = ["CLASSES", "Example", "Language", "available_languages", "load_language"]
