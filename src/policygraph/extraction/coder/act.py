"""An act as the coder reads it, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.frames import Frame
from policygraph.vocabulary import EventType, Modality, ModalityDetail


@dataclass(slots=True)
class Act:
    """An act as read from one clause or noun phrase.

    `base` is the type of the act itself and `event` what the wording makes of it now (a
    refused visit: CONSULT, REJECT). `tier` ranks acts of a sentence: 0 the main clause.
    """

    event: EventType
    base: EventType
    mode: str | None
    frame: Frame
    clause: Clause | None
    trigger: tuple[int, int]
    source: list[NounPhrase] = field(default_factory=list)
    target: list[NounPhrase] = field(default_factory=list)
    spare: list[NounPhrase] = field(default_factory=list)
    reciprocal: bool = False
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    detail: ModalityDetail | None = None
    contexts: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    nominal: bool = False
    tier: int = 0
    weight: int = 0
    speaker: list[NounPhrase] = field(default_factory=list)
    speech: Clause | None = None
    guessed: bool = False
    refused: bool = False
    raised: bool = False
    #: Named by a noun beside a verb that takes it as done, so that it may have been told before.
    retold: bool = False
    #: Told in a document that names countries, so that its people act in public affairs.
    public: bool = False
    #: Told of the one who suffers it, right beside the verb: "the envoy was accused".
    suffered: bool = False
    #: Told by its name alone, whoever did it: "talks begin", "the border was reopened".
    alone: bool = False
