"""Finds people: a role and a name, a name and a role in apposition, a known name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from policygraph.extraction.gazetteer import Hit, NameKind, Tok
from policygraph.extraction.words import word_set, words

_LONGEST_TITLE = 6
_LONGEST_NAME = 5
_SAYS = word_set(
    "said says told tells added adds argued argues warned warns noted notes announced wrote stated insisted "
    "explained declared stressed asked acknowledged"
)
_PLACES = (NameKind.COUNTRY, NameKind.CITY)
_ARTICLES = frozenset(("the", "The", "a", "A", "an"))
_OWNERS = frozenset(("his", "His", "her", "Her", "its", "Its", "their", "Their"))
_OFFICES = word_set("minister secretary commissioner undersecretary under-secretary adviser advisor envoy director")
_FOR = frozenset(("of", "for", "to"))
_LONGEST_PORTFOLIO = 8


class TitleAt(NamedTuple):
    """A role phrase at tokens `first` to `last`, and the country word inside it."""

    first: int
    last: int
    title: str
    iso3: str | None
    gone: bool
    acting: bool


class PersonAt(NamedTuple):
    """A person's name at tokens `first` to `last`, with the role that goes with it."""

    first: int
    last: int
    known: str | None
    role: TitleAt | None
    after: bool


class Line(NamedTuple):
    """The tokens of a block with the known names in it."""

    toks: Sequence[Tok]
    hits: Sequence[Hit]
    starts: dict[int, Hit]
    ends: dict[int, Hit]
    heading: bool
    #: The name that a word stands inside of, behind its first word.
    inside: dict[int, Hit]
    #: The words in small letters.
    lows: Sequence[str]

    def where(self, words: frozenset[str]) -> list[int]:
        """The places of some words, given in small letters."""
        if words.isdisjoint(self.lows):
            return []
        return [at for at, low in enumerate(self.lows) if low in words]


def line_of(toks: Sequence[Tok], hits: Sequence[Hit], heading: bool) -> Line:
    """Index known names by where they begin and end."""
    inside = {at: hit for hit in hits for at in range(hit.first + 1, hit.last)}
    lows = [t.low for t in toks]
    return Line(toks, hits, {h.first: h for h in hits}, {h.last: h for h in hits}, heading, inside, lows)


def is_capitalised(word: str) -> bool:
    """Whether a word begins like a name.

    >>> is_capitalised("Rubio"), is_capitalised("rubio"), is_capitalised("2023")
    (True, False, False)
    """
    return word[:1].isupper() and word[:1].isalpha()


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """The words that roles begin with and end on, so that most words need no further look."""
    parts = [re.split(r"[ .-]", title) for title in words().titles]
    return frozenset(p[0] for p in parts), frozenset(p[-1] for p in parts)


def _can_be_part(word: str, edges: frozenset[str]) -> bool:
    """Whether a word stands among the edges; one with marks in it may hold an edge."""
    return word in edges or "." in word or "-" in word


def title_ending_at(line: Line, end: int) -> TitleAt | None:
    """The longest role phrase whose last token stands before `end`."""
    toks = line.toks
    longest = min(_LONGEST_TITLE, end) if end and _can_be_part(toks[end - 1].low, _edges()[1]) else 0
    for length in range(longest, 0, -1):
        phrase = _joined(toks, end - length, end)
        if phrase in words().titles:
            return _with_country(line, end - length, end, phrase)
    return _portfolio_ending_at(line, end)


def _portfolio_ending_at(line: Line, end: int) -> TitleAt | None:
    """ "Minister of migration and asylum", "secretary for the interior": an office with what it is for."""
    toks = line.toks
    for at in range(end - 2, max(end - _LONGEST_PORTFOLIO, 0), -1):
        if toks[at].key in _FOR and toks[at - 1].low in _OFFICES:
            return _with_country(line, at - 1, end, toks[at - 1].low)
        if not _in_portfolio(line, at):
            return None
    return None


def _in_portfolio(line: Line, at: int) -> bool:
    """Whether a word can name what an office is for."""
    return line.toks[at].text.isalpha() and at not in line.starts


def _portfolio_end(line: Line, at: int) -> int:
    """From behind "minister" over "of external relations"."""
    toks = line.toks
    if at >= len(toks) or toks[at].key not in _FOR or toks[at - 1].low not in _OFFICES:
        return at
    for end in range(at + 1, min(at + _LONGEST_PORTFOLIO, len(toks))):
        if toks[end].key in ("of", "in", ",", ".", ")") and end > at + 1:
            return end
        if not _in_portfolio(line, end):
            return at
    return at


