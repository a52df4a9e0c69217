"""Which language a page is in: what it declares, checked against the script of its text; English by its words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["choose_language"]

_CODE = re.compile(r"\s*([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_SAMPLE = 2000  # characters

# Source: https://www.loc.gov/standards/iso639-2/php/code_list.php and the withdrawn codes of ISO 639-1.
_ISO_639_1 = {
    "afr": "af", "alb": "sq", "sqi": "sq", "amh": "am", "ara": "ar", "arb": "ar", "arz": "ar", "ary": "ar",
    "arq": "ar", "acm": "ar", "apc": "ar", "asm": "as", "aze": "az", "bak": "ba", "bel": "be", "ben": "bn",
    "bos": "bs", "bul": "bg", "bur": "my", "mya": "my", "cat": "ca", "chi": "zh", "zho": "zh", "cmn": "zh",
    "cze": "cs", "ces": "cs", "wel": "cy", "cym": "cy", "dan": "da", "ger": "de", "deu": "de", "gre": "el",
    "ell": "el", "eng": "en", "epo": "eo", "est": "et", "baq": "eu", "eus": "eu", "per": "fa", "fas": "fa",
    "pes": "fa", "prs": "fa", "fin": "fi", "fre": "fr", "fra": "fr", "gle": "ga", "glg": "gl", "guj": "gu",
    "hau": "ha", "heb": "he", "hin": "hi", "hrv": "hr", "scr": "hr", "hun": "hu", "arm": "hy", "hye": "hy",
    "ice": "is", "isl": "is", "ind": "id", "ita": "it", "jpn": "ja", "jav": "jv", "geo": "ka", "kat": "ka",
    "kan": "kn", "kaz": "kk", "khm": "km", "kor": "ko", "kur": "ku", "kmr": "ku", "kir": "ky", "lao": "lo",
    "lat": "la", "lav": "lv", "lit": "lt", "ltz": "lb", "mac": "mk", "mkd": "mk", "mal": "ml", "mar": "mr",
    "may": "ms", "msa": "ms", "mlt": "mt", "mon": "mn", "nep": "ne", "dut": "nl", "nld": "nl", "nor": "no",
    "nob": "nb", "nno": "nn", "ori": "or", "oss": "os", "pan": "pa", "pol": "pl", "por": "pt", "pus": "ps",
    "rum": "ro", "ron": "ro", "rus": "ru", "sin": "si", "slo": "sk", "slk": "sk", "slv": "sl", "snd": "sd",
    "som": "so", "spa": "es", "srp": "sr", "scc": "sr", "swa": "sw", "swe": "sv", "tam": "ta", "tat": "tt",
    "tel": "te", "tgk": "tg", "tgl": "tl", "fil": "tl", "tha": "th", "tuk": "tk", "tur": "tr", "uig": "ug",
    "ukr": "uk", "urd": "ur", "uzb": "uz", "vie": "vi", "yid": "yi", "yor": "yo", "zul": "zu", "iw": "he", "in": "id",
    "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr",
}  # fmt: skip
_UNSHORTENED = ("ckb", "pnb", "yue")  # ISO 639-1 has nothing for them

# Small words, counted as running text writes them: lower case, or before a lower-case word. "The" before a capital
# may be a newspaper's name in any language. Those of neighbours too ("of", "is", "was", "to", "have") tell nothing.
_SMALL_WORD = re.compile(r"\b[a-z]+\b|\b[A-Z][a-z]+(?= [a-z])")
_ENGLISH = frozenset([
    "the", "and", "that", "with", "from", "this", "these", "those", "they", "their", "them", "there", "which", "while",
    "who", "when", "what", "where", "were", "been", "would", "could", "should", "about", "according", "after",
    "before", "has", "his", "are", "it", "its", "you", "your", "our", "into", "because", "how", "other", "said",
    "says", "reported", "reports", "told",
])  # fmt: skip
_NOT_ENGLISH = frozenset([
    "de", "la", "le", "les", "des", "du", "et", "une", "dans", "pour", "que", "qui", "sur", "el", "los", "las", "del",
    "por", "con", "y", "su", "il", "che", "di", "della", "un", "una", "non", "sono", "der", "und", "das", "den", "ist",
    "von", "mit", "zu", "im", "auf", "ve", "bir", "bu", "ile", "da", "yang", "dan", "ini", "untuk", "dengan", "van",
    "het", "een", "zijn", "och", "att", "det", "som", "og", "af", "ikke", "nie", "jest", "ei", "em", "uma", "os",
    "dos", "ao", "na", "za", "je", "se", "si", "este",
])  # fmt: skip
_ENGLISH_SHARE = (
    0.04  # of all words; English texts have 0.1 and more, of German ones with quotations one in a hundred 0.02
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, eq=False)
class _Script:
    letters: re.Pattern[str]
    languages: str
    """Those that news is written in; the first is taken when nothing else is known."""
    telling: tuple[tuple[str, str], ...] = ()
    """(language, letters that the first one does not have)."""


_LATIN = _Script(re.compile(r"[A-Za-z\u00c0-\u024f]"), "")  # too many to tell
_SCRIPTS = (
    _Script(
        re.compile(r"[\u0620-\u064a\u066e-\u06d3]"),
        "ar fa ur ps ckb ku ug sd arz ary az pnb",
        (("ur", "ٹڈڑںے"), ("ckb", "ێۆڕڵ"), ("fa", "پچژگ")),
    ),
    _Script(re.compile(r"[\u05d0-\u05ea]"), "he yi"),
    _Script(
        re.compile(r"[\u0400-\u04ff]"),
        "ru uk be bg mk sr kk ky tg mn tt ba os uz az",
        (("uk", "їєґ"), ("be", "ў"), ("kk", "қңұ"), ("sr", "ђћџ"), ("mk", "ѓќѕ")),
    ),
    _Script(re.compile(r"[\u0370-\u03ff]"), "el"),
    _Script(re.compile(r"[\u0530-\u058f]"), "hy"),
    _Script(re.compile(r"[\u10a0-\u10ff]"), "ka"),
    _Script(re.compile(r"[\u0900-\u097f]"), "hi mr ne"),
    _Script(re.compile(r"[\u0980-\u09ff]"), "bn as"),
    _Script(re.compile(r"[\u0e00-\u0e7f]"), "th"),
    _Script(re.compile(r"[\uac00-\ud7af]"), "ko"),
    _Script(re.compile(r"[\u3040-\u30ff]"), "ja"),
    _Script(re.compile(r"[\u4e00-\u9fff]"), "zh ja yue"),
)


def choose_language(declared: Iterable[str | None], text: str) -> str | None:
    """ISO 639-1 of the first declaration (``ar-SA``, ``en_GB``, ``eng``, …) that the text's script doesn't contradict.

    Without one, the main language of a non-Latin script, or ``en`` for Latin text with as many of the small words of
    English as it needs; None for other Latin text that declares nothing credible.
    """
    sample = text[:_SAMPLE]
    script = _main_script(sample)
    for value in declared:
        code = _normalize_code(value or "")
        if code and _fits(code, script):
            return code
    if script:
        return _main_language(script, sample)
    return "en" if _is_english(sample) else None


def _normalize_code(declared: str) -> str | None:
    match = _CODE.match(declared)
    if not match:
        return None
    code = match[1].lower()
    return _ISO_639_1.get(code) or (code if len(code) == 2 or code in _UNSHORTENED else None)


def _is_english(text: str) -> bool:
    small = [word.lower() for word in _SMALL_WORD.findall(text)]
    english, foreign = (sum(word in known for word in small) for known in (_ENGLISH, _NOT_ENGLISH))
    return english > foreign and english >= _ENGLISH_SHARE * len(_WORD.findall(text))


def _main_script(text: str) -> _Script | None:
    counts: Counter[_Script | None] = Counter()
    for letter, number in Counter(text).items():
        counts[_script_of(letter)] += number
    script = max(_SCRIPTS, key=lambda s: counts[s])
    return script if counts[script] > counts[_LATIN] else None


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> _Script | None:
    return next((script for script in (_LATIN, *_SCRIPTS) if script.letters.match(letter)), None)


def _fits(code: str, script: _Script | None) -> bool:
    if script:
        return code in script.languages.split()
    # Uzbek, Azerbaijani, Serbian, Kurdish are written in Latin letters too.
    return code in ("az", "uz", "sr", "ku", "kk") or not any(code in s.languages.split() for s in _SCRIPTS)


def _main_language(script: _Script, text: str) -> str:
    found = (language for language, letters in script.telling if sum(map(text.count, letters)) * 200 > len(text))
    return next(found, script.languages.split()[0])
