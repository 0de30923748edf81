"""Sentences are cut where they should be, and never lose a letter."""

from __future__ import annotations

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
