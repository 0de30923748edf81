"""Copies of texts: what counts as one, in any order, and what does not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.incidents.copies import SHINGLE, WINDOW, fingerprints, originals, shared

WIRE = (
    "The foreign ministers of Peru and Chile signed an agreement on shared water in Lima on Friday, ending a dispute "
    "that had run for three years. The pact sets up a commission of engineers from both countries, who are to report "
    "every six months. Chile will pay for two new dams on the upper river. Farmers in the border region said they "
    "feared that the dams would leave them with less water in dry years. The parliaments of both countries have yet "
    "to approve the text, which is expected before the end of the year."
)
OWN = (
    "Peru and Chile have settled their quarrel over the border river. In Lima the two foreign ministers put their "
    "names to a treaty on Friday. It provides for dams, paid for by Santiago, and for regular inspections. People who "
    "live off the land near the frontier do not trust the plan: without rain, they told this newspaper, there is "
    "nothing to share."
)


def test_a_text_cut_framed_or_set_in_capitals_is_a_copy() -> None:
    texts = [
        ("wire", WIRE, ""),
        ("cut", " ".join(WIRE.split()[:45]), ""),
        ("framed", "LIMA, June 7 (Reuters) - " + WIRE + " Our newsletter brings you more.", ""),
        ("capitals", WIRE.upper().replace(",", " –"), ""),
        ("own", OWN, ""),
    ]
    assert originals(texts) == {"wire": "wire", "cut": "wire", "framed": "wire", "capitals": "wire", "own": "own"}


def test_a_quoted_sentence_makes_no_copy() -> None:
    quoting = OWN + ' "' + WIRE.split(". ")[3] + '," an agency wrote.'
    assert originals([("wire", WIRE, ""), ("own", quoting, "")])["own"] == "own"


def test_the_same_agency_lowers_the_bar_and_another_does_not() -> None:
    sentences = WIRE.split(". ")
    edited = ". ".join([sentences[1], *OWN.split(". ")[:3], sentences[2]])
    assert originals([("a", WIRE, "afp"), ("b", edited, "reuters")])["b"] == "b"
    assert originals([("a", WIRE, "afp"), ("b", edited, "afp")])["b"] == "a"


def test_a_thousand_copies_lead_to_the_first() -> None:
    found = originals((str(n), f"{WIRE} Edition {n}.", "") for n in range(1000))
    assert set(found.values()) == {"0"}


def test_a_standing_phrase_links_nothing() -> None:
    words = [f"word{n}" for n in range(4000)]
    rng = random.Random(7)
    footer = " Subscribe to our newsletter for the best of our reporting from all over the world every single day."
    texts = [(str(n), " ".join(rng.sample(words, 80)) + footer, "") for n in range(60)]
    assert all(name == original for name, original in originals(texts).items())


@pytest.mark.parametrize("text", ["", "Rain.", "!!!", "早上好 世界"])
def test_short_and_odd_texts_have_fingerprints(text: str) -> None:
    assert shared(fingerprints(text), fingerprints(text)) == 1.0


@given(st.lists(st.sampled_from([f"w{n}" for n in range(200)]), min_size=WINDOW + SHINGLE - 1, max_size=60), st.data())
def test_any_run_of_eight_words_leaves_a_common_fingerprint(run: list[str], data: st.DataObject) -> None:
    word = st.text(alphabet="xyz", min_size=1, max_size=6)
    before, after = (data.draw(st.lists(word, max_size=20)) for _ in range(2))
    assert fingerprints(" ".join(run)) & fingerprints(" ".join([*before, *run, *after]))
