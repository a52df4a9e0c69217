import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.errors import UsageError
from newscrawl.extract.attributions import find_attributions
from newscrawl.extract.attributions.names import grow_trie
from newscrawl.extract.attributions.rules import Rule, as_bits, from_template, rules_for
from newscrawl.extract.attributions.sights import Sights
from newscrawl.extract.attributions.tokens import TOKEN, Tokens, split_word
from newscrawl.extract.attributions.words import Vocabulary
from newscrawl.items import Attribution
from newscrawl.languages import available_languages, load_language
from newscrawl.outlets.registry import Outlet, Registry
from newscrawl.script import fold, fold_with_offsets

SHARED = Path(__file__).parents[3] / ".." / "shared" / "eval" / "attributions"

RT = Outlet(
    domain="rt.com",
    name="RT",
    medium="television",
    country="RU",
    languages=("en", "ar"),
    names={"en": ("RT",), "ar": ("روسيا اليوم", "RT")},
)
AL_ARABIYA = Outlet(
    domain="alarabiya.net",
    name="Al Arabiya",
    medium="television",
    country="SA",
    languages=("ar",),
    names={"ar": ("العربية",), "en": ("Al Arabiya",)},
    ambiguous=frozenset({"العربية"}),
)
AFP = Outlet(
    domain="afp.com",
    name="Agence France-Presse",
    medium="agency",
    country="FR",
    languages=("fr", "en", "ar"),
    names={"en": ("Agence France-Presse", "AFP"), "ar": ("فرانس برس", "أ ف ب")},
)
AP = Outlet(
    domain="apnews.com",
    name="Associated Press",
    medium="agency",
    country="US",
    languages=("en",),
    names={"en": ("The Associated Press", "AP"), "ar": ("أسوشيتد برس",)},
)
NYT = Outlet(
    domain="nytimes.com",
    name="The New York Times",
    medium="newspaper",
    country="US",
    languages=("en",),
    names={"en": ("The New York Times",)},
)
TIMES = Outlet(
    domain="thetimes.com",
    name="The Times",
    medium="newspaper",
    country="GB",
    languages=("en",),
    names={"en": ("The Times", "The Sunday Times")},
    ambiguous=frozenset({"The Times"}),
)
TIME = Outlet(
    domain="time.com",
    name="Time",
    medium="magazine",
    country="US",
    languages=("en",),
    names={"en": ("Time",)},
    ambiguous=frozenset({"Time"}),
)
REGISTRY = Registry([RT, AL_ARABIYA, AFP, AP, NYT, TIMES, TIME])


def find(text: str, language: str | None) -> tuple[Attribution, ...]:
    return find_attributions(text, language=language, registry=REGISTRY)


def credits_in(text: str, language: str | None) -> list[tuple[str | None, str]]:
    return [(a.outlet, a.surface) for a in find(text, language)]


def test_the_four_credits_of_the_first_report() -> None:
    path = SHARED / "ar.jsonl"
    if not path.exists():
        pytest.skip("the labelled articles are not here")
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    record = next(r for r in records if r["id"] == "ar-seed")
    found = find_attributions(record["text"], language="ar")
    assert [(a.start, a.end, a.outlet, a.kind) for a in found] == [
        (a["start"], a["end"], a["domain"], a["kind"]) for a in record["attributions"]
    ]
    assert [a.outlet for a in found] == ["rt.com", "rt.com", "rt.com", "alarabiya.net"]


