"""PLOVER JSON lines: one coded event a line, as the PLOVER manual (2.0 draft) lays it out.

`id`, `date`, `actor` and `event` must be there. Beyond the manual the keys
`dataset`, `original_code`, `revision`, `fatalities` and `reports` are read, which
`policygraph export --format plover` writes where they are needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.importing import crosswalk
from policygraph.importing.actors import WIKIDATA, ActorLinker
from policygraph.importing.cells import degrees, number, period, share, whole
from policygraph.importing.crosswalk import Coding
from policygraph.importing.lines import Member, Position, read_lines
from policygraph.importing.tally import Tally, UnusableRowError
from policygraph.plover import plover_code
from policygraph.vocabulary import Modality

_DATASET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
_ITEM = re.compile(r"Q[1-9]\d*\Z", re.ASCII)
#: Auxiliary modes of what did not happen, or not on the date of the record.
_UNREAL = frozenset({"negation", "hypothetical", "historical"})


def read_events(
    member: Member, linker: ActorLinker, tally: Tally, position: Position | None = None
) -> Iterator[CodedEvent]:
    """The events of one file, in its order; lines that cannot be used are counted and named in `tally`.

    A record with several event types gives one event for each.
    """
    for line, text in read_lines(member, tally, position):
        where = f"{member.name}:{line}"
        try:
            record = _record(text)
            if unreal := _UNREAL.intersection(_texts(record, "mode")):
                tally.passed_over(where, f"coded as {min(unreal)}: nothing that happened on its date")
                continue
            events = _events(record, linker)
        except UnusableRowError as error:
            tally.bad(where, error.message)
            continue
        for event in events:
            tally.events += 1
            yield replace(event, file=member.name, line=line)


def _record(text: str) -> Mapping[str, Any]:
    if not text.strip():
        raise UnusableRowError("an empty line")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise UnusableRowError("no JSON; one record a line is expected") from None
    if not isinstance(record, dict):
        raise UnusableRowError("no JSON object; one record a line is expected")
    return record


def _events(record: Mapping[str, Any], linker: ActorLinker) -> list[CodedEvent]:
    """The events of a record: one for each of its types.

    Raises:
        UnusableRowError: a part that must be there is missing or is not what it should be.
    """
    id, dataset = _text(record.get("id")), _text(record.get("dataset")) or "plover"
    if not id:
        raise UnusableRowError("there is no id")
    if not _DATASET.match(dataset):
        raise UnusableRowError("the name of the data set is not of small letters, digits and hyphens")
    bounds = period(_text(record.get("date")))
    if bounds is None:
        raise UnusableRowError("the date is no day, month or year as YYYY-MM-DD")
    actors = _actors(record, "actor", linker)
    if not actors:
        raise UnusableRowError("there is no actor")
    codings = _codings(record)
    base = CodedEvent(
        dataset=dataset,
        id=id,
        type=None,
        code="",
        earliest=bounds[0],
        latest=bounds[1],
        actors=actors,
        recipients=_actors(record, "recipient", linker),
        place=_place(record.get("event_loc"), linker),
        intensity=number(_text(record.get("event_scale"))),
        fatalities=whole(_text(record.get("fatalities"))),
        revision=whole(_text(record.get("revision"))) or 0,
        reports=_reports(record, id),
    )
    return [
        replace(
            base,
            id=f"{id}-{code}" if len(codings) > 1 else id,
            type=coding.type,
            mode=coding.mode,
            contexts=coding.contexts,
            code=_text(record.get("original_code")) or code,
        )
        for code, coding in codings.items()
    ]


def _codings(record: Mapping[str, Any]) -> dict[str, Coding]:
    """The codings of a record by its own codes; what lies ahead as PLOVER codes it: a visit to come is AGREE."""
    modes = _texts(record, "mode")
    contexts = {c for name in _texts(record, "context") if (c := crosswalk.plover_context(name))}
    found = {}
    for code in _texts(record, "event"):
        coding = crosswalk.cameo(code) if crosswalk.is_cameo(code) else Coding(crosswalk.plover_type(code))
        if coding.type is None:
            continue
        fitting = [m for name in modes if (m := crosswalk.plover_mode(coding.type, name))]
        mode = fitting[0] if fitting else coding.mode
        type_ = plover_code(coding.type, Modality.PLANNED, False) if "future" in modes else coding.type
        both = tuple(sorted(contexts.union(coding.contexts)))
        found[code] = Coding(type_, mode if type_ is coding.type else None, both)
    if not found:
        raise UnusableRowError("there is no event with a PLOVER type")
    return found


def _actors(record: Mapping[str, Any], side: str, linker: ActorLinker) -> tuple[CodedActor, ...]:
    found = (_actor(entity, linker) for entity in _objects(record.get(side)))
    return tuple(dict.fromkeys(actor for actor in found if actor))


def _actor(entity: Mapping[str, Any], linker: ActorLinker) -> CodedActor | None:
    code, words = _text(entity.get("code")), _text(entity.get("entity_text"))
    name = _text(entity.get("identifier_text")) or words
    if not (name or code):
        return None
    country = crosswalk.cameo_country(code, linker.countries)
    sectors = sorted({s for one in _texts(entity, "sector") if (s := crosswalk.plover_sector(one))})
    identifier = _text(entity.get("identifier_id"))
    address = WIKIDATA + identifier if _ITEM.match(identifier) else identifier or None
    return linker.linked(name, country, tuple(sectors), code, aliases=(words,), same_as=address)


def _place(where: Any, linker: ActorLinker) -> CodedPlace | None:
    """A place by its name, or by an object with name, country, coordinates and fineness."""
    facts = where if isinstance(where, dict) else {"entity_text": where}
    name = next((t for key in ("entity_text", "name", "text", "placename") if (t := _text(facts.get(key)))), "")
    code = _text(facts.get("code")) or _text(facts.get("country"))
    country = crosswalk.cameo_country(code, linker.countries) or linker.country(code)
    here = degrees(_text(facts.get("latitude")), _text(facts.get("longitude")))
    if not name:
        return CodedPlace(code, country, Precision.COUNTRY, *here) if country else None
    fineness = _text(facts.get("precision"))
    if not (country or fineness) and (whole_country := linker.country(name)):
        return CodedPlace(name, whole_country, Precision.COUNTRY, *here)
    precision = Precision(fineness) if fineness in set(Precision) else Precision.CITY
    known = linker.place(_text(facts.get("identifier_id")))
    if known is None and precision is Precision.CITY:
        known = linker.city(name, country)
    return CodedPlace(name, country, precision, *here, known)


def _reports(record: Mapping[str, Any], id: str) -> tuple[Report, ...]:
    """The report of the record, and those that stand in its `reports`."""
    return tuple(dict.fromkeys(_report(one, id) for one in (record, *_objects(record.get("reports")))))


def _report(facts: Mapping[str, Any], id: str) -> Report:
    cited, place = _object(facts.get("cite_info")), _object(facts.get("text_info"))
    published = period(_text(cited.get("date")))
    return Report(
        source=_text(cited.get("url")) or _text(cited.get("title")) or f"PLOVER record {id}",
        publisher=_text(cited.get("publication")) or None,
        published=published[0] if published else None,
        coder=_text(cited.get("coder")) or None,
        version=_text(cited.get("codebook")) or None,
        confidence=share(_text(cited.get("confidence"))),
        sentence=whole(_text(place.get("sequence"))),
        offset=whole(_text(place.get("start"))),
        text=_text(facts.get("text")) or None,
        title=(_text(cited.get("title")) or None) if _text(cited.get("url")) else None,
        language=_text(cited.get("language")) or None,
        licence=_text(cited.get("licence")) or _text(cited.get("license")) or None,
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list, or the one that stands for a list of one."""
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))


def _texts(record: Mapping[str, Any], key: str) -> list[str]:
    value = record.get(key)
    return [t for one in (value if isinstance(value, list) else [value]) if (t := _text(one))]


def _text(value: Any) -> str:
    """A value as text without anything that no file can hold; nothing for lists, objects and what is not there."""
    if value is None or isinstance(value, (bool, dict, list)):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()
