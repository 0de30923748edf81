"""Texts that nobody should write: nothing crashes, every span stays exact."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph.errors import SourceError
from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes
from policygraph.records import Extraction, ReferenceData

WORDS = (
    "President Senator Rubio the The U.S. - ’s , . | |---| should may not aims to visit Lima administration government "
    "leaders policies including said it their 1 # <b> &amp; “ ” ( ) é \u200b 🙂 \u202e CAPITALS :"
).split(" ")
PHRASES = ["\n", "\n\n", "\n- ", "\n1. ", "Marco Rubio", ", Peru", "Ministry of", "raise concerns among", "rather than"]
SPEECH = [
    "\nQ: ",
    "\nA: ",
    "we",
    "said that",
    "according to",
    "the two sides",
    "since 2019",
    "by June",
    "?",
    "her counterpart",
]
LISTS = [
    "Demands:\n- ",
    "\nScenarios:\n- ",
    "\nNext steps:\n1. ",
    "Country | Commitment | Deadline",
    "recommend that",
    "wants",
]
PIECES = st.sampled_from(
    [*WORDS, *PHRASES, *SPEECH, *LISTS, "Incident | Location | Date", "January 2023", "Latin American"]
)


@functools.cache
def reference() -> ReferenceData:
    return load_reference()


def run(text: str) -> Extraction:
    return extract(read_bytes(text.encode("utf-8", "replace"), "fuzz.md"), reference())


def check(done: Extraction) -> None:
    text = done.document.text
    spans = [e for c in done.claims for e in c.evidence] + [m.span for e in done.entities for m in e.mentions]
    spans += [s for e in done.events for s in e.evidence] + [s for r in done.rows for s in r.evidence]
    assert all(text[s.start : s.end] == s.quote and s.quote for s in spans)
    known = {e.id for e in done.entities}
    assert all(c.subject in known and (c.object_is_concept or c.object in known) for c in done.claims)
    assert all(c.evidence and 0 < c.confidence <= 1 for c in done.claims)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_words_of_the_trade_in_any_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    if text.strip():
        check(run(text + " x"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=200))
def test_any_characters(text: str) -> None:
    check(run(f"Peru said: {text}"))


def test_one_sentence_without_an_end_is_read_to_its_end() -> None:
    done = run("Peru aims to help Chile and " * 400)
    check(done)
    assert any(c.predicate == "hasObjective" for c in done.claims)


def test_capitals_only() -> None:
    check(run("PRESIDENT RUBIO VISITS PERU. THE U.S. SHOULD ACT. TALKS WITH MEXICO CITY RESUME."))


def test_capitals_are_read_as_words() -> None:
    events = run("PERU EXPELLED THE CHILEAN AMBASSADOR ON MONDAY.").events
    assert [(e.type, e.source[0].country) for e in events] in ([], [("SANCTION", "PER")])


def test_a_sentence_of_five_thousand_words_and_a_text_without_an_end() -> None:
    long = "Peru met Chile in Lima and " * 1000
    check(run(long[:-5] + "."))
    bare = "\n".join(["peru said it wants peace with chile and the two sides met"] * 300)
    check(run(bare))
    assert run("Peru accused Chile of spying and " * 700).events


def test_one_clause_again_and_again_gives_as_many_events_as_clauses() -> None:
    clause = "Peru accused Chile of spying. "
    done = run(clause * (200_000 // len(clause)))
    assert len(done.events) == 200_000 // len(clause)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Peru accused <b>Chile</b> of spying.</p> <script>alert(1)</script> &nbsp;&lt;",
        "🇵🇪 Peru accused 🇨🇱 Chile 😡 of spying. #Peru @chile https://example.org/a?b=c",
        "Peru\u202e accused\u200b Chile\ufeff of spying.",
        "“““Peru ””accused “Chile ‘of ”spying",
        '"' * 300 + "Peru accused Chile of spying" + "(" * 300,
        "Q: " * 200 + "Peru accused Chile of spying.",
    ],
)
def test_remains_of_other_formats_break_nothing(text: str) -> None:
    check(run(text))


def test_control_characters_are_no_text_and_said_so() -> None:
    with pytest.raises(SourceError, match="control characters"):
        run("Peru\x00 accused\x07 Chile\x1b[31m of spying.")


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement du Pérou a accusé le Chili d’espionnage et il a rappelé son ambassadeur de Santiago. ",
        "Die Regierung von Peru hat Chile der Spionage beschuldigt und ihren Botschafter aus Santiago abgezogen. ",
        "Правительство Перу обвинило Чили в шпионаже и отозвало своего посла из Сантьяго в понедельник. ",
        "秘鲁政府指责智利从事间谍活动，并召回了驻圣地亚哥大使。双方没有就会谈达成一致。",
        "اتهمت حكومة بيرو تشيلي بالتجسس واستدعت سفيرها من سانتياغو يوم الاثنين. ",
    ],
)
def test_other_languages_are_said_so_and_nothing_is_coded(text: str) -> None:
    done = run(text * 8)
    assert not done.events and not [c for c in done.claims if c.method.startswith("statement")]
    assert any("English" in w for w in done.warnings)


def test_another_language_is_said_to_be_one() -> None:
    spanish = "El gobierno de Chile dijo que no va a cerrar la frontera con Perú, aunque los vecinos protestan. " * 8
    done = run(spanish)
    assert not done.events and not [c for c in done.claims if c.method.startswith("statement")]
    assert any("English" in w for w in done.warnings)
    assert "government/chl" in {e.id for e in done.entities} or "country/chl" in {e.id for e in done.entities}


def test_a_short_english_text_gives_no_warning() -> None:
    assert run("Peru backs the treaty.").warnings == ()
