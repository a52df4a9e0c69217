"""The shapes of attributions: patterns over the tags of a line (see `lines` for the letters), and their pieces.

A pattern reads ``<names>`` for one or several names in a row, ``<subject>`` for those that act, ``<slot>`` for what may
stand between a cue and them (article, adjectives, medium noun, quotation mark) and ``<after>`` for what may stand
behind them. ``(?P<cue>…)`` marks the words reported as the cue.
"""

from newscrawl.extract.attributions.tags import TAGS

__all__ = [
    "AFTER",
    "BEFORE_NOUN",
    "COMMON",
    "CREDITS",
    "DATELINES",
    "JOIN",
    "ORDERS",
    "PLAIN_DATELINES",
    "SLOT",
    "STRENGTHS",
    "SUBJECT",
    "TEMPLATE_WORDS",
]

Shape = tuple[float, str, str]
"""Confidence, strength, pattern."""

JOIN = r"""["'()]{0,2}[sl]?(?:,?c|[,/&\-])["(]{0,2}l?(?:d'?)?(?:[Mm]a{0,2})?["(]{0,2}"""
SLOT = r"""d?(?:<before>[Mm](?:f?d?[Mm])?a{0,3}[,:]?)?a{0,2}["'(]{0,2}d?"""
BEFORE_NOUN = {True: r"[aXx0H\-']{0,4}", False: r"""a{0,2}["(]?"""}
"""What can stand before a medium noun in a script with capitals and in one without, where any word could be a name."""
AFTER = r"""(?:["')s]{0,3}H?a{0,2}M?["')s]{0,3}|["')]{0,2},[^.,;"]{1,10},)"""
SUBJECT = "".join(rf"""(?<![fe][dafM"']{{{n}}})""" for n in range(4)) + "<names>"
"""Not what somebody of the outlet says: *the editor of the daily Times said*."""
_GAP = r"[^.;]{0,12}?"
STRENGTHS = {
    # Whether the script has capitals; without, a common word is a name only where the cue says so.
    True: {"any": "NUnu", "direct": "NUnu", "strong": "NUn", "sure": "NU"},
    False: {"any": "NUnu", "direct": "NUu", "strong": "NU", "sure": "NU"},
}
"""Which tags of names a rule takes."""

