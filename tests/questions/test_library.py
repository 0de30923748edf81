"""The bundled questions are well made, and a badly made one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import DataError, UnknownNameError
from policygraph.questions import library, names, question
from policygraph.questions.docs import markdown
from policygraph.questions.empty import top_level
from policygraph.questions.library import load
from policygraph.questions.parameters import TYPES

GOOD = """# title: Who is who?
# description: Names of persons.
# parameters:
#   who:
#     type: entity
#     description: Only this person.
# columns:
#   name: Name.

SELECT ?name { ?_who a pg:Person ; skos:prefLabel ?name . }
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "who-is-who.rq"
    path.write_text(text)
    return path


def test_the_library_answers_the_expected_kinds_of_question() -> None:
    assert len(library()) >= 20
    wanted = (
        "mission initiatives incidents roles-on-date recommendations framework possible-effects denials countries "
        "words modality-mix incident-types planned-visits"
    )
    assert set(wanted.split()) <= set(names())
    assert [q.name for q in library()] == names()


@pytest.mark.parametrize("name", names())
def test_a_question_reads_well(name: str) -> None:
    one = question(name)
    assert one.title.endswith("?")
    assert one.description.endswith(".")
    assert all(c.description.endswith(".") for c in one.columns)
    assert all(p.description.endswith(".") and p.type in TYPES for p in one.parameters)
    # A row that comes twice would count twice.
    assert "DISTINCT" in one.body
    assert "ORDER BY" in one.body
    assert len(list(top_level(one.body))) >= 1


def test_the_page_shows_every_question_parameter_and_column() -> None:
    page = markdown()
    for one in library():
        section = page.split(f"\n## {one.name}\n")[1].split("\n## ")[0]
        assert one.sparql in section
        assert all(f"`--{p.name}`" in section for p in one.parameters)
        assert all(f"| {c.name} |" in section for c in one.columns)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    one = load(write(tmp_path, GOOD))
    assert (one.name, one.title) == ("who-is-who", "Who is who?")
    assert one.parameter("who").variable == "_who"
    assert one.sparql.startswith("PREFIX pg: <https://w3id.org/policygraph/ont#>\nPREFIX skos:")
    with pytest.raises(UnknownNameError, match="did you mean 'who'"):
        one.parameter("whom")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("# title: Who is who?\n", "", "lacks 'title'"),
        ("# title", "# tilte: x\n# title", "unknown key 'tilte'"),
        ("# title: Who", "# title: Who: how", "not YAML"),
        ("type: entity", "type: person", "no known type"),
        ("type: entity", "type: concept", "needs a scheme"),
        ("#   who:\n", "#   Who Is:\n", "no name for a parameter"),
        ("#     description: Only this person.\n", "", "not well described"),
        ("#   name: Name.", "#   label: Name.", "selects name but the header describes label"),
        ("?_who a", "?person a", "'who' stands only in the header"),
        ("?_who a pg:Person", "?_who a ?_kind", "'kind' stands only in the query"),
        ("SELECT ?name {", "SELECT ?name (", "cannot be read"),
        ("SELECT ?name {", "ASK {", "SELECT query"),
        ("# columns:\n#   name: Name.", "# columns: name", "must map names"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError, match=words) as caught:
        load(write(tmp_path, GOOD.replace(old, new, 1)))
    assert "who-is-who.rq" in str(caught.value.where)


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no header"):
        load(write(tmp_path, "SELECT ?name { ?x skos:prefLabel ?name }"))


@pytest.mark.parametrize("name", ["incident", "../library/incidents", "", "no-such-thing"])
def test_an_unknown_question_is_refused(name: str) -> None:
    with pytest.raises(UnknownNameError, match="no question"):
        question(name)
