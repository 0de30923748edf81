"""Where sentences end."""

from __future__ import annotations

import pytest

from policygraph.reading.sentences import sentence_spans

# Sentences that must come back as they are when joined by blanks.
TEXTS = [
    ["Gen. Ana Ruiz flew to the U.S. on Jan. 5, 2024.", "She met Sen. J. D. Holm at 3.5 km altitude."],
    [
        "The U.S.-Latin America summit began.",
        "U.S. officials spoke.",
        "It took place in Washington, D.C.",
        "They left.",
    ],
    ["“We will stay.”", "“Never!”", "So it went on."],
    ["“Stop!” he cried.", "Nobody did."],
    ["It cost $3.5 billion (see No. 4).", "(Nobody paid.)", "Why?"],
    ["He said no.", "Then he went to St. Lucia, i.e. abroad."],
    ["Talks with Acme Corp. Chairman Lee failed.", "The firm left..."],
    ["What next?", "¿Quién sabe?", "Dr. M. Vela lo sabe."],
    ["Prices rose in 2023.", "2024 was worse."],
    ["Lt. Gen. Holm and the Rev. Mr. Poe met vs. all odds."],
]


@pytest.mark.parametrize("sentences", TEXTS, ids=lambda s: s[0][:20])
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == sentences


def test_sentences_of_scripts_without_blanks() -> None:
    text = "会谈开始。结果如何？没有人知道。"
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == ["会谈开始。", "结果如何？", "没有人知道。"]


def test_only_the_given_part_is_read() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in sentence_spans(text, 5, 9)] == ["Two."]