COMMON: tuple[Shape, ...] = (
    # according to N · وفقا لقناة N
    (0.97, "direct", r"(?P<cue>A[il]?)v{0,2}<slot><names>(?!e)"),
    # نقلا عن N · به گزارش N
    (0.90, "any", r"(?P<cue>R)v{0,2}<slot><names>(?!e)"),
    # according to a report in N · حسب تقديرات مراسل N
    (0.93, "strong", r"(?P<cue>[AR][il]?d?[axX0]{0,3}[DFJPS]a{0,2}[bfiwol]?)<slot><names>"),
    # told N
    (0.96, "strong", r"(?P<cue>T)<slot><names>"),
    # interview with N, statement to N, footage from N · تصريح لـN
    (0.94, "strong", r"(?P<cue>[DFC]v{0,2}a{0,2}v?[wlb])<slot><names>"),
    (0.93, "strong", r"(?P<cue>[DFC]v{0,2}[fi])<slot><names>"),
    # obtained by N, wrote in N, said to N, wrote in a letter to N
    (0.93, "strong", r"(?P<cue>[PSK]v{0,3}b)<slot><names>"),
    (0.92, "strong", r"(?P<cue>[SP][vo]{0,3}(?:X[X.\-']{0,4})?i)<slot><names>"),
    (0.90, "strong", r"(?P<cue>[SP]v?[xDF]{0,2}[lw])<slot><names>"),
    # a statement given to N; an appearance on N
    (0.90, "sure", r"(?P<cue>Dv?[xP]?l)<slot><names>"),
    (0.85, "sure", r"(?P<cue>Dv{0,2}o)<slot><names>"),
    # said Sunday on N; said Ann Lee, the dean, to N.
    (0.85, "strong", r"(?P<cue>[ST]v{0,3}o)<slot><names>"),
    (0.85, "sure", r"""(?P<cue>S(?:[^.;"]|(?<=X)\.){3,30}?,l)<slot><names>(?=[.,;"]|$)"""),
    (0.85, "sure", r"(?P<cue>[ST](?:[^.;]|(?<=X)\.(?=X)){0,20}o)<slot><names>(?!e)"),
    # a correspondent for N … said · قال مراسل N
    (0.90, "strong", r"(?P<cue>Jf?)<slot><names>(?=[^.;]{0,14}[SWKT])"),
    (0.90, "strong", r"(?P<cue>[SAKWTDF]v{0,2}a{0,2}[lw]?d?[ax]{0,2}Jf?d?)<slot><names>"),
    # N, which said · صحيفة N التي قالت
    (0.88, "sure", r"<names><after>,?r(?P<cue>[SK])(?!r?z)"),
    # In N, Ann Lee writes; In der N schrieb
    (0.85, "sure", r"""(?:^|[."])(?P<cue>i)<slot><names>(?=["']?(?:,|v{0,2}S))"""),
    # according to the services of N
    (0.83, "sure", r"(?P<cue>[AR]d?[ax\-]{1,5}f)d?'?<names>"),
    # N, citing … · رويترز، نقلا عن …
    (0.85, "sure", r"""<names>["')]{0,2},?v{0,2}(?P<cue>R)"""),
    # N: … at the start of a line; From N:
    (0.88, "sure", r"^[\"]?<names>(?P<cue>:)"),
    (0.85, "sure", r"(?P<cue>[fi])d?<names>(?=:)"),
)
_SUBJECT_FIRST: tuple[Shape, ...] = (
    # N on Tuesday also reported; N has learned; but not: N said it, in a statement
    (0.94, "strong", r"<subject><after>[voi]{0,3}(?P<cue>S)(?!r?z)"),
    (0.90, "strong", r"<subject><after>[voi]{0,3}(?P<cue>K)(?!r?z)"),
    # the news agency, N, said
    (0.88, "sure", r"[Mm]a{0,2},<names>,v{0,2}(?P<cue>S)"),
    # …", reported N.
    (0.85, "sure", r"""(?<=[",'])v?(?P<cue>S)<slot><names>(?=[.,;:"]|$)"""),
    # an N journalist saw; N's Jane Doe reports
    (0.88, "sure", r"<names>['s]{0,2}a?(?P<cue>J)[X,]{0,5}(?:[SWK])"),
    (0.90, "sure", r"<names>'s?[aJx]{0,2}(?:X[X\-'.]{0,5}|J)(?:i[Xx\-]{1,3})?,?v{0,2}(?P<cue>[SKT])"),
    # an N poll, an N/Other poll; in an N interview
    (0.85, "strong", r"<names>(?:[/\-]X{1,3})?['s]{0,2}[a0]?(?P<cue>[FC])"),
    (0.85, "sure", r"(?<=[di])<names>a?(?P<cue>D)(?!f)"),
)
_VERB_FIRST: tuple[Shape, ...] = (
    # نقلت عنه قناة N · علمت «N»
    (0.95, "direct", r"(?P<cue>[SK])v{0,3}<slot><names>"),
    # قال فلان لـN: the farther the verb, the surer the name has to be
    (0.93, "strong", r"(?P<cue>[STKP][^.;]{0,9}?l)<slot><names>"),
    (0.88, "sure", r"(?P<cue>[STKP][^.;]{0,25}?(?<!e)l)<slot><names>"),
    # وكانت وكالة N ذكرت · أما صحيفة N، فأشارت
    (0.88, "sure", r"""<subject>[")]{0,2}a{0,3}(?:,?c)?v{0,2}(?P<cue>[SK])"""),
    # وكانت صحيفة N، نشرت
    (0.85, "sure", r"""v<slot><names>[")]{0,2}a{0,3},v{0,2}(?P<cue>[SK])"""),
    # أبلغ مسؤول N
    (0.88, "sure", r"(?P<cue>T[xXJa]{0,4})<slot><names>"),
    # أكد مصدر أمني لمراسل N
    (0.90, "strong", r"(?P<cue>[STKP][^.;]{0,12}?lJ)<slot><names>"),
    # نقل موقع N عن صحيفة N
    (0.85, "sure", r"[SK]v{0,3}<slot>[NU][\"a]{0,3}(?P<cue>f)<slot><names>"),
)
_MARKED = r"""(?:(?<!n)|(?=["']|a?M))"""
"""Behind a name: a common word is one only with an ending of its own, in quotes or with a medium noun."""
_VERB_LAST: tuple[Shape, ...] = (
    # N'a göre · N کے مطابق · N zufolge
    (0.95, "direct", r"<names><after>l?(?P<cue>Q)"),
    # N muhabirinin aldığı bilgiye göre · N'ın Ankara'dan geçtiği habere göre
    (0.93, "strong", rf"<names>{_MARKED}<after>[^.;:NU]{{0,6}}?(?P<cue>[DFJSPK][^.;:NU]{{0,4}}Q)"),
    (0.85, "sure", r"<names><after>[^.;:NUe]{0,12}?(?P<cue>[DFPS][^.;:NU]{0,2}Q)"),
    # N'a konuşan · N'a konuyla ilgili açıklama yapan · N کو بتایا
    (0.93, "strong", rf"<names>{_MARKED}<after>[liwvda0]{{0,3}}(?P<cue>T)"),
    (0.88, "sure", r"<names><after>[lw][xavXF0's]{0,7}(?P<cue>T)"),
    # N'e verdiği röportajda · N'de yayımlanan programda · N'den Ann Lee'nin haberinde
    (0.88, "strong", rf"<names>{_MARKED}<after>[liwv]{{0,2}}[xa]{{0,2}}(?P<cue>[DFP])(?!x?g)"),
    (0.90, "strong", r"""<names>(?="?(?:'|l|a{0,2}M))<after>[liwvdxX0's]{0,6}(?P<cue>r[^.;:NU]{0,6}?D)"""),
    (0.88, "sure", r"<names>'sX{1,3}'?s?[xavr]{0,3}(?P<cue>[DSP])"),
    # N muhabiri … söyledi
    (0.90, "strong", r"<names><after>(?P<cue>J)(?=[^.;]{0,25}[SWKTDQ])"),
    # N دیروز اعلام کرد · N کو بتایا · N به نقل از …
    (0.87, "sure", r"""(?<!e)(?<!e[Ma])<names>["')]{0,2}[vaoi0]{0,5}(?P<cue>S)"""),
    (0.90, "any", r"""<names>["')]{0,2}(?:a?M'?)?l(?P<cue>[ST])"""),
    (0.87, "strong", r"""<names>["')]{0,2}v{0,2}(?P<cue>R)"""),
    # N … bildirdi. · N, … söyledi. · yetkili N'a … söyledi.
    (0.90, "sure", r"""(?<!e)(?<!e[Ma])<names><after>,?[^.;NU]{0,25}?(?P<cue>[SK])(?=[.,;:"r]|$)"""),
    (0.88, "strong", r"""<names>(?:(?<!n)|(?="?a?M))["')]*(?:a{0,2}M)?,[^.;NU]{0,45}?(?P<cue>[STK])(?=[.,;:"]|$)"""),
    (0.88, "sure", r"""<names><after>l,?[^.;NU]{0,40}?(?P<cue>[ST])(?=[.,;:"]|$)"""),
)
ORDERS = {"subject-first": _SUBJECT_FIRST, "verb-first": _VERB_FIRST, "verb-last": _VERB_LAST}
CREDITS: tuple[Shape, ...] = (
    # Source: N; (Photo by Ann Lee/N
    (0.95, "strong", r"(?P<cue>C:)[X.]{0,6}[/,\-]?<slot><names>"),
    (0.95, "strong", r"(?:^|[(|*])(?P<cue>C)(?:[X.]{1,6}[/,\-])?<slot><names>"),
    (0.90, "sure", r"(?P<cue>C):?<slot><names>\.?$"),
    # (Ann Lee/Faraway Gazette via N)
    (0.98, "strong", r"\([^().;]{1,14}(?P<cue>A)<slot><names>\)"),
    # N's Ann Lee contributed to this report
    (0.95, "sure", r"(?P<cue>)<names>(?=['s]{0,2}[^.;]{0,40}B)"),
    # … (N); … . (N, 3.4.2015); (Ann Lee/N); (N/abc)
    (0.85, "strong", r"\((?P<cue>)<names>\)$"),
    (0.90, "strong", r"(?:^|[.\"])\((?P<cue>)<names>(?:[/,CDF][X0x./,aCDF]{0,8}|0[./x][X0x./,a]{0,8})?\)"),
    (0.90, "strong", r"\((?P<cue>)[^()NUn]{1,10}[/,:|]f?d?<names>(?:[/,CDF][X0x./,aCDF]{0,8})?\)"),
    (0.90, "sure", r"\((?P<cue>)<names>[/,][X0x./,aCDF]{1,8}\)"),
    # Ann Lee/N; N/Agency; N/N; | N
    (0.85, "sure", r"(?:[XCxDF]|[/\-|])/(?P<cue>)<names>"),
    (0.80, "sure", r"<names>/(?P<cue>)[Xy]"),
    (0.80, "sure", r"(?=[NU]/[NU])(?P<cue>)<names>"),
    (0.87, "sure", r"[|](?P<cue>)<names>"),
    # " Ann Lee, N behind a quotation
    (0.85, "sure", r"^X[X.\-']{1,5},(?P<cue>)<names>$"),
    (0.80, "sure", r'"(?P<cue>)<names>$'),
    # a line of its own; By Ann Lee, N
    (0.70, "sure", r"""^["(\-]{0,2}(?P<cue>)<names>[")]{0,2}\.?$"""),
    (0.90, "sure", r"^(?P<cue>b)(?:[X,]{2,6}[,/\-|])?<names>$"),
)
DATELINES = (
    "PLACE ( NAMES )",
    "( NAMES )",
    "PLACE - NAMES -",
    "PLACE - NAMES :",
    "PLACE - NAMES END",
    "DATE NAMES END",
    "NAMES - PLACE :",
    "NAMES - PLACE -",
)
PLAIN_DATELINES = ("OPENING ( NAMES ) -", "( NAMES ) -")
"""So plain that they hold on any line: the next report of a round-up."""
TEMPLATE_WORDS = {
    "PLACE": r"(?:[XxaHn][XxaHn.'\-]{0,4}(?:[,/c\-][XxaHn.0'v]{1,5}){0,4}?)",
    "OPENING": r"[^.()\"NU]{1,14}",
    "DATE": r"[^.()\"NU]{1,9}0[^.()\"NU]{0,4}",
    "WORDS": r"[Xxa0]{1,6}",
    "GAP": _GAP,
    "SLOT": "<slot>",
    "AFTER": "<after>",
    "NAMES": "<names>",
    "SURE": "<names>",  # names that are no common words
    "END": "$",
} | TAGS
