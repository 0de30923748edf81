"""Small records to encode, written for the tests."""

from __future__ import annotations

import datetime as dt

from policygraph import iris
from policygraph.records import (
    Attribution,
    Claim,
    DateRef,
    Document,
    Entity,
    Event,
    Extraction,
    Mention,
    MentionKind,
    Participant,
    PlaceRef,
    SourceInfo,
    Span,
)
from policygraph.vocabulary import EntityType, EventType, Modality, ModalityDetail

TEXT = (
    "Minister Ana Prado met envoys of Chile in Quito on 3 May 2024. She plans to visit Lima. "
    "Critics said the Harbour Pact had failed. Prado denied it."
)
ANA, CRITICS = "person/ana-prado", "critics"


def span(words: str, text: str = TEXT) -> Span:
    at = text.index(words)
    return Span(at, at + len(words), words)


def document(text: str = TEXT, name: str = "note.txt", **info: object) -> Document:
    data = text.encode()
    return Document(iris.document_id(data), name, text, iris.sha256(data), SourceInfo(**info), (), ())  # type: ignore[arg-type]


def entities(doc: Document) -> tuple[Entity, ...]:
    pact = f"initiative/{doc.id[:8]}-harbour-pact"
    mention = (Mention(span("Ana Prado"), MentionKind.NAME, "name"),)
    return (
        Entity(ANA, EntityType.PERSON, "Ana Prado", country="ECU", aliases=("Prado",), mentions=mention),
        Entity("place/quito-ecu", EntityType.POPULATED_PLACE, "Quito", country="ECU", known=True),
        Entity("place/lima-per", EntityType.POPULATED_PLACE, "Lima", country="PER", within="country/per"),
        Entity(pact, EntityType.INITIATIVE, "Harbour Pact", concept="initiative-kind/agreement"),
    )


def meeting(doc: Document) -> Event:
    return Event(
        id=f"event/{doc.id[:8]}-talks",
        name="Talks in Quito",
        class_=EntityType.MEETING,
        type=EventType.CONSULT,
        plover=EventType.CONSULT,
        mode="visit",
        contexts=("diplomatic",),
        source=(Participant("Minister Ana Prado", span("Minister Ana Prado"), ANA, "ECU", "GOV"),),
        target=(
            Participant("envoys of Chile", span("envoys of Chile"), None, "CHL", "GOV"),
            Participant("Chile", span("Chile"), "country/chl", "CHL", "GOV"),
        ),
        place=PlaceRef("Quito", span("Quito"), "place/quito-ecu", "ECU"),
        date=DateRef("2024-05-03", dt.date(2024, 5, 3), dt.date(2024, 5, 3), span("3 May 2024")),
        trigger=span("met"),
        evidence=(span("Minister Ana Prado met envoys of Chile in Quito on 3 May 2024."),),
        confidence=0.9,
    )


def claims(doc: Document) -> tuple[Claim, ...]:
    pact = f"initiative/{doc.id[:8]}-harbour-pact"
    failed = span("Critics said the Harbour Pact had failed.")
    return (
        Claim(
            ANA,
            "visits",
            Modality.PLANNED,
            (span("She plans to visit Lima."),),
            object="place/lima-per",
            modality_detail=ModalityDetail.INTENDED,
            surface_subject="She",
            surface_object="Lima",
            confidence=0.8,
            key="visit",
        ),
        Claim(
            pact,
            "addresses",
            Modality.ASSERTED,
            (failed,),
            object="topic/trade",
            object_is_concept=True,
            attribution=Attribution(None, span("Critics"), "said"),
            confidence=0.4,
        ),
        Claim(
            ANA,
            "supports",
            Modality.DENIED,
            (span("Prado denied it."),),
            object=pact,
            attribution=Attribution(ANA, span("Prado denied")),
            condition=("visit",),
        ),
        Claim(ANA, "proposes", Modality.ASSERTED, (failed,), object=pact, confidence=0.7),
    )


def extraction(text: str = TEXT, name: str = "note.txt", **info: object) -> Extraction:
    doc = document(text, name, **info)
    return Extraction(doc, entities(doc), (meeting(doc),), claims(doc))