def title_starting_at(line: Line, start: int) -> TitleAt | None:
    """A role phrase that begins at `start`, country and article before it allowed."""
    toks, at = line.toks, start
    if at < len(toks) and toks[at].text in _ARTICLES:
        at += 1
    at = _skip_country_and_modifiers(line, at)
    while at + 1 < len(toks) and toks[at].text in words().institutions and at - start < _LONGEST_TITLE:
        at += 1
    if at >= len(toks) or not _can_be_part(toks[at].low, _edges()[0]):
        return None
    for length in range(min(_LONGEST_TITLE, len(toks) - at), 0, -1):
        phrase = _joined(toks, at, at + length)
        if phrase in words().titles:
            found = _with_country(line, at, at + length, phrase)
            behind = _portfolio_end(line, at + length)
            return found._replace(first=start, iso3=found.iso3 or _country_after(line, behind))
    return None


def find_people(line: Line, follows: Callable[[str], bool] = _SAYS.__contains__) -> list[PersonAt]:
    """All people named in a block; `follows` tells verbs that only people take."""
    found: list[PersonAt] = []
    behind = 0
    for at in [at for at, tok in enumerate(line.toks) if tok.capital or at in line.starts]:
        person = _person_at(line, at, follows) if at >= behind else None
        if person is not None:
            found.append(person)
            behind = person.last
    return found


def _person_at(line: Line, at: int, follows: Callable[[str], bool]) -> PersonAt | None:
    hit = line.starts.get(at)
    known = hit.reading(NameKind.PERSON) if hit else None
    last = hit.last if hit and known else _name_end(line, at)
    if last is None:
        return None
    role = _role_before(line, at)
    after = _role_after(line, last)
    if known:
        return PersonAt(at, last, known.id, role or after, role is None and after is not None)
    if role is not None and (last - at > 1 or role.title in words().titles):
        if role.iso3 is None:
            role = role._replace(iso3=after.iso3 if after else _country_after(line, last))
        return PersonAt(at, last, None, role, False)
    if last - at < 2 or line.heading:
        return None
    if after is not None:
        return PersonAt(at, last, None, after, True)
    courtesy = _before_courtesy(line, at) != at
    if line.toks[at].key in words().forenames or courtesy or _speaks(line, at, last, follows):
        return PersonAt(at, last, None, None, False)
    return None


def _speaks(line: Line, first: int, last: int, follows: Callable[[str], bool]) -> bool:
    toks = line.toks
    behind = last < len(toks) and follows(toks[last].key)
    before = first > 0 and follows(toks[first - 1].key)
    organised = any(toks[i].key in words().bodies for i in range(first, last))
    return (behind or before) and not organised


def _name_end(line: Line, at: int) -> int | None:
    """Where a run of capitalised words that can be a name ends; None where none begins."""
    if not _name_word(line, at):
        return None
    last, at = at + 1, at + 1
    while at < len(line.toks) and at - last < 3 and last < len(line.toks):
        tok = line.toks[at]
        if _name_word(line, at):
            last = at = at + 1
        elif tok.key in words().particles or tok.key in ("-", "."):
            at += 1
        else:
            break
    if _is_initial(line, last - 1) or last - at > _LONGEST_NAME:
        return None
    return last


def _name_word(line: Line, at: int) -> bool:
    if at >= len(line.toks):
        return False
    tok = line.toks[at]
    if not tok.capital or tok.key in words().never_names:
        return False
    if tok.key in words().bodies or tok.low in words().courtesy:
        return False
    if tok.low in words().titles and at + 1 < len(line.toks):
        return False
    hit = line.starts.get(at) or line.inside.get(at)
    if hit is None or tok.key in words().forenames or hit.reading(NameKind.PERSON):
        return True
    after_forename = at > 0 and line.toks[at - 1].key in words().forenames
    return after_forename and all(r.ambiguous for r in hit.readings if r.kind in _PLACES)


def _is_initial(line: Line, at: int) -> bool:
    return len(line.toks[at].text) == 1


def _role_before(line: Line, at: int) -> TitleAt | None:
    at = _before_courtesy(line, at)
    role = title_ending_at(line, at) or _title_of_country(line, at)
    if role is None and at > 1 and line.toks[at - 1].text == ",":
        role = title_ending_at(line, at - 1)
        # "the foreign minister, N N," names the post-holder only with a country or article.
        if role and role.iso3 is None and line.toks[role.first - 1].text not in (*_ARTICLES, *_OWNERS):
            role = None
    return role


