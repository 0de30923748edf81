"""Tables become initiatives, incidents, visits, focus areas and commitments, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.draft import Draft, Stance, label
from policygraph.extraction.effects import policies_in
from policygraph.extraction.incidents import add_incident, add_visit
from policygraph.extraction.leads import (
    Lead,
    TableType,
    actor_of,
    addressee,
    lead_of,
    stance_of,
    stance_of_state,
    table_types,
)
from policygraph.extraction.undertakings import add_demand, undertaking
from policygraph.records import Attribution, Block, BlockKind, Row, Span
from policygraph.vocabulary import EntityType, Modality, ModalityDetail

_SPLIT = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s*<br\s*/?>\s*")
#: A cell that names something, and is no bare sum or share.
_WORD = re.compile(r"[^\W\d_]{3,}")
_FIRST_COLUMN_ONLY = frozenset(("area", "actor", "cause"))
_PROPOSED = Stance(Modality.PLANNED, ModalityDetail.PROPOSED)
_INTENDED = Stance(Modality.PLANNED, ModalityDetail.INTENDED)
_ADVISED = Stance(Modality.RECOMMENDED)
_EXPECTED = Stance(Modality.HYPOTHETICAL, ModalityDetail.EXPECTED)

Cells = Mapping[str, Span]


def read_tables(draft: Draft) -> None:
    """Add what the tables of the document say to the draft."""
    rows = [b for b in draft.document.blocks if b.kind is BlockKind.ROW]
    for _, group in groupby(rows, key=lambda b: b.group):
        _read_table(draft, list(group))


def _read_table(draft: Draft, blocks: Sequence[Block]) -> None:
    header = next((b for b in blocks if b.row == 0), None)
    if header is None:
        return
    kind = recognise([c.quote for c in header.cells])
    lead = lead_of(draft, header)
    for block in blocks:
        if block.row:
            cells = _by_role(kind, header, block)
            reader = _READERS.get(kind.name if kind else "", _read_other)
            entity, stance = reader(draft, lead, header, block, cells)
            named = tuple((h.quote, c) for h, c in zip(header.cells, block.cells, strict=False))
            type_ = kind.name if kind else "Row"
            row = Row(block.group or 0, block.row, type_, named, entity, stance.modality, (block.span,))
            draft.rows.append(row)


def recognise(header: Sequence[str]) -> TableType | None:
    """The kind of table that has these header cells, or None for a kind that is not known.

    >>> recognise(["Incident", "Location", "Date"]).name
    'Incident'
    >>> recognise(["Colour", "Weight"]) is None
    True
    """
    for kind in table_types().tables:
        roles = _roles(kind, header)
        at = roles.get(kind.key)
        if at is None or (kind.key in _FIRST_COLUMN_ONLY and at != 0):
            continue
        if not kind.needs or any(role in roles for role in kind.needs):
            return kind
    return None


def _roles(kind: TableType, header: Sequence[str]) -> dict[str, int]:
    """Which column plays which role; the key column is given out first, each column once."""
    given: dict[str, int] = {}
    for role in sorted(kind.roles, key=lambda r: r != kind.key):
        for exact in (True, False):
            at = next(
                (i for i, h in enumerate(header) if i not in given.values() and _fits(h, kind.roles[role], exact)), None
            )
            if at is not None:
                given[role] = at
                break
    return given


def _fits(header: str, words: Sequence[str], exact: bool) -> bool:
    plain = " ".join(re.findall(r"[a-z]+", header.lower()))
    singular = " ".join(w[:-1] if w.endswith("s") and not w.endswith("ss") else w for w in plain.split())
    if exact:
        return plain in words or singular in words
    return any(re.search(rf"\b{re.escape(w)}\b", one) for w in words for one in (plain, singular))


def _by_role(kind: TableType | None, header: Block, block: Block) -> Cells:
    if kind is None:
        return {}
    roles = _roles(kind, [c.quote for c in header.cells])
    cells = {role: block.cells[at] for role, at in roles.items() if at < len(block.cells)}
    return {role: cell for role, cell in cells.items() if cell.quote.strip(" -–—")}


def _parts(draft: Draft, cell: Span) -> Iterator[Span]:
    """The entries of a cell that lists several things."""
    at = cell.start
    for piece in [*_SPLIT.finditer(cell.quote), None]:
        end = cell.start + piece.start() if piece else cell.end
        if draft.document.text[at:end].strip(" ."):
            yield draft.span(at, end)
        at = cell.start + piece.end() if piece else end


# --- one reader a kind: gives the entity of the row and its stance ---

_Read = tuple[str | None, Stance]


def _read_initiative(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    stance = stance_of_state(cells.get("status")) or stance_of(
        lead, Stance(), _column(header, block, cells, "initiative")
    )
    name = cells.get("initiative")
    if name is None:
        return None, stance
    made = undertaking(draft, name, (block.span, header.span))
    sponsor = _actor_in(draft, cells.get("sponsor"))
    actor = sponsor or (addressee(draft, block.span.start) if stance == _ADVISED else actor_of(draft, lead))
    if actor:
        proposing = stance.detail is ModalityDetail.PROPOSED and not sponsor
        predicate = "proposes" if proposing else "implements"
        draft.claim(actor, predicate, made, stance, (block.span, *lead.evidence), method="table", confidence=0.9)
    if "objective" in cells:
        goal = cells["objective"]
        aim = draft.registry.make(EntityType.OBJECTIVE, label(goal.quote), goal)
        draft.claim(made, "hasObjective", aim, stance, (block.span, header.span), method="table", confidence=0.95)
    for part in _parts(draft, cells["sector"]) if "sector" in cells else ():
        _addresses(draft, made, part, stance, block)
    return made, stance


def _read_focus_area(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    """Advised actions of one area, each with the outcomes expected if it is taken."""
    said = stance_of(lead, _ADVISED)
    stance = said if said.modality is Modality.PLANNED else _ADVISED
    who = addressee(draft, block.span.start) if stance == _ADVISED else actor_of(draft, lead)
    evidence = (block.span, header.span)
    outcomes = [
        draft.registry.make(EntityType.OUTCOME, label(part.quote), part)
        for part in (_parts(draft, cells["outcomes"]) if "outcomes" in cells else ())
    ]
    for part in _parts(draft, cells["actions"]) if "actions" in cells else ():
        made = undertaking(draft, part, evidence)
        condition: tuple[str, ...] = ()
        if who:
            condition = (draft.claim(who, "implements", made, stance, (*evidence, *lead.evidence), method="table"),)
        _addresses(draft, made, cells["area"], stance, block)
        for outcome in outcomes:
            draft.claim(
                made, "hasOutcome", outcome, _EXPECTED, evidence, method="table", confidence=0.85, condition=condition
            )
    return None, stance


def _read_incident(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    said = stance_of(lead, Stance(), _column(header, block, cells, "incident"))
    stance = said if said.detail is ModalityDetail.SCHEDULED or said.modality is Modality.HYPOTHETICAL else Stance()
    title = cells.get("incident")
    if title is None:
        return None, stance
    return add_incident(draft, title, cells, stance, block.span), stance


def _read_visit(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    stance = stance_of(lead, Stance(Modality.PLANNED, ModalityDetail.SCHEDULED))
    who = _actor_in(draft, cells.get("who") or cells.get("visit")) or actor_of(draft, lead)
    return add_visit(draft, who, cells, stance, block.span, EntityType.VISIT), stance


def _read_meeting(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    stance = stance_of(lead, Stance())
    return add_visit(draft, None, cells, stance, block.span, EntityType.MEETING), stance


def _read_commitment(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    stance = stance_of(lead, _INTENDED)
    actor, pledge = _actor_in(draft, cells.get("actor")), cells.get("commitment")
    if actor is None or pledge is None or not _WORD.search(pledge.quote):
        return None, stance
    made = undertaking(draft, pledge, (block.span, header.span))
    draft.claim(actor, "implements", made, stance, (block.span, *lead.evidence), method="table")
    return made, stance


def _read_demand(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    """What somebody asks for: advice to whom it is addressed, else an aim of who asks."""
    actor, demand = cells.get("actor"), cells.get("demand")
    who = _actor_in(draft, actor)
    if who is None or actor is None or demand is None:
        return None, _ADVISED
    return add_demand(draft, demand, Attribution(who, actor), _actor_in(draft, cells.get("recipient")), block), _ADVISED


def _read_interest(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    actor, goal = _actor_in(draft, cells.get("actor")), cells.get("interest")
    if actor is None or goal is None:
        return None, _INTENDED
    aim = draft.registry.make(EntityType.OBJECTIVE, label(goal.quote), goal)
    draft.claim(actor, "hasObjective", aim, _INTENDED, (block.span, header.span), method="table", confidence=0.85)
    return aim, _INTENDED


def _read_effect(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    """What follows from a policy; only possible where the header or the lead says so."""
    cause, effect = cells.get("cause"), cells.get("effect")
    said = stance_of(lead, Stance(), _column(header, block, cells, "effect"))
    stance = _EXPECTED if said.modality in (Modality.HYPOTHETICAL, Modality.PLANNED) else Stance()
    if cause is None or effect is None:
        return None, stance
    owned = policies_in(draft, cause)
    made = owned[0] if owned else undertaking(draft, cause, (block.span, header.span))
    outcome = draft.registry.make(EntityType.OUTCOME, label(effect.quote), effect)
    draft.claim(made, "hasOutcome", outcome, stance, (block.span, header.span), method="table", confidence=0.8)
    return made, stance


def _read_other(draft: Draft, lead: Lead, header: Block, block: Block, cells: Cells) -> _Read:
    """A table of a kind that is not known: its rows are kept, nothing is claimed."""
    first = draft.registry.at(block.cells[0].start, block.cells[0].end) if block.cells else None
    return (first.entity if first else None), Stance()


_READERS: dict[str, Callable[[Draft, Lead, Block, Block, Cells], _Read]] = {
    "Initiative": _read_initiative,
    "FocusArea": _read_focus_area,
    "Incident": _read_incident,
    "Visit": _read_visit,
    "Meeting": _read_meeting,
    "Commitment": _read_commitment,
    "Demand": _read_demand,
    "Interest": _read_interest,
    "Effect": _read_effect,
}


def _column(header: Block, block: Block, cells: Cells, role: str) -> str:
    """The header above the cell that plays a role."""
    at = next((i for i, c in enumerate(block.cells) if c == cells.get(role)), len(header.cells))
    return header.cells[at].quote if at < len(header.cells) else ""


def _actor_in(draft: Draft, cell: Span | None) -> str | None:
    found = draft.registry.at(cell.start, cell.end) if cell else None
    return draft.registry.actor(found) if found else None


def _addresses(draft: Draft, made: str, part: Span, stance: Stance, block: Block) -> None:
    topic = vocabulary("topic").whole(part.quote) or vocabulary("topic").of_phrase(part.quote)
    if topic:
        draft.claim(made, "addresses", topic, stance, (block.span,), concept=True, method="table")
