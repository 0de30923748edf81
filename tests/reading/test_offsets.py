"""Offsets are exact on any text, and no text takes long."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policygraph.errors import SourceError
from policygraph.reading import read_bytes
from policygraph.records import BlockKind, Document

MARKUP = [
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "\t",
    "|",
    "| a | b |\n",
    "|---|\n",
    "- ",
    "1. ",
    "# ",
    "> ",
    "```\n",
    "---\n",
]
WORDS = [
    "===",
    "**",
    ". ",
    "U.S. ",
    "“",
    "”",
    "The treaty",
    "was signed",
    "são",
    "🙂",
    "\u2028",
    "\x0b",
    "\\|",
    "…",
    "![",
]
PIECES = st.sampled_from(MARKUP + WORDS)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(st.characters(codec="utf-8"), max_size=200))


def check(document: Document) -> None:
    text = document.text
    end = 0
    for index, block in enumerate(document.blocks):
        assert block.index == index
        assert block.span.start >= end
        end = block.span.end
        assert text[block.span.start : end] == block.span.quote != ""
        for cell in block.cells:
            assert text[cell.start : cell.end] == cell.quote
            assert block.span.start <= cell.start <= cell.end <= block.span.end
    end = 0
    for sentence in document.sentences:
        span, block = sentence.span, document.blocks[sentence.block]
        assert text[span.start : span.end] == span.quote
        assert span.quote == span.quote.strip() != ""
        assert span.start >= end
        assert block.kind is not BlockKind.ROW
        assert block.span.start <= span.start < span.end <= block.span.end
        end = span.end


@given(TEXTS)
@example("# # ")
@example("# ** **")
def test_spans_are_exact_and_in_order_on_any_text(text: str) -> None:
    try:
        document = read_bytes(text.encode(), "note.txt")
    except SourceError:
        return
    check(document)


@given(TEXTS)
def test_sentences_hold_all_words_of_their_block(text: str) -> None:
    try:
        document = read_bytes(text.encode(), "note.txt")
    except SourceError:
        return
    for block in document.blocks:
        if block.kind is not BlockKind.ROW:
            inside = "".join(s.span.quote for s in document.sentences if s.block == block.index)
            assert "".join(inside.split()) == "".join(block.span.quote.split())


@pytest.mark.parametrize(
    "piece",
    [".", ". ", "|", "# ", " ", ">", "- ", "*", '."', "![", "<!--", "A. ", "`", "~~~\n```\n", "a|b|", "A\n\n\n"],
)
def test_a_megabyte_of_one_thing_is_read_without_hanging(piece: str) -> None:
    # A quadratic step would take hours here, not seconds.
    text = piece * (300_000 // len(piece)) + "\nThe end."
    check(read_bytes(text.encode(), "note.txt"))
