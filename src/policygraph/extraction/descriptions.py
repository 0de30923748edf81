"""Definite descriptions that mean someone named earlier: "the senator", "the administration"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from policygraph.extraction.allegiance import author_of, home_of
from policygraph.extraction.gazetteer import NameKind, Tok
from policygraph.extraction.persons import Line, TitleAt, title_starting_at
from policygraph.extraction.registry import Found, Registry, Role
from policygraph.extraction.words import word_set, words
from policygraph.records import MentionKind, Span

_DEFINITE = frozenset(("the", "The"))
#: Nouns that mean the body named last whose class or name has the noun.
_BODY_NOUNS = word_set(
    "administration government ministry party court bank commission committee council agency union alliance bloc "
    "organization organisation parliament congress senate embassy department army police group company fund "
    "institute university assembly"
)
_LOOK_BACK = 400
#: Bodies that are called by their noun alone once the union they belong to was named.
_ORGANS = {
    "commission": (("organisation/european-union", "organisation/european-commission"),),
    "parliament": (("organisation/european-union", "organisation/european-parliament"),),
}
_SAME = {"bloc": "union", "alliance": "organization"}


class Ordered:
    """Mentions in the order of the text."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = sorted(found, key=lambda f: (f.span.start, f.span.end))
        self.starts = [f.span.start for f in self.found]
        self._own: str | None = None

    def latest(self, offset: int, fits: Callable[[Found], bool]) -> Found | None:
        """The nearest mention before an offset that fits."""
        at = bisect_left(self.starts, offset)
        near = self.found[max(at - _LOOK_BACK, 0) : at]
        return next((f for f in reversed(near) if f.span.end <= offset and fits(f)), None)

    def own_government(self, registry: Registry) -> str | None:
        """Which government "the government" is: the author's, or that of the country the text is about."""
        if self._own is None:
            self._own = _own_government(registry, self.found) or ""
        return self._own or None

    def covers(self, tok: Tok) -> bool:
        """Whether a mention already covers the word."""
        at = bisect_right(self.starts, tok.start)
        return any(f.span.start <= tok.start < f.span.end for f in self.found[max(at - 3, 0) : at])


def resolve(registry: Registry, lines: Sequence[Line], found: Sequence[Found]) -> Iterator[Found]:
    """Mentions for definite descriptions, each of the last fitting entity before it."""
    ordered = Ordered(found)
    covered = set(ordered.starts)
    roles = {(r.person, r.title): r for r in reversed(registry.roles)}
    for line in lines:
        for at in [at for at, tok in enumerate(line.toks[:-1]) if tok.text in _DEFINITE or at in line.starts]:
            tok = line.toks[at]
            owner = at in line.starts and line.starts[at].reading(NameKind.ADJECTIVE, NameKind.COUNTRY) is not None
            definite = tok.text in _DEFINITE and tok.start not in covered
            if not (definite or owner):
                continue
            made = None
            if (title := title_starting_at(line, at)) is not None:
                made = _person_again(registry, line, at, title, ordered, roles)
                made = made or _office(registry, line, at, title, ordered)
            made = made or (_body_again(registry, line, at, ordered) if definite else None)
            if made:
                yield made


def _own_government(registry: Registry, found: Sequence[Found]) -> str | None:
    author = author_of(registry, found)
    if author and author.startswith("government/"):
        return author
    home = home_of(registry, found)
    return f"government/{home.lower()}" if home else None


def _person_again(
    registry: Registry, line: Line, at: int, title: TitleAt, ordered: Ordered, known: Mapping[tuple[str, str], Role]
) -> Found | None:
    """ "The senator": the last person before who was given that role."""
    if title.first != at or ordered.covers(line.toks[title.last - 1]):
        return None
    start = line.toks[at].start
    if _names_follow(line, title.last):
        return None
    roles = [r for r in known.values() if r.span.start < start and _same_role(r.title, title.title)]
    # "The ousted president" is not the one that the text calls the president.
    roles = [r for r in roles if r.gone or not title.gone]
    roles = [r for r in roles if title.iso3 in (None, r.iso3)]
    if not roles:
        return None
    last = ordered.latest(start, lambda f: any(r.person == f.entity for r in roles))
    role = next((r for r in roles if last and r.person == last.entity), None)
    if last is None or role is None:
        return None
    text = registry.document.text
    span = Span.of(text, start, line.toks[title.last - 1].end)
    with_verb = Span.of(text, start, _end_of_verb(line, title.last))
    registry.roles.append(Role(role.person, role.title, with_verb, role.iso3, role.gone or title.gone, "role-again"))
    sector = words().titles[role.title]
    iso3 = registry.country_of(role.person)
    return Found(span, MentionKind.DESCRIPTION, role.person, "role-again", 0.7, role.person, None, iso3, sector)


