"""Words that tell whether a full stop ends a sentence; case counts."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Before a name: the sentence goes on.
BEFORE_NAME = _words("""
    Gen Sen Sens Rep Reps Gov Govs Mr Mrs Ms Mx Dr Drs Prof Lt Col Maj Capt Cpt Sgt Cpl Pvt Adm Cmdr Brig Hon Rev Fr
    St Ste Pres Amb Sec Dep Asst Messrs Mme Mlle Sr Sra Srta Sres Dra Gral Cnel Supt Insp Det Atty Mt Ft
    vs v cf e.g i.e viz ca approx
""")

#: Before a number: the sentence goes on.
BEFORE_NUMBER = _words("No Nos no nos Nr Art Arts art Fig Figs fig Eq p pp Vol vol Ch ch Chap Par par Sect")

#: Perhaps the last word of a sentence: the next word tells.
MAYBE_LAST = _words("""
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Inc Corp Ltd Co Bros Plc etc al Jr Esq a.m p.m Dept Univ Assn Ave Blvd Rd Bldg Ph.D M.D B.A M.A D.C
""")

#: Words that open sentences, in lower case.
STARTERS = _words("""
    the this that these those it its he his she her they their we our you your but and or yet so
    in on at as by for from with without after before during since until while when where why how what who which
    if although though because however meanwhile moreover furthermore nevertheless nonetheless instead still
    also both some many most several few all another other such there here no not nor never one two three
    last next earlier later today yesterday tomorrow then according asked despite under over among between
    officials experts critics analysts
""")