def test_the_same_shapes_in_other_words() -> None:
    text = (
        "شب حريق في مستودع للأخشاب، وظهر الدخان في صور نشرتها روسيا اليوم، نقلا عن الدفاع المدني.\n"
        "وقال المتحدث - وفقًا لقناة (روسيا اليوم) الإخبارية - إن فرق الإطفاء سيطرت على النيران.\n"
        "وأصيب عاملان بجروح، وذكرت ذلك قناة (روسيا اليوم) مساء أمس.\n"
        "ووفقا لموقع العربية، بدأ التحقيق في سبب الحريق بالمنطقة العربية المجاورة."
    )
    found = find(text, "ar")
    assert [a.outlet for a in found] == ["rt.com", "rt.com", "rt.com", "alarabiya.net"]
    assert all(text[a.start : a.end] == a.surface for a in found)
    assert [a.cue for a in found] == ["نشرتها", "وفقًا ل", "ذكرت", "وفقا ل"]
    assert {a.kind for a in found} == {"citation"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ووفقًا لِفرانس بـرس، هدأ القتال.", "ar", [("afp.com", "فرانس بـرس")]),
        ("وقال الوزير لـAFP إن المعبر مغلق.", "ar", [("afp.com", "AFP")]),
        ("تعلم العربية في ستة أشهر، قالت العربية ليلى.", "ar", []),
        ("قال لقناة «العربية» إن الطريق آمن.", "ar", [("alarabiya.net", "العربية")]),
        ("Officials told AFP the road was open.", "en", [("afp.com", "AFP")]),
        ("His ap told him that time reported nothing.", "en", []),
        ("The plane left on time, Time reported.", "en", [("time.com", "Time")]),
        ("The crowd in Times Square cheered, police said.", "en", []),
        ("Agence France-Presse (AFP) reported calm.", "en", [("afp.com", "Agence France-Presse (AFP)")]),
        ("AFP and the AP reported calm.", "en", [("afp.com", "AFP"), ("apnews.com", "AP")]),
        ("The Sunday Times reported calm.", "en", [("thetimes.com", "The Sunday Times")]),
        ("The Times reported calm.", "en", [("thetimes.com", "The Times")]),
        ("The mayor wrote in the Springfield Gazette.", "en", [(None, "Springfield Gazette")]),
        ("Follow us @AFP reported or #AFP said.", "en", []),
    ],
)
def test_names(text: str, language: str, expected: list[tuple[str | None, str]]) -> None:
    assert credits_in(text, language) == expected


@pytest.mark.parametrize("space", ["\n", " "])
def test_a_short_form_is_who_was_named_in_full(space: str) -> None:
    text = f"Agence France-Presse reported a fire.{space}A witness told the Presse it began at noon."
    assert credits_in(text, "en") == [("afp.com", "Agence France-Presse"), ("afp.com", "Presse")]
    text = f"The New York Times reported a fire.{space}A witness told The Times it began at noon."
    assert credits_in(text, "en") == [("nytimes.com", "The New York Times"), ("nytimes.com", "The Times")]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("PARIS (AFP) - The talks went on.", "en", "dateline"),
        ("(AP)\nThe talks went on.", "en", "dateline"),
        ("باريس – أ ف ب: استمرت المحادثات.", "ar", "dateline"),
        ("PARIS (AFP) - Les discussions continuent.", None, "dateline"),
        ("People wait for a bus. (Ann Lee/AFP)", "xx", "credit"),
        ("Source: AFP", "en", "credit"),
        ("AFP said so.", "en", "citation"),
    ],
)
def test_kinds(text: str, language: str | None, kind: str) -> None:
    assert [a.kind for a in find(text, language)] == [kind]


def test_without_a_language_cues_are_unknown() -> None:
    assert credits_in("Officials told AFP the road was open.", None) == []


@pytest.mark.parametrize(
    ("sure", "doubtful"),
    [
        ("Police told AFP so.", "Police told Time so."),
        ("Police told AFP so.", "Police told the Springfield Herald so."),
    ],
)
def test_confidence_falls_with_doubt(sure: str, doubtful: str) -> None:
    (certain,), (less,) = find(sure, "en"), find(doubtful, "en")
    assert 0 < less.confidence < certain.confidence <= 1


LANGUAGES = [*available_languages(), None, "xx"]


@given(st.text(alphabet=st.characters(codec=None)), st.sampled_from(LANGUAGES), st.booleans())
def test_no_text_raises(text: str, language: str | None, anaphora: bool) -> None:
    find_attributions(text, language=language, anaphora=anaphora)


