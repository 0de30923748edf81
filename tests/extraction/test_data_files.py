"""Data files of the room: what is wrong in one is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import DataError
from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.leads import table_types
from policygraph.extraction.triggers import patterns
from policygraph.extraction.words import words

HERE = Path(__file__).resolve().parents[2] / "src" / "policygraph" / "extraction"
PATTERN = """version: 1
patterns:
  - id: aim
    predicate: hasObjective
    when: [aim]
    take: to
    object: objective
    subject: actor
    examples: ["Peru aims to win."]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("predicate: hasObjective", "predicate: hasGoal", "changed.yaml:3: predicate 'hasGoal' is not known"),
        ("take: to", "take: dative", "take 'dative' is not known"),
        ("object: objective", "object: thing", "object 'thing' is not known"),
        ("subject: actor", "subject: actor|stone", "subject 'stone' is not known"),
        ("    take: to\n", "", "the field 'take' is missing"),
        ("    take: to\n", "    take: to\n    takes: to\n", "there is no field 'takes' here"),
        ("    take: to\n", "    take: to\n    take: ing\n", "the key 'take' stands twice"),
        ("    take: to\n", "    take: to\n    modality: certain\n", "modality 'certain' is not known"),
        ("when: [aim]", "when: [aim, aim]", "'aim' already belongs to 'aim'"),
        ("when: [aim]", "when: [aim", "no valid YAML"),
    ],
)
def test_a_fault_in_the_patterns_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        patterns(written(tmp_path, PATTERN.replace(old, new)))
    assert message in str(caught.value)


def test_two_patterns_of_one_name(tmp_path: Path) -> None:
    twice = PATTERN + PATTERN.partition("patterns:\n")[2].replace("[aim]", "[seek]")
    with pytest.raises(DataError, match="the name 'aim' stands twice"):
        patterns(written(tmp_path, twice))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("needs: [place, date]", "needs: [place, moon]", "the role 'moon' has no words"),
        ("modality: recommended", "modality: wise", "'wise' is not a valid Modality"),
        ("  REJECT:", "  SHRUG:", "'SHRUG' is no event type"),
        ("    key: area", "    keys: area", "there is no field 'keys' here"),
    ],
)
def test_a_fault_in_the_kinds_of_tables_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (HERE / "table_types.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(DataError) as caught:
        table_types(written(tmp_path, text))
    assert message in str(caught.value) and "changed.yaml:" in str(caught.value)


def test_an_unknown_sector_in_the_word_lists_is_named(tmp_path: Path) -> None:
    text = (HERE / "names.yaml").read_text(encoding="utf-8").replace("\n  MIL:\n", "\n  ARMY:\n", 1)
    with pytest.raises(DataError, match="'ARMY' is not known"):
        words(written(tmp_path, text))


def test_a_missing_vocabulary_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"topic\.ttl"):
        vocabulary("topic", tmp_path)


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    (tmp_path / "topic.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(DataError, match=r"topic\.ttl.*Turtle"):
        vocabulary("topic", tmp_path)
