"""Headings, paragraphs, lists, tables and what introduces them."""

from __future__ import annotations

import pytest

from policygraph.reading import read_bytes
from policygraph.records import Block, BlockKind


def blocks(text: str) -> tuple[Block, ...]:
    return read_bytes(text.encode(), "note.md").blocks


def shape(text: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.quote) for b in blocks(text)]


TIGHT = """# A treaty
Short history
The two countries signed a treaty in the spring, after years of talks that had led nowhere at all, and both said so.
Its aims are:
- fewer checks at the border
- more trade
1. sign
2. ratify
| Step | Year |
|---|---|
| Signed | 2021 |
The end was open."""


def test_blank_lines_do_not_change_the_structure() -> None:
    loose = TIGHT.replace("\n", "\n\n").replace("|\n\n|", "|\n|")
    assert shape(TIGHT) == shape(loose)
    assert [k for k, _ in shape(TIGHT)] == [
        "heading",
        "heading",
        "paragraph",
        "paragraph",
        *["item"] * 4,
        "row",
        "row",
        "paragraph",
    ]


def test_lists_are_numbered_apart_and_know_their_kind_and_lead() -> None:
    items = [b for b in blocks(TIGHT) if b.kind is BlockKind.ITEM]
    assert [(b.group, b.row, b.ordered) for b in items] == [(0, 0, False), (0, 1, False), (1, 0, True), (1, 1, True)]
    assert [b.lead for b in items[:2]] == [3, 3]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "–"])
def test_bullets(bullet: str) -> None:
    assert shape(f"{bullet} one\n{bullet} two") == [("item", "one"), ("item", "two")]


def test_items_nest_and_go_on_in_indented_lines() -> None:
    found = blocks("- trade\n  - tariffs\n    on steel\n  - quotas\n- borders\nThe talks end here.")
    assert [(b.level, b.row, b.group) for b in found[:4]] == [(0, 0, 0), (1, 1, 0), (1, 2, 0), (0, 3, 0)]
    assert found[1].span.quote == "tariffs\n    on steel"
    assert found[4].kind is BlockKind.PARAGRAPH


def test_wrapped_lines_are_one_paragraph_and_a_title_above_them_is_not() -> None:
    text = (
        "Old Rivals, New Talks\n"
        "The president of the republic met the prime minister of the\n"
        "neighbouring kingdom on Monday, the first such meeting since\n"
        "United Nations mediators left the capital in the spring."
    )
    assert [k for k, _ in shape(text)] == ["heading", "paragraph"]


@pytest.mark.parametrize("underline", ["=====", "-----"])
def test_underlined_headings(underline: str) -> None:
    assert shape(f"The treaty\n{underline}\nIt was signed.") == [
        ("heading", "The treaty"),
        ("paragraph", "It was signed."),
    ]


def test_the_last_short_line_heads_nothing() -> None:
    assert shape("The talks ended.\n\nReporting by our staff") == [
        ("paragraph", "The talks ended."),
        ("paragraph", "Reporting by our staff"),
    ]


def test_a_caption_introduces_its_table() -> None:
    found = blocks("The talks ended.\n\nTable 1: Visits of the spring\n\n| Who | Where |\n|---|---|\n| Envoy | Lima |")
    assert [b.kind.value for b in found] == ["paragraph", "caption", "row", "row"]
    assert found[2].lead == found[3].lead == 1


@pytest.mark.parametrize(
    "table",
    [
        "| Who | Where |\n|---|---|\n| Envoy | Lima |",
        "| Who | Where |\n| Envoy | Lima |",
        "Who | Where\n--- | ---\nEnvoy | Lima",
        "| Who | Where\n|:--|--:|\n| Envoy | Lima",
    ],
)
def test_tables_with_and_without_separator_and_outer_pipes(table: str) -> None:
    found = blocks(table)
    assert [[c.quote for c in b.cells] for b in found] == [["Who", "Where"], ["Envoy", "Lima"]]
    assert [b.row for b in found] == [0, 1]
    assert found[0].span.quote == table.split("\n")[0]


def test_an_escaped_pipe_stays_in_its_cell_and_emphasis_outside() -> None:
    found = blocks("| Who | Where |\n|---|---|\n| **A \\| B** | |")
    assert [c.quote for c in found[1].cells] == ["A \\| B", ""]


def test_ragged_rows_are_warned_of_by_line_and_kept() -> None:
    document = read_bytes(b"Plans\n\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n| 6 |\n", "note.md")
    assert len(document.warnings) == 2
    assert "line 5" in document.warnings[0]
    assert "line 7" in document.warnings[1]
    assert [len(b.cells) for b in document.blocks if b.cells] == [2, 3, 2, 1]


def test_a_pipe_in_running_text_is_no_table() -> None:
    assert shape("The code |x| is odd.") == [("paragraph", "The code |x| is odd.")]


def test_code_front_matter_rules_and_pictures_are_no_text() -> None:
    text = "---\ntitle: x\n---\nOne.\n\n***\n\n```\ncode\n```\n\n![map](map.png)\n\n> Two."
    assert shape(text) == [("paragraph", "One."), ("paragraph", "Two.")]


def test_a_fence_that_is_never_closed_hides_nothing() -> None:
    assert shape("One.\n\n```\nTwo.") == [("paragraph", "One."), ("paragraph", "Two.")]


def test_a_numbered_title_above_running_text_is_a_heading_and_a_numbered_list_is_none() -> None:
    text = "1. What happened\nThe border was calm for years.\n- Mistrust\n2) What follows\n\nNobody knows.\n"
    assert [q for k, q in shape(text) if k == "heading"] == ["What happened", "What follows"]
    listed = "Steps:\n1. Open the border\n2. Close the camp\nNobody knows what follows.\n"
    assert [k for k, _ in shape(listed)] == ["paragraph", "item", "item", "paragraph"]