PIECES = (
    "قال|ل|وفقا|قناة|العربية|RT|AFP|The|Times|told|said|\"|«|»|(|)|-|/|,|\n|\u200f|ـ|َ|x|Herald|و|citing|'s"
    '|גל"צ|אירנ״א|סוכנות|新华社|《|》|据|Laut|ORF-|сообщает|THE TIMES'
)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(PIECES.split("|")), max_size=40),
    st.sampled_from(["", " "]),
    st.sampled_from(LANGUAGES),
)
def test_found_spans_are_in_order_and_inside(words: list[str], between: str, language: str | None) -> None:
    text = between.join(words)
    end = 0
    for found in find_attributions(text, language=language, anaphora=True):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.surface
        end = found.end


ODD = 'צ״"\u05b7\u200f2aZé\u0301sß_\'’`"«(.,-–0٣๑²½ـَ\u200cلﻻعฟ日ーＡ \u00a0\u3000…№'
WRITTEN = st.text(st.sampled_from(ODD), max_size=12) | st.text(max_size=8)


@given(WRITTEN)
def test_a_line_has_the_tokens_of_its_words_and_a_word_those_of_its_parts(line: str) -> None:
    tokens = TOKEN.findall(fold(line))
    words = line.split()
    assert [token for word in words for token in TOKEN.findall(fold(word))] == tokens
    assert [token for word in words for part in split_word(word) for token in TOKEN.findall(fold(part))] == tokens


@given(WRITTEN)
def test_tokens_are_looked_up_where_they_stand(line: str) -> None:
    words, folded = line.split(), fold_with_offsets(line)
    matches = list(TOKEN.finditer(folded.text))
    tokens = Tokens(line, words, [TOKEN.findall(fold(word)) for word in words])
    for at, match in enumerate(matches):
        start, end = folded.span(*match.span())
        assert (tokens[at], tokens.start(at), tokens.end(at)) == (match[0], start, end)
        assert tokens.surface(at, at)[1] == line[start:end]
        assert tokens.is_capital(at) == line[start].isupper()
        assert tokens.behind(at, size=3) == [m[0] for m in matches[at + 1 : at + 4]]


@given(WRITTEN, st.sampled_from(["ar", "en", None]))
def test_each_token_has_one_pair(line: str, code: str | None) -> None:
    language = load_language(code) if code else None
    sights = Sights(Vocabulary(language, grow_trie(REGISTRY, language)), language)
    seen = [sights[word] for word in line.split()]
    pairs = "".join(pairs for pairs, _ in seen)
    assert [token for _, tokens in seen for token in tokens] == TOKEN.findall(fold(line))
    assert len(pairs) == 2 * len(TOKEN.findall(fold(line)))
    assert pairs[::2].isascii()
    assert not set(pairs[1::2]) & set(map(chr, range(128)))


RULES = sorted(
    {rule for code in (*available_languages(), None) for rule in rules_for(code)}, key=lambda r: r.pattern.pattern
)
TAGS = ";GINnUuARQCSTKWPFDJMHavdblwfiorzgcByemXx0s*(),.:-/|'&\""


@given(st.sampled_from(RULES), st.text(st.sampled_from(TAGS), max_size=20))
def test_no_rule_holds_without_its_signs(rule: Rule, tags: str) -> None:
    kept = "".join(tag for tag in tags if not as_bits(tag) & rule.signs or as_bits(tag) & rule.names)
    here = as_bits(kept)
    assert (here & rule.names and here & rule.signs) or not list(rule.find(kept))


def test_without_a_language_a_credit_inside_a_line_needs_a_bracket_or_a_stroke() -> None:
    inner = [rule.signs for rule in rules_for(None) if not rule.opening]
    # A, B and b are words, which no text has without a language; names alone are a line of their own.
    assert not any(signs & ~as_bits("(/|CABbNU") for signs in inner)
    above = "x\n" * 3
    assert credits_in(above + "Das Haus steht noch. (Foto: Ann Lee/AFP)", None) == [("afp.com", "AFP")]
    assert credits_in(above + "AFP", None) == [("afp.com", "AFP")]


