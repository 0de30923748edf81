"""The bundled reference tables hold what they must, and nothing that contradicts itself."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.importing.reference import load_reference
from policygraph.records import ReferenceData


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference()


def spans(reference: ReferenceData, person: str, post: str) -> list[tuple[dt.date, dt.date | None]]:
    return [(t.start, t.end) for t in reference.tenures if t.person == person and t.post == post]


def test_the_roles_that_the_first_article_needs(reference: ReferenceData) -> None:
    assert spans(reference, "person/marco-rubio", "post/united-states-senator-for-florida") == [
        (dt.date(2011, 1, 3), dt.date(2025, 1, 20))
    ]
    assert spans(reference, "person/marco-rubio", "post/secretary-of-state-of-the-united-states") == [
        (dt.date(2025, 1, 21), None)
    ]
    assert spans(reference, "person/donald-trump", "post/president-of-the-united-states") == [
        (dt.date(2017, 1, 20), dt.date(2021, 1, 20)),
        (dt.date(2025, 1, 20), None),
    ]
