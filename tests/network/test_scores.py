"""The tables behind signs and weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import DataError
from policygraph.network.scores import event_scores, load_event_scores, load_relations, relations, score_of
from policygraph.vocabulary import CLAIM_PREDICATES, EventType

HEAD = "predicate,layers,sign,symmetric\n"
TURTLE = """@prefix et: <https://w3id.org/policygraph/vocab/event-type/> .
@prefix pg: <https://w3id.org/policygraph/ont#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_every_event_type_has_a_score_whose_sign_fits_its_quad_class() -> None:
    table = event_scores()
    assert {kind for kind, mode in table if not mode} == {t.code for t in EventType}
    for key, entry in table.items():
        assert entry.score * entry.sign >= 0 or key == ("request", "assist")
    assert score_of("retreat", "retreat-disarm").score == 10.0  # type: ignore[union-attr]
    assert score_of("no-such-type", None) is None


def test_relations_are_claim_predicates() -> None:
    assert set(relations()) - set(CLAIM_PREDICATES) == {"hasPartner"}, "which reference tables state"
    assert [r.predicate for r in relations().values() if r.symmetric] == ["meets"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("predicate,layer\n", ":1: expected the columns"),
        (HEAD + "likes,claims,1,no\n", ":2: 'likes' is not a claim predicate"),
        (HEAD + "supports,claim,1,no\n", ":2: 'claim' is not a layer"),
        (HEAD + "supports,claims,2,no\n", ":2: '2' is not a sign"),
        (HEAD + "supports,claims,1,maybe\n", ":2: 'maybe' is not a flag"),
    ],
)
def test_a_broken_table_of_relations_names_the_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "relations.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_relations(path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("et:aid pg:score 10.0 .", "quad class"),
        ("et:aid pg:score 11.0 ; skos:broader et:material-cooperation .", "outside -10 to 10"),
        ('et:aid pg:score "much" ; skos:broader et:material-cooperation .', "not a number"),
        ("et:aid pg:score", "Turtle"),
    ],
)
def test_a_broken_vocabulary_of_events(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "event-type.ttl").write_text(TURTLE + text, encoding="utf-8")
    (tmp_path / "event-mode.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_event_scores(tmp_path)