def _names_follow(line: Line, at: int) -> bool:
    """Whether a name is set behind the description: "the president, Rosa Quispe"."""
    toks = line.toks
    return at + 1 < len(toks) and toks[at].text == "," and toks[at + 1].text[:1].isupper() and at + 1 not in line.starts


def _office(registry: Registry, line: Line, at: int, title: TitleAt, ordered: Ordered) -> Found | None:
    """ "The Chilean minister", "Peru's president": an office whose holder is not named acts for its government."""
    before = line.toks[at - 1].text if at else ""
    if title.iso3 is None or title.gone or before in _DEFINITE or title.last == at + 1:
        return None
    if ordered.covers(line.toks[title.last - 1]) or not line.toks[title.last - 1].text.islower():
        return None
    sector = words().titles[title.title]
    if sector not in ("GOV", "LEG", "MIL"):
        return None
    span = Span.of(registry.document.text, line.toks[at].start, line.toks[title.last - 1].end)
    government = f"government/{title.iso3.lower()}"
    return Found(span, MentionKind.TITLE, government, "office", 0.6, government, None, title.iso3, sector)


def _body_again(registry: Registry, line: Line, at: int, ordered: Ordered) -> Found | None:
    """ "The administration": the last body before whose name has that noun."""
    noun = line.toks[at + 1]
    word = noun.low
    if word not in _BODY_NOUNS or ordered.covers(noun) or not (noun.text.islower() or _stands_alone(line, at + 1)):
        return None
    if at + 2 < len(line.toks) and line.toks[at + 2].key == "of":
        return None

    def fits(found: Found) -> bool:
        return found.actor is not None and _has_noun(registry, found.actor, word)

    start = line.toks[at].start
    own = ordered.own_government(registry) if word == "government" else None
    last = ordered.latest(start, lambda f: f.actor == own) if own else None
    last = (
        last or ordered.latest(start, fits) or (_organ(registry, ordered, start, word) if noun.text.istitle() else None)
    )
    if last is None or last.actor is None:
        return None
    span = Span.of(registry.document.text, start, noun.end)
    return Found(span, MentionKind.DESCRIPTION, last.actor, "body-again", 0.7, last.actor, None, last.iso3, last.sector)


def _stands_alone(line: Line, at: int) -> bool:
    """Whether a capitalised noun is no part of a name: "the Government has", not "the Bank of Peru"."""
    tok = line.toks[at]
    following = line.toks[at + 1].text if at + 1 < len(line.toks) else ""
    return tok.text.istitle() and not (following[:1].isupper() or following in ("of", "for", "on"))


def _organ(registry: Registry, ordered: Ordered, start: int, word: str) -> Found | None:
    """ "The Commission" where only the European Union was named."""
    for whole, organ in _ORGANS.get(word, ()):
        found = ordered.latest(start, lambda f, whole=whole: f.actor == whole)  # type: ignore[misc]
        if found is not None and organ in registry.gazetteer.organisations:
            return replace(found, entity=organ, actor=registry.use(organ), place=None)
    return None


def _has_noun(registry: Registry, local: str, word: str) -> bool:
    folder = local.partition("/")[0]
    if word in ("administration", "government"):
        return folder == word
    if folder != "organisation":
        return False
    name = registry.get(local).name.lower().split()
    return word in name or _SAME.get(word, word) in name


def _same_role(one: str, other: str) -> bool:
    """Whether two role phrases agree as far as the shorter goes: "foreign minister", "minister"."""
    return one == other or one.split()[-1] == other or one.endswith(" " + other)


def _end_of_verb(line: Line, at: int) -> int:
    """The end of the verb that follows the description, so that the quote says something."""
    following = line.toks[at] if at < len(line.toks) else None
    if following is not None and following.text.isalpha() and following.text.islower():
        return following.end
    return line.toks[at - 1].end
