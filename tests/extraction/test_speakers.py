"""Who says what: quotations in all forms, indirect speech, interviews and briefings."""

from __future__ import annotations

import functools

import pytest

from policygraph.extraction.gazetteer import Gazetteer
from policygraph.extraction.mentions import find_mentions
from policygraph.extraction.quotations import indirect, quotations
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes


@functools.cache
def gazetteer() -> Gazetteer:
    return Gazetteer.from_reference(load_reference())


def speaker(text: str, words: str) -> str | None:
    """Who speaks the words, as entity or as the words that name the speaker."""
    registry = find_mentions(read_bytes(text.encode(), "note.txt"), gazetteer())
    at = text.index(words)
    said = quotations(registry).at(at)
    if said is None:
        begin = max((s for s in registry.sentence_starts if s <= at), default=0)
        said = indirect(registry, begin, at)
    return None if said is None else said.entity or said.span.quote


BEFORE = "Peruvian Foreign Minister Amos Tirop arrived on Monday. "


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("“The port stays closed to them,” said Amos Tirop.", "port", "person/amos-tirop"),
        ("“The port stays closed to them,” Tirop said on Tuesday.", "port", "person/amos-tirop"),
        ("“The port stays closed,” he said. “We will sign nothing before June.”", "sign", "person/amos-tirop"),
        ("“The port,” the minister said, “stays closed to all of them.”", "stays", "person/amos-tirop"),
        ('Tirop told reporters: "The port stays closed to them."', "stays", "person/amos-tirop"),
        ("According to the World Bank, “the port will never pay for itself”.", "never", "organisation/world-bank"),
        ("“The port stays closed,” the ministry said in a statement.", "port", "ministry"),
        ("“The port stays closed to all,” officials familiar with it said.", "port", "officials familiar with it"),
        ("“The port stays closed to all,” said a spokesman for Chile.", "port", "government/chl"),
        ("Tirop was quoted by the agency Andina as saying “the port stays closed”.", "stays", "person/amos-tirop"),
        ("Tirop warned on Tuesday, however, that Chile would lose its lease.", "lose", "person/amos-tirop"),
        ("Officials believe that Chile will lose its lease.", "lose", "Officials"),
        ("He called the port a “gift to smugglers”.", "gift", None),
        ("The port stays closed.", "port", None),
    ],
)  # fmt: skip
def test_the_speaker_of_a_quotation(text: str, words: str, wanted: str | None) -> None:
    assert speaker(BEFORE + text, words) == wanted


def test_a_paragraph_that_is_a_quotation_alone_goes_on_with_the_last_speaker() -> None:
    text = (
        BEFORE + "“Nothing is signed yet,” Tirop said. “The talks go on for now.”\n\n“Chile must wait for its turn.”\n"
    )
    assert speaker(text, "Chile must") == "person/amos-tirop"


def test_turns_of_interviews_and_briefings() -> None:
    text = (
        "Amos Tirop, Peru's foreign minister, spoke to us.\n\nQ: Will Peru sign?\n\nA: Peru will sign.\n\n"
        "Q: Has Chile paid?\n\nA: Chile has paid twice."
    )
    assert speaker(text, "Chile has paid twice") == "person/amos-tirop"
    assert speaker(text, "Will Peru sign") == "Q"
    text = (
        "Briefing by the spokesman of the Kenyan foreign ministry\n\nMR OTIENO: Kenya recalled its envoy.\n\n"
        "QUESTION: Has Somalia replied?\n\nMR OTIENO: Somalia has not replied.\n\nQUESTION: Will it?\n\nMR OTIENO: No."
    )
    assert (speaker(text, "Somalia has not replied") or "").endswith(("ken", "ken-foreign-ministry", "kenya"))
    assert speaker(text, "Has Somalia replied") == "QUESTION"


def test_time_grows_with_length_only() -> None:
    text = "“The port stays closed to them,” said Amos Tirop. " * 4000
    registry = find_mentions(read_bytes(text.encode(), "note.txt"), gazetteer())
    assert len(quotations(registry).stretches) == 4000
