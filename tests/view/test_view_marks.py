"""Sentences are cut where they should be, and never lose a letter."""

from __future__ import annotations

from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.view.marks import OBJECT, RELATION, SUBJECT, SourceText, pieces

LETTERS = st.text(alphabet="ab .|\nß漢م", max_size=60)


@given(LETTERS, st.integers(0, 60), st.integers(0, 60), st.lists(LETTERS, max_size=3), st.lists(LETTERS, max_size=3))
def test_pieces_joined_are_the_sentence(text: str, a: int, b: int, who: list[str], whom: list[str]) -> None:
    quote = (min(a, b, len(text)), min(max(a, b), len(text)))
    assert "".join(part for _, part in pieces(text, quote, who, whom, who[:1])) == text


@given(st.text(alphabet="ab .!\n漢", min_size=1, max_size=900), st.data())
def test_a_sentence_holds_its_words_and_stays_short(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 50)))
    first, last = SourceText(text).sentence(start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert last - first <= 320 * 2 + 50


STOPS = st.text(alphabet="aB1 .!?…。！？\n\"'”’»)]", min_size=1, max_size=900)
#: What a search for stops could go over again and again: stops, closing marks, spaces, initials, lines.
REPEATED = (".", ")", " ", ". ", ".)", ".” ", "\n", ". \n", "U.S. ", "!?", "。", ".'\"”’»)] a")


@given(STOPS, st.data())
def test_the_sentence_returned_contains_the_quoted_words_at_their_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 80)))
    first, last = SourceText(text).sentence(start, end)
    sentence = text[first:last]
    assert sentence[start - first : end - first] == text[start:end]
    assert sentence == sentence.strip() or text[start:end] != text[start:end].strip()


@given(STOPS, st.data())
def test_a_sentence_does_not_depend_on_what_stands_far_away(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 80)))
    before, after = "Long ago.\n" * 50, "\nMuch later." * 50
    first, last = SourceText(text).sentence(start, end)
    shift = len(before)
    assert SourceText(before + text + after).sentence(start + shift, end + shift) == (first + shift, last + shift)


@pytest.mark.parametrize("unit", REPEATED)
def test_the_stops_of_a_hostile_text_are_found(unit: str) -> None:
    # In steps that grew with the square of the length this would never end.
    text = "." + unit * 300_000 + "a"
    first, last = SourceText(text).sentence(len(text) - 1, len(text))
    assert text[first:last].endswith("a")


@pytest.mark.parametrize("unit", REPEATED)
def test_for_a_sentence_no_more_is_looked_at_in_a_longer_text(unit: str) -> None:
    def looked_at(times: int) -> int:
        text = Watched(unit * times)
        SourceText(text).sentence(len(text) - 10, len(text) - 9)
        return text.taken - Watched.taken_by_reading(text)

    assert looked_at(2000) == looked_at(1000)


class Watched(str):
    """A text that counts how many of its characters are cut out of it."""

    taken = 0

    @classmethod
    def taken_by_reading(cls, text: str) -> int:
        """How many are cut out when the text is read, before any sentence is looked for."""
        whole = cls(text)
        SourceText(whole)
        return whole.taken

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        found = super().__getitem__(at)
        self.taken += len(found)
        return found


def roles(sentence: str, who: list[str], whom: list[str], act: tuple[str, ...] = ()) -> dict[int, str]:
    return dict(pieces(sentence, (0, len(sentence)), who, whom, act))


def test_the_words_of_the_source_come_before_the_name() -> None:
    found = roles("The senator hopes that Prado wins.", ["The senator", "Prado"], ["wins"])
    assert found[SUBJECT] == "The senator"


def test_a_name_inside_a_longer_word_is_not_marked() -> None:
    assert roles("Omani ships left Oman.", ["Oman"], [])[SUBJECT] == "Oman"
    assert OBJECT not in roles("Nigeria", [], ["Niger"])


def test_names_without_spaces_around_them_are_found() -> None:
    found = roles("王毅访问了墨西哥。", ["王毅"], ["墨西哥"])
    assert (found[SUBJECT], found[RELATION], found[OBJECT]) == ("王毅", "访问了", "墨西哥")


def test_the_act_is_marked_by_its_own_word_where_one_is_known() -> None:
    assert roles("Prado on Monday criticised Veria.", ["Prado"], ["Veria"], ("criticised",))[RELATION] == "criticised"


def test_paragraphs_are_counted_without_empty_lines() -> None:
    source = SourceText("One.\n\n\nTwo.\nThree.")
    assert [source.paragraph(source.text.index(word)) for word in ("One", "Two", "Three")] == [1, 2, 3]


def test_initials_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "It was late. The U.S. policy of J. Doe met Ana Prado. Then it rained."
    start = text.index("Ana")
    first, last = SourceText(text).sentence(start, start + 9)
    assert text[first:last] == "The U.S. policy of J. Doe met Ana Prado."
