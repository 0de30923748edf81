"""Dates in running text: absolute, relative to the day of the article, ranges and open ends."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.extraction import dates
from policygraph.graph.edtf import bounds

#: A Wednesday.
PUBLISHED = dt.date(2025, 11, 12)


def edtf(words: str, *, future: bool = False, published: dt.date | None = PUBLISHED) -> list[str]:
    return [d.edtf for d in dates.find(f"They met {words}.", published=published, future=future)]


@pytest.mark.parametrize(
    ("words", "future", "wanted"),
    [
        ("on Tuesday", False, "2025-11-11"),
        ("on Tuesday", True, "2025-11-18"),
        ("last Friday", False, "2025-11-07"),
        ("yesterday", False, "2025-11-11"),
        ("last month", False, "2025-10"),
        ("in April", False, "2025-04"),
        ("in April", True, "2026-04"),
        ("in December", False, "2024-12"),
        ("in mid-June", False, "2025-06"),
        ("later this year", True, "2025"),
        ("next week", True, "2025-11-17/2025-11-23"),
        ("over the weekend", False, "2025-11-08/2025-11-09"),
        ("three weeks ago", False, "2025-10-20/2025-10-26"),
        ("in two weeks", True, "2025-11-24/2025-11-30"),
        ("within six months", True, "2025-11-12/2026-05-31"),
        ("by year-end", True, "../2025-12"),
        ("by Friday", True, "../2025-11-14"),
        ("since March", False, "2025-03/.."),
        ("in the autumn", False, "2025-23"),
        ("from 3 to 5 May", False, "2025-05-03/2025-05-05"),
    ],
)
def test_words_are_read_against_the_day_of_the_article_and_stay_open_without_it(
    words: str, future: bool, wanted: str
) -> None:
    assert edtf(words, future=future) == [wanted]
    assert edtf(words, future=future, published=None) == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("on 3 May 2024", ["2024-05-03"]),
        ("on May 3, 2024", ["2024-05-03"]),
        ("on 12.03.2024", ["2024-03-12"]),
        ("in the first half of 2024", ["2024-01/2024-06"]),
        ("from 28 May to 2 June 2024", ["2024-05-28/2024-06-02"]),
        ("from January to March 2023", ["2023-01/2023-03"]),
        ("in January and February 2023", ["2023-01", "2023-02"]),
        ("between 2019 and 2021", ["2019/2021"]),
        ("in 2023 and 2024", ["2023", "2024"]),
        ("since 2019", ["2019/.."]),
        ("by the end of 2030", ["../2030"]),
        ("in the winter of 2012", ["2012-24"]),
        ("in the 1990s", ["199X"]),
        ("31 February 2024", []),
        ("with 2,019 others", []),
        ("May may come", []),
    ],
)
def test_what_needs_no_day_to_be_read(words: str, wanted: list[str]) -> None:
    assert edtf(words, published=None) == wanted == edtf(words)


@pytest.mark.parametrize(
    "words", ["since 2019", "by 2030", "in April", "from 3 to 5 May 2024", "in the 1990s", "last week"]
)
def test_first_and_last_day_are_those_of_the_date_as_written(words: str) -> None:
    (found,) = dates.find(f"They met {words}.", published=PUBLISHED)
    assert bounds(found.edtf) == (found.earliest, found.latest)
    assert found.span is not None and f"They met {words}."[found.span.start : found.span.end] == found.span.quote


@given(st.text(alphabet="0123456789 -/.,–JanMayundersictohflb'’\n", max_size=80), st.dates())
def test_no_text_breaks_the_reading(text: str, published: dt.date) -> None:
    for found in dates.find(text, published=published):
        assert found.span is not None and text[found.span.start : found.span.end] == found.span.quote
