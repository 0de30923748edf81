"""Classes of verbs that tell who does what the verb behind them says."""

from __future__ import annotations

OBJECT_CONTROL = frozenset(
    (
        "urge ask order force allow tell instruct invite permit press pressure push call advise encourage "
        "compel oblige require "
        "authorise authorize direct enable help want warn persuade convince implore beg exhort remind command "
        "cause lead prompt "
        "get challenge request beseech demand expect appeal forbid let make entreat bar pressurise pressurize "
        "appoint choose "
        "summon task lobby enjoin counsel entitle mandate push bid"
    ).split()
)
WITH_THAT = frozenset(
    (
        "say tell report announce add claim believe think declare warn confirm hope state note acknowledge explain "
        "reveal insist argue stress write disclose indicate suggest predict fear know see understand agree "
        "hint admit deny "
        "charge allege maintain contend assert vow pledge promise swear expect feel quote testify recall estimate "
        "demand propose recommend guess suppose concede decide repeat reiterate emphasise emphasize imply "
        "caution remark comment complain lament observe boast reply respond answer retort plead rage fume thunder "
        "quip joke muse recount relate protest threaten promise forecast affirm proclaim counter"
    ).split()
)
#: Verbs whose object is the one who does what a gerund behind it says ("accuse Chad of arming rebels").
OBJECT_ACTS = frozenset(
    (
        "accuse suspect blame stop prevent bar charge convict dissuade discourage deter ban prohibit "
        "criticise criticize condemn denounce praise commend thank fault arrest prosecute try jail "
        "sentence detain persuade "
    ).split()
)
#: Verbs without an object, so that what follows "has apologised and paid" belongs to the second.
INTRANSITIVE = frozenset(
    "apologise apologize protest retaliate agree surrender intervene resign retreat respond comply relent yield "
    "mobilise mobilize".split()
)
