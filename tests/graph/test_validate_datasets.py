"""Events of data sets are checked: a right one has no finding, and each way to break it is caught."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.graph.coded import CodedWriter
from policygraph.graph.turtle import schema_quads
from policygraph.graph.validate import check_shapes
from policygraph.iris import PREFIXES
from policygraph.vocabulary import EventType

DAY = dt.date(2024, 5, 12)
EVENT = CodedEvent(
    "acled",
    "MEX1",
    EventType.ASSAULT,
    "Battles",
    DAY,
    DAY,
    actors=(CodedActor("Free Valley Front", None, ("REB",)),),
    place=CodedPlace("Valley", None, Precision.PROVINCE, 1.5, 2.5),
    intensity=-9.0,
    fatalities=3,
    revision=7,
    reports=(Report("ACLED event MEX1", "Radio Sierra", DAY, "ACLED", "7", 0.8, 2, 10, "Words."),),
)


def store() -> ox.Store:
    made = ox.Store()
    made.bulk_extend(schema_quads())
    made.load(CodedWriter().write(EVENT).encode(), format=ox.RdfFormat.N_QUADS)
    return made


def test_a_right_event_has_no_finding() -> None:
    report = check_shapes(store())
    assert not report.findings, report.findings


@pytest.mark.parametrize(
    ("update", "check"),
    [
        ("INSERT { GRAPH ?g { ?e pg:fatalities 4 } } WHERE { GRAPH ?g { ?e pg:fatalities 3 } }", "Event-fatalities"),
        ("INSERT { GRAPH ?g { ?e pg:revision 8 } } WHERE { GRAPH ?g { ?e pg:revision 7 } }", "Event-revision"),
        (
            'INSERT { GRAPH ?g { ?e pg:originalCode "Riots" } } WHERE { GRAPH ?g { ?e pg:originalCode ?c } }',
            "Event-originalCode",
        ),
        ("DELETE { GRAPH ?g { ?e pg:recordedIn ?r } } WHERE { GRAPH ?g { ?e pg:recordedIn ?r } }", "Event-recordedIn"),
        (
            'DELETE { GRAPH ?g { ?p pg:placePrecision ?w } } INSERT { GRAPH ?g { ?p pg:placePrecision "about" } } '
            "WHERE { GRAPH ?g { ?p pg:placePrecision ?w } }",
            "Place-placePrecision",
        ),
        (
            "DELETE { GRAPH ?g { ?r pg:codingConfidence ?c } } INSERT { GRAPH ?g { ?r pg:codingConfidence 80.0 } } "
            "WHERE { GRAPH ?g { ?r pg:codingConfidence ?c } }",
            "Record-codingConfidence",
        ),
        ("DELETE { GRAPH ?g { ?r dcterms:source ?s } } WHERE { GRAPH ?g { ?r dcterms:source ?s } }", "Record-source"),
    ],
)
def test_each_break_is_caught(update: str, check: str) -> None:
    broken = store()
    broken.update(update, prefixes=PREFIXES)
    assert check in {finding.check for finding in check_shapes(broken).findings}
