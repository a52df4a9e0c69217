from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.decode import decode_body

ARABIC = "قال مدير الميناء يوم الاثنين إن الرصيف الجديد سيفتح قبل وصول عواصف الشتاء إلى المدينة القديمة. " * 4
RUSSIAN = "Начальник порта сообщил в понедельник, что новый причал откроется до зимних штормов. " * 4
FRENCH = "Le capitaine a déclaré lundi que le nouveau quai ouvrirait avant les tempêtes d'été. " * 4
POLISH = "Kapitan portu powiedział w poniedziałek, że nowe nabrzeże zostanie otwarte przed burzami. " * 4
GERMAN = "Über die größere Brücke hörten Bürger Schönes: Öl wird für müde Fähren überall günstiger. " * 4
TURKISH = "Liman başkanı pazartesi günü yeni iskelenin kış fırtınalarından önce açılacağını söyledi. " * 4
JAPANESE = "港長は月曜日、新しい岸壁が冬の嵐の前に開くと述べた。" * 4


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>t</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "content_type", "declared"),
    [
        (ARABIC, "utf-8", None, None),
        (ARABIC, "utf-8", "text/html; charset=utf-8", "utf-8"),
        (ARABIC, "utf-8", "text/html; charset=iso-8859-1", "windows-1256"),
        (ARABIC, "utf-8-sig", "text/html; charset=windows-1256", None),
        (ARABIC, "windows-1256", "text/html; charset=windows-1256", None),
        (ARABIC, "windows-1256", None, "windows-1256"),
        (ARABIC, "windows-1256", "text/html; charset=utf-8", "utf-8"),
        (ARABIC, "utf-16", None, None),
        (ARABIC, "utf-16", "text/html; charset=utf-8", "utf-8"),
        (ARABIC, "utf-16-le", None, None),
        (ARABIC, "utf-16-be", "text/html; charset=utf-16", None),
        (RUSSIAN, "koi8-r", "text/html; charset=koi8-r", None),
        (RUSSIAN, "windows-1251", None, "windows-1251"),
        (FRENCH, "windows-1252", None, None),
        (FRENCH, "windows-1252", "text/html; charset=utf-8", None),
        (POLISH, "windows-1250", "text/html; charset=utf-8", None),
        (JAPANESE, "shift_jis", None, "shift_jis"),
        (JAPANESE, "iso-2022-jp", None, "iso-2022-jp"),
        (JAPANESE, "euc-jp", "text/html; charset=euc-jp", None),
    ],
)
def test_pages_in_the_encoding_they_declare_and_in_others(
    text: str, encoding: str, content_type: str | None, declared: str | None
) -> None:
    html = page(text, declared)
    assert decode_body(html.encode(encoding), content_type) == html


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "windows-1256"),
        (ARABIC[:60], "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN[:40], "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "euc-jp"),
        (FRENCH, "windows-1252"),
        (GERMAN, "windows-1252"),
        ("Été à Évian : l'élève a été déplacé là où le maïs mûrit.", "windows-1252"),
    ],
)
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1252", "us-ascii"])
@pytest.mark.parametrize("script", ["", "<script>if (a < b) { callSomethingVeryLong(a, b) }</script>" * 20])
def test_no_declaration_or_a_latin_one_by_mistake(text: str, encoding: str, declared: str | None, script: str) -> None:
    html = page(text, declared) + script
    assert decode_body(html.encode(encoding), None) == html
    assert decode_body(html.encode(encoding), "text/html; charset=iso-8859-1") == html


def test_a_declared_latin_alphabet_is_believed() -> None:
    assert decode_body(page(TURKISH).encode("iso-8859-9"), "text/html; charset=iso-8859-9") == page(TURKISH)


def test_markup_that_never_ends_costs_no_time() -> None:
    for part in (b"<", b"<script", b"&a", b"<p>\xe9", b"<script>"):
        started = process_time()
        decode_body(part * (2_000_000 // len(part)) + b"\xe9", None)
        assert process_time() - started < 5


@pytest.mark.parametrize("other", [b"\xc7\xe1\xd1\xd5\xed\xdd", b"\x93quoted\x94", b"\xd8"])
def test_a_part_in_another_encoding_spoils_no_more_than_itself(other: bytes) -> None:
    text = decode_body(page(ARABIC).encode() + b"<p>" + other, None)
    assert text.startswith(page(ARABIC))
    assert "\ufffd" in text


def test_a_page_may_hold_replacement_characters_of_its_own() -> None:
    assert decode_body(page(f"{ARABIC}\ufffd").encode(), "text/html; charset=windows-1256") == page(f"{ARABIC}\ufffd")


def test_nul_is_dropped() -> None:
    assert decode_body(b"<p>a\0b</p>\0", None) == "<p>ab</p>"


@pytest.mark.parametrize(
    "charset",
    ["base64", "rot13", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "utf-16", "cp037", "x-nonsense"],
)
def test_codecs_that_no_browser_knows_are_not_used(charset: str) -> None:
    html = page("Quay +AGE- \\u0041 opens")
    assert decode_body(html.encode(), f"text/html; charset={charset}") == html
    assert decode_body(page(FRENCH, charset).encode("windows-1252"), None) == page(FRENCH, charset)


@pytest.mark.parametrize("body", [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf"])
def test_nothing_to_decode(body: bytes) -> None:
    assert decode_body(body, None) == ""


@given(
    st.binary(max_size=200),
    st.none() | st.text(max_size=20).map("text/html; charset=".__add__),
    st.sampled_from([b"", b"\xff\xfe", b"\x00<", b"<\x00", b'<meta charset="utf-16">', b'<meta charset="idna">']),
)
def test_no_bytes_break_it(body: bytes, content_type: str | None, start: bytes) -> None:
    assert "\0" not in decode_body(start + body, content_type)
