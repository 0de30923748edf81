"""Which names are drawn at first: the focus, a few of every kind, then those with most links."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.view.model import ON_FILE, Statement

_FEW_PER_KIND = 3
#: Most statements a page carries: a file of about five megabytes that opens within two seconds.
MOST_STATEMENTS = 60_000


def fold(text: str) -> str:
    """A name without case and accents, for comparing.

    >>> fold("São Paulo")
    'sao paulo'
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()


def find(name: str, names: Mapping[str, Iterable[str]]) -> str:
    """The thing that a name, an IRI or the end of an IRI means; `names` maps IRIs to all their names.

    Raises:
        UnknownNameError: nothing is called that; near names are offered.
    """
    for iri in (name, iris.thing(name)):
        if iri in names:
            return iri
    wanted = fold(name)
    hits = [iri for iri, called in names.items() if any(fold(c) == wanted for c in called)]
    if not hits:
        raise UnknownNameError("name in this graph", name, {c for called in names.values() for c in called})
    return min(hits)


def choose(
    statements: Sequence[Statement],
    kinds: Mapping[str, int],
    shown: Collection[str],
    focus: Sequence[str] = (),
    most: int = 300,
) -> list[str]:
    """At most `most` names to draw at first, most important first.

    A statement in a modality of `shown` counts three times one that is hidden
    at first; a record counts least, so that what was reported comes first. A
    name that only records know is drawn at first if it joins two names from
    sources; the others, often dozens of visits by one person, are a click away.
    """
    weight: dict[str, float] = defaultdict(float)
    reported: set[str] = set()
    for s in statements:
        if s.object is None:
            continue
        on_file = s.stance in ON_FILE
        counts = 0.25 if on_file else 3.0 if s.stance in shown else 1.0
        weight[s.subject] += counts
        weight[s.object] += counts
        if not on_file:
            reported.update((s.subject, s.object))
    near = [n for f in focus for n in sorted(_neighbours(f, statements), key=lambda n: (-weight[n], n))]
    ranked = sorted(weight, key=lambda n: (n not in reported, -weight[n], n))
    if reported:
        drawn = reported | _joining(statements, reported)
        ranked = [n for n in ranked if n in drawn]
    order = [*focus, *near[: most // 2], *_few_of_each(ranked, kinds, most), *ranked]
    return list(dict.fromkeys(order))[:most]


def _neighbours(name: str, statements: Iterable[Statement]) -> set[str]:
    ends = ((s.subject, s.object) for s in statements if s.object)
    return {b if a == name else a for a, b in ends if name in (a, b)}


def _joining(statements: Iterable[Statement], reported: Set[str]) -> set[str]:
    """Names that only records know and that join two names from sources."""
    joined: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        if s.object is None:
            continue
        if s.object in reported and s.subject not in reported:
            # To lie in a region that is spoken of joins nothing: half a continent does.
            if s.relation not in ("within", "memberOf"):
                joined[s.subject].add(s.object)
        elif s.subject in reported and s.object not in reported:
            joined[s.object].add(s.subject)
    return {name for name, others in joined.items() if len(others) > 1}


def carried(statements: Sequence[Statement], focus: Sequence[str] = (), most: int = MOST_STATEMENTS) -> list[Statement]:
    """The statements that a page carries, in their order: all, or those about the names most is said of.

    What sources say goes before what stands on record, and the focus before all.
    """
    if len(statements) <= most:
        return list(statements)
    told: dict[str, int] = defaultdict(int)
    for s in statements:
        for end in (s.subject, s.object or ""):
            told[end] += 1
    wanted = frozenset(focus)

    def rank(i: int) -> tuple[bool, bool, int, int]:
        s = statements[i]
        near = s.subject in wanted or s.object in wanted
        return not near, s.stance in ON_FILE, -min(told[s.subject], told[s.object or s.subject]), i

    return [statements[i] for i in sorted(sorted(range(len(statements)), key=rank)[:most])]


def _few_of_each(ranked: Sequence[str], kinds: Mapping[str, int], most: int) -> list[str]:
    taken: dict[int, int] = defaultdict(int)
    out = []
    for name in ranked:
        if taken[kinds[name]] < _FEW_PER_KIND:
            taken[kinds[name]] += 1
            out.append(name)
    return out[: most // 2]
