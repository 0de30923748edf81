"""States of the page as a caller names them: periods, modalities, and stories told in steps."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from policygraph import iris
from policygraph.errors import DataError, UnknownNameError, UsageError
from policygraph.view import choose, payload
from policygraph.view.dates import bounds
from policygraph.view.model import STANCES

Period = str | tuple[str | dt.date | None, str | dt.date | None]


@dataclass(frozen=True)
class Step:
    """One step of a story: a caption and what the page shows with it.

    `focus` names whom to show, `to` a second name for the way between both;
    `state` is instead a link copied from the page (the part after `#`).
    """

    caption: str
    focus: str | None = None
    to: str | None = None
    modality: Sequence[str] | None = None
    period: Period | None = None
    state: str | None = None


def read_story(path: Path) -> list[dict[str, Any]]:
    """The steps of a story from a JSON file: a list of objects with the fields of `Step`.

    Raises:
        UsageError: there is no such file.
        DataError: it is not a list of steps; line or step is named.
    """
    try:
        steps = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {path}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise DataError(f"this is not JSON: {error}", where=f"{path}:{line}") from error
    if not isinstance(steps, list):
        raise DataError("expected a list of steps", where=path, hint='write [{"caption": "…", "focus": "…"}, …]')
    for number, step in enumerate(steps, 1):
        if not isinstance(step, dict) or not isinstance(step.get("caption"), str):
            raise DataError(f"step {number} has no caption", where=path, hint='write {"caption": "…", "focus": "…"}')
    return steps


def as_state(step: Step | Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A step as the page reads it: its caption, and its state as the address writes it; `names` as in `choose.find`.

    Raises:
        UsageError: a field is unknown or no text.
        UnknownNameError: a name or modality is unknown.

    >>> as_state(Step("It begins.", period="2024"), {})
    {'caption': 'It begins.', 'state': 'from=2024-01-01&to=2024-12-31'}
    """
    if not isinstance(step, Step):
        unknown = sorted(set(step) - set(Step.__dataclass_fields__))
        unclear = [name for name in ("caption", "focus", "to", "state") if not isinstance(step.get(name) or "", str)]
        if unknown or unclear or "caption" not in step:
            what = f"unknown fields {unknown}" if unknown else f"no text as {unclear}" if unclear else "no caption"
            raise UsageError(f"a story step has {what}", hint="use the fields of view.Step")
        step = Step(**step)
    if step.state is not None:
        return {"caption": payload.clean(step.caption, 1000), "state": step.state.removeprefix("#")}
    parts = []
    found = [choose.find(name, names) for name in (step.focus, step.to) if name]
    if len(found) == 2:
        parts.append("way=" + "~".join(local(iri) for iri in found))
    elif found:
        parts.append("n=" + local(found[0]))
    if step.modality is not None:
        parts.append("say=" + "~".join(s for s in STANCES if s in chosen_stances(step.modality)))
    first, last = first_and_last(step.period)
    parts += [f"{key}={day}" for key, day in (("from", first), ("to", last)) if day]
    return {"caption": payload.clean(step.caption, 1000), "state": "&".join(parts)}


def chosen_stances(modality: Sequence[str]) -> set[str]:
    """The ways of saying that a caller asks for; one name may stand alone.

    Raises:
        UnknownNameError: there is no such way of saying.

    >>> chosen_stances("planned")
    {'planned'}
    """
    asked = [modality] if isinstance(modality, str) else list(modality)
    for name in asked:
        if name not in STANCES:
            raise UnknownNameError("modality", str(name), STANCES)
    return {str(name) for name in asked}


def first_and_last(period: Period | None) -> tuple[str | None, str | None]:
    """First and last day of a period, ISO; None where it is open.

    Raises:
        UsageError: it is no period.

    >>> first_and_last(("2024-03", None))
    ('2024-03-01', None)
    """
    if period is None:
        return None, None
    if isinstance(period, str):
        found = bounds(period)
        if found == (None, None):
            raise UsageError(f"'{period}' is not a period", hint="write 2023, 2023-01 or 2023-01/2023-06")
        return found
    first, last = (None if end is None else str(end) for end in period)
    found = (bounds(first)[0] if first else None, bounds(last)[1] if last else None)
    if (first and not found[0]) or (last and not found[1]):
        raise UsageError(f"'{first} to {last}' is not a period", hint="write days as 2023-01-31")
    return found


def local(iri: str) -> str:
    """The name of a thing in an address of the page.

    >>> local(iris.thing("person/marco-rubio"))
    'person/marco-rubio'
    """
    return quote(iris.local_name(iri), safe="/:")
