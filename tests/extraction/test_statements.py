"""Statements that are no events: each pattern by its examples, then stance, speaker and subject."""

from __future__ import annotations

import pytest

from policygraph.extraction.pipeline import extract
from policygraph.extraction.triggers import Pattern, patterns
from policygraph.reading import read_bytes
from policygraph.records import Claim, Extraction

from .small_world import SMALL_WORLD


def run(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), "test.txt"), SMALL_WORLD)


def claims(text: str) -> list[Claim]:
    return [c for c in run(text).claims if c.method.startswith(("statement", "including", "policy-under"))]


def shown(text: str) -> set[tuple[str, str, str]]:
    """Claims as (subject, predicate, last part of the object)."""
    return {
        (c.subject, c.predicate, (c.object or "").rpartition("/")[2].removeprefix(c_doc(text))) for c in claims(text)
    }


def c_doc(text: str) -> str:
    return run(text).document.id[:8] + "-"


EXAMPLES = [(p, text) for p in patterns() for text in p.examples]
COUNTER = [(p, text) for p in patterns() for text in p.counter]


@pytest.mark.parametrize(("pattern", "text"), EXAMPLES, ids=lambda v: v.id if isinstance(v, Pattern) else v[:40])
def test_a_pattern_finds_its_examples(pattern: Pattern, text: str) -> None:
    assert f"statement/{pattern.id}" in {c.method for c in claims(text)}


@pytest.mark.parametrize(("pattern", "text"), COUNTER, ids=lambda v: v.id if isinstance(v, Pattern) else v[:40])
def test_a_pattern_leaves_its_counter_examples(pattern: Pattern, text: str) -> None:
    assert f"statement/{pattern.id}" not in {c.method for c in claims(text)}
