"""Roles as said: current, former, acting, by courtesy, again."""

from __future__ import annotations

import pytest

from policygraph.extraction import extract
from policygraph.reading import read_bytes
from policygraph.records import Claim

from .small_world import SMALL_WORLD


def roles(text: str) -> list[Claim]:
    done = extract(read_bytes(text.encode(), "test.txt"), SMALL_WORLD)
    return [c for c in done.claims if c.predicate in ("holdsPost", "formerlyHeldPost")]


@pytest.mark.parametrize(
    ("text", "predicate", "post", "confidence"),
    [
        ("Senator Marco Rubio left.", "holdsPost", "post/senator-florida-usa", 0.95),
        ("Secretary of State Marco Rubio left.", "holdsPost", "post/secretary-of-state-usa", 0.95),
        ("Former Senator Marco Rubio left.", "formerlyHeldPost", "post/senator-florida-usa", 0.95),
        ("President Trump left.", "holdsPost", "post/president-usa", 0.7),
        ("Ex-President Donald Trump left.", "formerlyHeldPost", "post/president-usa", 0.95),
        ("Rosa Quiroga, Mexico’s foreign minister, left.", "holdsPost", "post/foreign-minister-mex", 0.95),
        ("Kenyan Foreign Minister Amos Tirop left.", "holdsPost", "post/ken-foreign-minister", 0.95),
    ],
)
def test_a_role_names_a_post(text: str, predicate: str, post: str, confidence: float) -> None:
    (claim,) = roles(text)
    assert (claim.predicate, claim.object, claim.confidence) == (predicate, post, confidence)


def test_a_post_that_is_not_known_stays_local_to_its_country() -> None:
    (claim,) = roles("Brazilian Trade Minister Rosa Quiroga left.")
    assert claim.object == "post/bra-trade-minister"


def test_the_same_role_twice_is_one_claim_with_two_quotes() -> None:
    (claim,) = roles("Senator Marco Rubio left. The senator hopes to return.")
    assert [e.quote for e in claim.evidence] == ["Senator Marco Rubio", "The senator hopes"]


def test_both_current_and_former_are_kept_when_a_text_says_both() -> None:
    found = roles("Former President Donald Trump spoke. President Trump then left.")
    assert [c.predicate for c in found] == ["formerlyHeldPost", "holdsPost"]


def test_an_occupation_is_no_post() -> None:
    assert roles("Analyst Rosa Quiroga disagreed.") == []
