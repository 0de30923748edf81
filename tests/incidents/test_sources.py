"""Outlets, agencies, and how many independent sources reports amount to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import DataError
from policygraph.incidents import Counts, Story, count
from policygraph.incidents.outlets import address_key, load_outlets, outlets, title_in
from policygraph.incidents.sources import fold


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("MEXICO CITY, Jan 5 (Reuters) - The minister said so.", "reuters"),
        ("BEIRUT (AP) — Rockets fell on the town.", "ap"),
        ("NEW DELHI: The envoy left on Monday. (With inputs from PTI)", "pti"),
        ("By Ana Prado, Associated Press\n\nThe talks ended.", "ap"),
        ("The talks ended without a result. – AFP", "afp"),
        ("Lima, 3 may (EFE).- El ministro habló.", "efe"),
        ("The talks ended. © 2024 AFP", "afp"),
        ("The European Union (EU) - a bloc of states - agreed.", ""),
        ("The minister told Reuters that she would not resign. She left by car.", ""),
        ("He works for the Associated Press in Quito and likes it there very much.", ""),
        ("", ""),
    ],
)
def test_an_agency_is_credited_only_where_credits_stand(text: str, agency: str) -> None:
    assert outlets().credit(text) == agency


@pytest.mark.parametrize(
    ("publisher", "address", "outlet"),
    [
        ("Reuters", "", "reuters"),
        ("", "https://uk.reuters.com/article/x", "reuters"),
        ("", "https://www.bbc.co.uk/news/1", "bbc"),
        ("BBC News", "https://example.org/", "bbc"),
        ("nytimes.com", "", "new-york-times"),
        ("The New York Times", "", "new-york-times"),
        ("", "http://news.smh.com.au/a", "smh.com.au"),
        ("El Comercio", "", "el-comercio"),
        ("", "GDELT batch 20151027", ""),
        ("", "http://[bad", ""),
    ],
)
def test_outlets_by_name_and_address(publisher: str, address: str, outlet: str) -> None:
    assert outlets().of(publisher, address) == outlet


def test_addresses_of_one_page_are_one() -> None:
    forms = [
        "https://www.example.org/a/b?utm_source=x",
        "http://example.org/a/b#c",
        "https://m.example.org/a/b/amp",
        "https://example.org/a/b?fbclid=1&ref=home",
    ]
    assert len(set(map(address_key, forms))) == 1
    assert address_key("https://example.org/s?id=1") != address_key("https://example.org/s?id=2")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://a.example/x/peru-and-chile-sign-water-pact.html", "peru-and-chile-sign-water-pact"),
        ("https://b.example/news/peru-and-chile-sign-water-pact/article_9f3a.html", "peru-and-chile-sign-water-pact"),
        ("https://c.example/2015/10/27/", ""),
        ("https://c.example/world/us-and-uk", ""),
        ("story 12", ""),
    ],
)
def test_titles_in_addresses(address: str, title: str) -> None:
    assert title_in(address) == title


def test_forty_one_copies() -> None:
    wire = [Story(f"p{n}/x", f"paper{n}", title="peru-and-chile-sign-water-pact") for n in range(42)]
    found = count([*wire, Story("e/y", "el-pais"), Story("b/z", "bbc")])
    assert found == Counts(44, 3, 41)
    assert found.words == "3 independent sources, 41 copies"


def test_texts_of_one_agency_or_one_unknown_desk_are_not_independent() -> None:
    assert count([Story("a", "x", credit="afp"), Story("b", "y", credit="afp")]).sources == 1
    assert count([Story("a"), Story("b")]).sources == 1
    assert count([Story("a", "reuters"), Story("b", "y", credit="reuters")]) == Counts(2, 1, 0)


def test_copies_count_for_who_printed_first() -> None:
    stories = [Story("a", "x", text="t", day=5), Story("b", "y", text="t", day=3), Story("c", "y")]
    assert count(stories) == Counts(3, 1, 1)
    assert count([stories[0], stories[1], Story("c", "x")]) == Counts(3, 2, 1)


STORIES = st.builds(
    Story,
    key=st.text("abcdefgh", min_size=1, max_size=2),
    outlet=st.sampled_from(["", "x", "y", "z"]),
    credit=st.sampled_from(["", "", "afp"]),
    text=st.sampled_from(["", "", "t", "u"]),
    title=st.sampled_from(["", "", "v"]),
    day=st.integers(0, 3),
)


@given(st.lists(STORIES, min_size=1, max_size=12, unique_by=lambda s: s.key), st.randoms())
def test_counts_add_up_in_any_order(stories: list[Story], rng: object) -> None:
    found = count(stories)
    assert found.sources >= 1
    assert found.copies >= 0
    assert found.further >= 0
    assert found.reports == len(stories) == sum(map(len, fold(stories)))
    mixed = list(stories)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert count(mixed) == found


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("id,name\n", "expected the columns"),
        ("id,name,kind,other_names,domains\nx,X,paper,,\n", "'paper' is no kind"),
        ("id,name,kind,other_names,domains\nx,X,outlet,Y,\ny,Y,outlet,,\n", "'y' names two"),
    ],
)
def test_a_wrong_table_of_outlets_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "outlets.csv"
    path.write_text(rows)
    with pytest.raises(DataError, match=words):
        load_outlets(path)
