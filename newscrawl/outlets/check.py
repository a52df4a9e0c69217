"""What is wrong with a registry, as far as it can be told without asking anybody."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newscrawl.outlets.registry import Outlet, name_key
from newscrawl.urls import host_of, registrable_domain

__all__ = ["Finding", "check_outlets", "is_at_home"]

_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
XK
"""
"""ISO 3166-1 alpha-2, and Kosovo's code, which ISO leaves to users."""
_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
"""ISO 639-1."""
_CODES = {"country": frozenset(_COUNTRIES.split()), "language": frozenset(_LANGUAGES.split())}
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_FEED_HOSTS = ("feedburner.com", "feedblitz.com", "feedpress.me", "rss.app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about one outlet that can't be right."""

    outlet: str
    """Its domain."""
    key: str
    """Of its entry."""
    message: str

    def __str__(self) -> str:
        return f"{self.outlet}: {self.key}: {self.message}"


def check_outlets(outlets: Iterable[Outlet]) -> Iterator[Finding]:
    """All findings: those of single outlets, then what several claim.

    Domains (aliases included), handles in any case and Wikidata ids belong to one outlet each. Names may be shared, as
    *الوطن* is by papers of eight countries, if the outlets that share one in a language can be told apart:

    - no two of them are of one country and medium;
    - at most one, whom the bare name means, has no hint: a usual name with something in brackets (``Al Watan (Oman)``),
      or a name in that language that is its own (*الوطن العمانية*).
    """
    known = list(outlets)
    for outlet in known:
        for check in _CHECKS:
            yield from check(outlet)
    yield from _find_repeated(known, "domains", lambda outlet: (outlet.domain, *outlet.domains))
    yield from _find_repeated(known, "handles", lambda outlet: outlet.handles)
    yield from _find_repeated(known, "wikidata", lambda outlet: filter(None, [outlet.wikidata]))
    yield from _find_confusable(known)


def is_at_home(outlet: Outlet, url: str) -> bool:
    """Whether an address lies on a domain of the outlet, or of a service that many leave their feeds to."""
    host = f".{host_of(url)}"
    return any(host.endswith(f".{domain}") for domain in (outlet.domain, *outlet.domains, *_FEED_HOSTS))


def _check_domains(outlet: Outlet) -> Iterator[Finding]:
    for domain in (outlet.domain, *outlet.domains):
        if (registrable := registrable_domain(domain)) != domain:
            yield _find(outlet, "domains", f"{domain!r} is a part of {registrable}")


def _check_codes(outlet: Outlet) -> Iterator[Finding]:
    if outlet.country is not None and outlet.country not in _CODES["country"]:
        yield _find(outlet, "country", f"{outlet.country!r} is no code of ISO 3166-1")
    for key, codes in (("languages", outlet.languages), ("names", outlet.names)):
        for code in codes:
            if code not in _CODES["language"]:
                yield _find(outlet, key, f"{code!r} is no code of ISO 639-1")


def _check_names(outlet: Outlet) -> Iterator[Finding]:
    forms = {form: language for language, forms in outlet.names.items() for form in forms}
    for form, language in forms.items():
        if form != form.strip() or not name_key(form):
            yield _find(outlet, f"names.{language}", f"{form!r} is blank or has space around it")


def _check_accounts(outlet: Outlet) -> Iterator[Finding]:
    for handle in outlet.handles:
        if not _HANDLE.fullmatch(handle):
            yield _find(outlet, "handles", f"{handle!r} is not 1 to 15 of A-Z, 0-9 and _")
    if outlet.wikidata is not None and not _WIKIDATA.fullmatch(outlet.wikidata):
        yield _find(outlet, "wikidata", f"{outlet.wikidata!r} is no id such as Q130879")


def _check_places(outlet: Outlet) -> Iterator[Finding]:
    for key, url in outlet.places:
        if not is_at_home(outlet, url):
            yield _find(outlet, key, f"{url} is on no domain of the outlet")


_CHECKS = (_check_domains, _check_codes, _check_names, _check_accounts, _check_places)


def _find_repeated(outlets: list[Outlet], key: str, read: Callable[[Outlet], Iterable[str]]) -> Iterator[Finding]:
    owners: dict[str, Outlet] = {}
    for outlet in outlets:
        for value in read(outlet):
            if owner := owners.get(value.casefold()):
                yield _find(outlet, key, f"{value!r} belongs to {owner.domain} already")
            owners.setdefault(value.casefold(), outlet)


def _find_confusable(outlets: list[Outlet]) -> Iterator[Finding]:
    claims = _group_by_name(outlets)
    own = {(language, sharers[0].domain) for (language, _), sharers in claims.items() if len(sharers) == 1}
    for (language, key), sharers in claims.items():
        bare = [o for o in sharers if not o.is_told_by_country and (language, o.domain) not in own]
        rivals = {o.domain: (o, other) for o, other in [*_find_twins(sharers), *((o, bare[0]) for o in bare[1:])]}
        for outlet, other in rivals.values():
            form = next(form for form in outlet.names[language] if name_key(form) == key)
            yield _find(outlet, f"names.{language}", f"{form!r} may as well be {other.domain}: no hint tells which")


def _group_by_name(outlets: list[Outlet]) -> dict[tuple[str, str], list[Outlet]]:
    """Language and key of a name → the outlets that are called so, each once."""
    claims: dict[tuple[str, str], list[Outlet]] = {}
    for outlet in outlets:
        for claim in {(language, name_key(form)): 0 for language, forms in outlet.names.items() for form in forms}:
            claims.setdefault(claim, []).append(outlet)
    return claims


def _find_twins(sharers: list[Outlet]) -> Iterator[tuple[Outlet, Outlet]]:
    first: dict[tuple[str | None, str], Outlet] = {}
    for outlet in sharers:
        other = first.setdefault((outlet.country, outlet.medium), outlet)
        if other is not outlet:
            yield outlet, other


def _find(outlet: Outlet, key: str, message: str) -> Finding:
    return Finding(outlet=outlet.domain, key=key, message=message)