def _before_courtesy(line: Line, at: int) -> int:
    """Over "Mr." before a name."""
    back = at - 1 if at and line.toks[at - 1].text == "." else at
    return back - 1 if back and line.toks[back - 1].low.rstrip(".") in words().courtesy else at


def _title_of_country(line: Line, at: int) -> TitleAt | None:
    """ "The Foreign Minister of Portugal, Mr. N N": the role before the country."""
    end = at - 1 if at and line.toks[at - 1].text == "," else at
    hit = line.ends.get(end)
    reading = hit.reading(NameKind.COUNTRY) if hit else None
    if hit is None or reading is None:
        return None
    of = hit.first - 1
    of -= line.toks[of].key == "the"
    role = title_ending_at(line, of) if of > 0 and line.toks[of].key == "of" else None
    return role._replace(iso3=reading.iso3) if role else None


def _role_after(line: Line, last: int) -> TitleAt | None:
    words_ = [t.low for t in line.toks[last : last + 2]]
    if words_[:1] in (["is"], ["remains"]) or words_ in (["has", "been"], ["serves", "as"]):
        return title_starting_at(line, last + (1 if len(words_) < 2 or words_[0] in ("is", "remains") else 2))
    if last + 1 >= len(line.toks) or line.toks[last].text not in (",", "("):
        return None
    return title_starting_at(line, last + 1)


def _with_country(line: Line, first: int, last: int, title: str) -> TitleAt:
    """Extend a role to the left over modifiers and the country it belongs to."""
    toks, iso3, gone, acting = line.toks, None, False, False
    at = first
    while at > 0:
        word = toks[at - 1].low
        if word in words().former:
            gone = gone or word in words().gone
        elif word in words().title_modifiers:
            acting = acting or word in ("acting", "interim")
        elif word == "-" and at > 1 and toks[at - 2].low in (*words().former, "vice", "co"):
            pass
        elif at in line.ends or (word == "'s" and (at - 1) in line.ends):
            hit = line.ends[at] if at in line.ends else line.ends[at - 1]
            reading = hit.reading(NameKind.ADJECTIVE, NameKind.COUNTRY, NameKind.PEOPLE)
            if reading is None or iso3 is not None:
                break
            iso3 = reading.iso3
            at = hit.first
            continue
        else:
            break
        at -= 1
    return TitleAt(at, last, title, iso3 or _country_of_institution(line, at), gone, acting)


def _country_of_institution(line: Line, at: int) -> str | None:
    """The country of the institution right before a title: "China's Foreign Ministry spokesperson"."""
    known = line.ends[at].reading(NameKind.ORGANISATION) if at in line.ends else None
    if known is not None:
        return known.iso3 or None
    for length in (3, 2, 1):
        first = at - length
        if first > 0 and _joined(line.toks, first, at) in words().institutions:
            first -= line.toks[first - 1].key == "'s"
            hit = line.ends.get(first)
            reading = hit.reading(NameKind.ADJECTIVE, NameKind.COUNTRY) if hit else None
            return reading.iso3 if reading else None
    return None


@cache
def _before_titles() -> frozenset[str]:
    """What may stand between a country and a role: "former", "deputy", the mark of a possessor."""
    return words().former | words().title_modifiers | {"'s", "-"}


def _skip_country_and_modifiers(line: Line, at: int) -> int:
    toks, starts, end, before_titles = line.toks, line.starts, len(line.toks), _before_titles()
    while at < end:
        hit = starts.get(at)
        if hit and hit.reading(NameKind.ADJECTIVE, NameKind.COUNTRY):
            at = hit.last
        elif toks[at].low in before_titles:
            at += 1
        else:
            break
    return at


def _country_after(line: Line, at: int) -> str | None:
    """The country of "president of Chile", "a spokeswoman for the State Department" behind the title."""
    toks = line.toks
    if at < len(toks) and toks[at].key in ("of", "for", "to"):
        at += 1
        if at < len(toks) and toks[at].key == "the":
            at += 1
        hit = line.starts.get(at)
        reading = hit.reading(NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.ORGANISATION) if hit else None
        return (reading.iso3 or None) if reading else None
    return None


def _joined(toks: Sequence[Tok], first: int, last: int) -> str:
    """Tokens as one lower-case phrase, as the word lists spell it."""
    made = " ".join([t.key for t in toks[first:last]]).lower()
    return made.replace(" - ", "-").replace(" .", ".")