def test_time_grows_with_the_text_only() -> None:
    assert find("قال " * 20_000 + "x", "ar") == ()
    assert find('"' * 20_000 + " told " * 5_000, "en") == ()
    assert len(find("told AFP " * 5_000, "en")) == 5_000
    assert len(find('قالت صحيفة "س ص" (AFP) ' * 5_000, "ar")) == 10_000
    assert len(find("told(AFP)" * 5_000, "en")) == 5_000
    assert find("日本AFP" * 5_000, "ja") == ()
    assert len(find_attributions("据新华社报道" * 5_000, language="zh")) == 5_000
    assert len(find("THE SPRINGFIELD HERALD SAID AFP SAID " * 2_500, "en")) == 2_500
    references = find_attributions(
        "ذكرت AFP. وأضافت الصحيفة.\n" * 2_500, language="ar", registry=REGISTRY, anaphora=True
    )
    assert len(references) == 2_500


@pytest.mark.parametrize(
    ("text", "language", "references"),
    [
        (
            "Reuters reported the fire.\nThe agency also said that nobody was hurt.",
            "en",
            [("The agency", "reuters.com")],
        ),
        (
            "She spoke to The Guardian, and told the newspaper she would stay.",
            "en",
            [("the newspaper", "theguardian.com")],
        ),
        ("ذكرت صحيفة عكاظ أن الطريق أغلق.\nوأضافت الصحيفة أن العمل مستمر.", "ar", [("الصحيفة", "okaz.com.sa")]),
        ("Reuters reported the fire.\nThe newspaper said that nobody was hurt.", "en", []),
        ("Reuters reported the fire.\nA news agency said that nobody was hurt.", "en", []),
        ("The agency said so before Reuters reported it.", "en", []),
        ("ذكرت رويترز أن الطريق أغلق.\nوأضافت صحيفة أن العمل مستمر.", "ar", []),
    ],
)
def test_back_references_only_when_asked_for(text: str, language: str, references: list[tuple[str, str]]) -> None:
    plain = find_attributions(text, language=language)
    found = find_attributions(text, language=language, anaphora=True)
    assert [a for a in found if a.kind != "anaphora"] == list(plain)
    assert [(a.surface, a.outlet) for a in found if a.kind == "anaphora"] == references
    assert all(text[a.start : a.end] == a.surface for a in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He worked for Air Force Procurement (AFP). AFP reported delays.", []),
        ("The bureau of the AFP said so, and Agence France-Presse (AFP) reported the fire.", ["afp.com"]),
        ("The Dale Valley News Agency (DVNA) reported the fire.", ["Dale Valley News Agency (DVNA)"]),
    ],
)
def test_an_acronym_that_the_text_explains_otherwise_is_no_outlet(text: str, names: list[str]) -> None:
    assert [a.outlet or a.surface for a in find_attributions(text, language="en")] == names


@pytest.mark.parametrize(
    ("text", "language", "outlets"),
    [
        ("According to BBC.com, the road is shut.", "en", ["bbc.com"]),
        ("Laut Spiegel.de bleibt die Straße gesperrt.", "de", ["spiegel.de"]),
        ("Hoy es martes, según dijo.", "es", []),
    ],
)
def test_an_outlet_may_be_called_by_its_domain(text: str, language: str, outlets: list[str]) -> None:
    assert [a.outlet for a in find_attributions(text, language=language)] == outlets


@pytest.mark.parametrize("own", ["bbc.com", "bbc.co.uk", "www.bbc.com"])
def test_the_page_may_be_named_by_any_of_its_addresses(own: str) -> None:
    (found,) = find_attributions("She told the BBC that nobody was hurt.", language="en", own=own)
    assert found.own


def test_a_shape_of_unknown_words_is_refused() -> None:
    with pytest.raises(UsageError, match="no word class 'tel'"):
        from_template("[say|tel] SLOT NAMES")
